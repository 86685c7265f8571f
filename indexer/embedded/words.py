"""The telling words of a generation with their vectors, as files.

words.json     [term, word] of each: the index term and the form in which it is mostly written
words.f32      their vectors, one float32 row each
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import orjson

from discovery.ports import RelatedWord, Vectors
from indexer.embedded.vectors import VectorIndex, inner_products
from indexer.words import Word, nearest


def write_words(folder: Path, words: Sequence[Word], vectors: Vectors) -> None:
    """Write the words of a generation; `vectors` has a row for each."""
    (folder / "words.json").write_bytes(orjson.dumps(words))
    np.ascontiguousarray(vectors, dtype=np.float32).tofile(folder / "words.f32")


def read_words(folder: Path) -> list[Word]:
    """Read the words of a generation."""
    return [(term, word) for term, word in orjson.loads((folder / "words.json").read_bytes())]


class RelatedWords:
    """Read side. Safe from several threads."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self._words = read_words(folder)
        self._matrix = VectorIndex.open(folder / "words.f32", None, dimension).matrix

    def nearest(self, vector: Vectors, limit: int) -> tuple[RelatedWord, ...]:
        """Return the words nearest to a vector, with their standing among all words."""
        return nearest(self._words, inner_products(vector, self._matrix), limit)
