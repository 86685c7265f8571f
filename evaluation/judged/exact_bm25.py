"""BM25 worked out exactly over whole texts: k1 = 1.2, b = 0.75, inverse document frequency as in Lucene."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75


class ExactBm25:
    """Scores every document; lengths are exact, where a search engine rounds them to a byte."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        """Index documents, each given as its terms in order."""
        self._count = len(documents)
        lengths = np.array([len(terms) for terms in documents], dtype=np.float64)
        mean = float(lengths.mean()) if lengths.sum() else 1.0
        self._norms = K1 * (1 - B + B * lengths / mean)
        rows: dict[str, list[int]] = {}
        times: dict[str, list[int]] = {}
        for row, terms in enumerate(documents):
            for term, number in Counter(terms).items():
                rows.setdefault(term, []).append(row)
                times.setdefault(term, []).append(number)
        self._postings = {
            term: (np.array(found), np.array(times[term], dtype=np.float64)) for term, found in rows.items()
        }

    def scores(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """Score of every document for distinct terms (any of them), shape [documents]; 0 without a hit."""
        total = np.zeros(self._count, dtype=np.float64)
        for term in terms:
            if term in self._postings:
                rows, times = self._postings[term]
                rarity = math.log(1 + (self._count - len(rows) + 0.5) / (len(rows) + 0.5))
                total[rows] += rarity * times / (times + self._norms[rows])
        return total
