"""The vectors of a segment: all of them exactly in a mapped file, and an approximate index over them.

FAISS: inverted lists with 8-bit codes find candidates; every score that leaves the engine is computed from
the float32 rows. One thread a search.
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
TRAIN_PER_LIST = 64
DEPTHS = (100, 400, 1_600, 6_400)
RECALL = 0.99
PROBE_QUERIES = 48
SEED = 20_251


def empty_hits() -> tuple[Rows, Floats]:
    """No hits at all."""
    return np.empty(0, np.int64), np.empty(0, np.float32)


class VectorIndex:
    """Read side of one segment's vectors. Safe from several threads."""

    def __init__(self, matrix: Floats, approximate: Any | None) -> None:
        faiss.omp_set_num_threads(1)
        self.matrix = matrix
        self._approximate = approximate

    @classmethod
    def open(cls, matrix_path: FilePath, approximate_path: FilePath, dimension: int) -> "VectorIndex":
        """Map the matrix and read the approximate index, if the segment has one."""
        size = matrix_path.stat().st_size // (4 * dimension)
        matrix: Floats = np.empty((0, dimension), np.float32)
        if size:  # a plain view: a memmap's own indexing is slow
            matrix = np.memmap(matrix_path, dtype=np.float32, mode="r", shape=(size, dimension)).view(
                np.ndarray
            )
        approximate = faiss.read_index(str(approximate_path)) if approximate_path.exists() else None
        return cls(matrix, approximate)

    def search(self, query: Floats, k: int, admitted: Bits | None, choice: Choice) -> tuple[Rows, Floats]:
        """Return at most `k` best rows and their inner products, best first; ties by row.

        `admitted` [rows] limits the search; `None` admits all. The approximate path may miss rows.
        """
        if choice.path is Path.APPROXIMATE:
            return self._search_lists(query, k, admitted, choice.probes)
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

    def _search_lists(self, query: Floats, k: int, admitted: Bits | None, probes: int) -> tuple[Rows, Floats]:
        assert self._approximate is not None
        parameters = faiss.SearchParametersIVF(nprobe=probes)
        if admitted is not None:
            selector = faiss.IDSelectorBitmap(np.packbits(admitted, bitorder="little"))
            parameters.sel = selector
        scores, rows = self._approximate.search(query[None, :], k, params=parameters)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]


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
    if len(rows) > k:
        edge = np.partition(scores, len(scores) - k)[len(scores) - k]
        kept = np.flatnonzero(scores >= edge)
        rows, scores = rows[kept], scores[kept]
    order = np.argsort(-scores, kind="stable")[:k]
    return rows[order], scores[order]


def build_approximate(matrix: Floats, threads: int) -> Any | None:
    """Train and fill the inverted lists; `None` for a segment that is too small to profit."""
    if len(matrix) < MIN_APPROXIMATE:
        return None
    faiss.omp_set_num_threads(threads)
    lists = 1 << round(float(np.log2(1.4 * np.sqrt(len(matrix)))))
    dimension = matrix.shape[1]
    index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = SEED
    index.cp.niter = 10
    sample = np.random.default_rng(SEED).permutation(len(matrix))[: TRAIN_PER_LIST * lists]
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
    rows = np.sort(random.choice(len(matrix), len(matrix) // 20, replace=False))
    half = max(1, approximate.nlist // 8)
    parameters = faiss.SearchParametersIVF(nprobe=half)
    return Costs(
        gather=_time(lambda query: index.scores(query, rows), queries) / len(rows),
        scan=_time(lambda query: inner_products(query, matrix), queries) / len(matrix),
        probe=_time(lambda query: approximate.search(query[None, :], 100, params=parameters), queries)
        / (len(matrix) * half / approximate.nlist),
        lists=approximate.nlist,
        probes=_needed_probes(matrix, approximate, queries),
    )


def _time(action: Callable[[Floats], object], queries: Floats) -> float:
    """Nanoseconds of the fastest call: other load on the machine only ever adds."""
    taken = []
    for query in queries[:16]:
        started = perf_counter_ns()
        action(query)
        taken.append(perf_counter_ns() - started)
    return float(min(taken))


def _needed_probes(matrix: Floats, approximate: Any, queries: Floats) -> tuple[tuple[int, int], ...]:
    """For each depth, the least power of two of lists that finds 99 % of the exact answer."""
    exact = np.argsort(-(matrix @ queries.T), axis=0, kind="stable")[: DEPTHS[-1]].T
    needed: list[tuple[int, int]] = []
    probes = 4
    for depth in DEPTHS:
        if depth > len(matrix) // 4:
            break
        while probes < approximate.nlist:
            parameters = faiss.SearchParametersIVF(nprobe=probes)
            _, found = approximate.search(queries, 2 * depth, params=parameters)
            hit = [np.isin(exact[row, :depth], found[row]).mean() for row in range(len(queries))]
            if float(np.mean(hit)) >= RECALL:
                break
            probes *= 2
        needed.append((depth, min(probes, approximate.nlist)))
    return tuple(needed)
