"""Invented sources, documents and answers. No person, host or figure in them is real."""

from datetime import UTC, date, datetime
from typing import Any

import orjson

from crawl_config.source import Allowed, Manners, Parser, Source
from discovery.creator import Provenance
from indexer.crawl.document import Document, Task

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
DAY = date(2026, 3, 1)
NAME = "invented"


def source(parser: Parser, *seeds: str, **changes: Any) -> Source:
    """Build a source of a parser."""
    given: dict[str, Any] = {
        "name": NAME,
        "parser": parser,
        "enabled": True,
        "seeds": seeds,
        "allowed": Allowed(hosts=("127.0.0.1",)),
        "manners": Manners(contact="crawl@company.example"),
        "retention_days": 30,
        "basis": "legitimate interest",
        "terms_url": "https://terms.example/",
    }
    return Source(**(given | changes))


def document(
    body: bytes | object, url: str = "https://pages.example/", status: int = 200, **headers: str
) -> Document:
    """Build a document of bytes, or of what is written as JSON; `_` in names of headers stands for `-`."""
    return Document(
        url=url,
        status=status,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        body=body if isinstance(body, bytes) else orjson.dumps(body),
        fetched_at=NOW,
    )


def task(url: str = "https://pages.example/", step: str = "feed", **context: str) -> Task:
    """Build a task."""
    return Task(url=url, step=step, context=context)


def by(*fields: str) -> dict[str, Provenance]:
    """Build the provenance that every reader gives the fields that a document states."""
    return {field: Provenance(source=NAME, observed_at=DAY) for field in fields}
