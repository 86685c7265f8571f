"""Sum the signals: every creator's score is exactly the sum of its contributions, four decimals each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.creator import CreatorId
from discovery.match import Contribution
from discovery.ports import Windows
from discovery.ranking.background import TOP_POSTS, Background, background
from discovery.ranking.post_scores import Floats
from discovery.ranking.signals import SCALE, SIGNALS
from discovery.ranking.table import Table, table

DECIMALS = 4
_BASIS = {
    "best_posts": "best {best} of {posts} recent posts, against creators with as many",
    "niche_share": "{on_niche} of {posts} recent posts on the niche, shrunk towards 5 %",
    "bio": "the bio, against bios of other creators",
    "keywords": "three best passages by words of the brief, against the best passage of all",
    "preferences": "preferred conditions that are met",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """All scored creators of a search; arrays follow `creators`, and `order` lists their rows best first.

    Creators without a word to score are not in `order`.
    """

    creators: tuple[CreatorId, ...]
    scores: Floats
    values: Mapping[str, Floats]
    points: Mapping[str, Floats]
    weights: Mapping[str, float]
    order: list[int]
    table: Table
    yardstick: Background

    def contributions(self, row: int) -> tuple[Contribution, ...]:
        """What each signal added to one creator's score; signals of weight 0 are left out."""
        return tuple(
            Contribution(
                signal=name,
                points=float(self.points[name][row]),
                weight=self.weights[name],
                value=None if np.isnan(value := self.values[name][row]) else round(float(value), DECIMALS),
                basis=self._basis(name, row),
            )
            for name in self.values
            if self.weights[name] > 0
        )

    def on_niche(self, row: int) -> int:
        """How many of the creator's posts score above the threshold."""
        if self.table.stand_in[row]:
            return 0
        return int((self.table.posts[row] > self.yardstick.threshold).sum())

    def _basis(self, name: str, row: int) -> str:
        posts = int(self.table.counts[row])
        if np.isnan(self.values[name][row]):
            return "abstains: no bio" if name == "bio" else "abstains: neither posts nor a bio with words"
        if self.table.stand_in[row] and name in {"best_posts", "niche_share"}:
            return "no posts with words: the bio stands in for one"
        return _BASIS[name].format(best=min(posts, TOP_POSTS), posts=posts, on_niche=self.on_niche(row))


def score(
    windows: Windows,
    sample: Windows,
    weights: Mapping[str, float],
    *,
    best_keyword: float | None,
    preferences: Floats | None,
) -> Scored:
    """Score creators from their passages against a background sample.

    `best_keyword` is the keyword score of the best passage of the index, `None` for a brief without words.
    `preferences` is the share of the `should` filters that each creator meets, or `None` without any.
    """
    creators = table(windows, best_keyword)
    yardstick = background(table(sample))
    values = {name: signal(creators, yardstick) for name, signal in SIGNALS.items()}
    if best_keyword is None:
        values.pop("keywords")
    if preferences is not None:
        values["preferences"] = SCALE * preferences
    points = {
        name: np.round(weights[name] * np.nan_to_num(value), DECIMALS) + 0.0 for name, value in values.items()
    }
    total = np.round(np.sum(list(points.values()), axis=0), DECIMALS) + 0.0
    order = _ranked(total, windows.creators, np.flatnonzero(creators.speaks))
    return Scored(
        creators=windows.creators,
        scores=total,
        values=values,
        points=points,
        weights=weights,
        order=order,
        table=creators,
        yardstick=yardstick,
    )


def _ranked(total: Floats, creators: Sequence[CreatorId], rows: NDArray[np.int64]) -> list[int]:
    """Rows by falling score; equal scores by id."""
    order: list[int] = rows[np.argsort(-total[rows], kind="stable")].tolist()
    if np.any(np.diff(total[order]) == 0):
        order.sort(key=lambda row: (-total[row], creators[row]))
    return order
