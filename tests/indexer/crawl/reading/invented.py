"""Invented pages for the tests of their reader. Nobody and nothing in them exists."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawl_config.source import Allowed, Manners, Parser, Source
from discovery.creator import Creator, Provenance
from indexer.crawl.document import Document, Reading, Task
from indexer.crawl.reading.reader import PAGES

FOLDER = Path(__file__).parent / "pages"
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 1)
ORIGIN = Provenance(source="makers", observed_at=DAY)
"""What every stated field of the tests' source says."""


def a_source(url: str = "https://site.example/", **changes: Any) -> Source:
    """Return a source of pages that allows the host of an address."""
    given: dict[str, Any] = {
        "name": "makers",
        "parser": Parser.PAGE,
        "enabled": True,
        "seeds": (url,),
        "allowed": Allowed(hosts=(urlsplit(url).hostname or "",)),
        "manners": Manners(contact="crawl@company.example"),
        "retention_days": 30,
        "basis": "a test",
        "terms_url": "https://site.example/terms",
    }
    return Source(**(given | changes))


def read(
    body: bytes | str,
    url: str = "https://site.example/page",
    *,
    headers: dict[str, str] | None = None,
    task: Task | None = None,
    **changes: Any,
) -> Reading:
    """Read a page at an address for a source of its host."""
    content = body.encode() if isinstance(body, str) else body
    given = {"content-type": "text/html; charset=utf-8"} if headers is None else headers
    document = Document(url=url, status=200, headers=given, body=content, fetched_at=MOMENT)
    return PAGES.read(document, task or Task(url=url, step="page"), a_source(url, **changes))


def read_file(name: str, url: str, **changes: Any) -> Reading:
    """Read one of the invented pages of this folder."""
    return read((FOLDER / name).read_bytes(), url, **changes)


def with_json_ld(*scripts: str, head: str = "", body: str = "") -> str:
    """Return a page that holds JSON-LD."""
    data = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return f"<!doctype html><html><head>{head}{data}</head><body>{body}</body></html>"


def only(reading: Reading) -> Creator:
    """Return the one creator of a reading."""
    (creator,) = reading.creators
    return creator
