"""Whether the cited posts carry the score: what it loses without them, and without as many random posts.

Posts go with all that say the same, since a copy would step into the place of what was deleted. Random posts
are drawn from all that are searched, the cited ones too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

import numpy as np

from discovery.creator import Creator, CreatorId, Post
from discovery.match import Match
from discovery.matching import Matcher
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.resampling import SEED
from evaluation.judged.scoring import scores_of
from evaluation.judged.variants import Variants

TARGET = 3.0
"""Least that the loss by the cited posts must be, in losses by random ones: median over briefs."""
LEAST_POSTS = 10
DRAWS = 5
TINY = 1e-3
"""A mean loss by random posts below this counts as this: a score that gains by it is no proof."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A creator of an answer, the same without the cited posts, and without random ones, draw by draw."""

    creator: CreatorId
    without_cited: CreatorId
    without_random: tuple[CreatorId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What the creators of one brief lose on average, in points.

    `random` is the mean loss over creators and draws, gains counting against losses; `moved` is the mean of
    the changes by random posts whatever their direction, which is the stricter yardstick.
    """

    brief: str
    creators: int
    cited: float
    random: float
    moved: float

    @property
    def ratio(self) -> float:
        """Loss by the cited in losses by random posts."""
        return self.cited / max(self.random, TINY)

    @property
    def strict_ratio(self) -> float:
        """Loss by the cited in changes by random posts."""
        return self.cited / max(self.moved, TINY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faithfulness:
    """Losses brief by brief, and over them the medians of the two ratios.

    `at_least` is the share of briefs on which the cited cost at least three times what random posts cost.
    """

    losses: tuple[Loss, ...]
    ratio: float
    strict_ratio: float
    at_least: float
    cited: float
    random: float
    moved: float


def deletion(match: Match, creator: Creator, variants: Variants, draw: int) -> Deletion | None:
    """Make the variants of a match; `creator` is the record with every post, `draw` numbers the match.

    Who has fewer than ten posts with words, or none that is cited, gives nothing.
    """
    posts = [post for post in creator.searched_posts if post.caption.strip() or post.hashtags]
    ids = {one.post_id for one in match.evidence if one.post_id is not None}
    cited = [post for post in posts if post.id in ids]
    if len(posts) < LEAST_POSTS or not cited:
        return None
    random = np.random.default_rng([SEED, draw])
    drawn = [random.choice(len(posts), len(cited), replace=False).tolist() for _ in range(DRAWS)]
    return Deletion(
        creator=creator.id,
        without_cited=variants.add(without(creator, cited)),
        without_random=tuple(
            variants.add(without(creator, [posts[place] for place in places])) for places in drawn
        ),
    )


def without(creator: Creator, gone: Sequence[Post]) -> Creator:
    """The creator without some posts and without all that say the same."""
    ids, said = {post.id for post in gone}, {_words(post) for post in gone} - {""}
    kept = (post for post in creator.posts if post.id not in ids and _words(post) not in said)
    return replace(creator, posts=tuple(kept))


def measure_faithfulness(
    matcher: Matcher, briefs: Sequence[JudgedBrief], deletions: Mapping[str, Sequence[Deletion]]
) -> Faithfulness | None:
    """Score the variants, by brief; `None` when there are none."""
    losses = [_loss(matcher, brief, deletions[brief.id]) for brief in briefs if deletions.get(brief.id)]
    return summary(losses) if losses else None


def summary(losses: Sequence[Loss]) -> Faithfulness:
    """Gather the losses of some briefs."""
    return Faithfulness(
        losses=tuple(losses),
        ratio=median(one.ratio for one in losses),
        strict_ratio=median(one.strict_ratio for one in losses),
        at_least=fmean(one.ratio >= TARGET for one in losses),
        cited=fmean(one.cited for one in losses),
        random=fmean(one.random for one in losses),
        moved=fmean(one.moved for one in losses),
    )


def _loss(matcher: Matcher, brief: JudgedBrief, deletions: Sequence[Deletion]) -> Loss:
    ids = [one for each in deletions for one in (each.creator, each.without_cited, *each.without_random)]
    scores = scores_of(matcher, brief.text, ids).reshape(len(deletions), 2 + DRAWS)
    lost = scores[:, :1] - scores[:, 1:]
    return Loss(
        brief=brief.id,
        creators=len(deletions),
        cited=float(lost[:, 0].mean()),
        random=float(lost[:, 1:].mean()),
        moved=float(np.abs(lost[:, 1:]).mean()),
    )


def _words(post: Post) -> str:
    return " ".join(post.caption.split()).casefold()
