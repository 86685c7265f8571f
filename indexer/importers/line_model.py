"""The JSON Lines format: what a line may say, field by field.

The one definition of the format: lines are checked by it, and the published JSON Schema is made from it.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from discovery.creator import MAX_ID_LENGTH, Creator, Platform, creator_id
from discovery.errors import InvalidInput, did_you_mean
from discovery.vocabulary import AGE_BANDS, GENDERS
from indexer.importers.codes import age_band, country_code, gender, language_code

MAX_POSTS = 10_000
MAX_COUNT = 2**53
MAX_SHARE_SUM = 1.001
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
_NO_NUL = r"^[^\x00]*$"
_ISO_DAY: Mapping[str, object] = {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$"}
_TWO_LETTERS: Mapping[str, object] = {"pattern": "^[A-Za-z]{2}$"}
_NOT_STATED = {"id", "provenance", "detected_language", "also_stated"}
_PROVENANCE_FIELDS = tuple(sorted(set(Creator.__dataclass_fields__) - _NOT_STATED))


def _id(value: str) -> str:
    try:
        return creator_id(value)
    except InvalidInput as error:
        raise ValueError(error.problems[0].message) from error


def _day(value: object) -> object:
    """Take the day of an ISO date or timestamp (a timestamp with an offset: its day in UTC)."""
    if not isinstance(value, str):
        return value
    try:
        if len(value) == 10:
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError("is not an ISO date such as 2026-01-31") from error
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()


def _known_days(value: date) -> date:
    if not _FIRST_DAY <= value <= _LAST_DAY:
        raise ValueError(f"must lie between {_FIRST_DAY} and {_LAST_DAY}")
    return value


def _currency(value: str) -> str:
    if not (len(value) == 3 and value.isascii() and value.isalpha()):
        raise ValueError(f"{value[:40]!r} is not an ISO 4217 currency code such as 'EUR'")
    return value.upper()


def _at_most_all(shares: dict[str, float]) -> dict[str, float]:
    total = sum(shares.values())
    if total > MAX_SHARE_SUM:
        raise ValueError(f"shares add up to {total:.4g}; together they are at most 1")
    return shares


def _fields_only(provenance: Mapping[str, object]) -> Mapping[str, object]:
    for name in provenance:
        if name not in _PROVENANCE_FIELDS:
            raise ValueError(f"unknown field {name[:40]!r}.{did_you_mean(name, _PROVENANCE_FIELDS)}")
    return provenance


def _string(most: int, least: int = 0) -> StringConstraints:
    return StringConstraints(min_length=least, max_length=most, pattern=_NO_NUL)


def _schema(narrowing: Mapping[str, object]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **narrowing})


def _shares_schema(names: Mapping[str, object]) -> WithJsonSchema:
    share = {"type": "number", "minimum": 0, "maximum": 1}
    return WithJsonSchema({"type": "object", "propertyNames": dict(names), "additionalProperties": share})


Id = Annotated[str, _string(MAX_ID_LENGTH, 1), AfterValidator(_id)]
Name = Annotated[str, _string(500, 1)]
Label = Annotated[str, _string(200, 1)]
Address = Annotated[str, _string(2_000, 1)]
Title = Annotated[str, _string(2_000)]
Text = Annotated[str, _string(50_000)]
Source = Annotated[str, _string(500, 1)]
Labels = Annotated[list[Label], Field(max_length=500)]
Day = Annotated[date, BeforeValidator(_day), AfterValidator(_known_days), _schema(_ISO_DAY)]
Count = Annotated[int, Field(ge=0, le=MAX_COUNT)]
Country = Annotated[str, AfterValidator(country_code), _schema(_TWO_LETTERS)]
Language = Annotated[str, AfterValidator(language_code), _schema(_TWO_LETTERS)]
Band = Annotated[str, AfterValidator(age_band)]
Gender = Annotated[str, AfterValidator(gender)]
Currency = Annotated[str, AfterValidator(_currency), _schema({"pattern": "^[A-Za-z]{3}$"})]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Total = AfterValidator(_at_most_all)
Countries = Annotated[dict[Country, Share], Total, _shares_schema(_TWO_LETTERS)]
Ages = Annotated[dict[Band, Share], Total, _shares_schema({"enum": list(AGE_BANDS)})]
Genders = Annotated[dict[Gender, Share], Total, _shares_schema({"enum": list(GENDERS)})]
Languages = Annotated[dict[Language, Share], Total, _shares_schema(_TWO_LETTERS)]


class Line(BaseModel):
    """Base of every part of a line: exact types, no unknown keys; `null` is the same as leaving a key out."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)


