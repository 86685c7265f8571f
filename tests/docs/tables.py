"""Tables of a Markdown page, as rows of cells."""

from collections.abc import Mapping, Sequence


def rows(page: str, header: str) -> Sequence[tuple[str, ...]]:
    """Return the body of the one table whose header line is `header`.

    Raises:
        AssertionError: there is no such table, or more than one.
    """
    lines = page.splitlines()
    starts = [place for place, line in enumerate(lines) if line == header]
    assert len(starts) == 1, f"{len(starts)} tables begin with {header!r}"
    found = []
    for line in lines[starts[0] + 2 :]:
        if not line.startswith("|"):
            break
        found.append(tuple(cell.strip().strip("`") for cell in line.strip("|").split("|")))
    return found


def numbers(page: str, header: str) -> Mapping[str, tuple[float, ...]]:
    """Return a table's rows by their first cell, with those of the other cells that are numbers."""
    return {first: tuple(map(number, filter(is_number, rest))) for first, *rest in rows(page, header)}


def is_number(cell: str) -> bool:
    """Whether a cell holds a number."""
    return cell.replace(",", "").replace(".", "", 1).isdecimal()


def number(cell: str) -> float:
    """Read a number, with or without commas between the thousands."""
    return float(cell.replace(",", ""))
