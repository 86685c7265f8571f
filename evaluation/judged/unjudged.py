"""Creators near the top whom nobody has judged: to be read before a figure is believed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discovery.creator import CreatorId
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.qrels import Judgments
from evaluation.judged.run_files import Run

TOP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """A creator without a grade at a rank (from 1) that nDCG@10 looks at."""

    brief: str
    rank: int
    creator: CreatorId


def unjudged(
    briefs: Sequence[JudgedBrief], judgments: Judgments, run: Run, top: int = TOP
) -> tuple[Unjudged, ...]:
    """List the unjudged among each brief's first `top` creators, in the order of the briefs."""
    return tuple(one for brief in briefs for one in _of_brief(brief.id, judgments, run, top))


def _of_brief(brief: str, judgments: Judgments, run: Run, top: int) -> Iterator[Unjudged]:
    known = judgments.get(brief, {})
    for place, creator in enumerate(run.get(brief, ())[:top]):
        if creator not in known:
            yield Unjudged(brief=brief, rank=place + 1, creator=creator)
