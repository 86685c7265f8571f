"""Saved pages as documents: what a dry run reads instead of the network."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from crawl_config.addresses import read_address
from crawl_config.hosts import covers, host_name
from crawl_config.patterns import allows
from crawl_config.source import Source
from discovery.errors import InvalidInput, Problem
from indexer.crawl.document import Document

MOST_BYTES = 10_000_000
"""The largest saved page that is read."""
_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/json",
}
_ENDINGS_OF_PAGES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A file, and its place in the folder that was named."""

    path: Path
    place: PurePosixPath


def saved_pages(named: Sequence[Path]) -> Iterator[SavedPage]:
    """Yield the files that were named, and those of named folders and below, in the order of their names.

    Of a folder only files with an ending of a page or feed are taken, and nothing hidden.

    Raises:
        InvalidInput: a folder has no such file.
    """
    for path in named:
        if not path.is_dir():
            yield SavedPage(path=path, place=PurePosixPath(path.name))
            continue
        found = [file for file in sorted(path.rglob("*")) if _is_page(file, path)]
        if not found:
            message = f"{path} holds no saved page; a page's name ends in one of {', '.join(_TYPES)}"
            raise InvalidInput([Problem(field="PAGE", message=message, value=str(path))])
        for file in found:
            yield SavedPage(path=file, place=PurePosixPath(file.relative_to(path).as_posix()))


def document_of(page: SavedPage, url: str) -> Document:
    """Read a saved page as the document at an address, observed when the file was last changed.

    Raises:
        InvalidInput: it is too large.
        OSError: it cannot be read.
    """
    with page.path.open("rb") as file:
        body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        message = f"{page.path} is larger than {MOST_BYTES:,} bytes"
        raise InvalidInput([Problem(field="PAGE", message=message, value=str(page.path))])
    kind = _TYPES.get(page.path.suffix.lower())
    return Document(
        url=url,
        status=200,
        headers={"content-type": kind} if kind else {},
        body=body,
        fetched_at=datetime.fromtimestamp(page.path.stat().st_mtime, UTC),
    )


def address_of(place: PurePosixPath, source: Source) -> str:
    """Guess where a saved page was: at its place, on the host its folder is named after or the first seed's.

    `people/mira.html` may be `/people/mira` and `/people/mira.html`: the one that is a seed or is allowed is
    taken, else the longer one.
    """
    first, *rest = place.parts
    host = host_name(first) if rest else None
    if host and any(covers(allowed, host) for allowed in source.allowed.hosts):
        base, parts = f"https://{host}", rest
    else:
        seed = urlsplit(source.seeds[0])
        base, parts = f"{seed.scheme}://{seed.netloc}", [first, *rest]
    guesses = [f"{base}/{path}" for path in _paths(parts)]
    known = {_form(seed) for seed in source.seeds}
    likely = [url for url in guesses if _form(url) in known] or [
        url for url in guesses if allows(source, url)
    ]
    return (likely or guesses)[0]


def _paths(parts: Sequence[str]) -> Iterator[str]:
    """Yield the paths that a file may have been saved from, the likeliest first."""
    *folders, name = map(quote, parts)
    for ending in _ENDINGS_OF_PAGES:
        if name.lower() == f"index{ending}":
            yield "".join(f"{folder}/" for folder in folders)
            yield "/".join(folders)
    yield "/".join([*folders, name])
    for ending in _ENDINGS_OF_PAGES:
        if name.lower().endswith(ending):
            yield "/".join([*folders, name[: -len(ending)]])


def _form(url: str) -> tuple[str, str] | None:
    address = read_address(url)
    return None if address is None else (address.host, address.target)


def _is_page(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in _TYPES and not hidden and path.is_file()
