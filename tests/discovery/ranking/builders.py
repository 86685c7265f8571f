"""Scores made up for tests: what an engine could have answered."""

from collections.abc import Sequence

import numpy as np

from discovery.creator import CreatorId
from discovery.ports import Sample, Themes, Windows

NAN = float("nan")


def names(count: int) -> tuple[CreatorId, ...]:
    """Return that many ids, in order."""
    return tuple(CreatorId(f"x:{place:05}") for place in range(count))


def themes(
    cosine: Sequence[float],
    keyword: Sequence[float] | None = None,
    passages: Sequence[int] | None = None,
) -> Themes:
    """Build the scores of creators as wholes: no word found and four passages each, by default.

    A cosine of NaN is a creator without a passage that has a vector.
    """
    counts = [0 if np.isnan(one) else 4 for one in cosine] if passages is None else passages
    return Themes(
        creators=names(len(cosine)),
        cosine=np.array(cosine, dtype=np.float32),
        keyword=np.array([0.0] * len(cosine) if keyword is None else keyword, dtype=np.float32),
        passages=np.array(counts, dtype=np.int64),
    )


def sample(cosines: Sequence[float] = (), posts: Sequence[float] = ()) -> Sample:
    """Build the sample of average creators: the cosines of their themes, and of their posts."""
    return Sample(
        themes=np.array(cosines, dtype=np.float32),
        passages=np.full(len(cosines), 4, dtype=np.int64),
        posts=np.array(posts, dtype=np.float32),
    )


def crowd(creators: int = 300, seed: int = 7, *, centre: float = 0.1, spread: float = 0.08) -> Sample:
    """Draw the themes of creators, and five posts of each, from one distribution."""
    random = np.random.default_rng(seed)
    return sample(
        random.normal(centre, spread, creators).tolist(), random.normal(centre, spread, 5 * creators).tolist()
    )


def windows(*creators: tuple[float, Sequence[float]], keywords: Sequence[float] | None = None) -> Windows:
    """Build windows of creators given as (cosine of the bio or NaN, cosines of the posts).

    `keywords` are the keyword scores of all passages in order, profile first; 0 everywhere by default.
    """
    sizes = [1 + len(posts) for _, posts in creators]
    cosine = [score for bio, posts in creators for score in (bio, *posts)]
    return Windows(
        creators=names(len(creators)),
        offsets=np.cumsum([0, *sizes], dtype=np.int64),
        post=np.array([place - 1 for size in sizes for place in range(size)], dtype=np.int16),
        cosine=np.array(cosine, dtype=np.float32),
        keyword=np.array(keywords if keywords is not None else [0.0] * len(cosine), dtype=np.float32),
    )
