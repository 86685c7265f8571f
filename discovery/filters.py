"""Filters of a brief: which fields exist, what a condition may say, and what happens to the unknown.

A filter is one field, one condition and two decisions: its mode (`must`, `should`, `not`) and the fate of
creators for whom the value is unknown (`include`, `exclude`, `only`). Filters are joined by AND; the values
of one filter by OR.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from discovery.creator import Platform
from discovery.errors import InvalidInput, Problem, did_you_mean
from discovery.vocabulary import AGE_BANDS, GENDERS, code_for, countries, languages, nearest_code


class Mode(StrEnum):
    """`must` keeps those who meet it, `not` those who do not, `should` only prefers those who meet it."""

    MUST = "must"
    SHOULD = "should"
    NOT = "not"


class Unknown(StrEnum):
    """What happens to creators whose value is unknown; `only` keeps nobody else."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    ONLY = "only"


class Kind(StrEnum):
    """The shape of a condition."""

    RANGE = "range"
    TERMS = "terms"
    FLAG = "flag"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """One thing that can be filtered on. `vocabulary` names a closed list of values, if there is one."""

    name: str
    kind: Kind
    title: str
    meaning: str
    vocabulary: str | None = None
    upper_limit: float | None = None
    weight: float | None = None


def _table(*fields: FilterField) -> Mapping[str, FilterField]:
    return MappingProxyType({field.name: field for field in fields})


FIELDS: Mapping[str, FilterField] = _table(
    FilterField(
        name="platform",
        kind=Kind.TERMS,
        title="Platform",
        meaning="Where the creator publishes.",
        vocabulary="platform",
    ),
    FilterField(
        name="followers", kind=Kind.RANGE, title="Followers", meaning="Followers or subscribers, as stated."
    ),
    FilterField(
        name="engagement_rate",
        kind=Kind.RANGE,
        title="Engagement rate",
        meaning="Median interactions a post over followers (YouTube: over views); a fraction, 0.02 is 2 %.",
        upper_limit=1.0,
    ),
    FilterField(
        name="views",
        kind=Kind.RANGE,
        title="Views",
        meaning="Median views of the recent posts that state them.",
    ),
    FilterField(
        name="last_post",
        kind=Kind.RANGE,
        title="Last post",
        meaning="Days since the newest post, counted from `as_of`.",
    ),
    FilterField(
        name="country",
        kind=Kind.TERMS,
        title="Country",
        meaning="The creator's country as stated (ISO 3166-1 alpha-2); never the audience's.",
        vocabulary="country",
    ),
    FilterField(
        name="language",
        kind=Kind.TERMS,
        title="Language",
        meaning="Language of the content (ISO 639-1): as stated, else as detected in the captions.",
        vocabulary="language",
    ),
    FilterField(
        name="category",
        kind=Kind.TERMS,
        title="Category",
        meaning="The source's own label.",
        vocabulary="category",
    ),
    FilterField(
        name="hashtags", kind=Kind.TERMS, title="Hashtags", meaning="Hashtags of the recent posts, without #."
    ),
    FilterField(
        name="mentions",
        kind=Kind.TERMS,
        title="Mentions",
        meaning="Accounts mentioned in recent posts, without @.",
    ),
    FilterField(
        name="verified",
        kind=Kind.FLAG,
        title="Verified",
        meaning="The platform's verification badge, as stated.",
    ),
    FilterField(
        name="has_contact",
        kind=Kind.FLAG,
        title="Has contact",
        meaning="A source states a way to reach them.",
    ),
    FilterField(
        name="has_sponsored_posts",
        kind=Kind.FLAG,
        title="Has sponsored posts",
        meaning="A source states that a recent post is sponsored; no needs a statement on every recent post.",
    ),
    FilterField(
        name="audience_country",
        kind=Kind.SHARE,
        title="Audience country",
        meaning="Share of the audience in these countries together, as stated by a source.",
        vocabulary="country",
        weight=0.2,
    ),
    FilterField(
        name="audience_age",
        kind=Kind.SHARE,
        title="Audience age",
        meaning="Share of the audience in these age bands together, as stated by a source.",
        vocabulary="age",
        weight=0.3,
    ),
    FilterField(
        name="audience_gender",
        kind=Kind.SHARE,
        title="Audience gender",
        meaning="Share of the audience of these genders together, as stated by a source.",
        vocabulary="gender",
        weight=0.5,
    ),
    FilterField(
        name="audience_language",
        kind=Kind.SHARE,
        title="Audience language",
        meaning="Share of the audience speaking these languages together, as stated by a source.",
        vocabulary="language",
        weight=0.2,
    ),
)
"""Every filter field, in the order in which faces list them; `weight` is the default minimum of a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter, validated on construction.

    Ranges use `min` and `max` (inclusive, either may be missing), terms and shares `any_of`, shares also
    `weight` (the minimum share, a fraction; a default per field), flags `is_`. `unknown` defaults to
    `exclude` for `must` and to `include` for the others.

    Raises:
        InvalidInput: with every problem, field by field.
    """

    field: str
    min: float | None = None
    max: float | None = None
    any_of: tuple[str, ...] | None = None
    weight: float | None = None
    is_: bool | None = None
    mode: Mode = Mode.MUST
    unknown: Unknown | None = None

    def __post_init__(self) -> None:
        """Check the condition against the field's kind and vocabulary; fill the defaults in."""
        spec = FIELDS.get(self.field)
        if spec is None:
            message = f"unknown filter {self.field!r}.{did_you_mean(self.field, list(FIELDS))}"
            raise InvalidInput([Problem(field="field", message=message, value=self.field)])
        problems = _problems(self, spec)
        if problems:
            raise InvalidInput(problems)
        if self.unknown is None:
            default = Unknown.EXCLUDE if self.mode is Mode.MUST else Unknown.INCLUDE
            object.__setattr__(self, "unknown", default)
        if spec.kind is Kind.SHARE and self.weight is None:
            object.__setattr__(self, "weight", spec.weight)
        if self.any_of is not None:
            object.__setattr__(self, "any_of", tuple(dict.fromkeys(map(self._canonical, self.any_of))))

    @property
    def spec(self) -> FilterField:
        """The field's description."""
        return FIELDS[self.field]

    def _canonical(self, value: str) -> str:
        if self.spec.vocabulary == "country":
            return value.upper()
        if self.field in {"hashtags", "mentions"}:
            return value.lstrip("#@").casefold()
        return value.casefold()


