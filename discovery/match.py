"""What comes back: matches with their score, its parts, the evidence and the verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from discovery.brief import Brief
from discovery.creator import Creator, CreatorId
from discovery.filters import Filter
from discovery.understanding.parts import Understood
from discovery.verdicts import Status, Verdict


class Fit(StrEnum):
    """How good a match is, in a word."""

    STRONG = "strong"
    GOOD = "good"
    PARTIAL = "partial"
    WEAK = "weak"


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
class ExclusionVerdict:
    """Whether a creator keeps clear of what the brief rules out: `count` of `seen` passages break it.

    `status` is met without any, not met with some (too many, and the creator is not in the answer), unknown
    where there is nothing to judge by.
    """

    text: str
    status: Status
    count: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalVerdict:
    """Whether a creator states a personal trait that the brief asks for, in its words: met or unknown.

    Such traits are never inferred and add nothing to the score.
    """

    text: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One creator of the answer. `score` is exactly the sum of the contributions' points (4 decimals).

    `profiles` are the other profiles of the same person: each links to another of them, and that one back.
    `verdicts` answer the filters of `Ranking.filters` in their order. `fit` says in a word how good the
    match is; `probability` is the calibrated chance that a judge calls it good, `None`: not calibrated.
    """

    rank: int
    creator: Creator
    score: float
    contributions: tuple[Contribution, ...]
    evidence: tuple[Evidence, ...]
    share: NicheShare
    verdicts: tuple[Verdict, ...]
    exclusions: tuple[ExclusionVerdict, ...] = ()
    personal: tuple[PersonalVerdict, ...] = ()
    fit: Fit
    probability: float | None
    profiles: tuple[Creator, ...] = ()


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

    `admitted` creators passed the filters, `ranked` of them were scored and have a place, which a person with
    several profiles takes once; pages end at `ranked`. `understood` is what the text was read as (`None`
    without a text). `filters` reports on those of the brief, then on
    `read` filters that the text asks for. `ruled_out` of the scored broke an exclusion and were left out.
    `probability_basis` says what the probabilities were fitted on.
    """

    brief: Brief
    understood: Understood | None
    read: tuple[Filter, ...]
    ruled_out: int
    generation: str
    matches: tuple[Match, ...]
    admitted: int
    ranked: int
    filters: tuple[FilterReport, ...]
    plan: Plan
    weights: Mapping[str, float]
    probability_basis: str | None
    timings: Mapping[str, float]

    @property
    def ids(self) -> list[CreatorId]:
        """The creators of this page, best first."""
        return [match.creator.id for match in self.matches]
