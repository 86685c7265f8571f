"""Vectors of a segment: all of them exactly in a mapped file, with or without an approximate index over them.

FAISS: codes of one bit a dimension (RaBitQ) find candidates; every score that leaves the engine is computed
from the float32 rows. One thread a search.
"""

from collections.abc import Callable
from pathlib import Path as FilePath
from time import perf_counter_ns
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from indexer.embedded.planner import Choice, Costs, Path

faiss: Any = _faiss  # its stubs know neither search parameters nor selectors
Bits = NDArray[np.bool_]
Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

MIN_APPROXIMATE = 20_000
"""Below this many vectors an approximate index would not be faster than reading all of them."""
FACTORY = "IVF64,RaBitQfs"
"""One bit a dimension around 64 centroids, scanned by SIMD look-ups; all lists are always probed."""
OVERSAMPLE = 2
"""How many codes are compared exactly for each vector that is asked for."""
TRAINING = 40_000
PROBE_QUERIES = 32
SEED = 20_251


def empty_hits() -> tuple[Rows, Floats]:
    """No hits at all."""
    return np.empty(0, np.int64), np.empty(0, np.float32)


class VectorIndex:
    """Read side of some vectors of one segment. Safe from several threads."""

    def __init__(self, matrix: Floats, approximate: Any | None) -> None:
        faiss.omp_set_num_threads(1)
        self.matrix = matrix
        self._approximate = approximate

    @classmethod
    def open(cls, matrix_path: FilePath, approximate_path: FilePath | None, dimension: int) -> "VectorIndex":
        """Map the matrix and read the approximate index, if the segment has one."""
        size = matrix_path.stat().st_size // (4 * dimension)
        matrix: Floats = np.empty((0, dimension), np.float32)
        if size:  # a plain view: a memmap's own indexing is slow
            matrix = np.memmap(matrix_path, dtype=np.float32, mode="r", shape=(size, dimension)).view(
                np.ndarray
            )
        if approximate_path is None or not approximate_path.exists():
            return cls(matrix, None)
        return cls(matrix, faiss.read_index(str(approximate_path)))

    def search(self, query: Floats, k: int, admitted: Bits | None, choice: Choice) -> tuple[Rows, Floats]:
        """Return at most `k` best rows and their inner products, best first; ties by row.

        `admitted` [rows] limits the search; `None` admits all. The approximate path may miss rows.
        """
        if k < 1:
            return empty_hits()
        if choice.path is Path.APPROXIMATE:
            return self._search_codes(query, k, admitted)
        return self._search_all(query, k, admitted)

    def scores(self, query: Floats, rows: Rows) -> Floats:
        """Inner products of some rows with the query, shape [rows]."""
        rows = np.ascontiguousarray(rows, dtype=np.int64)
        query = np.ascontiguousarray(query, dtype=np.float32)
        scores = np.empty(len(rows), dtype=np.float32)
        if not len(rows):
            return scores
        # Reads each row where it lies: a copy of all of them would take twice the time.
        faiss.fvec_inner_products_by_idx(
            *map(faiss.swig_ptr, (scores, query, self.matrix, rows)), len(query), 1, len(rows)
        )
        return scores

    def _search_all(self, query: Floats, k: int, admitted: Bits | None) -> tuple[Rows, Floats]:
        if admitted is None:
            rows = np.arange(len(self.matrix))
            scores = inner_products(query, self.matrix)
        else:
            rows = np.flatnonzero(admitted)
            scores = self.scores(query, rows)
        return best(rows, scores, k)

    def _search_codes(self, query: Floats, k: int, admitted: Bits | None) -> tuple[Rows, Floats]:
        """Find candidates by their codes, then compare those exactly."""
        assert self._approximate is not None
        parameters = faiss.SearchParametersIVF(nprobe=self._approximate.nlist)
        if admitted is not None:
            selector = faiss.IDSelectorBitmap(np.packbits(admitted, bitorder="little"))
            parameters.sel = selector
        wanted = min(OVERSAMPLE * k, len(self.matrix))
        _, found = self._approximate.search(query[None, :], wanted, params=parameters)
        rows = np.sort(found[0][found[0] >= 0])
        return best(rows, self.scores(query, rows), k)


def inner_products(query: Floats, matrix: Floats) -> Floats:
    """Inner products of all rows with the query, shape [rows]. One thread, whatever BLAS would start."""
    query = np.ascontiguousarray(query, dtype=np.float32)
    scores = np.empty(len(matrix), dtype=np.float32)
    if len(matrix):
        pointers = map(faiss.swig_ptr, (scores, query, matrix))
        faiss.fvec_inner_products_ny(*pointers, len(query), len(matrix))
    return scores


def best(rows: Rows, scores: Floats, k: int) -> tuple[Rows, Floats]:
    """Cut to the `k` best, by score, then row. Rows must ascend."""
    if k < 1:
        return empty_hits()
    if len(rows) > k:
        edge = np.partition(scores, len(scores) - k)[len(scores) - k]
        kept = np.flatnonzero(scores >= edge)
        rows, scores = rows[kept], scores[kept]
    order = np.argsort(-scores, kind="stable")[:k]
    return rows[order], scores[order]


def build_approximate(matrix: Floats, threads: int) -> Any | None:
    """Train and fill the codes; `None` for a segment that is too small to profit."""
    if len(matrix) < MIN_APPROXIMATE:
        return None
    faiss.omp_set_num_threads(threads)
    index = faiss.index_factory(matrix.shape[1], FACTORY, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = SEED
    sample = np.random.default_rng(SEED).permutation(len(matrix))[:TRAINING]
    index.train(np.ascontiguousarray(matrix[np.sort(sample)]))
    for start in range(0, len(matrix), 50_000):
        index.add(np.ascontiguousarray(matrix[start : start + 50_000]))
    faiss.omp_set_num_threads(1)
    return index


def measure(matrix: Floats, approximate: Any) -> Costs:
    """Measure what the planner needs to know, on this index and machine.

    Queries are means of two passages, which like a brief lie between the texts of the collection.
    """
    random = np.random.default_rng(SEED)
    pairs = random.integers(0, len(matrix), (PROBE_QUERIES, 2))
    queries = matrix[pairs[:, 0]] + matrix[pairs[:, 1]]
    queries /= np.maximum(np.linalg.norm(queries, axis=1, keepdims=True), 1e-9)
    index = VectorIndex(matrix, approximate)
    # A third of the rows, so that what is read does not stay in the processor's cache.
    rows = np.sort(random.choice(len(matrix), len(matrix) // 3, replace=False))
    exact = Choice(path=Path.EXACT, reason="measured")
    codes = Choice(path=Path.APPROXIMATE, reason="measured")
    hits = [
        np.isin(index.search(query, 100, None, exact)[0], index.search(query, 1_000, None, codes)[0]).mean()
        for query in queries
    ]
    return Costs(
        gather=_time(lambda query: index.scores(query, rows), queries) / len(rows),
        scan=_time(lambda query: inner_products(query, matrix), queries) / len(matrix),
        approximate=_time(lambda query: index.search(query, 1_000, None, codes), queries),
        recall=float(np.mean(hits)),
    )


def _time(action: Callable[[Floats], object], queries: Floats) -> float:
    """Nanoseconds of the fastest call: other load on the machine only ever adds."""
    taken = []
    for query in queries[:16]:
        started = perf_counter_ns()
        action(query)
        taken.append(perf_counter_ns() - started)
    return float(min(taken))
