"""Scores of creators that are named, whether or not a search would find them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.brief import Brief
from discovery.creator import CreatorId
from discovery.matching import Matcher

Floats = NDArray[np.float64]


def scores_of(matcher: Matcher, text: str, creators: Sequence[CreatorId]) -> Floats:
    """Score each creator on a brief, shape [creators]: as in an answer, but filters leave nobody out.

    Who breaks an exclusion too often has the score that is left to them.
    """
    return matcher.score(Brief(query=text), creators).scores


def standardised(values: Floats) -> Floats:
    """Values above their mean in standard deviations; zeros where all are the same."""
    spread = float(values.std())
    centred: Floats = values - values.mean()
    return centred / spread if spread > 0 else np.zeros(len(values))
