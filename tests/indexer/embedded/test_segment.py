"""A segment gives back what was put in: ids, columns, places of passages, vectors and records."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from discovery.creator import Creator
from discovery.filters import Filter
from indexer.documents import PROFILE, CreatorDocument, document
from indexer.embedded.segment import Segment, SegmentWriter
from indexer.records import to_json
from indexer.theme import theme
from tests import strategies
from tests.fictional import corpus, creator, posts
from tests.indexer.installation import ENCODER

DIMENSION = ENCODER.dimension


def write(folder: Path, creators: Sequence[Creator]) -> SegmentWriter:
    """Write a segment of some creators."""
    writer = SegmentWriter(folder, DIMENSION)
    for one in creators:
        made = document(one)
        vectors = ENCODER.encode_documents([passage.text for passage in made.passages if passage.text])
        writer.add(made, to_json(one), vectors)
    writer.finish(threads=1)
    return writer


def check(folder: Path, creators: Sequence[Creator]) -> None:
    """Write, open, and compare everything."""
    writer = write(folder, creators)
    segment = Segment(folder, DIMENSION)
    documents = [document(one) for one in creators]
    passages = [passage for one in documents for passage in one.passages]
    texts = [passage.text for passage in passages if passage.text]

    assert segment.ids == [one.id for one in creators]
    assert [segment.record(row) for row in range(len(creators))] == list(creators)
    assert (writer.creators, writer.passages) == (len(creators), len(passages))
    assert np.diff(segment.passages.offsets).tolist() == [len(one.passages) for one in documents]
    assert segment.passages.position.tolist() == [passage.position for passage in passages]
    assert segment.passages.has_vector.tolist() == [bool(passage.text) for passage in passages]
    np.testing.assert_array_equal(segment.vectors.matrix, ENCODER.encode_documents(texts), strict=True)
    check_themes(segment.themes.matrix, documents)
    assert segment.columns.rows == len(creators)
    assert segment.costs is None


def check_themes(matrix: NDArray[np.float32], documents: Sequence[CreatorDocument]) -> None:
    """Each row is the sum of the vectors of one creator's texts, brought to length 1; zeros without any."""
    assert matrix.shape == (len(documents), DIMENSION)
    assert matrix.dtype == np.float32
    for row, one in zip(matrix, documents, strict=True):
        total = np.zeros(DIMENSION)
        for passage in one.passages:
            if passage.text:
                total += ENCODER.encode_documents([passage.text])[0]
        length = np.linalg.norm(total)
        np.testing.assert_allclose(row, total / length if length else total, rtol=0, atol=1e-6)


def test_the_invented_corpus(tmp_path: Path) -> None:
    check(tmp_path / "segment", corpus())


@settings(max_examples=25)
@given(strategies.corpora())
def test_arbitrary_creators(creators: list[Creator]) -> None:
    with TemporaryDirectory() as folder:
        check(Path(folder) / "segment", creators)


def test_nobody(tmp_path: Path) -> None:
    check(tmp_path / "segment", [])
    segment = Segment(tmp_path / "segment", DIMENSION)
    assert segment.passages.offsets.tolist() == [0]
    assert segment.vectors.matrix.shape == segment.themes.matrix.shape == (0, DIMENSION)
    assert segment.vectors.scores(np.zeros(DIMENSION, np.float32), np.empty(0, np.int64)).shape == (0,)


def test_a_theme_by_hand() -> None:
    """(3, 0) and (0, 4) point to (3, 4), of length 5; whether there are few or many of them is no matter."""
    pair = np.array([[3, 0], [0, 4]], dtype=np.float32)
    for vectors in (pair, pair[::-1], np.repeat(pair, 15, axis=0), pair / np.float32(100)):
        assert theme(vectors.astype(np.float32), 2).tolist() == pytest.approx([0.6, 0.8], rel=1e-6)
    np.testing.assert_allclose(theme(np.array([[0, 2]], dtype=np.float32), 2), [0, 1])


@pytest.mark.parametrize(
    "vectors", [np.empty((0, 2)), np.array([[0.6, 0.8], [-0.6, -0.8]]), np.zeros((3, 2))]
)
def test_nothing_said_or_the_opposite_too_is_a_theme_of_zeros(vectors: NDArray[np.float64]) -> None:
    made = theme(vectors.astype(np.float32), 2)
    assert made.tolist() == [0.0, 0.0]
    assert made.dtype == np.float32


@given(arrays(np.float32, st.tuples(st.integers(1, 31), st.just(5)), elements=st.floats(-1, 1, width=32)))
def test_a_theme_is_of_length_1_and_points_to_the_mean(vectors: NDArray[np.float32]) -> None:
    mean = vectors.mean(axis=0, dtype=np.float64)
    made = theme(vectors, 5).astype(np.float64)
    if np.linalg.norm(mean) > 1e-6:
        assert np.linalg.norm(made) == pytest.approx(1.0, abs=1e-6)
        assert made @ mean == pytest.approx(np.linalg.norm(mean), rel=1e-5)


def test_creators_without_a_word(tmp_path: Path) -> None:
    silent = [creator("Nobody", id=f"x:{number}") for number in range(3)]
    check(tmp_path / "segment", silent)
    segment = Segment(tmp_path / "segment", DIMENSION)
    assert segment.passages.position.tolist() == [PROFILE] * 3
    assert segment.vectors.matrix.shape == (0, DIMENSION)
    assert segment.themes.matrix.tolist() == [[0.0] * DIMENSION] * 3


def test_columns_survive_the_file(tmp_path: Path) -> None:
    write(tmp_path / "segment", corpus())
    columns = Segment(tmp_path / "segment", DIMENSION).columns
    assert columns.values("category") == ["food", "home", "outdoor", "sport", "vegan"]
    german = columns.answer(Filter(field="country", any_of=("DE",)), None)
    assert [one.id for one, met in zip(corpus(), german.met, strict=True) if met] == [
        one.id for one in corpus() if one.country == "DE"
    ]


def test_records_are_read_one_by_one(tmp_path: Path) -> None:
    """A long record between short ones, read backwards."""
    people = [creator("A"), creator("B", bio="x" * 200_000, posts=posts(*["y" * 9_000] * 9)), creator("C")]
    write(tmp_path / "segment", people)
    segment = Segment(tmp_path / "segment", DIMENSION)
    assert [segment.record(row) for row in (2, 1, 0, 1)] == [people[2], people[1], people[0], people[1]]


def test_a_place_that_is_taken_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "segment", [creator("A")])
    with pytest.raises(FileExistsError):
        write(tmp_path / "segment", [replace(creator("A"), bio="other")])
