"""Files of sources to checked `Source`s. All problems of all files are told at once."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from crawl_config.lines import lines_of
from crawl_config.packaged import PACKAGED
from crawl_config.reading import read_source
from crawl_config.source import Source
from crawl_config.table import Sheet, Table, shown
from discovery.errors import InvalidInput, Problem, did_you_mean

ENDING = ".toml"
MOST_BYTES = 1_000_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_END = " (at end of document)"


def load_folder(folder: Path = PACKAGED) -> tuple[Source, ...]:
    """Read every source of a folder (`*.toml`, no folders below it), in the order of their names.

    Raises:
        InvalidInput: the folder cannot be read, or any of its files has a problem; all are listed.
    """
    return load_files(_files_of(folder))


def load_named(wanted: Sequence[str], folder: Path = PACKAGED) -> tuple[Source, ...]:
    """Read the sources that somebody names: by the path of a file, or by name when it is in the folder.

    Raises:
        InvalidInput: no such source, or any of the files has a problem; all are listed.
    """
    files, problems = [], []
    for text in wanted:
        path = Path(text)
        if path.suffix == ENDING or len(path.parts) != 1:
            files.append(path)
        elif (folder / f"{text}{ENDING}").is_file():
            files.append(folder / f"{text}{ENDING}")
        else:
            problems.append(_not_there(text, folder))
    if problems:
        raise InvalidInput(problems)
    return load_files(files)


def load_files(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Read some files of sources, in their order; a file that is named twice is read once.

    Raises:
        InvalidInput: any of them has a problem; all problems of all files are listed.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    files: dict[str, Path] = {}
    for path in dict.fromkeys(paths):
        before = files.setdefault(path.stem.casefold(), path)
        if before != path:
            message = f"has the name of {before}; a source is known by its name, give one another"
            problems.append(Problem(field=str(path), message=message, value=path.stem))
        found = _load(path)
        if isinstance(found, Source):
            sources.append(found)
        else:
            problems.extend(found)
    if problems:
        raise InvalidInput(problems)
    return tuple(sources)


def _files_of(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ENDING)
    except OSError as error:
        message = f"cannot be read as a folder of sources: {error.strerror}"
        raise InvalidInput([Problem(field=str(folder), message=message, value=str(folder))]) from error


def _not_there(name: str, folder: Path) -> Problem:
    names = [path.stem for path in _files_of(folder)]
    message = f"no source {shown(name)} in {folder}.{did_you_mean(name, names)} A file is named by its path."
    return Problem(field="source", message=message, value=name)


def _load(path: Path) -> Source | Sequence[Problem]:
    """Read one file: a source, or its problems."""
    if not _NAME.fullmatch(path.stem):
        message = f"{shown(path.stem)} is no name of a source; use letters a to z, digits, '-', '_' and '.'"
        return [Problem(field=str(path), message=message, value=path.stem)]
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        return [Problem(field=str(path), message=f"cannot be read: {error.strerror}", value=str(path))]
    if len(content) > MOST_BYTES:
        return [Problem(field=str(path), message=f"is larger than {MOST_BYTES:,} bytes; no source is")]
    return parse_source(path.stem, content, file=path.name)


def parse_source(name: str, content: bytes, *, file: str) -> Source | Sequence[Problem]:
    """Read the bytes of a file: a source, or all problems, which call the file by the given name."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        return [Problem(field=f"{file}, line {line}", message=message)]
    try:
        values: dict[str, Any] = tomllib.loads(text)
        lines = lines_of(text)
    except RecursionError:
        return [Problem(field=file, message="is nested too deep")]
    except ValueError as error:
        return [_not_toml(file, text, str(error))]
    sheet = Sheet(file, lines)
    source = read_source(name, Table(sheet, (), values, {}))
    if sheet.problems or source is None:
        return sheet.problems
    return source


def _not_toml(file: str, text: str, reason: str) -> Problem:
    place = _PLACE.search(reason)
    if place:
        line, column = int(place[1]), f" (column {place[2]})"
        reason = reason[: place.start()]
    else:
        line, column = text.count("\n") + 1, ""
        reason = reason.removesuffix(_END)
    message = f"is not valid TOML: {reason[:1].lower()}{reason[1:]}{column}{_advice(text, line)}"
    return Problem(field=f"{file}, line {line}", message=message)


def _advice(text: str, line: int) -> str:
    """Say what the usual slip is in a line that is no TOML."""
    lines = text.split("\n")
    written = lines[line - 1].strip() if line <= len(lines) else ""
    if re.fullmatch(r"[\w.-]+\s*=\s*(?![\d\"'\[{+-]|true\b|false\b)\S.*", written):
        return "; text stands in quotes"
    if re.match(r"[\w.-]+\s*:", written):
        return "; a key and its value have a '=' between them"
    return ""
