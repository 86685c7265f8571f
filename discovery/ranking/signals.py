"""The signals: from the scores of a creator's passages to one value each, on a scale of about -2 to 12.

A signal that lacks its data abstains with NaN; it then adds nothing and says so.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from discovery.ranking.background import BUCKETS, TOP_POSTS, Background
from discovery.ranking.post_scores import Floats
from discovery.ranking.table import Table

Z_RANGE = (-2.0, 12.0)
SCALE = 6.0
PRIOR_POSTS = 8.0
PRIOR_SHARE = 0.05
FULL_SHARE = 0.5


def best_posts(creators: Table, yardstick: Background) -> Floats:
    """The three best posts' mean above that of random creators with as many posts, in robust deviations."""
    bucket = np.digitize(creators.counts, BUCKETS)
    z = (creators.top(TOP_POSTS) - yardstick.centre[bucket]) / yardstick.spread
    return np.clip(z, *Z_RANGE)


def niche_share(creators: Table, yardstick: Background) -> Floats:
    """Share of the recent posts on the niche, shrunk towards 5 % with the weight of 8 posts; 50 % gives 6."""
    share = shrunk_share(creators, yardstick)
    return SCALE * np.minimum(share / FULL_SHARE, 1.0)


def shrunk_share(creators: Table, yardstick: Background) -> Floats:
    """Beta-shrunk soft share of posts above the threshold, 0..1; NaN without posts."""
    distance = (creators.posts - yardstick.threshold) / yardstick.temperature
    soft = 1.0 / (1.0 + np.exp(-np.clip(distance, -30.0, 30.0)))
    total = np.nansum(soft, axis=1)
    share = (total + PRIOR_POSTS * PRIOR_SHARE) / (creators.counts + PRIOR_POSTS)
    return np.where(creators.counts > 0, share, np.nan)


def bio(creators: Table, yardstick: Background) -> Floats:
    """Robust z-score of the bio among the bios of random creators."""
    return np.clip((creators.bio - yardstick.bio_centre) / yardstick.bio_spread, *Z_RANGE)


def keywords(creators: Table, yardstick: Background) -> Floats:
    """Mean keyword score of the three best passages over the best passage of the index, times 6."""
    return SCALE * creators.lexical


Signal = Callable[[Table, Background], Floats]

SIGNALS: Mapping[str, Signal] = MappingProxyType(
    {"best_posts": best_posts, "niche_share": niche_share, "bio": bio, "keywords": keywords}
)
