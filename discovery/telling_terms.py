"""The words of a text that say something: its terms without function words."""

from discovery.function_words import function_terms
from discovery.ports import Analyser


def telling_terms(text: str, analyser: Analyser) -> tuple[str, ...]:
    """Return the distinct terms of a text without function words, unless it has no others."""
    unique = dict.fromkeys(analyser.terms(text))
    silent = function_terms(analyser)
    return tuple(term for term in unique if term not in silent) or tuple(unique)
