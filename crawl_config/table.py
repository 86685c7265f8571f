"""Reads one table of a file value by value, and collects every problem with its line and the way out."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from crawl_config.lines import Place
from discovery.errors import Problem, did_you_mean

SHOWN = 80
"""How many characters of a refused value are shown."""
_KINDS: Mapping[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table",
}

Complaint = Callable[[str], str | None]
"""Says what is wrong with a text, or `None`."""


class Sheet:
    """One file while it is checked: its name, where its values stand, and what was wrong so far."""

    def __init__(self, file: str, lines: Mapping[Place, int]) -> None:
        self._file = file
        self._lines = lines
        self._found: list[tuple[int, Problem]] = []

    @property
    def problems(self) -> list[Problem]:
        """What was noted, in the order of the lines."""
        return [problem for _, problem in sorted(self._found, key=itemgetter(0))]

    def report(self, place: Place, message: str, value: object = None) -> None:
        """Note a problem of a value; what is missing is told with the line of its table.

        What stands under `keys` is kept to itself: it may be a key, put where a name belongs.
        """
        line = next((self._lines[above] for above in _upwards(place) if above in self._lines), None)
        where = f"{self._file}, line {line}" if line else self._file
        named = dotted(place)
        field = f"{where}: {named}" if named else where
        kept = None if place[:1] == ("keys",) else value
        self._found.append((line or 0, Problem(field=field, message=message, value=kept)))


class Table:
    """One table. What was not asked for by the end is an unknown key.

    `elsewhere` says of keys that belong into another table where that is. What is needed is said in words
    (`need`), for those who left it out.
    """

    def __init__(
        self, sheet: Sheet, place: Place, values: Mapping[str, Any], elsewhere: Mapping[str, str]
    ) -> None:
        self._sheet = sheet
        self._place = place
        self._values = values
        self._elsewhere = elsewhere
        self._known: list[str] = []

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def report(self, key: str, message: str, *, element: int | None = None) -> None:
        """Note a problem of a key's value, or of an element of its list."""
        value = self._values.get(key)
        place: Place = (*self._place, key)
        if element is not None and isinstance(value, list):
            place, value = (*place, element), value[element]
        self._sheet.report(place, message, value)

    def text(
        self, key: str, complain: Complaint | None = None, *, need: str | None = None, most: int = 500
    ) -> str | None:
        """Read a text of 1 to `most` characters."""
        value: str | None = self._take(key, str, need=need)
        problem = None if value is None else _problem_of(value, complain, most)
        if problem:
            self.report(key, problem)
            return None
        return value

    def texts(
        self, key: str, complain: Complaint | None = None, *, need: str | None = None, most: int = 10_000
    ) -> tuple[str, ...] | None:
        """Read a list of 1 to `most` different texts; `None` when it is left out or anything is wrong."""
        values: list[Any] | None = self._take(key, list, need=need)
        if values is None:
            return None
        if not values or len(values) > most:
            message = f"has {len(values):,} entries; at most {most:,} are allowed"
            self.report(key, message if values else "is an empty list; name at least one, or leave it out")
            return None
        good = True
        first: dict[str, int] = {}
        for number, value in enumerate(values):
            problem = _problem_of(value, complain, 2_000)
            if isinstance(value, str) and first.setdefault(value, number) != number:
                problem = f"{shown(value)} is given twice; it stands at {key}[{first[value]}] too"
            if problem:
                self.report(key, problem, element=number)
                good = False
        return tuple(values) if good else None

    def flag(self, key: str, *, need: str | None = None) -> bool | None:
        """Read `true` or `false`."""
        value: bool | None = self._take(key, bool, need=need)
        return value

    def whole(self, key: str, least: int, most: int, *, need: str | None = None) -> int | None:
        """Read a whole number between two others."""
        value: int | None = self._bounded(key, self._take(key, int, need=need), least, most)
        return value

    def number(self, key: str, least: float, most: float) -> float | None:
        """Read a number between two others."""
        value = self._bounded(key, self._take(key, float), least, most)
        return None if value is None else float(value)

    def table(self, key: str, elsewhere: Mapping[str, str] | None = None) -> "Table":
        """Read a table; an empty one when it is left out or no table."""
        values = self._take(key, dict)
        return Table(self._sheet, (*self._place, key), values or {}, elsewhere or {})

    def holds_table(self, key: str) -> bool:
        """Whether the key's value is a table."""
        return isinstance(self._values.get(key), dict)

    def knows(self, keys: Sequence[str]) -> None:
        """Take some keys for known, though they were not asked for."""
        self._known.extend(key for key in keys if key not in self._known)

    def end(self) -> None:
        """Note every key that was not asked for."""
        for key in (key for key in self._values if key not in self._known):
            place = f" in [{dotted(self._place)}]" if self._place else ""
            if key in self._elsewhere:
                advice = f" It belongs {self._elsewhere[key]}."
            else:
                advice = did_you_mean(key, self._known)
            self.report(key, f"unknown key {shown(key)}{place}.{advice}")

    def _take(self, key: str, kind: type, *, need: str | None = None) -> Any:
        self._known.append(key)
        if key not in self._values:
            if need:
                self.report(key, f"is missing, but required: {need}")
            return None
        value = self._values[key]
        if type(value) is kind or (kind is float and type(value) is int):
            return value
        written = "text in quotes" if kind is str else _KINDS[kind]
        self.report(key, f"must be {written}, not {_kind_of(value)}")
        return None

    def _bounded(self, key: str, value: Any, least: float, most: float) -> Any:
        if value is None:
            return None
        if least <= value <= most:
            return value
        self.report(key, f"is {_printable(str(value))}; it must lie between {least:g} and {most:g}")
        return None


def dotted(place: Place) -> str:
    """Render a place as people write it: `selectors.post.text`, `seeds[2]`."""
    text = ""
    for step in place:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{_printable(step)}" if text else _printable(step)
    return text


def shown(value: object) -> str:
    """Render a value to be told: cut, in quotes, signs that cannot be printed as `�`."""
    return f"'{_printable(str(value))}'"


def _printable(text: str) -> str:
    cut = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return "".join(sign if sign.isprintable() else "�" for sign in cut)


def _problem_of(value: object, complain: Complaint | None, most: int) -> str | None:
    if not isinstance(value, str):
        return f"must be text in quotes, not {_kind_of(value)}"
    return _unusable(value, most) or (complain(value) if complain else None)


def _unusable(value: str, most: int) -> str | None:
    if not value.strip():
        return "is empty"
    if len(value) > most:
        return f"is {len(value):,} characters long; at most {most:,} are allowed"
    if any(not sign.isprintable() for sign in value):
        return "holds a line break or another sign that cannot be printed; remove it"
    return None


def _kind_of(value: object) -> str:
    return _KINDS.get(type(value), "a date or time")


def _upwards(place: Place) -> Sequence[Place]:
    return [place[:end] for end in range(len(place), 0, -1)]
