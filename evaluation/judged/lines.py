"""Text files read line by line: every bad line is named with its file, number and field, many at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from discovery.errors import InvalidInput, Problem

MOST_TOLD = 20
"""How many bad lines of a file are told."""

Item = TypeVar("Item")


class BadField(ValueError):
    """A field that cannot be used: its name, what is wrong with the way out, and what was found."""

    def __init__(self, field: str, message: str, value: object = None) -> None:
        self.field = field
        self.message = message
        self.value = value
        super().__init__(f"{field}: {message}")


def read_items(path: Path, parse: Callable[[str], Item], *, header: bool = False) -> list[Item]:
    """Parse every line that is not blank; `header` leaves the first line out.

    Raises:
        InvalidInput: the file cannot be read or holds nothing, or lines are bad: at most 20 are told.
    """
    items: list[Item] = []
    problems: list[Problem] = []
    for number, line in _lines(path):
        if header and number == 1:
            continue
        try:
            items.append(parse(line))
        except BadField as bad:
            where = f"{path.name}, line {number}, {bad.field}"
            problems.append(Problem(field=where, message=bad.message, value=bad.value))
    if len(problems) > MOST_TOLD:
        rest = f"and {len(problems) - MOST_TOLD} more bad lines"
        problems = [*problems[:MOST_TOLD], Problem(field=path.name, message=rest)]
    if not items and not problems:
        problems = [
            Problem(field=path.name, message="holds nothing to read; check the path", value=str(path))
        ]
    if problems:
        raise InvalidInput(problems)
    return items


def first_line(path: Path) -> str:
    """Return the first line of a file, '' when there is none.

    Raises:
        InvalidInput: the file cannot be read.
    """
    return next((line for _, line in _lines(path, blank=True)), "")


def _lines(path: Path, *, blank: bool = False) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers, from 1, without their ends."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}; check the path"
        raise InvalidInput([Problem(field="file", message=message, value=str(path))]) from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8"
        raise InvalidInput([Problem(field="file", message=message, value=str(path))]) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if blank or line.strip():
            yield number, line.removesuffix("\r")