_ALLOWED: Mapping[Kind, frozenset[str]] = {
    Kind.RANGE: frozenset({"min", "max"}),
    Kind.TERMS: frozenset({"any_of"}),
    Kind.FLAG: frozenset({"is_"}),
    Kind.SHARE: frozenset({"any_of", "weight"}),
}


def _problems(item: Filter, spec: FilterField) -> list[Problem]:
    given = {key for key in ("min", "max", "any_of", "weight", "is_") if getattr(item, key) is not None}
    allowed = _ALLOWED[spec.kind]
    words = " and ".join(sorted(name.rstrip("_") for name in allowed))
    found = [
        Problem(
            field=key.rstrip("_"),
            message=f"does not apply to {spec.name!r}, which takes {words}",
            value=getattr(item, key),
        )
        for key in sorted(given - allowed)
    ]
    if not given & (allowed - {"weight"}):
        found.append(Problem(field=spec.name, message=f"says nothing: give {words}"))
    if spec.kind is Kind.RANGE:
        found += _range_problems(item, spec)
    if item.any_of is not None and "any_of" in allowed:
        found += _value_problems(item.any_of, spec)
    if item.weight is not None and spec.kind is Kind.SHARE and not 0 < item.weight <= 1:
        hint = f"; write {item.weight / 100:g} for {item.weight:g} %" if 1 < item.weight <= 100 else ""
        found.append(
            Problem(field="weight", message=f"must be a fraction above 0, at most 1{hint}", value=item.weight)
        )
    return found


def _range_problems(item: Filter, spec: FilterField) -> list[Problem]:
    found = []
    for key in ("min", "max"):
        bound = getattr(item, key)
        if bound is None:
            continue
        if not 0 <= bound < float("inf"):
            found.append(Problem(field=key, message="must be a finite number, 0 or more", value=bound))
        elif spec.upper_limit is not None and bound > spec.upper_limit:
            hint = f"; write {bound / 100:g} for {bound:g} %" if bound <= 100 else ""
            message = f"is a fraction between 0 and {spec.upper_limit:g}{hint}"
            found.append(Problem(field=key, message=message, value=bound))
    if not found and item.min is not None and item.max is not None and item.min > item.max:
        found.append(
            Problem(field="min", message=f"{item.min:g} is above max {item.max:g}; swap them", value=item.min)
        )
    return found


def _value_problems(values: tuple[str, ...], spec: FilterField) -> list[Problem]:
    if not values:
        return [Problem(field="any_of", message="is empty; give at least one value")]
    found = []
    for position, value in enumerate(values):
        if not value.strip("#@ "):
            found.append(Problem(field=f"any_of[{position}]", message="is blank", value=value))
        elif (hint := vocabulary_hint(value, spec.vocabulary)) is not None:
            message = f"unknown {spec.title.lower()} {value!r}.{hint}"
            found.append(Problem(field=f"any_of[{position}]", message=message, value=value))
    return found


def vocabulary_hint(value: str, vocabulary: str | None) -> str | None:
    """Return `None` when the value is known, else a hint at the nearest right one (may be '')."""
    if vocabulary in {"country", "language"}:
        names = countries() if vocabulary == "country" else languages()
        code = value.upper() if vocabulary == "country" else value.casefold()
        if code in names:
            return None
        meant = code_for(value, names) or nearest_code(value, names)
        return f" Did you mean {meant!r}?" if meant else did_you_mean(value, list(names))
    known: tuple[str, ...]
    match vocabulary:
        case "platform":
            known = tuple(platform.value for platform in Platform)
        case "age":
            known = AGE_BANDS
        case "gender":
            known = GENDERS
        case _:
            return None
    return None if value.casefold() in known else did_you_mean(value, known)
