"""What an average creator scores on this brief: the yardstick of the theme, and the edge of the niche.

Worked out from a fixed random sample of the index, so that scores mean the same for every query.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.ports import Sample

MAD_TO_SIGMA = 1.4826
MIN_SPREAD = 0.01
EDGE = 0.95
"""Share of random posts that are below the edge of a niche."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Yardsticks of a query, in units of the cosine.

    `threshold` is the 95th percentile of random posts: above it a post is on the niche. `centre` and `spread`
    are median and robust deviation of the themes of random creators.
    """

    threshold: float
    centre: float
    spread: float


def background(sample: Sample) -> Background:
    """Measure the sample. An empty sample gives a neutral yardstick."""
    themes = sample.themes.astype(np.float64)
    centre = median(themes) if themes.size else 0.0
    spread = MAD_TO_SIGMA * median(np.abs(themes - centre)) if themes.size else 1.0
    edge = float(np.quantile(sample.posts.astype(np.float64), EDGE)) if sample.posts.size else 0.0
    return Background(threshold=edge, centre=centre, spread=max(spread, MIN_SPREAD))


def median(values: Floats) -> float:
    """Median of a few values; NumPy's own takes several times as long to begin."""
    low, high = (values.size - 1) // 2, values.size // 2
    ordered = np.partition(values, (low, high))
    return float(ordered[low] + ordered[high]) / 2.0
