"""Windows with scores made up for tests: what an engine could have answered."""

from collections.abc import Sequence

import numpy as np

from discovery.creator import CreatorId
from discovery.ports import Windows

NAN = float("nan")


def windows(*creators: tuple[float, Sequence[float]], keywords: Sequence[float] | None = None) -> Windows:
    """Build windows of creators given as (cosine of the bio or NaN, cosines of the posts).

    `keywords` are the keyword scores of all passages in order, profile first; 0 everywhere by default.
    """
    sizes = [1 + len(posts) for _, posts in creators]
    cosine = [score for bio, posts in creators for score in (bio, *posts)]
    return Windows(
        creators=tuple(CreatorId(f"x:{place:05}") for place in range(len(creators))),
        offsets=np.cumsum([0, *sizes], dtype=np.int64),
        post=np.array([place - 1 for size in sizes for place in range(size)], dtype=np.int16),
        cosine=np.array(cosine, dtype=np.float32),
        keyword=np.array(keywords if keywords is not None else [0.0] * len(cosine), dtype=np.float32),
    )


def crowd(sizes: Sequence[int], seed: int = 7, *, centre: float = 0.1, spread: float = 0.08) -> Windows:
    """Build creators of the given numbers of posts whose scores are all drawn from one distribution."""
    random = np.random.default_rng(seed)
    return windows(
        *((random.normal(centre, spread), random.normal(centre, spread, size).tolist()) for size in sizes)
    )
