"""Fetching in tests: a permit for everything, limits that end soon, one fetch in an event loop of its own."""

import asyncio
import ssl
from collections.abc import Collection, Mapping
from functools import cache

from indexer.crawl.document import Answer, Outcome
from indexer.crawl.fetching.connecting import public_tls
from indexer.crawl.fetching.fetcher import Fetcher, Limits, Request
from indexer.crawl.fetching.request import Permit
from indexer.crawl.fetching.resolving import Resolve
from tests.hostile.names import Names

QUICK = Limits(seconds=0.5, connect_seconds=0.4)
"""For servers that never come to an end."""
PATIENT = Limits(seconds=20.0)
"""For all others, however busy the machine is."""
ROOM = 5.0
"""Seconds that a busy machine may need for what takes none; what hangs, or is quadratic, takes longer."""
USER_AGENT = "NicheScout (+https://crawler.example/about)"
LOOPBACK = ("127.0.0.0/8",)


async def anywhere(url: str) -> Outcome | None:
    """Permit everything."""
    return None


@cache
def public() -> ssl.SSLContext:
    """Return the trust in public authorities; reading them takes longer than most fetches."""
    return public_tls()


def fetcher(
    *ports: int,
    resolve: Resolve | None = None,
    limits: Limits = PATIENT,
    tls: ssl.SSLContext | None = None,
    networks: Collection[str] = LOOPBACK,
) -> Fetcher:
    """Return a fetcher that may reach this machine on some ports; every name leads to it."""
    names = resolve or Names(otherwise="127.0.0.1")
    return Fetcher(
        limits=limits, resolve=names, tls=tls or public(), open_networks=networks, open_ports=ports
    )


def limits_until(outcome: Outcome) -> Limits:
    """Return the limits to wait for an outcome with."""
    return QUICK if outcome is Outcome.TIMED_OUT else PATIENT


def request(
    url: str,
    *,
    permit: Permit = anywhere,
    headers: Mapping[str, str] | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Request:
    """Return a request; it may go anywhere."""
    return Request(
        url=url,
        user_agent=USER_AGENT,
        permit=permit,
        headers=headers or {},
        etag=etag,
        last_modified=last_modified,
    )


def fetch(using: Fetcher, wanted: Request | str) -> Answer:
    """Fetch one document in an event loop of its own, and see that no task of it is left."""
    return asyncio.run(_alone(using, request(wanted) if isinstance(wanted, str) else wanted))


async def _alone(using: Fetcher, wanted: Request) -> Answer:
    answer = await using.fetch(wanted)
    assert asyncio.all_tasks() == {asyncio.current_task()}
    return answer
