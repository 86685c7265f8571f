"""What is fetched, what came of it, and what was read in it. The words that all parts of a crawl share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from crawl_config.source import Source
from discovery.creator import Creator, CreatorId

ONCE = "once"
"""A key in the context of tasks whose address lasts for one visit, such as the next page behind a cursor.
They are forgotten when they have ended; what led to them leads to their successors when it is read again."""


class Outcome(StrEnum):
    """How the fetching and reading of one document ended; every end has a name."""

    FETCHED = "fetched"
    NOT_MODIFIED = "not modified"
    GONE = "gone"
    """404 or 410: leaves a tombstone."""
    DISALLOWED = "disallowed by robots.txt"
    MOVED = "moved to another address"
    """The address that it leads to is a task of its own."""
    NOINDEX = "noindex"
    """X-Robots-Tag, meta robots, or a platform's own sign that the person wants not to be found."""
    OUTSIDE = "outside what the source allows"
    SUPPRESSED = "asked to be left out"
    BAD_ADDRESS = "not an address that may be fetched"
    PRIVATE_ADDRESS = "leads to a private network"
    UNRESOLVED = "no such host"
    UNREACHABLE = "cannot be reached"
    TLS = "TLS failed"
    TIMED_OUT = "took too long"
    BROKEN = "not HTTP, or broken off"
    TOO_MANY_REDIRECTS = "too many redirects"
    TOO_LARGE = "too large"
    BOMB = "decompresses to too much"
    ENCODED = "content encoding that was not asked for"
    BUSY = "asked to come later"
    """429 or 503."""
    QUOTA = "quota used up"
    UNAUTHORISED = "key missing or refused"
    CLIENT_ERROR = "another 4xx"
    SERVER_ERROR = "5xx"
    UNREADABLE = "not what the parser reads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A body as it came, its content encoding undone. `url` is where it came from after redirects.

    `headers` have names in lower case, several of one name joined by commas.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of fetching: a document, or the reason why there is none, in words for people.

    The document is also there beside an error (4xx, 5xx) that an API explains in JSON.
    `retry_after` are seconds, as the host asks. `permanent_url` is where the document has moved for good.
    """

    outcome: Outcome
    document: Document | None = None
    status: int | None = None
    retry_after: float | None = None
    detail: str = ""
    permanent_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One document to be fetched. `step` tells the parser what it is; `context` is what it must remember.

    `url` holds no key: keys are added while a request is sent. `creator` is whom it is about, as far as that
    is known before. A task is known by its source and its address.
    """

    url: str
    step: str
    context: Mapping[str, str] = field(default_factory=dict)
    creator: CreatorId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a document says: creators (each as far as this document knows them), and what to fetch next.

    `outcome` is FETCHED, or why nothing may be or could be taken from it. `problems` are values that were
    passed over, in words for people. `leave_out` are creators who want not to be found, though this or
    an earlier document names them.
    """

    creators: tuple[Creator, ...] = ()
    follow: tuple[Task, ...] = ()
    outcome: Outcome = Outcome.FETCHED
    problems: tuple[str, ...] = ()
    leave_out: tuple[CreatorId, ...] = ()


class Reader(Protocol):
    """One parser: where a source begins, what its documents say. Pure; never raises for what they hold."""

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return the first tasks of a source."""

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read a document; `document.fetched_at` is when it was observed."""
