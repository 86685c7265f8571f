"""In which line of a TOML file each value stands: what the standard library's reader does not tell."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

Place = tuple[str | int, ...]
"""The way to a value: names of tables and keys, numbers of the elements of lists."""

_GAP = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_NAME = re.compile(r"[A-Za-z0-9_-]+|\"(?:\\.|[^\"\\])*\"|'[^']*'")
_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'  # up to two quotation marks may stand before the closing three
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\[\]{}\n#\"']*")


def lines_of(text: str) -> Mapping[Place, int]:
    """Return the line, from 1, in which each table, key and element of a list is first named.

    The text must be TOML that `tomllib` reads; of any other the answer means nothing.
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


class _Scanner:
    """Walks through a text once; `at` is the place of the next character."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._repeated: dict[Place, int] = {}
        self._at = 0
        self.lines: dict[Place, int] = {}

    def document(self) -> None:
        """Read tables and pairs until the end."""
        table: Place = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Place:
        start, repeated = self._at, self._text.startswith("[[", self._at)
        self._at += 1 + repeated
        *above, last = self._names()
        place = self._within((), above, start)
        if repeated:
            count = self._repeated.get((*place, last), 0)
            self._repeated[*place, last] = count + 1
        place = self._within(place, [last], start)
        self._at += 1 + repeated
        return place

    def _within(self, place: Place, names: list[str], start: int) -> Place:
        """Go down by some names; a repeated table is its newest element."""
        for name in names:
            place = (*place, name)
            self._note(place, start)
            if place in self._repeated:
                place = (*place, self._repeated[place] - 1)
                self._note(place, start)
        return place

    def _pair(self, table: Place) -> None:
        start = self._at
        place = table
        for name in self._names():
            place = (*place, name)
            self._note(place, start)
        self._at += 1  # the sign =
        self._skip(_GAP)
        self._value(place)

    def _names(self) -> list[str]:
        """Read names with dots between them, and the gaps around."""
        names: list[str] = []
        while True:
            self._skip(_GAP)
            names.append(_unquoted(self._take(_NAME)))
            self._skip(_GAP)
            if not self._text.startswith(".", self._at):
                return names
            self._at += 1

    def _value(self, place: Place) -> None:
        match self._text[self._at : self._at + 1]:
            case "[":
                self._list(place)
            case "{":
                self._inline_table(place)
            case '"' | "'":
                self._take(_TEXT)
            case _:
                self._take(_PLAIN)

    def _list(self, place: Place) -> None:
        self._at += 1
        number = 0
        while not self._closes("]"):
            self._note((*place, number), self._at)
            self._value((*place, number))
            number += 1

    def _inline_table(self, place: Place) -> None:
        self._at += 1
        while not self._closes("}"):
            self._pair(place)

    def _closes(self, bracket: str) -> bool:
        """Go on to the next element; say whether there is none."""
        self._skip(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_BLANK)
        closed = self._at >= len(self._text) or self._text.startswith(bracket, self._at)
        self._at += closed
        return closed

    def _note(self, place: Place, at: int) -> None:
        self.lines.setdefault(place, bisect_right(self._ends, at - 1) + 1)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None or found.end() == self._at:
            raise ValueError(f"not TOML at character {self._at}")
        self._at = found.end()
        return found[0]


def _unquoted(name: str) -> str:
    if name.startswith('"'):
        decoded = tomllib.loads(f"name = {name}")["name"]
        return str(decoded)
    return name.strip("'")
