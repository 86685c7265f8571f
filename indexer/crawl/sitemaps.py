"""Sitemaps: which pages a site says that it has, and when they changed. Pure; no entities, bounded.

As sitemaps.org has them: urlset and sitemapindex in XML, or one address a line; packed with gzip or not.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from xml.parsers import expat

STEP = "sitemap"
"""The step of a task whose document is a sitemap, for no reader but this."""
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 << 20
"""Of a file, unpacked."""
DEEPEST = 3
"""Indexes may name indexes so many times."""

_CHUNK = 64 << 10
_RATIO = 200
_LONGEST_TEXT = 4_096
_GZIP = b"\x1f\x8b"
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|z|[+-]\d\d:?\d\d)?)?)?)?"
)


class NoSitemap(ValueError):
    """What came is no sitemap, or one that breaks a limit; the text says which."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An address in a sitemap, and when its document changed last (seconds; `None`: it does not say)."""

    url: str
    changed_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """The pages that a file names, and the further sitemaps. `cut` says that there were more."""

    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    cut: bool = False


def read(body: bytes) -> Sitemap:
    """Read a sitemap.

    Raises:
        NoSitemap: it is not one, not well-formed, declares a document type, or unpacks to too much.
    """
    chunks = _unpacked(body)
    first = next(chunks, b"")
    while first and len(first) < 512:
        more = next(chunks, b"")
        if not more:
            break
        first += more
    if first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"<" and b"\x00" not in first[:64]:
        return _read_lines(first, chunks)
    return _Reader().read(first, chunks)


def _unpacked(body: bytes) -> Iterator[bytes]:
    if not body.startswith(_GZIP):
        if len(body) > MOST_BYTES:
            raise NoSitemap(f"the sitemap is larger than {MOST_BYTES >> 20} MB")
        for start in range(0, len(body), _CHUNK):
            yield body[start : start + _CHUNK]
        return
    yield from _inflated(body)


def _inflated(body: bytes) -> Iterator[bytes]:
    size, most = 0, min(MOST_BYTES, max(_CHUNK, len(body) * _RATIO))
    unpacker, packed = zlib.decompressobj(16 + zlib.MAX_WBITS), body
    try:
        while packed and not unpacker.eof:
            chunk = unpacker.decompress(packed, _CHUNK)
            packed = unpacker.unconsumed_tail
            size += len(chunk)
            if size > most:
                raise NoSitemap("the sitemap unpacks to too much")
            if chunk:
                yield chunk
    except zlib.error as error:
        raise NoSitemap("the sitemap is said to be gzip, and is not") from error


def _read_lines(first: bytes, chunks: Iterator[bytes]) -> Sitemap:
    """Read the plain form: one address a line."""
    text = (first + b"".join(chunks)).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    lines = [line.strip() for line in text.split("\n")]
    pages = [Entry(line) for line in lines if line.startswith(("http://", "https://"))]
    if not pages:
        raise NoSitemap("the document is neither XML nor a list of addresses")
    return Sitemap(pages=tuple(pages[:MOST_ADDRESSES]), cut=len(pages) > MOST_ADDRESSES)


class _Reader:
    """Reads the XML forms as a stream, so that only what is kept takes memory."""

    def __init__(self) -> None:
        self._found: list[Entry] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._address = self._changed = ""
        self._root = ""
        self._cut = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def read(self, first: bytes, chunks: Iterator[bytes]) -> Sitemap:
        try:
            self._parser.Parse(first, False)
            for chunk in chunks:
                if self._cut:
                    break
                self._parser.Parse(chunk, False)
            if not self._cut:
                self._parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            if isinstance(error, NoSitemap):
                raise
            raise NoSitemap(f"the sitemap is not well-formed: {error}") from error
        if self._root not in {"urlset", "sitemapindex"}:
            raise NoSitemap(f"the document is no sitemap; it begins with <{self._root[:40]}>")
        found = tuple(self._found)
        if self._root == "urlset":
            return Sitemap(pages=found, cut=self._cut)
        return Sitemap(sitemaps=found, cut=self._cut)

    def _doctype(self, *_: object) -> None:
        raise NoSitemap("the sitemap declares a document type; such files may hold entities")

    def _start(self, name: str, _attributes: object) -> None:
        local = name.rpartition(" ")[2]
        if not self._path:
            self._root = local
        self._path.append(local)
        if len(self._path) > 32:
            raise NoSitemap("the sitemap is nested too deep")
        if len(self._path) == 2:
            self._address = self._changed = ""
        self._text, self._length = [], 0

    def _characters(self, text: str) -> None:
        if len(self._path) == 3 and self._length <= _LONGEST_TEXT:
            self._text.append(text)
            self._length += len(text)

    def _end(self, name: str) -> None:
        self._path.pop()
        depth, local = len(self._path), name.rpartition(" ")[2]
        if depth == 2 and local == "loc":
            self._address = "".join(self._text).strip()
        elif depth == 2 and local == "lastmod":
            self._changed = "".join(self._text).strip()
        elif depth == 1 and local in {"url", "sitemap"} and 0 < len(self._address) <= _LONGEST_TEXT:
            if len(self._found) >= MOST_ADDRESSES:
                self._cut = True
                return
            self._found.append(Entry(self._address, moment(self._changed)))


def moment(text: str) -> float | None:
    """Read a date of W3C's format as seconds since the epoch, in UTC where no zone stands."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        at = datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0),
            min(int(second or 0), 59), tzinfo=_zone(zone),
        )  # fmt: skip
        return at.timestamp()
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> timezone:
    if text is None or text in {"Z", "z"}:
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