class PostLine(Line):
    """One post, video or episode. Counts are as observed at `observed_at`."""

    id: Id | None = None
    """The platform's id of the post. Without it one is made from the post's day, title and text."""
    title: Title | None = None
    """Title of a video or episode."""
    text: Text | None = None
    """Caption, description or show notes."""
    url: Address | None = None
    """Address of the post."""
    published_at: Day | None = None
    """Day of publication."""
    observed_at: Day | None = None
    """Day on which the counts were read."""
    hashtags: Labels | None = None
    """Hashtags without `#`. Left out, they are read from title and text; `[]` says that there are none."""
    mentions: Labels | None = None
    """Mentioned accounts without `@`. Left out, they are read from title and text."""
    views: Count | None = None
    """Views or plays."""
    likes: Count | None = None
    """Likes."""
    comments: Count | None = None
    """Comments."""
    shares: Count | None = None
    """Shares."""
    sponsored: bool | None = None
    """Whether the source says that the post is sponsored."""
    sponsors: Labels | None = None
    """Brands that paid for the post, as the source states."""
    source: Source | None = None
    """Who states the post; left out, the source of the posts as a whole."""


class ContactLine(Line):
    """One way to reach the creator."""

    type: Label
    """Kind of contact, such as `email` or `website`."""
    value: Address
    """The address itself."""


class AudienceLine(Line):
    """Who follows: shares are fractions of the audience, 0 to 1, at most 1 together."""

    countries: Countries | None = None
    """Share by country (ISO 3166-1 alpha-2)."""
    ages: Ages | None = None
    """Share by age band."""
    genders: Genders | None = None
    """Share by gender."""
    languages: Languages | None = None
    """Share by language (ISO 639-1)."""
    sample_size: Count | None = None
    """How many followers the shares were worked out from."""
    basis: Source | None = None
    """What the shares rest on, in the source's words."""


class PriceLine(Line):
    """A stated price for one deliverable."""

    deliverable: Label
    """What is paid for, such as `story` or `reel`."""
    amount: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
    """Price in units of the currency."""
    currency: Currency
    """Currency (ISO 4217), such as `EUR`."""


class OriginLine(Line):
    """Who stated a field, and when it was observed."""

    source: Source
    """Name of the source."""
    observed_at: Day | None = None
    """Day of the observation; left out when the source gave none."""


class CreatorLine(Line):
    """One creator, on one line of a JSON Lines file."""

    model_config = ConfigDict(title="Creator")

    id: Id
    """Identity, by convention `platform:native-id`. The same id is the same creator at every import."""
    platform: Platform
    """Where the creator publishes."""
    name: Name
    """Display name."""
    handle: Label | None = None
    """Account name, with or without `@`."""
    url: Address | None = None
    """Address of the profile."""
    bio: Text | None = None
    """The profile's own text."""
    language: Language | None = None
    """Language of the content (ISO 639-1)."""
    country: Country | None = None
    """The creator's country (ISO 3166-1 alpha-2); never the audience's."""
    categories: Labels | None = None
    """The source's own labels."""
    followers: Count | None = None
    """Followers or subscribers."""
    following: Count | None = None
    """Accounts that the creator follows."""
    posts_total: Count | None = None
    """All posts of the account, as the platform counts them."""
    verified: bool | None = None
    """The platform's verification badge."""
    contacts: Annotated[list[ContactLine], Field(max_length=100)] | None = None
    """Stated ways to reach the creator; `[]` says that there are none."""
    links: Annotated[list[Address], Field(max_length=100)] | None = None
    """Addresses that the profile itself gives for other places of the same person or organisation."""
    audience: AudienceLine | None = None
    """Who follows, as a source states it."""
    prices: Annotated[list[PriceLine], Field(max_length=100)] | None = None
    """Stated prices."""
    posts: Annotated[list[PostLine], Field(max_length=MAX_POSTS)] | None = None
    """Posts in any order. They join the posts that are already known."""
    observed_at: Day | None = None
    """Day on which the record was observed; left out, the newest day of its posts is taken."""
    source: Source | None = None
    """Who states the record; left out, the name given at import or the file's name is taken."""
    fictional: bool = False
    """Whether the creator was invented, as in samples."""
    provenance: Annotated[dict[str, OriginLine], AfterValidator(_fields_only)] | None = None
    """Source and day of single fields, where they differ from those of the record."""
