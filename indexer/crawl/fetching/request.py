"""What to fetch, how much of it at most, and who is asked before every hop."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from discovery.errors import InvalidInput, Problem
from indexer.crawl.document import Outcome

Permit = Callable[[str], Awaitable[Outcome | None]]
"""Asked with the canonical address of every hop, the first included: `None` lets it pass, an outcome ends the
fetch with it. It may take its time (the host's turn, robots.txt): that time is
not part of the deadline. What it raises, `Fetcher.fetch` raises."""

_NAME = re.compile(r"[-!#$%&'*+.^_`|~0-9a-zA-Z]+")
_VALUE = re.compile(r"(?:[\x21-\x7e]+(?:[ \t]+[\x21-\x7e]+)*)?")
_OURS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "cookie",
        "expect",
        "host",
        "if-modified-since",
        "if-none-match",
        "range",
        "te",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may cost. Bytes and seconds are over all that one hop sends; `seconds` over all hops.

    `ratio` is how many times larger than its packed form a body may be, beyond the first `free_bytes`.
    `connect_seconds` are for name, TCP and TLS of one hop.
    """

    redirects: int = 5
    header_bytes: int = 64 * 1024
    body_bytes: int = 5 * 1024 * 1024
    unpacked_bytes: int = 10 * 1024 * 1024
    ratio: float = 100.0
    free_bytes: int = 64 * 1024
    connect_seconds: float = 10.0
    seconds: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One document to be fetched.

    `headers` are sent to the origin of `url`; of them only Accept and Accept-Language are sent to another one
    after a redirect: keys travel in headers. `etag` and `last_modified` are values of headers that the same
    address answered with before; they are left out when they cannot be sent. `limits` go before those of the
    fetcher.

    Raises:
        InvalidInput: a header cannot be sent, or is one that the fetcher decides.
    """

    url: str
    user_agent: str
    permit: Permit
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    etag: str | None = None
    last_modified: str | None = None
    limits: Limits | None = None

    def __post_init__(self) -> None:
        problems = [] if sendable(self.user_agent) and self.user_agent else [_problem("user_agent")]
        for name, value in self.headers.items():
            if not _NAME.fullmatch(name) or not sendable(value) or name.lower() in _OURS:
                problems.append(_problem(f"headers[{name!r}]"))
        if problems:
            raise InvalidInput(problems)


def sendable(value: str) -> bool:
    """Whether a text can be the value of a header: visible ASCII, blanks only inside."""
    return _VALUE.fullmatch(value) is not None


def _problem(where: str) -> Problem:
    return Problem(
        field=where, message="cannot be sent; use visible ASCII, and no header that the fetcher decides"
    )
