"""One filter as it was typed into the form: its raw texts, the filter they mean, and what is wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from discovery.errors import InvalidInput, Problem, did_you_mean
from discovery.filters import FIELDS, Filter, FilterField, Kind, Mode, Unknown
from discovery.vocabulary import code_for, countries, languages
from search_api.web.form_values import read_count, read_list, read_percent

Value = TypeVar("Value")

SPACED = frozenset({"hashtags", "mentions"})
"""Fields whose values are separated by spaces as well as by commas."""

_NAME = re.compile(r"([a-z_]+)(?:\.([2-9]|[1-9]\d))?(?:\.(min|max|weight|mode|unknown))?")
_ANY_OF = re.compile(r"any_of\[(\d+)\]")
PARTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.RANGE: ("min", "max", "mode", "unknown"),
    Kind.TERMS: ("", "mode", "unknown"),
    Kind.FLAG: ("", "mode", "unknown"),
    Kind.SHARE: ("", "weight", "mode", "unknown"),
}
"""What the names of a filter's parameters end with; the empty part is the field's name alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFilter:
    """A filter's texts as typed. `rejected` are the values that no filter takes; `filter` is what is meant.

    `filter` is `None` when nothing was typed or something is wrong with it.
    """

    field: str
    number: int = 1
    values: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    min: str = ""
    max: str = ""
    weight: str = ""
    flag: str = ""
    mode: str = ""
    unknown: str = ""
    filter: Filter | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def prefix(self) -> str:
        """With what the names of its parameters begin."""
        return self.field if self.number == 1 else f"{self.field}.{self.number}"

    @property
    def spec(self) -> FilterField:
        """The field's description."""
        return FIELDS[self.field]

    @property
    def says_nothing(self) -> bool:
        """Whether no condition was typed."""
        return not (self.values or self.rejected or self.min or self.max or self.flag)

    @property
    def untouched(self) -> bool:
        """Whether the form's fields were left as they come: no condition, and no wish that needs one."""
        return self.says_nothing and not self.weight and self.unknown != Unknown.ONLY

    def without_values(self, problems: Sequence[Problem], place: str = "") -> "TypedFilter":
        """Move the values that problems name (as `any_of[2]` below `place`) from the good to the refused."""
        found = [_ANY_OF.fullmatch(problem.field.removeprefix(f"{place}.")) for problem in problems]
        places = {int(match[1]) for match in found if match}
        return replace(
            self,
            values=tuple(value for number, value in enumerate(self.values) if number not in places),
            rejected=tuple(value for number, value in enumerate(self.values) if number in places),
        )

    @staticmethod
    def owns(name: str) -> bool:
        """Whether a parameter of this name belongs to a filter."""
        return _split(name) is not None


def read_filters(pairs: Sequence[tuple[str, str]]) -> tuple[TypedFilter, ...]:
    """Gather the filters of an address in the order in which they begin; untouched ones are left out."""
    groups: dict[tuple[str, int], dict[str, list[str]]] = {}
    for name, value in pairs:
        if place := _split(name):
            group = groups.setdefault(place[:2], {})
            group.setdefault(place[2], []).append(value)
    numbers: dict[str, int] = {}
    found = []
    for (field, _), texts in groups.items():
        typed = _typed(field, numbers.get(field, 0) + 1, texts)
        if typed.untouched:
            continue
        numbers[field] = typed.number
        found.append(_understood(typed))
    return tuple(found)


def _split(name: str) -> tuple[str, int, str] | None:
    """Take a parameter's name apart: field, number, part; `None` when it is not a filter's."""
    found = _NAME.fullmatch(name)
    if found is None or found[1] not in FIELDS:
        return None
    part = found[3] or ""
    if part not in PARTS[FIELDS[found[1]].kind]:
        return None
    return found[1], int(found[2] or 1), part


def _typed(field: str, number: int, texts: dict[str, list[str]]) -> TypedFilter:
    def last(part: str) -> str:
        return texts.get(part, [""])[-1].strip()

    typed = TypedFilter(
        field=field,
        number=number,
        min=last("min"),
        max=last("max"),
        weight=last("weight"),
        mode=last("mode"),
        unknown=last("unknown"),
    )
    if typed.spec.kind is Kind.FLAG:
        return replace(typed, flag=last(""))
    tokens = (token for text in texts.get("", ()) for token in read_list(text, spaced=field in SPACED))
    return replace(typed, values=tuple(dict.fromkeys(_code(token, typed.spec) for token in tokens)))


def _code(value: str, spec: FilterField) -> str:
    """People type names, filters take codes: the code of a country's or language's name, else the value."""
    if spec.vocabulary == "country":
        return value.upper() if value.upper() in countries() else code_for(value, countries()) or value
    if spec.vocabulary == "language":
        return value.lower() if value.lower() in languages() else code_for(value, languages()) or value
    return value


def _understood(typed: TypedFilter) -> TypedFilter:
    problems: list[Problem] = []
    low, high = _bound(typed, "min", problems), _bound(typed, "max", problems)
    if typed.spec.upper_limit == 1.0 and low is not None and high is not None and low > high:
        message = f"{typed.min} % is above the maximum, {typed.max} %; swap them"
        problems.append(Problem(field=f"{typed.prefix}.min", message=message, value=typed.min))
    weight = _bound(typed, "weight", problems)
    flag = _choice(typed, "", {"yes": True, "no": False}, problems)
    mode = _choice(typed, "mode", {one.value: one for one in Mode}, problems)
    unknown = _choice(typed, "unknown", {one.value: one for one in Unknown}, problems)
    if not problems and typed.says_nothing:
        problems.append(_missing(typed))
    if problems:
        return replace(typed, problems=tuple(problems))
    try:
        item = Filter(
            field=typed.field,
            min=low,
            max=high,
            any_of=typed.values or None,
            weight=weight,
            is_=flag,
            mode=mode or Mode.MUST,
            unknown=unknown,
        )
    except InvalidInput as error:
        return _rejected(typed, error)
    return replace(typed, filter=item, values=item.any_of or ())


def _missing(typed: TypedFilter) -> Problem:
    if typed.spec.kind is Kind.RANGE:
        return Problem(
            field=f"{typed.prefix}.min", message="is missing; give a minimum or a maximum, 0 will do"
        )
    return Problem(field=typed.prefix, message="is missing; choose at least one value")


def _bound(typed: TypedFilter, part: str, problems: list[Problem]) -> float | None:
    text = str(getattr(typed, part))
    if not text:
        return None
    percent = part == "weight" or typed.spec.upper_limit == 1.0
    try:
        return read_percent(text) if percent else read_count(text)
    except ValueError as error:
        problems.append(Problem(field=f"{typed.prefix}.{part}", message=str(error), value=text))
        return None


def _choice(
    typed: TypedFilter, part: str, known: Mapping[str, Value], problems: list[Problem]
) -> Value | None:
    text = str(getattr(typed, part or "flag"))
    if not text or text in known:
        return known.get(text)
    field = f"{typed.prefix}.{part}" if part else typed.prefix
    message = f"must be {', '.join(known)}.{did_you_mean(text, list(known))}"
    problems.append(Problem(field=field, message=message, value=text))
    return None


def _rejected(typed: TypedFilter, error: InvalidInput) -> TypedFilter:
    """Give the domain's problems the names of the parameters; keep refused values apart from good ones."""
    problems = [
        replace(
            problem,
            field=f"{typed.prefix}.{problem.field}"
            if problem.field in {"min", "max", "weight"}
            else typed.prefix,
        )
        for problem in error.problems
    ]
    return replace(typed.without_values(error.problems), problems=tuple(problems))
