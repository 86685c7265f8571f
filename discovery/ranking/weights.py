"""The signals by name and how much each counts unless the caller says otherwise."""

from collections.abc import Mapping
from types import MappingProxyType

DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"best_posts": 0.45, "niche_share": 0.15, "bio": 0.30, "keywords": 0.60, "preferences": 0.15}
)
"""Weights of the signals; each signal's own value is on a scale of about -2 to 12."""
