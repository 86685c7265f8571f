"""What an engine keeps in memory of a generation: the sample that is its yardstick, and the telling words.

Both are of fixed size however large the collection is, 50 MB with vectors of 384 numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.ports import Query, RelatedWord, Sample, Vectors
from indexer.opensearch.connection import Connection
from indexer.opensearch.documents import unpacked
from indexer.opensearch.names import Names
from indexer.opensearch.searching import every_hit
from indexer.words import Word, nearest

PAGE = 500


class Background:
    """The sample's vectors."""

    def __init__(self, themes: Vectors, passages: NDArray[np.int64], posts: Vectors) -> None:
        self._themes, self._passages, self._posts = themes, passages, posts

    def scores(self, query: Query) -> Sample:
        """Score the sample by vector."""
        if query.vector is None:
            nothing = np.empty(0, np.float32)
            return Sample(themes=nothing, passages=self._passages[:0], posts=nothing)
        return Sample(
            themes=self._themes @ query.vector, passages=self._passages, posts=self._posts @ query.vector
        )


class RelatedWords:
    """The telling words with their vectors."""

    def __init__(self, words: Sequence[Word], vectors: Vectors) -> None:
        self.words = list(words)
        self._vectors = vectors

    def nearest(self, vector: Vectors, limit: int) -> tuple[RelatedWord, ...]:
        """Return the words nearest to a vector, with their standing among all words."""
        return nearest(self.words, self._vectors @ vector, limit)


def load_background(connection: Connection, names: Names, dimension: int) -> Background:
    """Read the sample of a generation."""
    sampled = {"bool": {"filter": [{"term": {"sampled": True}}, {"term": {"known": "theme"}}]}}
    found = [hit["sample"] for hit in _kept(connection, names.creators, sampled, "creator", ["sample"])]
    themes = [unpacked(one["theme"], dimension) for one in found]
    posts = [unpacked(one["posts"], dimension) for one in found]
    empty = np.empty((0, dimension), np.float32)
    return Background(
        themes=np.concatenate([empty, *themes]),
        passages=np.array([one["passages"] for one in found], dtype=np.int64),
        posts=np.concatenate([empty, *posts]),
    )


def load_words(connection: Connection, names: Names, dimension: int) -> RelatedWords:
    """Read the telling words of a generation."""
    words = {"range": {"place": {"gte": 0}}}
    found = list(_kept(connection, names.words, words, "place", ["term", "word", "vector"]))
    vectors = [unpacked(one["vector"], dimension) for one in found]
    return RelatedWords(
        [(one["term"], one["word"]) for one in found],
        np.concatenate([np.empty((0, dimension), np.float32), *vectors]),
    )


def _kept(
    connection: Connection, index: str, query: Mapping[str, Any], order: str, fields: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    body = {"size": PAGE, "query": query, "_source": list(fields)}
    return (hit["_source"] for hit in every_hit(connection, index, body, order))
