"""Words that a brief means without saying them, and how much each counts beside its own.

Embedding-based query expansion (Kuzi, Shtok, Kurland: Query Expansion Using Word Embeddings, CIKM 2016).
"""

from collections.abc import Collection, Iterable, Mapping

from discovery.ports import RelatedWord

RELATED_WORDS = 40
"""How many of the nearest words are looked at."""
LEAST_STANDING = 2.5
"""A word must be nearer to the brief than all words are on average by this many standard deviations."""
WEIGHT = 0.1
"""What each deviation beyond that weighs; a word of the brief weighs 1."""


CITING_WORDS = 10
"""How many related words count when passages are chosen to be cited."""


def strongest(related: Mapping[str, float]) -> dict[str, float]:
    """The heaviest related words, enough to choose what is cited."""
    return dict(sorted(related.items(), key=lambda item: (-item[1], item[0]))[:CITING_WORDS])


def related_weights(words: Iterable[RelatedWord], own: Collection[str], scale: float) -> dict[str, float]:
    """Return the weights of related index terms that the brief does not say itself, times `scale`."""
    return {
        word.term: scale * min(WEIGHT * (word.standing - LEAST_STANDING), 1.0)
        for word in words
        if word.standing > LEAST_STANDING and word.term not in own
    }
