"""Whether saying the same again changes a score: every post three times, each with an id of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from discovery.creator import Creator, CreatorId
from discovery.matching import Matcher
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.scoring import scores_of

TARGET = 0.02
"""Most that a score may move, as a share of the range of the brief's scores."""
TIMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Changes of a score by copies, over `creators` on each of `briefs`, in shares of the range.

    The range is from the best to the worst score of those whom a search of the brief ranks.
    """

    creators: int
    briefs: int
    largest: float
    mean: float


def tripled(creator: Creator) -> Creator:
    """The creator with every post three times: the same words and dates, ids of their own."""
    copies = (
        replace(post, id=f"{post.id} copy {number}") for post in creator.posts for number in range(TIMES)
    )
    return replace(creator, posts=tuple(copies))


def measure_copies(
    matcher: Matcher,
    briefs: Sequence[JudgedBrief],
    ranges: Mapping[str, float],
    copies: Mapping[CreatorId, CreatorId],
) -> Copies:
    """Score creators beside their copies (`copies`: creator to variant) on every brief."""
    changes = []
    for brief in briefs:
        scores = scores_of(matcher, brief.text, [*copies, *copies.values()])
        before, after = scores.reshape(2, -1)
        changes.append(np.abs(after - before) / ranges[brief.id])
    together = np.concatenate(changes)
    return Copies(
        creators=len(copies), briefs=len(briefs), largest=float(together.max()), mean=float(together.mean())
    )
