"""The telling words of an index: what a brief may mean without saying it, the same for every engine.

Words of Latin letters that several creators put first (names, bios, titles, tags), but not everybody.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from discovery.function_words import function_terms
from discovery.ports import Analyser, RelatedWord, Vectors

MIN_CREATORS = 5
MAX_SHARE = 0.1
MAX_WORDS = 10_000
MIN_LETTERS = 3
_MOST_FORMS = 2_000_000
"""With more forms than this in memory, those seen once are forgotten."""

Word = tuple[str, str]
"""An index term and the form in which it is mostly written."""


class WordCounter:
    """Counts in how many creators each word occurs."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._silent = function_terms(analyser)
        self._terms: Counter[str] = Counter()
        self._forms: Counter[Word] = Counter()
        self._creators = 0

    def add(self, text: str) -> None:
        """Count the words of one creator."""
        self._creators += 1
        found = self._analyser.find(text, None)
        self._terms.update({term.text for term in found})
        self._forms.update({(term.text, text[term.start : term.end].lower()) for term in found})
        if len(self._forms) > _MOST_FORMS:
            self._forms = Counter({form: count for form, count in self._forms.items() if count > 1})
            kept = {term for term, _ in self._forms}
            self._terms = Counter({term: count for term, count in self._terms.items() if term in kept})

    def words(self) -> list[Word]:
        """The telling words: the most frequent first, at most `MAX_WORDS`."""
        mostly: dict[str, tuple[int, str]] = {}
        for (term, form), count in self._forms.items():
            mostly[term] = max(mostly.get(term, (0, "")), (count, form))
        most = max(MIN_CREATORS, MAX_SHARE * self._creators)
        kept = [
            (count, term)
            for term in mostly
            if MIN_CREATORS <= (count := self._terms[term]) <= most and self._tells(term)
        ]
        return [(term, mostly[term][1]) for count, term in sorted(kept, key=_rank)[:MAX_WORDS]]

    def _tells(self, term: str) -> bool:
        return term.isascii() and term.isalpha() and len(term) >= MIN_LETTERS and term not in self._silent


def _rank(entry: tuple[int, str]) -> tuple[int, str]:
    return -entry[0], entry[1]


def nearest(words: Sequence[Word], scores: Vectors, limit: int) -> tuple[RelatedWord, ...]:
    """Return the words nearest to a vector, with their standing among all words.

    `scores` [words] are the inner products of the words with the vector.
    """
    if not words:
        return ()
    cosine = scores.astype(np.float64)
    standing = (cosine - cosine.mean()) / max(float(cosine.std()), 1e-6)
    best = np.argsort(-standing, kind="stable")[:limit].tolist()
    return tuple(
        RelatedWord(term=words[row][0], word=words[row][1], standing=float(standing[row])) for row in best
    )
