"""Passages of many creators as one rectangle, so that signals are a few array operations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.creator import WINDOW
from discovery.ports import Windows
from discovery.ranking.post_scores import (
    Floats,
    lexical_scores,
    mixed_scores,
    semantic_scores,
)

WORD_PASSAGES = 3
"""How many passages have to say the words of a brief before saying them more often counts no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Scores by creator, all 0..1.

    By meaning: `posts` [creators, WINDOW] (NaN beyond the last post) and `bio` [creators] (NaN: none). By
    meaning and words, for citing: `citing` [creators, WINDOW] and `citing_bio` [creators]. By words:
    `lexical` [creators], the mean of the three best passages. `counts` [creators] is the number of posts with
    text. `stand_in` marks creators without such posts whose bio takes the place of one post.
    """

    posts: Floats
    citing: Floats
    bio: Floats
    citing_bio: Floats
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


def table(windows: Windows, best_keyword: float | None = None) -> Table:
    """Lay the passages of each creator out in a row.

    `best_keyword` is the keyword score of the best passage of the index; `None` for a brief without words,
    where meaning stands for all scores.
    """
    creators = len(windows.creators)
    rows = np.repeat(np.arange(creators), np.diff(windows.offsets))
    semantic = semantic_scores(windows)

    def laid_out(values: Floats, blank: float) -> Floats:
        """Profile in column 0, posts after it."""
        grid = np.full((creators, WINDOW + 1), blank)
        grid[rows, windows.post + 1] = values
        return grid

    meaning = mix = laid_out(semantic, np.nan)
    lexical = np.zeros(creators)
    if best_keyword is not None:
        words = lexical_scores(windows, best_keyword)
        mix = laid_out(mixed_scores(semantic, words), np.nan)
        cut = WINDOW + 1 - WORD_PASSAGES
        lexical = np.partition(laid_out(words, 0.0), cut, axis=1)[:, cut:].mean(axis=1)
    bio, posts, citing = meaning[:, 0], meaning[:, 1:].copy(), mix[:, 1:]
    counts = (~np.isnan(posts)).sum(axis=1)
    stand_in = (counts == 0) & ~np.isnan(bio)
    posts[stand_in, 0] = bio[stand_in]
    return Table(
        posts=posts,
        citing=citing,
        bio=bio,
        citing_bio=mix[:, 0],
        lexical=lexical,
        counts=np.where(stand_in, 1, counts),
        stand_in=stand_in,
    )
