"""Scores of single passages, all in 0..1: by meaning, by words, and both mixed.

None of them depends on the filters, so a creator's score is the same under any filter. The mix is a convex
combination after bringing both to 0..1 by a fixed floor and ceiling ("TM2C2" in Bruch, Gai, Ingber, An
Analysis of Fusion Functions for Hybrid Retrieval, TOIS 2023, arXiv 2210.11934).
"""

import numpy as np
from numpy.typing import NDArray

from discovery.ports import Windows

ALPHA = 0.8
"""Share of meaning in the mixed score."""

Floats = NDArray[np.float64]


def semantic_scores(windows: Windows) -> Floats:
    """Return how near each passage is in meaning, (1 + cosine) / 2, shape [passages]; NaN: no vector."""
    scores: Floats = (windows.cosine.astype(np.float64) + 1.0) / 2.0
    return scores


def lexical_scores(windows: Windows, best: float) -> Floats:
    """Return how well each passage matches in words, shape [passages].

    `best` is the keyword score of the best passage of the index; 0 when no word was found anywhere.
    """
    if best <= 0.0:
        return np.zeros(windows.keyword.size)
    return np.minimum(windows.keyword.astype(np.float64) / best, 1.0)


def mixed_scores(semantic: Floats, lexical: Floats) -> Floats:
    """Mix meaning and words, shape [passages]; NaN where there is no vector."""
    return ALPHA * semantic + (1.0 - ALPHA) * lexical
