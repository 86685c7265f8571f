"""One entry for every format: a path in, creators and complaints out, one at a time."""

from collections.abc import Iterator
from pathlib import Path

from discovery.creator import Creator
from discovery.errors import InvalidInput, Problem
from indexer.importers.bad_line import BadLine
from indexer.importers.byte_lines import STDIN, byte_lines, first_byte, open_bytes
from indexer.importers.column_map import ColumnMap
from indexer.importers.csv_rows import read_csv
from indexer.importers.json_lines import read_json_lines

_PACKED = (".zst", ".gz")
_CSV = (".csv", ".tsv")
_JSON = (".jsonl", ".ndjson", ".json")


def read(
    path: Path | str, *, column_map: ColumnMap | None = None, source: str | None = None
) -> Iterator[Creator | BadLine]:
    """Yield every creator of a file, and a `BadLine` for every line that is not accepted.

    JSON Lines and CSV are told apart by the file's ending and its first character (a column map means CSV);
    both may be packed with zstd or gzip. `-` is the standard input. `source` names the source of records
    that do not name their own; without it that is the file's name.

    Raises:
        InvalidInput: the file as a whole cannot be read: missing, no known format, a column is missing.
    """
    given = str(path)
    file = "stdin" if given == STDIN else Path(given).name
    with open_bytes(given) as stream:
        start = first_byte(stream)
        if start == b"[":
            message = f"{file} is one JSON array; write one object on each line instead"
            raise InvalidInput([Problem(field="file", message=message, value=given)])
        if _is_csv(given, start, column_map):
            yield from read_csv(byte_lines(stream), file, source or file, column_map or ColumnMap())
        else:
            yield from read_json_lines(byte_lines(stream), file, source or file)


def _is_csv(path: str, start: bytes, column_map: ColumnMap | None) -> bool:
    ending = Path(path.lower()).suffix
    if ending in _PACKED:
        ending = Path(path.lower()).with_suffix("").suffix
    if column_map is not None or ending in _CSV:
        return True
    return not (ending in _JSON or path == STDIN or start in {b"{", b""})
