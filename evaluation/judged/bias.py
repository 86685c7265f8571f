"""Whether a score rewards what says nothing about a match: how much somebody posts, how many follow.

Among creators whom a judge called not relevant the score should know neither. It is brought to one scale
within each brief; then all briefs are pooled.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from discovery.creator import Creator
from discovery.matching import Matcher
from discovery.ports import Query
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.qrels import Judgments
from evaluation.judged.resampling import SEED, Interval, ends
from evaluation.judged.scoring import Floats, scores_of, standardised
from evaluation.judged.systems import Progress, no_progress

TARGET = 0.10
"""Most that the rank correlation may be, either way."""
LEAST_POSTS = (0, 10)
"""Each correlation is worked out over all, and over those with at least so many posts."""
RESAMPLES = 1_000
FEWEST = 3
"""A brief with fewer creators says nothing of an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Irrelevant:
    """A creator of grade 0 on a brief: the score, the posts that are searched, and followers if known."""

    brief: str
    score: float
    posts: int
    followers: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """Spearman's rank correlation of the score with something, with its 95 % interval over briefs.

    It is over `pairs` of brief and creator, of creators with at least `least_posts` posts.
    """

    of: str
    least_posts: int
    pairs: int
    rho: Interval


OF: Mapping[str, Callable[[Irrelevant], float | None]] = {
    "number of posts": lambda one: float(one.posts),
    "log followers": lambda one: log(1 + one.followers) if one.followers is not None else None,
}


def irrelevant(
    matcher: Matcher,
    briefs: Sequence[JudgedBrief],
    judgments: Judgments,
    progress: Progress = no_progress,
) -> tuple[Irrelevant, ...]:
    """Score everybody of grade 0, whether or not a search finds them."""
    engine = matcher.engine()
    found: list[Irrelevant] = []
    for done, brief in enumerate(briefs, start=1):
        ids = [one for one, grade in judgments.get(brief.id, {}).items() if grade == 0]
        windows = engine.windows(Query(vector=None, terms=()), ids)
        rows = np.repeat(np.arange(len(ids)), np.diff(windows.offsets))
        posts = np.bincount(rows[windows.post >= 0], minlength=len(ids)).tolist()
        scores = scores_of(matcher, brief.text, ids).tolist() if ids else []
        found += map(_irrelevant, [brief.id] * len(ids), scores, posts, engine.read(ids))
        progress("bias", done, len(briefs))
    return tuple(found)


def biases(found: Sequence[Irrelevant]) -> tuple[Bias, ...]:
    """Correlate the score with everything it should not know."""
    return tuple(_biases(found))


def spearman(first: Floats, second: Floats) -> float:
    """Rank correlation, equal values sharing their mean rank; 0 where one of the two never changes."""
    one, other = standardised(mean_ranks(first)), standardised(mean_ranks(second))
    return float((one * other).mean())


def mean_ranks(values: Floats) -> Floats:
    """Rank of every value, from 0; equal values get the mean of their ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(count) - (count + 1) / 2)[place]
    return ranks


def _irrelevant(brief: str, score: float, posts: int, creator: Creator) -> Irrelevant:
    return Irrelevant(brief=brief, score=score, posts=posts, followers=creator.followers)


def _biases(found: Sequence[Irrelevant]) -> Iterator[Bias]:
    for name, value in OF.items():
        for least in LEAST_POSTS:
            known = [(one, value(one)) for one in found if one.posts >= least]
            by_brief: dict[str, list[tuple[float, float]]] = {}
            for one, figure in known:
                if figure is not None:
                    by_brief.setdefault(one.brief, []).append((one.score, figure))
            parts = [_scaled(pairs) for pairs in by_brief.values() if len(pairs) >= FEWEST]
            if parts:
                yield Bias(
                    of=name,
                    least_posts=least,
                    pairs=sum(part.shape[1] for part in parts),
                    rho=_interval(parts),
                )


def _scaled(pairs: Sequence[tuple[float, float]]) -> Floats:
    """Scores on the scale of their brief, and the figures as they are, shape [2, pairs]."""
    scores, figures = np.array(pairs, dtype=np.float64).T
    return np.stack([standardised(scores), figures])


def _interval(parts: Sequence[Floats]) -> Interval:
    drawn = np.random.default_rng(SEED).integers(0, len(parts), (RESAMPLES, len(parts)))
    resampled = [spearman(*np.concatenate([parts[one] for one in choice], axis=1)) for choice in drawn]
    low, high = ends(resampled)
    return Interval(mean=spearman(*np.concatenate(parts, axis=1)), low=low, high=high)
