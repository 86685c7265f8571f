"""A line that was not accepted, and why."""

from dataclasses import dataclass

from discovery.errors import Problem

SHOWN_VALUE = 80
"""How many characters of a refused value are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """One refused line: its number in the file (from 1), the first problem, and the next few in `more`.

    `field` is empty when the line as a whole cannot be read. `value` is what was sent, cut to be shown.
    """

    file: str
    number: int
    field: str
    reason: str
    value: object = None
    more: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        """Render as one line: file, line number, field, reason, and the other problems."""
        problems = (Problem(field=self.field, message=self.reason), *self.more)
        return f"{self.file}, line {self.number}: {'; '.join(map(str, problems))}"


def bad_line(file: str, number: int, problems: list[Problem]) -> BadLine:
    """Make the report of a line from its problems, of which there is at least one."""
    first, *more = problems
    return BadLine(
        file=file,
        number=number,
        field=first.field,
        reason=first.message,
        value=shown(first.value),
        more=tuple(more),
    )


def shown(value: object) -> object:
    """Cut a value to what is worth showing; signs that cannot be printed become `�`."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else repr(value)
    cut = text if len(text) <= SHOWN_VALUE else f"{text[: SHOWN_VALUE - 1]}…"
    return "".join(sign if sign.isprintable() else "�" for sign in cut)
