"""An encoder without weights: words and character trigrams, hashed into signed buckets.

Texts that share words or spellings come out close; meaning plays no part. It is for tests and for trying
things.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from embeddings.text import clean_text

_WORD = re.compile(r"\w+|[^\w\s]+")
_WORD_WEIGHT = 3
_VERSION = 1


class HashingEncoder:
    """Texts to unit vectors by feature hashing: the same in every process and on every platform."""

    def __init__(self, dimension: int = 64) -> None:
        """Make an encoder of `dimension` buckets.

        Raises:
            ValueError: `dimension` is below 1.
        """
        if dimension < 1:
            raise ValueError(f"dimension must be at least 1, not {dimension}")
        self._dimension = dimension

    @property
    def id(self) -> str:
        """The name with its dimension, and the version of the hashing."""
        return f"hashing-{self._dimension}@v{_VERSION}"

    @property
    def dimension(self) -> int:
        """The length of every vector."""
        return self._dimension

    @property
    def languages(self) -> frozenset[str] | None:
        """Words are hashed in any language alike."""
        return None

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape [len(texts), dimension]."""
        return self.encode_documents(texts)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape [len(texts), dimension]."""
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(text)
        return vectors

    def _vector(self, text: str) -> list[float]:
        sums = [0] * self._dimension
        for feature, weight in _features(clean_text(text).casefold()):
            bucket, sign = _hash(feature)
            sums[bucket % self._dimension] += sign * weight
        if not any(sums):  # nothing to hash, or everything cancelled out: one fixed direction
            sums[0] = 1
        length = math.sqrt(sum(value * value for value in sums))  # of integers, so exact in any order
        return [value / length for value in sums]


def _features(text: str) -> Iterator[tuple[str, int]]:
    """Yield each word, and each trigram of the word between two spaces, with its weight."""
    for word in _WORD.findall(text):
        yield word, _WORD_WEIGHT
        framed = f" {word} "
        for start in range(len(framed) - 2):
            yield framed[start : start + 3] + "#", 1  # the mark keeps the trigram "the" apart from the word


@lru_cache(maxsize=65_536)
def _hash(feature: str) -> tuple[int, int]:
    number = int.from_bytes(blake2b(feature.encode(), digest_size=8).digest(), "little")
    return number >> 1, 1 if number & 1 else -1
