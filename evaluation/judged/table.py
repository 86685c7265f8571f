"""Tables of figures, and how figures are written."""

from dataclasses import dataclass

from evaluation.judged.resampling import Interval

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of cells that are ready to be shown."""

    title: str
    columns: Row
    rows: tuple[Row, ...]


def number(value: float) -> str:
    """Three decimals, with the sign of what is below 0."""
    return f"{value:.3f}"


def interval(found: Interval) -> str:
    """Write the ends of an interval."""
    return f"{number(found.low)} to {number(found.high)}"


def reached(met: bool) -> str:
    """Say whether a target is reached."""
    return "reached" if met else "missed"
