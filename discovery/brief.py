"""A brief: what a brand sells, whom it may not be, and how the answer is to be weighed and cut."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from discovery.creator import CreatorId
from discovery.errors import InvalidInput, Problem, did_you_mean
from discovery.filters import Filter
from discovery.ranking.weights import DEFAULT_WEIGHTS
from discovery.understanding.parts import Understood

MAX_QUERY_LENGTH = 2_000
MAX_FILTERS = 50
MAX_SEEDS = 20
MAX_LIMIT = 100
MAX_DEPTH = 500
MAX_WEIGHT = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A creator to look alike, and how much they count (above 0, at most 10)."""

    creator: CreatorId
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is searched for: a text or seeds, filters, weights of the signals, and a page of the answer.

    `understood` is what the text was read as; `None`: read it. `as_of` is the day from which ages count;
    `None` means the date of each creator's own data.
    `weights` overrides single default weights. `offset` and `limit` cut a page; both count creators.

    Raises:
        InvalidInput: with every problem, field by field.
    """

    query: str = ""
    understood: Understood | None = None
    seeds: tuple[Seed, ...] = ()
    filters: tuple[Filter, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    as_of: date | None = None
    offset: int = 0
    limit: int = 10

    def __post_init__(self) -> None:
        """Check bounds; every problem is reported at once."""
        problems = [
            *_text_problems(self),
            *_span_problems(self),
            *_size_problems(self),
            *_weight_problems(self.weights),
        ]
        if problems:
            raise InvalidInput(problems)

    @property
    def all_weights(self) -> dict[str, float]:
        """The default weights with the caller's over them, in the order of the signals."""
        return {name: self.weights.get(name, default) for name, default in DEFAULT_WEIGHTS.items()}

    def page(self, *, offset: int, limit: int) -> "Brief":
        """Return the same brief with another page of the answer."""
        return replace(self, offset=offset, limit=limit)


def _text_problems(brief: Brief) -> list[Problem]:
    if not brief.query.strip():
        if brief.seeds:
            return []
        return [
            Problem(
                field="query", message="is empty; say what you sell or whom you look for", value=brief.query
            )
        ]
    if len(brief.query) > MAX_QUERY_LENGTH:
        message = f"is {len(brief.query)} characters long; at most {MAX_QUERY_LENGTH} are read"
        return [Problem(field="query", message=message, value=brief.query[:80])]
    return []


def _span_problems(brief: Brief) -> list[Problem]:
    parts = brief.understood.parts if brief.understood else ()
    return [
        Problem(
            field=f"understood.parts[{place}].spans",
            message=f"ends beyond the query, which has {len(brief.query)} characters",
            value=span[1],
        )
        for place, part in enumerate(parts)
        for span in part.spans
        if span[1] > len(brief.query)
    ]


def _size_problems(brief: Brief) -> list[Problem]:
    found = []
    if len(brief.filters) > MAX_FILTERS:
        found.append(
            Problem(field="filters", message=f"at most {MAX_FILTERS} filters", value=len(brief.filters))
        )
    if len(brief.seeds) > MAX_SEEDS:
        found.append(Problem(field="seeds", message=f"at most {MAX_SEEDS} seeds", value=len(brief.seeds)))
    for position, seed in enumerate(brief.seeds):
        if not 0 < seed.weight <= MAX_WEIGHT:
            message = f"must be above 0 and at most {MAX_WEIGHT:g}"
            found.append(Problem(field=f"seeds[{position}].weight", message=message, value=seed.weight))
    if not 1 <= brief.limit <= MAX_DEPTH:
        found.append(Problem(field="limit", message=f"must be 1 to {MAX_DEPTH}", value=brief.limit))
    if not 0 <= brief.offset <= MAX_DEPTH:
        message = f"must be 0 to {MAX_DEPTH}: an answer is {MAX_DEPTH} creators deep; narrow the filters"
        found.append(Problem(field="offset", message=message, value=brief.offset))
    return found


def _weight_problems(weights: Mapping[str, float]) -> list[Problem]:
    found = []
    for name, value in weights.items():
        if name not in DEFAULT_WEIGHTS:
            message = f"unknown signal {name!r}.{did_you_mean(name, list(DEFAULT_WEIGHTS))}"
            found.append(Problem(field=f"weights.{name}", message=message, value=value))
        elif not 0 <= value <= MAX_WEIGHT:
            found.append(
                Problem(field=f"weights.{name}", message=f"must be 0 to {MAX_WEIGHT:g}", value=value)
            )
    return found
