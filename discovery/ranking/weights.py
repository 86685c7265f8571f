"""The signals by name and how much each counts unless the caller says otherwise."""

from collections.abc import Mapping
from types import MappingProxyType

DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"theme": 1.8, "keywords": 1.0, "related_words": 1.0, "preferences": 0.15, "exclusions": 1.0}
)
"""Weights of the signals. Most have values of about -2 to 12. `exclusions` takes points away; `related_words`
weighs words that a brief means without saying them, within `keywords`."""
UNREAD = 0.5
"""What remains of the weight of `theme` for a brief in a language that the encoder was not trained on."""
