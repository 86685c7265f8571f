"""What was understood of a brief, in words: every face shows the parts like this. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from discovery.brief import Brief
from discovery.creator import Platform
from discovery.understanding.parts import Part, PartKind, Span, Understood
from search_api.understanding import Effect, effects, ruled_out_by
from search_api.web import wording

_NAMES = {
    PartKind.TOPIC: "Searched for",
    PartKind.EXCLUSION: "Not",
    PartKind.PLATFORM: "Platform",
    PartKind.COUNTRY: "Country",
    PartKind.CITY: "City",
    PartKind.LANGUAGE: "Language",
    PartKind.FOLLOWERS: "Followers",
    PartKind.BUDGET: "Budget",
    PartKind.DELIVERABLE: "Deliverable",
    PartKind.DEAL: "Deal",
    PartKind.BRAND: "Brand",
    PartKind.COMPETITOR: "Competitor",
    PartKind.PERSONAL: "Personal, never scored",
}
_NOTES = {
    "prefers": "preferred",
    "answers": "answered only",
    "overridden": "your filter counts instead",
    "shown": "shown only",
}
TEXTED = frozenset(
    {
        PartKind.TOPIC,
        PartKind.EXCLUSION,
        PartKind.CITY,
        PartKind.BRAND,
        PartKind.COMPETITOR,
        PartKind.PERSONAL,
    }
)
"""The kinds whose parts say what they mean in the brief's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWords:
    """A part as `name: value`, and the brief's own words where they are others (else '')."""

    name: str
    value: str
    said: str

    @property
    def line(self) -> str:
        """The part in one line."""
        return f"{self.name}: {self.value}"


def part_words(part: Part, query: str, language: str | None) -> PartWords:
    """Put one part of a brief into words; `language` is the one that the brief is written in."""
    value = _value(part, language)
    said = " … ".join(query[start:end] for start, end in part.spans)
    same = part.kind in TEXTED or said.casefold() == value.casefold()
    return PartWords(name=_NAMES[part.kind], value=value, said="" if same else said)


def words_at(spans: Sequence[Span], query: str) -> str:
    """Return the words of a brief at some places, joined by spaces."""
    return " ".join(query[start:end] for start, end in spans)


def understood_line(brief: Brief, understood: Understood) -> str:
    """Put all that was understood and is in use into one line."""
    told = [f"“{understood.query}”"]
    for part, effect in zip(understood.parts, effects(brief, understood), strict=True):
        if part.use and part.kind is not PartKind.TOPIC:
            line = part_words(part, brief.query, understood.language).line
            told.append(", ".join(filter(None, (line, note(part.kind, effect)))))
    return "; ".join(told)


def note(kind: PartKind, effect: Effect) -> str:
    """Say in a word or two where a part is no strict condition; '' where its name says enough."""
    return "" if kind is PartKind.PERSONAL else _NOTES.get(effect.name, "")


def ruled_out_reason(understood: Understood) -> str:
    """Say why creators were left out: `too much of what they publish is “betting” or “alcohol”`."""
    things = [f"“{understood.parts[place].text}”" for place in ruled_out_by(understood)]
    return f"too much of what they publish is {wording.joined(things)}"


def bounds(low: float | None, high: float | None) -> str:
    """Write a range of counts: `10K–50K`, `10K or more`, `up to 50K`; '' without bounds."""
    if low is not None and high is not None:
        return wording.compact(low) if low == high else f"{wording.compact(low)}–{wording.compact(high)}"
    if low is not None:
        return f"{wording.compact(low)} or more"
    return "" if high is None else f"up to {wording.compact(high)}"


def code_name(kind: PartKind, code: str) -> str:
    """Name a code of a part as a person would."""
    match kind:
        case PartKind.PLATFORM:
            return wording.PLATFORMS[Platform(code)]
        case PartKind.COUNTRY:
            return wording.country_name(code)
        case PartKind.LANGUAGE:
            return wording.language_name(code)
        case _:
            return code


def _value(part: Part, language: str | None) -> str:
    codes = wording.joined([code_name(part.kind, code) for code in part.any_of])
    range_ = bounds(part.min, part.max)
    match part.kind:
        case PartKind.LANGUAGE if not part.spans and part.any_of == (language,):
            return f"{codes} (the brief is in it)"
        case PartKind.FOLLOWERS:
            return f"{range_} ({codes})" if range_ and codes else range_ or codes
        case PartKind.BUDGET:
            return " ".join(filter(None, (range_, part.currency)))
        case PartKind.DELIVERABLE:
            return f"{range_} × {codes}" if range_ else codes
        case kind if kind in TEXTED:
            return part.text or ""
        case _:
            return codes
