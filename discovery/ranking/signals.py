"""The signals: from what a creator scores as a whole to one value each, on a scale of about -2 to 12.

A signal that lacks its data abstains with NaN; it then adds nothing and says so.
"""

import numpy as np

from discovery.ports import Themes
from discovery.ranking.background import Background, Floats

Z_RANGE = (-2.0, 12.0)
SCALE = 6.0


def theme(creators: Themes, yardstick: Background) -> Floats:
    """How near all they publish is to the brief, above the median creator, in robust deviations."""
    z: Floats = (creators.cosine.astype(np.float64) - yardstick.centre) / yardstick.spread
    return np.clip(z, *Z_RANGE)


def keywords(creators: Themes, best: float) -> Floats:
    """Keyword score of all their words, over that of the best creator of the index, times 6."""
    if best <= 0.0:
        return np.zeros(creators.keyword.size)
    return SCALE * np.minimum(creators.keyword.astype(np.float64) / best, 1.0)
