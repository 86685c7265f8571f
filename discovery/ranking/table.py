"""Passages of many creators as one rectangle, so that signals are a few array operations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.creator import WINDOW
from discovery.ports import Windows
from discovery.ranking.post_scores import Ceiling, Floats, lexical_scores, passage_scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Scores by creator: `posts` [creators, WINDOW] (NaN beyond the last post), `bio` [creators] (NaN: none).

    `lexical` [creators] is the best keyword score of any passage, `counts` [creators] the number of posts
    with text. `stand_in` marks creators without such posts whose bio takes the place of one post.
    """

    posts: Floats
    bio: Floats
    lexical: Floats
    counts: NDArray[np.int64]
    stand_in: NDArray[np.bool_]

    @property
    def speaks(self) -> NDArray[np.bool_]:
        """Creators of whom anything at all was found that can be scored, shape [creators]."""
        return (self.counts > 0) | ~np.isnan(self.bio) | (self.lexical > 0)

    def top(self, n: int) -> Floats:
        """Mean of the `n` best posts of each creator (of all, where there are fewer); NaN without any."""
        floor = np.where(np.isnan(self.posts), -np.inf, self.posts)
        best = np.partition(floor, floor.shape[1] - n, axis=1)[:, -n:]
        found = np.minimum(self.counts, n)
        best[np.isinf(best)] = 0.0
        mean: Floats = np.full(found.size, np.nan)
        np.divide(best.sum(axis=1), found, out=mean, where=found > 0)
        return mean


def table(windows: Windows, best: Ceiling, *, has_terms: bool) -> Table:
    """Lay the passages of each creator out in a row."""
    scores = passage_scores(windows, best, has_terms=has_terms)
    rows = np.repeat(np.arange(len(windows.creators)), np.diff(windows.offsets))
    is_post = windows.post >= 0
    posts = np.full((len(windows.creators), WINDOW), np.nan)
    posts[rows[is_post], windows.post[is_post]] = scores[is_post]
    bio = np.full(len(windows.creators), np.nan)
    bio[rows[~is_post]] = scores[~is_post]
    lexical = np.zeros(len(windows.creators))
    if len(windows.creators):  # every creator has a profile passage, so no slice is empty
        lexical = np.maximum.reduceat(lexical_scores(windows, best), windows.offsets[:-1])
    counts = (~np.isnan(posts)).sum(axis=1)
    stand_in = (counts == 0) & ~np.isnan(bio)
    posts[stand_in, 0] = bio[stand_in]
    return Table(
        posts=posts,
        bio=bio,
        lexical=lexical,
        counts=np.where(stand_in, 1, counts),
        stand_in=stand_in,
    )
