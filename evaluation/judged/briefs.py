"""Briefs to be judged by: a table with the columns `brief_id`, `slice` and `text`, parted by tabs."""

from dataclasses import dataclass
from pathlib import Path

from discovery.brief import MAX_QUERY_LENGTH
from discovery.errors import InvalidInput, Problem
from evaluation.judged.lines import BadField, first_line, read_items

COLUMNS = ("brief_id", "slice", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBrief:
    """A brief in a brand's own words, and the kind of brief it is (`slice`)."""

    id: str
    slice: str
    text: str


def read_briefs(path: Path) -> tuple[JudgedBrief, ...]:
    """Read a table of briefs, in its order; further columns are left alone.

    Raises:
        InvalidInput: with file, line and field of what cannot be read.
    """
    header = first_line(path).split("\t")
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        message = (
            f"has no column {', '.join(missing)}; begin with the line {' '.join(COLUMNS)}, parted by tabs"
        )
        raise InvalidInput([Problem(field=f"{path.name}, line 1", message=message, value=header)])
    places = [header.index(name) for name in COLUMNS]
    seen: set[str] = set()
    return tuple(read_items(path, lambda line: _brief(line.split("\t"), places, seen), header=True))


def _brief(cells: list[str], places: list[int], seen: set[str]) -> JudgedBrief:
    values = [cells[place].strip() if place < len(cells) else "" for place in places]
    for name, value in zip(COLUMNS, values, strict=True):
        if not value:
            raise BadField(name, "is empty; part the columns by tabs", value)
    identity, kind, text = values
    if len(identity.split()) > 1:
        raise BadField("brief_id", f"{identity!r} holds white space, which TREC files cannot carry", identity)
    if identity in seen:
        raise BadField("brief_id", f"{identity!r} comes twice; give each brief an id of its own", identity)
    if len(text) > MAX_QUERY_LENGTH:
        raise BadField(
            "text", f"is {len(text)} characters long; at most {MAX_QUERY_LENGTH} are read", text[:80]
        )
    seen.add(identity)
    return JudgedBrief(id=identity, slice=kind, text=text)
