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

    def top(self, n: int) -> Floats:
        """Mean of the `n` best posts of each creator (of all, where there are fewer); NaN without any."""
        best = np.sort(np.where(np.isnan(self.posts), -np.inf, self.posts), axis=1)[:, : -n - 1 : -1]
        found = np.isfinite(best)
        total = np.where(found, best, 0.0).sum(axis=1)
        mean: Floats = np.full(total.size, np.nan)
        np.divide(total, found.sum(axis=1), out=mean, where=found.any(axis=1))
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
    np.maximum.at(lexical, rows, lexical_scores(windows, best))
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
