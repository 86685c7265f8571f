"""Scores of a creator's passages for citing, all in 0..1: by meaning, by words, and both mixed.

The mix is a convex combination after bringing both to 0..1 ("TM2C2" in Bruch, Gai, Ingber, An Analysis of
Fusion Functions for Hybrid Retrieval, TOIS 2023, arXiv 2210.11934), within one creator's passages.
"""

import numpy as np

from discovery.ranking.background import Floats

ALPHA = 0.8
"""Share of meaning in the mixed score."""


def semantic_scores(cosine: Floats) -> Floats:
    """Return how near each passage is in meaning, (1 + cosine) / 2, shape [passages]; NaN: no vector."""
    return (cosine + 1.0) / 2.0


def lexical_scores(keyword: Floats) -> Floats:
    """Return how well each passage matches in words, against the creator's own best passage."""
    best = float(keyword.max(initial=0.0))
    return keyword / best if best > 0.0 else np.zeros(keyword.size)


def mixed_scores(semantic: Floats, lexical: Floats) -> Floats:
    """Mix meaning and words, shape [passages]; NaN where there is no vector."""
    return ALPHA * semantic + (1.0 - ALPHA) * lexical
