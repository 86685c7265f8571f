"""What was understood of a brief: parts with the words they came from, and the topic that remains.

The structure can be sent back as it is, or with parts changed, switched off or added; the text is then not
read again.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from discovery.creator import Platform
from discovery.errors import InvalidInput, Problem, did_you_mean
from discovery.filters import vocabulary_hint
from discovery.vocabulary import countries, languages

MAX_PARTS = 50
MAX_PART_TEXT = 500


class PartKind(StrEnum):
    """What a part of a brief is about."""

    TOPIC = "topic"
    EXCLUSION = "exclusion"
    PLATFORM = "platform"
    COUNTRY = "country"
    CITY = "city"
    LANGUAGE = "language"
    FOLLOWERS = "followers"
    BUDGET = "budget"
    DELIVERABLE = "deliverable"
    DEAL = "deal"
    BRAND = "brand"
    COMPETITOR = "competitor"
    PERSONAL = "personal"


DELIVERABLES = (
    "post", "reel", "story", "carousel", "video", "short", "live", "episode", "review", "unboxing",
    "tutorial", "giveaway", "ugc",
)  # fmt: skip
"""Kinds of work that a brief may order: `short` is a short video, `episode` a podcast's, `ugc` content for
the brand's own channels."""
DEALS = ("fee", "commission", "gift")
"""Ways of paying: money for the work, a share of the sales, products."""
PERSONAL = ("gender", "age", "ethnicity", "health", "religion", "politics", "sexuality")
"""Traits of a person that are never inferred and never scored."""

TIERS: Mapping[str, tuple[float | None, float | None]] = MappingProxyType(
    {
        "nano": (1_000, 10_000),
        "micro": (10_000, 50_000),
        "mid": (50_000, 500_000),
        "macro": (500_000, 1_000_000),
        "mega": (1_000_000, None),
    }
)
"""Tier words and the followers they mean here; publishers differ."""

Span = tuple[int, int]
"""Characters of the brief, [start, end) in Unicode code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing understood.

    `any_of` holds codes: platforms, countries (ISO 3166-1 alpha-2), languages (ISO 639-1), deliverables,
    deals, personal traits. `min` and `max` bound followers (people) and budget (in `currency`, ISO 4217,
    `None`: not said). `text` is the topic, exclusion, city, brand, competitor or personal wish in the brief's
    own words. `spans` is where it was read; empty for what nobody wrote: a part that the caller added, or the
    language that a brief is written in. `confidence` is 0..1. A part with `use` off changes nothing.
    """

    kind: PartKind
    any_of: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    currency: str | None = None
    text: str | None = None
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    use: bool = True

    def __post_init__(self) -> None:
        """Check codes, bounds and spans.

        Raises:
            InvalidInput: with every problem, field by field.
        """
        if problems := [*_code_problems(self), *_bound_problems(self), *_text_problems(self)]:
            raise InvalidInput(problems)


def _codes(kind: PartKind) -> Collection[str] | None:
    """The codes that a kind may hold; `None`: it holds none."""
    known: Mapping[PartKind, Collection[str]] = {
        PartKind.PLATFORM: [platform.value for platform in Platform],
        PartKind.COUNTRY: countries(),
        PartKind.LANGUAGE: languages(),
        PartKind.FOLLOWERS: TIERS,
        PartKind.DELIVERABLE: DELIVERABLES,
        PartKind.DEAL: DEALS,
        PartKind.PERSONAL: PERSONAL,
    }
    return known.get(kind)


def _code_problems(part: Part) -> Iterator[Problem]:
    known = _codes(part.kind)
    for place, code in enumerate(part.any_of):
        if known is None:
            message = f"a part of kind {part.kind.value!r} takes none"
            yield Problem(field="any_of", message=message, value=code)
        elif code not in known:
            named = part.kind in {PartKind.COUNTRY, PartKind.LANGUAGE}
            hint = vocabulary_hint(code, part.kind.value) if named else did_you_mean(code, list(known))
            message = f"unknown {part.kind.value} {code!r}.{hint}"
            yield Problem(field=f"any_of[{place}]", message=message, value=code)


def _bound_problems(part: Part) -> Iterator[Problem]:
    for name in ("min", "max"):
        bound = getattr(part, name)
        if bound is not None and not 0 <= bound < float("inf"):
            yield Problem(field=name, message="must be a finite number, 0 or more", value=bound)
    if part.min is not None and part.max is not None and part.min > part.max:
        message = f"{part.min:g} is above max {part.max:g}; swap them"
        yield Problem(field="min", message=message, value=part.min)
    if not 0 <= part.confidence <= 1:
        yield Problem(field="confidence", message="must be 0 to 1", value=part.confidence)
    for place, (start, end) in enumerate(part.spans):
        if not 0 <= start < end:
            message = "must begin at 0 or later and end after it begins"
            yield Problem(field=f"spans[{place}]", message=message, value=f"{start}, {end}")


def _text_problems(part: Part) -> Iterator[Problem]:
    if part.text is not None and len(part.text) > MAX_PART_TEXT:
        message = f"is {len(part.text)} characters long; at most {MAX_PART_TEXT} are read"
        yield Problem(field="text", message=message, value=part.text[:80])
    if part.kind in {PartKind.EXCLUSION, PartKind.PERSONAL} and not (part.text or "").strip():
        yield Problem(field="text", message="is empty; say what is meant", value=part.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A brief as read: the topic to search for, and everything else in parts.

    `query` is what remains to be searched for by meaning and words. `language` is the language the brief is
    written in (ISO 639-1), or `None` when that is not clear.
    """

    query: str
    language: str | None = None
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        """Check the number of parts.

        Raises:
            InvalidInput: more than `MAX_PARTS`.
        """
        if len(self.parts) > MAX_PARTS:
            raise InvalidInput(
                [Problem(field="parts", message=f"at most {MAX_PARTS} parts", value=len(self.parts))]
            )

    @property
    def topics(self) -> tuple[Part, ...]:
        """The parts of the topic, in use or not."""
        return tuple(part for part in self.parts if part.kind is PartKind.TOPIC)

    def of(self, kind: PartKind) -> tuple[Part, ...]:
        """The parts of one kind that are in use."""
        return tuple(part for part in self.parts if part.kind is kind and part.use)
