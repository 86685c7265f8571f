"""What an average creator scores on this brief: the yardstick of every signal.

Worked out from a fixed random sample of the index, so that scores mean the same for every query and do not
reward creators for posting much: best posts are compared with creators who have as many posts.
"""

from dataclasses import dataclass

import numpy as np

from discovery.ranking.post_scores import Floats
from discovery.ranking.table import Table

BUCKETS = np.array([5, 8, 12, 18, 25])
"""Lower edges of the groups of window sizes that are compared: up to 4, 5-7, 8-11, 12-17, 18-24, 25-30."""
MIN_PEERS = 20
MAD_TO_SIGMA = 1.4826
MIN_SPREAD = 0.005
TOP_POSTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Thresholds of a query. All in units of a passage score (0..1).

    `threshold` is the 95th percentile of random posts: above it a post is on the niche. `temperature`
    softens that edge. `centre` [buckets] is the median of the mean of the three best posts of random
    creators by window size, `spread` the deviation from it over all of them; `bio_centre` and `bio_spread`
    describe their bios.
    """

    threshold: float
    temperature: float
    centre: Floats
    spread: float
    bio_centre: float
    bio_spread: float


def background(sample: Table) -> Background:
    """Measure the sample. An empty sample gives a neutral yardstick."""
    posts = sample.posts[~np.isnan(sample.posts)]
    if not posts.size:
        posts = np.array([0.5])
    median, threshold, high = np.quantile(posts, [0.5, 0.95, 0.99])
    best = sample.top(TOP_POSTS)
    known = ~np.isnan(best)
    bucket = np.digitize(sample.counts, BUCKETS)
    all_known = best[known] if known.any() else np.array([0.5])
    groups = [best[known & (bucket == number)] for number in range(BUCKETS.size + 1)]
    centre = np.array([_median(group if group.size >= MIN_PEERS else all_known) for group in groups])
    _, spread = _robust(best[known])
    bio_centre, bio_spread = _robust(sample.bio[~np.isnan(sample.bio)])
    return Background(
        threshold=float(threshold),
        temperature=max(0.15 * float(high - median), 1e-3),
        centre=centre,
        spread=spread,
        bio_centre=bio_centre,
        bio_spread=bio_spread,
    )


def _robust(values: Floats) -> tuple[float, float]:
    """Median and scaled median absolute deviation, floored."""
    if not values.size:
        return 0.5, 1.0
    centre = _median(values)
    return centre, max(MAD_TO_SIGMA * _median(np.abs(values - centre)), MIN_SPREAD)


def _median(values: Floats) -> float:
    """Median of a few values; NumPy's own takes several times as long to begin."""
    low, high = (values.size - 1) // 2, values.size // 2
    ordered = np.partition(values, (low, high))
    return float(ordered[low] + ordered[high]) / 2.0
