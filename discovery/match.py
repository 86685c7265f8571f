"""What comes back: matches with their score, its parts, the evidence and the verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from discovery.brief import Brief
from discovery.creator import Creator, CreatorId
from discovery.filters import Filter
from discovery.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one signal adds to the score: `points` (already weighted), from its own `value`.

    `value` is `None` when the signal abstains for lack of data; `basis` says what it rests on.
    """

    signal: str
    points: float
    weight: float
    value: float | None
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A cited passage: its text, the character ranges of matched terms, and how well it fits (0 to 1)."""

    kind: str
    text: str
    highlights: tuple[tuple[int, int], ...]
    score: float
    post_id: str | None = None
    published_at: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NicheShare:
    """How many of the recent posts are on the niche: `on_niche` of the last `posts`."""

    on_niche: int
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One creator of the answer. `score` is exactly the sum of the contributions' points (4 decimals)."""

    rank: int
    creator: Creator
    score: float
    contributions: tuple[Contribution, ...]
    evidence: tuple[Evidence, ...]
    share: NicheShare
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterReport:
    """What one filter did; counts are creators.

    `met`, `not_met` and `unknown` count over the whole index. `unknown_left_out` is how many creators would
    come back if this filter kept the unknown: they pass all the other filters.
    """

    filter: Filter
    met: int
    not_met: int
    unknown: int
    unknown_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the candidates were found: per leg the path that ran (`exact`, `approximate`, `none`) and why."""

    vectors: str
    keywords: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """One page of an answer, with what is needed to trust it and to ask for more.

    `admitted` creators passed the filters, `ranked` of them were scored; pages end at `ranked`.
    """

    brief: Brief
    generation: str
    matches: tuple[Match, ...]
    admitted: int
    ranked: int
    filters: tuple[FilterReport, ...]
    plan: Plan
    weights: Mapping[str, float]
    timings: Mapping[str, float]

    @property
    def ids(self) -> list[CreatorId]:
        """The creators of this page, best first."""
        return [match.creator.id for match in self.matches]
