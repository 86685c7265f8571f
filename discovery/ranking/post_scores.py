"""Scores of single passages, all in 0..1: by meaning, by words, and both mixed.

Each is brought to 0..1 by theoretical min-max: the floor is the least possible value, the ceiling the best of
this query. The mix is a convex combination ("TM2C2" in Bruch, Gai, Ingber, An Analysis of Fusion Functions
for Hybrid Retrieval, TOIS 2023, arXiv 2210.11934).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.ports import Windows

ALPHA = 0.8
"""Share of meaning in the mixed score."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The best scores of one query; what 1.0 means. `keyword` is 0 when no word was found anywhere."""

    cosine: float
    keyword: float


def ceiling(*groups: Windows) -> Ceiling:
    """Find the best vector and keyword score over groups of passages."""
    cosines = [float(np.nanmax(group.cosine)) for group in groups if np.isfinite(group.cosine).any()]
    keywords = [float(group.keyword.max()) for group in groups if group.keyword.size]
    return Ceiling(cosine=max(cosines, default=1.0), keyword=max(keywords, default=0.0))


def semantic_scores(windows: Windows, best: Ceiling) -> Floats:
    """Return how near each passage is in meaning, shape [passages]; NaN where there is no vector."""
    scores: Floats = (windows.cosine.astype(np.float64) + 1.0) / max(best.cosine + 1.0, 1e-9)
    return scores


def lexical_scores(windows: Windows, best: Ceiling) -> Floats:
    """Return how well each passage matches in words, shape [passages]."""
    if best.keyword <= 0.0:
        return np.zeros(windows.keyword.size)
    return windows.keyword.astype(np.float64) / best.keyword


def mixed_scores(semantic: Floats, lexical: Floats) -> Floats:
    """Mix meaning and words, shape [passages]; NaN where there is no vector."""
    return ALPHA * semantic + (1.0 - ALPHA) * lexical
