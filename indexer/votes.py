"""Two legs, one list: how much each leg's finds count when candidates are cut, the same for every engine."""

import numpy as np
from numpy.typing import NDArray

THEME_SHARE = 0.5
"""How much a vote by theme counts; the rest is the vote by word."""
PRESENCE = 0.05
"""What the last of a leg is worth beside somebody whom the leg did not find."""

Floats = NDArray[np.float32]
Votes = NDArray[np.float64]


def theme_votes(scores: Floats) -> Votes:
    """Votes of the leg that finds creators by their themes, for its scores [found]."""
    return THEME_SHARE * _standing(scores)


def word_votes(scores: Floats) -> Votes:
    """Votes of the leg that finds creators by their words, for its scores [found]."""
    return (1.0 - THEME_SHARE) * _standing(scores)


def _standing(scores: Floats) -> Votes:
    """Standing among the fetched: 0 to 1, and a little for being there."""
    if not len(scores):
        return np.empty(0)
    low, high = float(scores.min()), float(scores.max())
    standing: Votes = PRESENCE + (scores.astype(np.float64) - low) / max(high - low, 1e-9)
    return standing
