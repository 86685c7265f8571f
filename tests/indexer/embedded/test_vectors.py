"""Vectors: exact scores, cuts without accidents, and an approximate index that misses next to nothing."""

from collections.abc import Iterator
from pathlib import Path as FilePath

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.embedded.planner import Choice, Costs, Path, choose
from indexer.embedded.vectors import (
    MIN_APPROXIMATE,
    VectorIndex,
    best,
    build_approximate,
    inner_products,
    measure,
)

EXACT = Choice(path=Path.EXACT, reason="asked for")
APPROXIMATE = Choice(path=Path.APPROXIMATE, reason="asked for")
Floats = NDArray[np.float32]


def unit(rows: NDArray[np.floating]) -> Floats:
    """Bring rows to length 1."""
    scaled: Floats = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return scaled


def clustered(count: int, dimension: int = 96, clusters: int = 150) -> Floats:
    """Make vectors that crowd around some centres, as texts do around subjects."""
    random = np.random.default_rng(7)
    centres = random.standard_normal((clusters, dimension))
    spread = 0.7 * random.standard_normal((count, dimension))
    return unit(centres[random.integers(0, clusters, count)] + spread)


# The cut


@given(
    st.lists(st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0]), max_size=40),
    st.integers(-1, 50),
    st.integers(0, 3),
)
def test_the_cut_is_that_of_a_sorted_list(values: list[float], k: int, step: int) -> None:
    """Whatever ties there are, at the cut and elsewhere: by score, then by row."""
    rows = np.arange(len(values), dtype=np.int64) * (step + 1) + step
    scores = np.array(values, dtype=np.float32)
    wanted = sorted(zip(values, rows.tolist(), strict=True), key=lambda pair: (-pair[0], pair[1]))[
        : max(0, k)
    ]

    got_rows, got_scores = best(rows, scores, k)
    assert got_rows.tolist() == [row for _, row in wanted]
    assert got_scores.tolist() == [score for score, _ in wanted]
    assert got_rows.dtype == np.int64
    assert got_scores.dtype == np.float32


@pytest.mark.parametrize("k", [0, 1, 5, 6, 100])
def test_equal_scores_are_cut_by_row(k: int) -> None:
    rows, scores = best(np.arange(6), np.ones(6, np.float32), k)
    assert rows.tolist() == list(range(min(k, 6)))
    assert scores.tolist() == [1.0] * min(k, 6)


# Exact


