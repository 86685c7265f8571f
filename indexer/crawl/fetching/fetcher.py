"""One address to one answer: hop by hop, each checked anew, in bounded time, with a name for every end."""

import asyncio
import ssl
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_network

from indexer.crawl.document import Answer, Document, Outcome
from indexer.crawl.fetching.addresses import WEB_PORTS, Address, parse
from indexer.crawl.fetching.connecting import connected, public_tls
from indexer.crawl.fetching.failure import Failure
from indexer.crawl.fetching.hop import Head, Hop
from indexer.crawl.fetching.meaning import PERMANENT, REDIRECTS, is_json, outcome_of, retry_after
from indexer.crawl.fetching.networks import refusal
from indexer.crawl.fetching.request import Limits, Request, sendable
from indexer.crawl.fetching.resolving import Resolve, SystemResolver, checked_addresses
from indexer.crawl.fetching.room import Room

__all__ = ["Fetcher", "Limits", "Request"]

_HARMLESS = frozenset({"accept", "accept-language"})
_ERROR_SECONDS = 5.0
_SHORTEST = 0.001


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class _Journey:
    """A fetch on its way: where it is, what it has passed, what time it has left."""

    request: Request
    limits: Limits
    left: float
    start: Address
    here: Address
    passed: set[str] = field(default_factory=set)
    redirects: int = 0
    permanent_so_far: bool = True
    permanent_url: str | None = None

    @property
    def is_first(self) -> bool:
        return not self.redirects

    @property
    def conditional(self) -> bool:
        return self.is_first and bool(self.request.etag or self.request.last_modified)


@dataclass(frozen=True, slots=True)
class _Reply:
    """What one hop brought. `body` is there for 2xx, and for errors in JSON."""

    head: Head
    body: bytes | None
    at: datetime


