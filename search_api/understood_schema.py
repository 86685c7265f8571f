"""What a request may say of how its text is to be understood: the structure that answers carry."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from discovery.brief import MAX_QUERY_LENGTH
from discovery.errors import Problem, did_you_mean
from discovery.understanding.parts import MAX_PART_TEXT, MAX_PARTS, Part, PartKind, Understood
from discovery.vocabulary import languages
from search_api.strictness import MAX_VALUE_LENGTH, MAX_VALUES, Strict, ask_domain

MAX_SPANS = 100
MAX_EFFECT = 1_000

Span = Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=2, max_length=2)]


def _refuse(message: str, value: str) -> PydanticCustomError:
    problem = Problem(field="", message=message, value=value[:80])
    return PydanticCustomError("domain", "refused", {"problems": (problem,)})


def _kind(value: str) -> str:
    if value not in list(PartKind):
        raise _refuse(
            f"unknown kind {value[:80]!r}.{did_you_mean(value, [kind.value for kind in PartKind])}", value
        )
    return value


def _currency(value: str) -> str:
    if not (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):
        raise _refuse("must be a code of ISO 4217, such as EUR", value)
    return value


def _language(value: str) -> str:
    known = languages()
    if value not in known:
        raise _refuse(f"unknown language {value!r}.{did_you_mean(value, list(known))}", value)
    return value


class PartBody(Strict):
    """One thing understood: of one kind, with codes (`any_of`), bounds (`min`, `max`) or words (`text`)."""

    kind: Annotated[str, AfterValidator(_kind), Field(json_schema_extra={"enum": list(PartKind)})]
    """What the part is about."""
    any_of: Annotated[
        list[Annotated[str, Field(max_length=MAX_VALUE_LENGTH)]], Field(max_length=MAX_VALUES)
    ] = Field(default=[])
    """Codes of which one is enough: platforms, countries (ISO 3166-1 alpha-2), languages (ISO 639-1), tiers
    of followers, deliverables, deals, personal traits."""
    min: float | None = None
    """Lower bound, inclusive: followers, budget, deliverables."""
    max: float | None = None
    """Upper bound, inclusive."""
    currency: (
        Annotated[str, AfterValidator(_currency), Field(json_schema_extra={"pattern": "^[A-Z]{3}$"})] | None
    ) = None
    """Currency of a budget, ISO 4217."""
    text: Annotated[str, Field(max_length=MAX_PART_TEXT)] | None = None
    """Words: the topic, exclusion, city, brand, competitor or wish about a person."""
    spans: Annotated[list[Span], Field(max_length=MAX_SPANS)] = Field(default=[])
    """Where in `query` it is said, as [start, end) offsets in code points; nowhere for what you add."""
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    """Conditions of 0.8 or more are kept, others preferred."""
    use: bool = True
    """Off: the part changes nothing."""
    effect: Annotated[str, Field(max_length=MAX_EFFECT)] | None = None
    """Answers carry it; ignored."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        ask_domain(self.to_part)
        return self

    def to_part(self) -> Part:
        """Return the domain's part.

        Raises:
            InvalidInput: with fields relative to this part.
        """
        return Part(
            kind=PartKind(self.kind),
            any_of=tuple(self.any_of),
            min=self.min,
            max=self.max,
            currency=self.currency,
            text=self.text,
            spans=tuple((start, end) for start, end in self.spans),
            confidence=self.confidence,
            use=self.use,
        )


class UnderstoodBody(Strict):
    """How the text is to be understood, as answers carry it; it is then not read again."""

    query: Annotated[str, Field(max_length=MAX_QUERY_LENGTH)]
    """The topic: what is searched for."""
    language: (
        Annotated[str, AfterValidator(_language), Field(json_schema_extra={"pattern": "^[a-z]{2}$"})] | None
    ) = None
    """The language that the text is written in, ISO 639-1."""
    parts: Annotated[list[PartBody], Field(max_length=MAX_PARTS)] = Field(default=[])
    """What else was understood."""

    def to_understood(self) -> Understood:
        """Return the domain's structure."""
        return Understood(
            query=self.query, language=self.language, parts=tuple(part.to_part() for part in self.parts)
        )
