"""All passages of a generation: segments joined into one numbering of creators, passages and vectors."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.ports import Vectors
from indexer.embedded.segment import Segment
from indexer.embedded.vectors import VectorIndex

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


class PassageTable:
    """Maps creators to passages to vector rows, and scores vectors wherever they lie. All rows are global."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        counts = [np.diff(segment.passages.offsets) for segment in segments]
        self.offsets: Rows = np.concatenate([[0], *counts]).cumsum()
        self.position = np.concatenate([segment.passages.position for segment in segments])
        has_vector = np.concatenate([segment.passages.has_vector for segment in segments])
        self.vector_of: Rows = np.where(has_vector, np.cumsum(has_vector) - 1, -1)
        creators = np.repeat(np.arange(self.offsets.size - 1, dtype=np.int32), np.diff(self.offsets))
        self.vectors_of_creator: Rows = np.bincount(creators[has_vector], minlength=self.offsets.size - 1)
        sizes = [len(segment.vectors.matrix) for segment in segments]
        self.vector_starts: Rows = np.concatenate([[0], np.cumsum(sizes)])

    def passages_of(self, creators: Rows) -> tuple[Rows, Rows]:
        """Return the passages of some creators, one creator after the other, and their offsets."""
        starts = self.offsets[creators]
        counts = self.offsets[creators + 1] - starts
        offsets = np.concatenate([[0], np.cumsum(counts)])
        passages = np.repeat(starts - offsets[:-1], counts) + np.arange(offsets[-1])
        return passages, offsets

    def scores(self, query: Floats, vectors: Rows) -> Floats:
        """Inner products of vector rows with the query, shape [vectors]."""
        result = np.empty(len(vectors), dtype=np.float32)
        for index, mine, local in self._by_segment(vectors):
            result[mine] = index.scores(query, local)
        return result

    def rows(self, vectors: Rows) -> Vectors:
        """The vectors themselves, shape [vectors, dimension]."""
        dimension = self._segments[0].vectors.matrix.shape[1]
        result = np.empty((len(vectors), dimension), dtype=np.float32)
        for index, mine, local in self._by_segment(vectors):
            result[mine] = index.matrix[local]
        return result

    def _by_segment(self, vectors: Rows) -> Iterator[tuple[VectorIndex, slice | NDArray[np.bool_], Rows]]:
        """Split rows by the segment that holds them: its vectors, which of the rows, and its own numbers."""
        if len(self._segments) == 1:
            yield self._segments[0].vectors, slice(None), vectors
            return
        owner = np.searchsorted(self.vector_starts, vectors, side="right") - 1
        for number, segment in enumerate(self._segments):
            mine = owner == number
            if mine.any():
                yield segment.vectors, mine, vectors[mine] - self.vector_starts[number]