class Fetcher:
    """Fetches documents from the public internet. Any number of fetches at once, in one event loop.

    It keeps no connections, no cookies and no state between fetches; nothing is to be closed.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
        now: Callable[[], datetime] = _utc_now,
        open_networks: Iterable[str] = (),
        open_ports: Iterable[int] = (),
        room: int = 4,
    ) -> None:
        """Prepare; nothing is sent. `limits` hold for requests that bring none.

        `room`, in units of 10 MiB, is for bodies of more than 256 KiB: each takes as much as its limits allow
        it, and waits for that within its own deadline. So memory is bounded, whatever many hosts send.

        `open_networks` (`127.0.0.0/8`) and `open_ports` may be reached besides the public internet on 80 and
        443: for tests, and for sites of one's own network. No variable of the environment opens anything.
        `resolve` and `tls` are the system's unless given; `now` is an aware time, that of `fetched_at`.
        """
        self._limits = limits or Limits()
        self._resolve = resolve or SystemResolver()
        self._tls = tls or public_tls()
        self._now = now
        self._room = Room(room)
        self._networks = tuple(ip_network(network) for network in open_networks)
        self._ports = WEB_PORTS | frozenset(open_ports)

    async def fetch(self, request: Request) -> Answer:
        """Fetch one document. Every end has its name in the answer; only `permit`'s own errors are raised.

        Redirects are followed one by one; each address is checked like the first. `permit` is asked before
        each. One from https to http is refused: what was asked for safely is not taken from anybody on the
        way. One that leads back to where this fetch has been is TOO_MANY_REDIRECTS at once.

        The document is there for FETCHED; and for errors (4xx and 5xx) that an API explains in JSON, so that
        its reader can tell them apart. `permanent_url` is how far permanent redirects (301, 308) led before
        any other. `retry_after` goes with every error whose host says so, capped at a day.
        """
        limits = request.limits or self._limits
        try:
            start = parse(request.url, ports=self._ports)
        except Failure as failure:
            return Answer(outcome=failure.outcome, detail=failure.detail)
        journey = _Journey(request, limits, limits.seconds, start, start)
        while True:
            if (literal := journey.here.literal) and (why := refusal(literal, self._networks)):
                return _ended(journey, Failure(Outcome.PRIVATE_ADDRESS, f"the address is {why}"))
            if refused := await request.permit(str(journey.here)):
                return _ended(journey, Failure(refused, f"{journey.here.host} was not asked: {refused}"))
            if journey.redirects and journey.permanent_so_far:
                journey.permanent_url = str(journey.here)
            journey.passed.add(str(journey.here))
            try:
                reply = await self._in_time(journey)
                if reply.head.status not in REDIRECTS:
                    return self._answer(journey, reply)
                self._move(journey, reply.head)
            except Failure as failure:
                return _ended(journey, failure)

    async def _in_time(self, journey: _Journey) -> _Reply:
        """Make one hop within the time that is left for all."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(max(_SHORTEST, journey.left)):
                return await self._hop(journey)
        except TimeoutError:
            allowed = f"{journey.limits.seconds:g} s"
            raise Failure(Outcome.TIMED_OUT, f"{journey.here.host} took longer than {allowed}") from None
        finally:
            journey.left -= loop.time() - began

    async def _hop(self, journey: _Journey) -> _Reply:
        here, limits = journey.here, journey.limits
        loop = asyncio.get_running_loop()
        began = loop.time()
        deadline = began + min(limits.connect_seconds, journey.left)
        try:
            async with asyncio.timeout_at(deadline):
                addresses = await checked_addresses(here, self._resolve, self._networks)
        except TimeoutError:
            raise Failure(Outcome.TIMED_OUT, f"no name server answers for {here.host}") from None
        tls = self._tls if here.scheme == "https" else None
        connecting = connected(addresses, here.port, here.host, tls, deadline - loop.time())
        most = max(limits.body_bytes, limits.unpacked_bytes)
        async with AsyncExitStack() as held, connecting as stream:
            hop = Hop(stream, limits, lambda: held.enter_async_context(self._room.held(most)))
            same_origin = here.origin == journey.start.origin
            head = await hop.ask(here, _headers(journey, same_origin))
            return _Reply(head, await self._body(hop, head, began + journey.left), self._now())

    async def _body(self, hop: Hop, head: Head, until: float) -> bytes | None:
        if 200 <= head.status < 300 and head.status != 206:
            return await hop.body(head)
        if head.status >= 400 and is_json(head.headers):
            left = until - asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(min(_ERROR_SECONDS, left / 2)):
                    return await hop.body(head)
            except (Failure, TimeoutError):
                return None
        return None

    def _answer(self, journey: _Journey, reply: _Reply) -> Answer:
        status, headers = reply.head.status, reply.head.headers
        outcome = outcome_of(status, conditional=journey.conditional)
        document = None
        if reply.body is not None:
            document = Document(
                url=str(journey.here), status=status, headers=headers, body=reply.body, fetched_at=reply.at
            )
        fine = outcome in {Outcome.FETCHED, Outcome.NOT_MODIFIED}
        return Answer(
            outcome=outcome,
            document=document,
            status=status,
            retry_after=None if fine else retry_after(headers, reply.at),
            detail="" if fine else f"{journey.here.host} answered {status}{_after(journey)}",
            permanent_url=journey.permanent_url,
        )

    def _move(self, journey: _Journey, head: Head) -> None:
        """Go where a redirect leads.

        Raises:
            Failure: it leads nowhere, where nothing may be fetched, in a circle, or too far.
        """
        location = head.headers.get("location", "")
        if not location:
            raise Failure(Outcome.BROKEN, f"{journey.here.host} redirects nowhere")
        try:
            there = journey.here.join(_text(location), ports=self._ports)
        except Failure as failure:
            detail = f"{journey.here.host} redirects to where nobody may go: {failure.detail}"
            raise Failure(failure.outcome, detail) from None
        if journey.here.scheme == "https" and there.scheme == "http":
            raise Failure(Outcome.BAD_ADDRESS, f"{journey.here.host} redirects from https to http")
        if str(there) in journey.passed:
            raise Failure(Outcome.TOO_MANY_REDIRECTS, f"{journey.here.host} redirects in a circle")
        if journey.redirects >= journey.limits.redirects:
            raise Failure(Outcome.TOO_MANY_REDIRECTS, f"more than {journey.limits.redirects} redirects")
        journey.permanent_so_far &= head.status in PERMANENT
        journey.here = there
        journey.redirects += 1


def _ended(journey: _Journey, failure: Failure) -> Answer:
    return Answer(
        outcome=failure.outcome,
        detail=failure.detail + _after(journey),
        permanent_url=journey.permanent_url,
    )


def _headers(journey: _Journey, same_origin: bool) -> dict[str, str]:
    """Return the headers of a hop; nothing that may be secret goes to another origin than the first."""
    request = journey.request
    headers = {"Accept": "*/*", "Accept-Encoding": "gzip", "User-Agent": request.user_agent}
    for name, value in request.headers.items():
        if same_origin or name.lower() in _HARMLESS:
            headers = {known: kept for known, kept in headers.items() if known.lower() != name.lower()}
            headers[name] = value
    if journey.is_first:
        conditions = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
        headers |= {name: value for name, value in conditions.items() if value and sendable(value)}
    return headers


def _text(location: str) -> str:
    """Read the value of Location, which may hold raw UTF-8."""
    raw = location.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return location


def _after(journey: _Journey) -> str:
    redirects = journey.redirects
    return f" (after {redirects} redirect{'s' if redirects > 1 else ''})" if redirects else ""
