"""Sum the signals: every creator's score is exactly the sum of its contributions, four decimals each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.creator import CreatorId
from discovery.match import Contribution
from discovery.ports import Sample, Themes
from discovery.ranking.background import Background, Floats, background
from discovery.ranking.exclusions import left_out, penalty
from discovery.ranking.signals import SCALE, keywords, theme

DECIMALS = 4
_BASIS = {
    "theme": "the mean of {passages}, against random creators",
    "keywords": "words of the brief in all they say, against the best creator of all",
    "preferences": "preferred conditions that are met",
    "exclusions": "passages that break an exclusion",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """All scored creators of a search; arrays follow `creators`, and `order` lists their rows best first.

    Creators without a word to score are not in `order`, nor the `ruled_out`.
    """

    creators: tuple[CreatorId, ...]
    scores: Floats
    values: Mapping[str, Floats]
    points: Mapping[str, Floats]
    weights: Mapping[str, float]
    order: list[int]
    ruled_out: int
    passages: NDArray[np.int64]
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

    def known_values(self, row: int) -> dict[str, float]:
        """The values of the signals that do not abstain."""
        return {name: float(value[row]) for name, value in self.values.items() if not np.isnan(value[row])}

    def _basis(self, name: str, row: int) -> str:
        if np.isnan(self.values[name][row]):
            return "abstains: neither posts nor a bio with words"
        count = int(self.passages[row])
        return _BASIS[name].format(passages=f"{count} passage{'' if count == 1 else 's'}")


def score(
    creators: Themes,
    sample: Sample,
    weights: Mapping[str, float],
    *,
    best_keyword: float | None,
    preferences: Floats | None = None,
    exclusions: Sequence[Floats] = (),
) -> Scored:
    """Score creators as wholes against a background sample.

    `best_keyword` is the keyword score of the best creator of the index, `None` for a brief without words.
    `preferences` is the share of the preferred conditions that each creator meets, or `None` without any.
    `exclusions` holds for each exclusion of the brief how far each creator breaks it (0..1).
    """
    yardstick = background(sample)
    values = {"theme": theme(creators, yardstick)}
    if best_keyword is not None:
        values["keywords"] = keywords(creators, best_keyword)
    if preferences is not None:
        values["preferences"] = SCALE * preferences
    points = {
        name: np.round(weights[name] * np.nan_to_num(value), DECIMALS) + 0.0 for name, value in values.items()
    }
    total = np.round(np.sum(list(points.values()), axis=0), DECIMALS) + 0.0
    speaks = ~np.isnan(creators.cosine) | (creators.keyword > 0)
    ruled_out = np.zeros(speaks.size, dtype=np.bool_)
    if exclusions and weights["exclusions"] > 0:
        values["exclusions"] = penalty(exclusions, total)
        points["exclusions"] = np.round(weights["exclusions"] * values["exclusions"], DECIMALS) + 0.0
        total = np.round(total + points["exclusions"], DECIMALS) + 0.0
        ruled_out = speaks & left_out(exclusions)
    return Scored(
        creators=creators.creators,
        scores=total,
        values=values,
        points=points,
        weights=weights,
        order=_ranked(total, creators.creators, np.flatnonzero(speaks & ~ruled_out)),
        ruled_out=int(ruled_out.sum()),
        passages=creators.passages,
        yardstick=yardstick,
    )


def _ranked(total: Floats, creators: Sequence[CreatorId], rows: NDArray[np.int64]) -> list[int]:
    """Rows by falling score; equal scores by id."""
    order: list[int] = rows[np.argsort(-total[rows], kind="stable")].tolist()
    if np.any(np.diff(total[order]) == 0):
        order.sort(key=lambda row: (-total[row], creators[row]))
    return order
