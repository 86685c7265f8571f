"""What a brief rules out, held against what a creator publishes.

A passage breaks an exclusion when it says its words, or when it is about it rather than about the brief. Too
many such passages leave a creator out; fewer lower the score. Negation never goes through the encoder:
sentence vectors hardly tell "no betting" from "betting" (Weller et al., NevIR, EACL 2024).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.ports import Windows
from discovery.ranking.background import Floats

HARD = 0.2
"""From this share on a creator is left out."""
PRIOR_PASSAGES = 5.0
"""The share is shrunk towards 0 as if this many harmless passages had been seen too."""
CLEAR = 0.99
"""A passage nearer to the exclusion than this share of random posts, and than to the brief, is about it."""
NEAR = 0.90
"""A passage that says part of the words must also be nearer than this share of random posts."""
MARGIN = 0.05
"""By how much more (in cosine) it must be about the exclusion than about the brief."""
PART = 0.5

Bits = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """How far creators break one exclusion: `count` of `seen` passages do, `share` is shrunk [creators]."""

    share: Floats
    count: NDArray[np.int64]
    seen: NDArray[np.int64]


def broken(
    windows: Windows, said: Sequence[Bits], to_brief: NDArray[np.float32], random_posts: NDArray[np.float32]
) -> Broken:
    """Find who breaks an exclusion.

    `windows` are scored by the exclusion's own vector; `said` marks for each of its telling words the
    passages that say it, `to_brief` [passages] is the cosine with the brief, and `random_posts` are cosines
    of random posts with the exclusion.
    """
    rows = np.repeat(np.arange(len(windows.creators)), np.diff(windows.offsets))
    hit = _hits(windows, said, to_brief, random_posts)
    seen = ~np.isnan(windows.cosine) | hit
    found = np.bincount(rows[hit], minlength=len(windows.creators))
    of = np.bincount(rows[seen], minlength=len(windows.creators))
    profile = np.bincount(rows[hit & (windows.post < 0)], minlength=len(windows.creators))
    # What a profile says of an account weighs twice, unless it is all there is to judge by.
    counted = found + np.where(of > 1, profile, 0)
    return Broken(share=counted / (of + PRIOR_PASSAGES), count=found, seen=of)


def _hits(
    windows: Windows, said: Sequence[Bits], to_brief: NDArray[np.float32], random_posts: NDArray[np.float32]
) -> Bits:
    cosine = windows.cosine
    near, clear = np.quantile(random_posts, [NEAR, CLEAR]) if random_posts.size else (1.0, 1.0)
    about: Bits = (cosine > clear) & (cosine > to_brief + MARGIN)
    if not said:
        return about
    coverage = np.mean(said, axis=0)
    hit: Bits = about | (coverage == 1.0) | ((coverage >= PART) & (cosine > near))
    return hit


def penalty(shares: Sequence[Floats], total: Floats) -> Floats:
    """Points that the worst of the exclusions takes off a score (0 or less): all of it at `HARD`."""
    worst = np.max(shares, axis=0)
    lost: Floats = -np.maximum(total, 0.0) * np.minimum(worst / HARD, 1.0) + 0.0  # no -0.0 is shown
    return lost


def left_out(shares: Sequence[Floats]) -> Bits:
    """Who breaks an exclusion too often, shape [creators]."""
    return np.asarray(np.max(shares, axis=0) >= HARD)
