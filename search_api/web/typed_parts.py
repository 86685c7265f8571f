"""One part of an understood brief as it stands in an address: its raw texts, the part, what is wrong.

A part is a group of parameters: `part.2=exclusion`, where it was read `part.2.at=64-71`, how surely
`part.2.sure=0.9`, and `part.2.any`, `.min`, `.max`, `.currency`, `.text`; `part.2.use=no` is switched off. A
text that stands in the brief at that place is not repeated.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from discovery.errors import InvalidInput, Problem, did_you_mean
from discovery.understanding.parts import TIERS, Part, PartKind, Span
from discovery.vocabulary import code_for, countries, languages
from search_api.web.form_values import (
    read_count,
    read_list,
    read_weight,
    write_count,
    write_list,
    write_weight,
)
from search_api.web.part_words import TEXTED, words_at

Pairs = Sequence[tuple[str, str]]

_NAME = re.compile(r"part\.([1-9]\d?)(?:\.(at|sure|any|min|max|currency|text|use))?")
_PLACE = re.compile(r"(\d{1,6})-(\d{1,6})")
_FIELDS = {"any_of": "any", "spans": "at", "confidence": "sure", "": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPart:
    """A part's texts as typed. `part` is what is meant; `None`: something is wrong with it."""

    number: int
    kind: str = ""
    at: str = ""
    sure: str = ""
    any: str = ""
    min: str = ""
    max: str = ""
    currency: str = ""
    text: str = ""
    use: bool = True
    part: Part | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def prefix(self) -> str:
        """With what the names of its parameters begin."""
        return f"part.{self.number}"

    @property
    def says_nothing(self) -> bool:
        """Whether it is a field for one more part that was left empty."""
        return not (self.at or self.any or self.min or self.max or self.text)


def owns(name: str) -> bool:
    """Whether a parameter of this name belongs to a part."""
    return _NAME.fullmatch(name) is not None


def read_parts(pairs: Pairs, query: str, *, ticked: bool) -> tuple[TypedPart, ...]:
    """Gather the parts of an address in the order of their numbers.

    `ticked`: the address comes from the form, where a part without `use` was switched off, and an empty field
    for one more part is none.
    """
    groups: dict[str, dict[str, str]] = {}
    for name, value in pairs:
        if found := _NAME.fullmatch(name):
            groups.setdefault(found[1], {})[found[2] or "kind"] = value.strip()
    kept: list[TypedPart] = []
    for _, texts in sorted(groups.items(), key=lambda group: int(group[0])):
        use = texts.get("use", "no" if ticked else "yes")
        typed = _typed(len(kept) + 1, texts, use=use != "no")
        if ticked and typed.says_nothing:
            continue
        kept.append(_understood(typed, query, use, ticked=ticked))
    return tuple(kept)


def write_part(part: Part, number: int, query: str) -> list[tuple[str, str]]:
    """Return the shortest parameters that `read_parts` turns into the part."""
    prefix = f"part.{number}"
    names = {
        "at": ",".join(f"{start}-{end}" for start, end in part.spans),
        "sure": "" if part.confidence == 1 else write_weight(part.confidence),
        "any": write_list(part.any_of),
        "min": "" if part.min is None else write_count(part.min),
        "max": "" if part.max is None else write_count(part.max),
        "currency": part.currency or "",
        "text": "" if part.text == _usual_text(part.kind, part.spans, query) else part.text or "",
        "use": "" if part.use else "no",
    }
    pairs = [(f"{prefix}.{name}", value) for name, value in names.items() if value]
    return [(prefix, part.kind.value), *pairs]


def read_code(kind: PartKind, typed: str) -> str:
    """People type names, parts hold codes: the code of a country's or language's name, else the word."""
    if kind is PartKind.COUNTRY:
        return typed.upper() if typed.upper() in countries() else code_for(typed, countries()) or typed
    if kind is PartKind.LANGUAGE:
        return typed.lower() if typed.lower() in languages() else code_for(typed, languages()) or typed
    return typed.casefold()


def _usual_text(kind: PartKind, spans: Sequence[Span], query: str) -> str | None:
    """The text of a part that says no other: the words of the brief."""
    return words_at(spans, query) if kind in TEXTED and spans else None


def _typed(number: int, texts: Mapping[str, str], *, use: bool) -> TypedPart:
    return TypedPart(
        number=number,
        kind=texts.get("kind", ""),
        at=texts.get("at", ""),
        sure=texts.get("sure", ""),
        any=texts.get("any", ""),
        min=texts.get("min", ""),
        max=texts.get("max", ""),
        currency=texts.get("currency", ""),
        text=texts.get("text", ""),
        use=use,
    )


def _understood(typed: TypedPart, query: str, use: str, *, ticked: bool) -> TypedPart:
    problems: list[Problem] = []
    if typed.kind not in list(PartKind):
        known = did_you_mean(typed.kind, [kind.value for kind in PartKind])
        message = f"is of an unknown kind {typed.kind[:80]!r}.{known}"
        return replace(typed, problems=(Problem(field=typed.prefix, message=message, value=typed.kind),))
    if use not in {"yes", "no"}:
        problems.append(Problem(field=f"{typed.prefix}.use", message="must be yes or no", value=use))
    kind = PartKind(typed.kind)
    spans = _spans(typed, problems)
    low, high = _number(typed, "min", read_count, problems), _number(typed, "max", read_count, problems)
    sure = _number(typed, "sure", read_weight, problems)
    codes = tuple(dict.fromkeys(read_code(kind, one) for one in read_list(typed.any)))
    if ticked and kind is PartKind.FOLLOWERS and (low, high) != _of_tiers(codes):
        codes = ()
    if problems:
        return replace(typed, problems=tuple(problems))
    try:
        part = Part(
            kind=kind,
            any_of=codes,
            min=low,
            max=high,
            currency=typed.currency.upper() or None,
            text=typed.text or _usual_text(kind, spans, query),
            spans=spans,
            confidence=1.0 if sure is None else sure,
            use=typed.use,
        )
    except InvalidInput as error:
        return replace(typed, problems=tuple(located(typed.prefix, one) for one in error.problems))
    return replace(typed, part=part)


def located(prefix: str, problem: Problem) -> Problem:
    """Move a problem from a part's field to the parameter's name."""
    field = problem.field.partition("[")[0]
    return replace(problem, field=f"{prefix}.{_FIELDS.get(field, field)}".rstrip("."))


def _spans(typed: TypedPart, problems: list[Problem]) -> tuple[Span, ...]:
    found = [_PLACE.fullmatch(one) for one in typed.at.split(",")] if typed.at else []
    if not all(found):
        message = "must be places in the brief, such as 10-16,20-24"
        problems.append(Problem(field=f"{typed.prefix}.at", message=message, value=typed.at))
    return tuple((int(one[1]), int(one[2])) for one in found if one)


def _number(
    typed: TypedPart, name: str, read: Callable[[str], float], problems: list[Problem]
) -> float | None:
    text: str = getattr(typed, name)
    if not text:
        return None
    try:
        return read(text)
    except ValueError as error:
        problems.append(Problem(field=f"{typed.prefix}.{name}", message=str(error), value=text))
        return None


def _of_tiers(codes: Sequence[str]) -> tuple[float | None, float | None]:
    """The followers that tier words mean together; once a bound was changed the words do not hold."""
    known: Mapping[str, tuple[float | None, float | None]] = TIERS
    if not codes or not all(code in known for code in codes):
        return None, None
    lows, highs = zip(*(known[code] for code in codes), strict=True)
    low = None if None in lows else min(lows)
    return low, None if None in highs else max(highs)