@pytest.mark.parametrize("dimension", [1, 3, 64, 384])
def test_scores_are_inner_products(dimension: int) -> None:
    random = np.random.default_rng(0)
    matrix = random.standard_normal((50, dimension)).astype(np.float32)
    query = random.standard_normal(dimension).astype(np.float32)
    rows = np.array([49, 0, 7, 7, 3])
    wanted = (matrix.astype(np.float64) @ query.astype(np.float64)).astype(np.float32)

    np.testing.assert_allclose(inner_products(query, matrix), wanted, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(
        VectorIndex(matrix, None).scores(query, rows), wanted[rows], rtol=1e-4, atol=1e-5
    )


def test_a_row_scores_the_same_alone_and_among_all() -> None:
    matrix = clustered(500)
    query = matrix[13]
    index = VectorIndex(matrix, None)
    everywhere = inner_products(query, matrix)
    np.testing.assert_array_equal(index.scores(query, np.arange(500)), everywhere)
    np.testing.assert_array_equal(index.scores(query, np.array([499, 2])), everywhere[[499, 2]])


def test_rows_and_queries_that_do_not_lie_side_by_side() -> None:
    matrix = clustered(20)
    index = VectorIndex(matrix, None)
    strided = np.repeat(matrix[3], 2)[::2]
    np.testing.assert_array_equal(
        index.scores(strided, np.arange(20)[::2]), index.scores(matrix[3], np.array(range(0, 20, 2)))
    )
    assert index.scores(matrix[3], np.empty(0, np.int64)).shape == (0,)


@pytest.mark.parametrize("k", [0, 1, 10, 300, 1_000])
@pytest.mark.parametrize("share", [None, 1.0, 0.1, 0.0])
def test_an_exact_search_is_a_sorted_list(k: int, share: float | None) -> None:
    matrix = clustered(300)
    query = matrix[5]
    admitted = None if share is None else np.random.default_rng(1).random(300) < share
    rows, scores = VectorIndex(matrix, None).search(query, k, admitted, EXACT)

    allowed = np.arange(300) if admitted is None else np.flatnonzero(admitted)
    wanted = allowed[np.argsort(-inner_products(query, matrix)[allowed], kind="stable")][:k]
    assert rows.tolist() == wanted.tolist()
    np.testing.assert_array_equal(scores, inner_products(query, matrix)[wanted])


def test_nobody(tmp_path: FilePath) -> None:
    (tmp_path / "vectors.f32").touch()
    index = VectorIndex.open(tmp_path / "vectors.f32", tmp_path / "vectors.ivf", 8)
    for admitted in (None, np.zeros(0, dtype=np.bool_)):
        rows, scores = index.search(np.ones(8, np.float32), 10, admitted, EXACT)
        assert (rows.shape, scores.shape) == ((0,), (0,))


def test_a_small_segment_gets_no_approximate_index() -> None:
    assert build_approximate(clustered(1_000), threads=1) is None
    assert MIN_APPROXIMATE == 20_000


# Approximate


class Large:
    """A segment's vectors with an approximate index that went through a file."""

    def __init__(self, folder: FilePath) -> None:
        self.matrix = clustered(25_000)
        (folder / "vectors.f32").write_bytes(self.matrix.tobytes())
        approximate = build_approximate(self.matrix, threads=2)
        assert approximate is not None
        self.costs: Costs = measure(self.matrix, approximate)
        faiss.write_index(approximate, str(folder / "vectors.ivf"))
        self.index = VectorIndex.open(folder / "vectors.f32", folder / "vectors.ivf", self.matrix.shape[1])
        pairs = np.random.default_rng(3).integers(0, len(self.matrix), (24, 2))
        self.queries = unit(self.matrix[pairs[:, 0]] + self.matrix[pairs[:, 1]])


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    threads = faiss.omp_get_max_threads()
    yield Large(tmp_path_factory.mktemp("vectors"))
    faiss.omp_set_num_threads(threads)


def recall_and_shortest(
    large: Large, admitted: NDArray[np.bool_] | None, force: Path | None
) -> tuple[float, int]:
    """Return the share of the exact 100 best that a search 1,000 deep finds, and the shortest answer."""
    count = len(large.matrix) if admitted is None else int(admitted.sum())
    choice = choose(count, len(large.matrix), large.costs, force)
    shares, lengths = [], []
    for query in large.queries:
        exact, _ = large.index.search(query, 100, admitted, EXACT)
        found, scores = large.index.search(query, 1_000, admitted, choice)
        np.testing.assert_array_equal(scores, large.index.scores(query, found))
        assert (np.diff(scores) <= 0).all()
        assert admitted is None or admitted[found].all()
        assert len(set(found.tolist())) == len(found)
        shares.append(np.isin(exact, found).mean())
        lengths.append(len(found))
    return float(np.mean(shares)), min(lengths)


@pytest.mark.parametrize("force", [None, Path.APPROXIMATE])
@pytest.mark.parametrize("share", [None, 1.0, 0.1, 0.01, 0.001])
def test_recall_in_every_filter_class_and_never_short(
    large: Large, share: float | None, force: Path | None
) -> None:
    admitted = None if share is None else np.random.default_rng(11).random(len(large.matrix)) < share
    recall, shortest = recall_and_shortest(large, admitted, force)
    count = len(large.matrix) if admitted is None else int(admitted.sum())
    assert recall >= 0.98
    assert shortest == min(1_000, count)


@pytest.mark.parametrize("force", [None, Path.APPROXIMATE])
def test_recall_where_the_filter_goes_with_the_subject(large: Large, force: Path | None) -> None:
    """Only vectors far away from the brief are admitted, as for a niche in the wrong country."""
    centre = large.matrix[:2_000].mean(axis=0)
    admitted = inner_products(centre, large.matrix) < np.quantile(inner_products(centre, large.matrix), 0.1)
    recall, shortest = recall_and_shortest(large, admitted, force)
    assert recall >= 0.98
    assert shortest == 1_000


def test_over_full_and_empty_approximate_searches(large: Large) -> None:
    few = np.zeros(len(large.matrix), dtype=np.bool_)
    few[[3, 24_999]] = True
    query = large.queries[0]
    for admitted, k, count in (
        (few, 10, 2),
        (~few, 0, 0),
        (np.zeros_like(few), 10, 0),
        (None, 25_001, 25_000),
    ):
        rows, scores = large.index.search(query, k, admitted, APPROXIMATE)
        assert len(rows) == len(scores) == count


def test_measured_costs_are_costs(large: Large) -> None:
    assert large.costs.gather > 0
    assert large.costs.scan > 0
    assert large.costs.approximate > 0
    assert 0.98 <= large.costs.recall <= 1


def test_the_same_vectors_give_the_same_index(large: Large) -> None:
    """Whatever the number of threads."""
    again = VectorIndex(large.matrix, build_approximate(large.matrix, threads=1))
    for query in large.queries[:8]:
        for one, other in zip(
            again.search(query, 50, None, APPROXIMATE),
            large.index.search(query, 50, None, APPROXIMATE),
            strict=True,
        ):
            np.testing.assert_array_equal(one, other)
