"""What a request may say: the bodies of the JSON API, strict in types, sizes and names.

Shapes are checked here; meaning (fields, vocabularies, rates, bounds) is the domain's, asked while the shapes
are checked, so that one answer lists every problem of a request.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic.json_schema import WithJsonSchema
from pydantic_core import PydanticCustomError

from discovery.brief import (
    MAX_DEPTH,
    MAX_FILTERS,
    MAX_LIMIT,
    MAX_QUERY_LENGTH,
    MAX_SEEDS,
    MAX_WEIGHT,
    Brief,
    Seed,
)
from discovery.creator import MAX_ID_LENGTH, creator_id
from discovery.errors import InvalidInput, Problem
from discovery.filters import FIELDS, Filter, Mode, Unknown
from discovery.ranking.weights import DEFAULT_WEIGHTS
from search_api.cursors import MAX_CURSOR_LENGTH
from search_api.strictness import MAX_VALUE_LENGTH, MAX_VALUES, Strict, ask_domain
from search_api.understood_schema import UnderstoodBody


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        problem = Problem(field="", message="must be a date as 2026-01-31", value=value[:80])
        raise PydanticCustomError("domain", "not a date", {"problems": (problem,)}) from None


def _known_weights(value: dict[str, float]) -> dict[str, float]:
    ask_domain(lambda: Brief(query="-", weights=value))
    return value


def _usable_query(value: str) -> str:
    ask_domain(lambda: Brief(query=value))
    return value


def _check_understood(query: str, understood: UnderstoodBody | None) -> None:
    """Refuse what was understood of another text than the one that was sent."""
    if understood is None:
        return
    if not query.strip():
        message = "needs the text that it is about; give `query`, or leave it out"
        problem = Problem(field="understood", message=message)
        raise PydanticCustomError("domain", "no text", {"problems": (problem,)})
    ask_domain(lambda: Brief(query=query, understood=understood.to_understood()))


def _usable_id(value: str) -> str:
    try:
        return creator_id(value)
    except InvalidInput as error:
        problems = tuple(Problem(field="", message=item.message, value=item.value) for item in error.problems)
        raise PydanticCustomError("domain", "{text}", {"problems": problems, "text": str(error)}) from None


Day = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"}, mode="validation")
]
Weights = Annotated[
    dict[str, float],
    AfterValidator(_known_weights),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                name: {"type": "number", "minimum": 0, "maximum": MAX_WEIGHT, "default": default}
                for name, default in DEFAULT_WEIGHTS.items()
            },
        }
    ),
]


class FilterBody(Strict):
    """One condition: `min`, `max` (ranges), `any_of` (terms), `any_of`, `weight` (shares), `is` (flags)."""

    field: Annotated[str, Field(json_schema_extra={"enum": list(FIELDS)})]
    """Which value is asked about; `GET /v1/filters` describes them."""
    min: float | None = None
    """Lower bound, inclusive. Rates are fractions: 0.02 is 2 %."""
    max: float | None = None
    """Upper bound, inclusive."""
    any_of: (
        Annotated[list[Annotated[str, Field(max_length=MAX_VALUE_LENGTH)]], Field(max_length=MAX_VALUES)]
        | None
    ) = None
    """Values of which one is enough."""
    weight: float | None = None
    """Least share of the audience that the values hold together, a fraction; a default per field."""
    is_: Annotated[bool | None, Field(alias="is")] = None
    """The wanted answer of a yes-or-no field."""
    mode: Literal["must", "should", "not"] = "must"
    """`must` keeps those who meet the condition, `not` those who do not, `should` prefers those who do."""
    unknown: Literal["include", "exclude", "only"] | None = None
    """Fate of creators whose value is unknown. Default: `exclude` for `must`, `include` for the others."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        ask_domain(self.to_filter)
        return self

    def to_filter(self) -> Filter:
        """Return the domain's filter.

        Raises:
            InvalidInput: with fields relative to this filter.
        """
        return Filter(
            field=self.field,
            min=self.min,
            max=self.max,
            any_of=None if self.any_of is None else tuple(self.any_of),
            weight=self.weight,
            is_=self.is_,
            mode=Mode(self.mode),
            unknown=None if self.unknown is None else Unknown(self.unknown),
        )


