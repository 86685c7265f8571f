"""The chance that a judge calls a creator good, fitted anew on the judged pairs and held against what ships.

What is said of the fit is said of briefs that it has not seen: each is left out in turn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.brief import MAX_DEPTH, Brief
from discovery.errors import InvalidInput, Problem
from discovery.matching import Matcher
from discovery.ranking.calibration import INTERCEPT, SLOPE
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.platt import (
    Bin,
    Bits,
    Curve,
    Floats,
    calibration_error,
    fit_curve,
    held_out,
    reliability,
)
from evaluation.judged.qrels import Judgments
from evaluation.judged.systems import Progress, no_progress

GOOD = 2
"""Grade from which on a creator is a good match."""
TARGET = 0.05
"""Most that the expected calibration error may be."""
TOPS = (10, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A brief and a creator that were judged and ranked (from 1)."""

    brief: str
    platform: str
    rank: int
    score: float
    good: bool


SHIPPED = Curve(slope=SLOPE, intercept=INTERCEPT)
"""What the product answers with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some of the pairs: how many, the share that is good, the mean chance, and the calibration error."""

    name: str
    pairs: int
    observed: float
    expected: float
    ece: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A fit over all pairs, and how well it foretells briefs that were left out.

    `ece`, `brier`, `bins` and `groups` are of chances by curves that did not see the brief; `ece_shipped` is
    of the curve that ships. `gain` is by how much the Brier score is below that of the base rate (0..1).
    """

    briefs: int
    pairs: int
    good: int
    fitted: Curve
    shipped: Curve
    ece: float
    ece_shipped: float
    brier: float
    gain: float
    bins: tuple[Bin, ...]
    groups: tuple[Group, ...]


def judged_pairs(
    matcher: Matcher,
    briefs: Sequence[JudgedBrief],
    judgments: Judgments,
    progress: Progress = no_progress,
) -> tuple[Pair, ...]:
    """Search every brief as deep as an answer goes and keep the judged."""
    found: list[Pair] = []
    for done, brief in enumerate(briefs, start=1):
        grades = judgments.get(brief.id, {})
        found += (
            Pair(
                brief=brief.id,
                platform=match.creator.platform.value,
                rank=match.rank,
                score=match.score,
                good=grades[match.creator.id] >= GOOD,
            )
            for match in matcher.search(Brief(query=brief.text, limit=MAX_DEPTH)).matches
            if match.creator.id in grades
        )
        progress("calibration", done, len(briefs))
    return tuple(found)


def calibrate(pairs: Sequence[Pair]) -> Calibration:
    """Fit the curve and say how well it holds.

    Raises:
        InvalidInput: fewer than two briefs, or the pairs are all good or all not.
    """
    scores = np.array([pair.score for pair in pairs], dtype=np.float64)
    good = np.array([pair.good for pair in pairs], dtype=np.bool_)
    briefs = np.array([pair.brief for pair in pairs])
    _require_both(good, briefs)
    chances = held_out(scores, good, briefs)
    rate = float(good.mean())
    brier = float(((chances - good) ** 2).mean())
    return Calibration(
        briefs=len(set(briefs.tolist())),
        pairs=len(pairs),
        good=int(good.sum()),
        fitted=fit_curve(scores, good),
        shipped=SHIPPED,
        ece=calibration_error(chances, good),
        ece_shipped=calibration_error(SHIPPED.chances(scores), good),
        brier=brier,
        gain=1 - brier / (rate * (1 - rate)),
        bins=tuple(reliability(chances, good)),
        groups=tuple(_groups(pairs, chances, good)),
    )


def _groups(pairs: Sequence[Pair], chances: Floats, good: Bits) -> Iterator[Group]:
    ranks = np.array([pair.rank for pair in pairs])
    platforms = np.array([pair.platform for pair in pairs])
    named = [(f"top {top}", ranks <= top) for top in TOPS]
    named += [(str(platform), platforms == platform) for platform in np.unique(platforms)]
    for name, mine in named:
        if mine.any():
            yield Group(
                name=name,
                pairs=int(mine.sum()),
                observed=float(good[mine].mean()),
                expected=float(chances[mine].mean()),
                ece=calibration_error(chances[mine], good[mine]),
            )


def _require_both(good: Bits, briefs: NDArray[np.str_]) -> None:
    for brief in ("", *np.unique(briefs)):
        left = good[briefs != brief]
        if left.all() or not left.any():
            message = "cannot be fitted: judge some more, so that others than one brief have good and bad"
            raise InvalidInput([Problem(field="judgments", message=message, value=len(good))])
