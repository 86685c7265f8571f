"""CSV: one creator a row, or one post a row with the creator's columns repeated beside it."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import orjson

from discovery.creator import Creator
from discovery.errors import InvalidInput, Problem, did_you_mean
from indexer.importers.bad_line import BadLine, bad_line
from indexer.importers.byte_lines import ByteLine
from indexer.importers.column_map import CSV_FIELDS, ColumnMap
from indexer.importers.csv_cells import to_line
from indexer.importers.json_lines import parse_line
from indexer.merge import merge

_DELIMITERS = (",", ";", "\t", "|")


class _Texts:
    """Lines as text for the CSV parser; remembers where it is, and the lines that could not be read."""

    def __init__(self, lines: Iterable[ByteLine]) -> None:
        self._lines = iter(lines)
        self.number = 0
        self.unreadable: list[ByteLine] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            self.number = line.number
            if line.problem is None:
                return line.content.decode("utf-8", "surrogateescape")
            self.unreadable.append(line)
        raise StopIteration


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What is the same for every row: where each field's cell lies, and the constants."""

    file: str
    source: str
    width: int
    places: Mapping[str, int]
    constants: Mapping[str, str]

    def read(self, cells: list[str], number: int) -> Creator | BadLine:
        if len(cells) != self.width:
            message = (
                f"has {len(cells)} cells, but the header has {self.width}; quote cells that hold a comma"
            )
            return bad_line(self.file, number, [Problem(field="", message=message)])
        given = {name: cells[place] for name, place in self.places.items()}
        for name, text in given.items():
            if any("\udc80" <= character <= "\udcff" for character in text):
                message = "is not valid UTF-8; save the file as UTF-8"
                return bad_line(self.file, number, [Problem(field=name, message=message)])
        parsed = parse_line(orjson.dumps(to_line({**self.constants, **given})), self.source)
        return parsed if isinstance(parsed, Creator) else bad_line(self.file, number, parsed)


def read_csv(
    lines: Iterable[ByteLine], file: str, source: str, column_map: ColumnMap
) -> Iterator[Creator | BadLine]:
    """Yield a creator for every run of rows with one id, and a complaint for every row that is not accepted.

    Raises:
        InvalidInput: the header lacks a column that is needed or that the map names.
    """
    waiting: Creator | None = None
    for parsed in _rows(lines, file, source, column_map):
        if isinstance(parsed, Creator) and waiting is not None and waiting.id == parsed.id:
            waiting = merge(waiting, parsed)
            continue
        if waiting is not None:  # also before a complaint: what came first was accepted first
            yield waiting
        waiting = parsed if isinstance(parsed, Creator) else None
        if isinstance(parsed, BadLine):
            yield parsed
    if waiting is not None:
        yield waiting


def _rows(
    lines: Iterable[ByteLine], file: str, source: str, column_map: ColumnMap
) -> Iterator[Creator | BadLine]:
    texts = _Texts(lines)
    header = next(texts, "")
    rows = csv.reader(chain([header], texts), delimiter=max(_DELIMITERS, key=header.count), strict=True)
    table: _Table | None = None
    while True:
        number = texts.number + 1
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield bad_line(file, number, [Problem(field="", message=f"is not a CSV row: {error}")])
            continue
        finally:
            unreadable, texts.unreadable = texts.unreadable, []
        for line in unreadable:
            yield bad_line(file, line.number, [Problem(field="", message=line.problem or "")])
        if table is None:
            table = _table(cells, file, source, column_map)
        elif any(cells):
            yield table.read(cells, number)
    for line in unreadable:
        yield bad_line(file, line.number, [Problem(field="", message=line.problem or "")])


def _table(header: list[str], file: str, source: str, column_map: ColumnMap) -> _Table:
    names = [name.strip() for name in header]
    places = {
        field: place
        for place, name in enumerate(names)
        if (field := name.casefold().replace(" ", "_")) in CSV_FIELDS and field not in column_map.constants
    }
    for field, column in column_map.columns.items():
        if column not in names:
            message = f"{file} has no column {column!r}.{did_you_mean(column, names)}"
            raise InvalidInput([Problem(field=field, message=message, value=column)])
        places[field] = names.index(column)
    _require(file, set(places) | set(column_map.constants), names)
    return _Table(file=file, source=source, width=len(names), places=places, constants=column_map.constants)


def _require(file: str, given: set[str], names: list[str]) -> None:
    missing = [field for field in ("platform", "name") if field not in given]
    if not given & {"id", "handle"}:
        missing.insert(0, "id")
    if missing:
        columns = ", ".join(names)[:200]
        message = f"{file} has no column for it (columns: {columns}); map one, or give a constant"
        raise InvalidInput([Problem(field=field, message=message) for field in missing])