class SeedBody(Strict):
    """A creator to look alike, and how much they count."""

    creator: Annotated[str, Field(max_length=MAX_ID_LENGTH), AfterValidator(_usable_id)]
    """The creator's id, such as `instagram:handle`."""
    weight: Annotated[float, Field(gt=0, le=MAX_WEIGHT)] = 1.0
    """How much this seed counts beside the others."""


class _Question(Strict):
    filters: Annotated[list[FilterBody], Field(max_length=MAX_FILTERS)] = Field(default=[])
    """Conditions, joined by AND."""
    weights: Weights = Field(default={})
    """Weights of single signals, over the defaults."""
    as_of: Day | None = None
    """The day from which ages count; without it, the date of each creator's own data."""

    def _brief(
        self,
        *,
        query: str,
        seeds: list[SeedBody],
        limit: int,
        offset: int,
        understood: UnderstoodBody | None = None,
    ) -> Brief:
        return Brief(
            query=query,
            understood=None if understood is None else understood.to_understood(),
            seeds=tuple(Seed(creator=creator_id(seed.creator), weight=seed.weight) for seed in seeds),
            filters=tuple(item.to_filter() for item in self.filters),
            weights=self.weights,
            as_of=self.as_of,
            offset=offset,
            limit=limit,
        )


class _Page(_Question):
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 10
    """How many creators a page holds."""
    cursor: Annotated[str, Field(max_length=MAX_CURSOR_LENGTH)] | None = None
    """`next_cursor` of the page before; the rest of the request stays the same (`limit` may change)."""


class SearchRequest(_Page):
    """A brief in plain words, with conditions."""

    query: Annotated[str, Field(min_length=1, max_length=MAX_QUERY_LENGTH), AfterValidator(_usable_query)]
    """What you sell, or whom you look for, in plain words."""
    understood: UnderstoodBody | None = None
    """How the text is to be understood: `understood` of an answer, as it is or changed. Without it, the text
    is read."""

    @model_validator(mode="after")
    def _check_understood(self) -> Self:
        _check_understood(self.query, self.understood)
        return self

    def to_brief(self, offset: int = 0) -> Brief:
        """Return the domain's brief for the page that begins at `offset`."""
        return self._brief(
            query=self.query, seeds=[], limit=self.limit, offset=offset, understood=self.understood
        )


class SimilarRequest(_Page):
    """Creators to look alike, with conditions."""

    seeds: Annotated[list[SeedBody], Field(min_length=1, max_length=MAX_SEEDS)]
    """The creators to look alike; they are not part of the answer."""

    def to_brief(self, offset: int = 0) -> Brief:
        """Return the domain's brief for the page that begins at `offset`."""
        return self._brief(query="", seeds=self.seeds, limit=self.limit, offset=offset)


class ExportRequest(_Question):
    """The best creators of a search as one file: give `query`, `seeds`, or both."""

    query: Annotated[str, Field(max_length=MAX_QUERY_LENGTH)] = ""
    """What you sell, or whom you look for, in plain words."""
    understood: UnderstoodBody | None = None
    """How the text is to be understood, as in a search."""
    seeds: Annotated[list[SeedBody], Field(max_length=MAX_SEEDS)] = Field(default=[])
    """Creators to look alike."""
    format: Literal["csv", "ndjson"] = "csv"
    """`csv` for spreadsheets (UTF-8 with a byte order mark), `ndjson` for programs (one match a line)."""
    limit: Annotated[int, Field(ge=1, le=MAX_DEPTH)] = 100
    """How many creators the file holds at most."""

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.query.strip() and not self.seeds:
            message = "is empty; say what you sell, or give seeds"
            problem = Problem(field="query", message=message, value=self.query[:80])
            raise PydanticCustomError("domain", "nothing asked", {"problems": (problem,)})
        _check_understood(self.query, self.understood)
        return self

    def to_brief(self) -> Brief:
        """Return the domain's brief for the whole file."""
        return self._brief(
            query=self.query, seeds=self.seeds, limit=self.limit, offset=0, understood=self.understood
        )
