"""The robots.txt of an origin, fetched once for all who wait for it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from crawl_config.source import Source
from indexer.crawl.addresses import NoAddress, host_of
from indexer.crawl.document import Answer, Outcome
from indexer.crawl.fetching.request import Limits, Permit, Request
from indexer.crawl.frontier.frontier import Errand, Frontier
from indexer.crawl.loop.books import Books
from indexer.crawl.loop.endings import PASSING
from indexer.crawl.loop.parts import Parts
from indexer.crawl.loop.results import Results
from indexer.crawl.robots import CLOSED_FOR, KEPT, Decision, Robots, decide

LIMITS = Limits(redirects=8, body_bytes=5 << 20, unpacked_bytes=5 << 20)
LONGEST_TURN = 30.0
"""Seconds that a redirect waits for the turn of the host that it leads to."""

Reserve = Callable[[str, bool], Awaitable[float | None]]
"""Asks for a host's next turn: when it is, or `None` when the host is being asked as often as it may be.

The second argument says that the host has answered this very moment, and its delay begins now."""


async def ask_robots(
    errand: Errand,
    source: Source,
    parts: Parts,
    results: Results,
    books: Books,
    seconds: float,
    reserve: Reserve,
) -> None:
    """Fetch the robots.txt of an origin and hand on what it decides. It may always be asked for."""
    request = Request(
        url=f"{errand.origin}/robots.txt",
        user_agent=source.manners.user_agent,
        permit=_permit(parts, reserve),
        limits=replace(LIMITS, seconds=seconds),
    )
    answer = await parts.fetch(request)
    now, chance = parts.clock(), parts.random.random()
    robots = _decided(answer)

    def write(frontier: Frontier) -> None:
        frontier.robots.put(errand.origin, robots, now)
        release(frontier, errand.host, answer, now, chance)
        if robots.decision is Decision.CLOSED:
            for name, count in frontier.pause(errand.host, now, now + robots.stands.total_seconds()).items():
                books.end(name, Outcome.DISALLOWED, count)

    if robots.decision is Decision.CLOSED:
        books.problem(f"{errand.origin}/robots.txt: {answer.outcome.value}; {answer.detail}")
    results.decided.append(errand.origin)
    results.release(write)


def release(
    frontier: Frontier, host: str, answer: Answer, now: float, chance: float, free: float | None = None
) -> None:
    """Write down that a request to a host has ended, so that the next may be sent, not before `free`."""
    if answer.outcome in PASSING:
        frontier.hosts.refused(host, now, asked_for=answer.retry_after, chance=chance)
    else:
        frontier.hosts.answered(host, now)
    if free is not None:
        frontier.hosts.pause(host, free)


def _decided(answer: Answer) -> Robots:
    robots = decide(answer)
    if robots.decision is Decision.CLOSED and answer.retry_after is not None:
        asked_for = timedelta(seconds=answer.retry_after)
        return replace(robots, stands=min(KEPT, max(CLOSED_FOR, asked_for)))
    return robots


def _permit(parts: Parts, reserve: Reserve) -> Permit:
    """Let redirects wait for the turn of their host."""
    passed: list[str] = []

    async def permit(url: str) -> Outcome | None:
        try:
            host = host_of(url)
        except NoAddress:
            return Outcome.BAD_ADDRESS
        before = tuple(passed)
        passed.append(host)
        if not before:
            return None
        until = parts.clock() + LONGEST_TURN
        while (start := await reserve(host, host in before)) is None:
            if parts.clock() > until:
                return Outcome.BUSY
            await asyncio.sleep(0.1)
        if start > until:
            return Outcome.BUSY
        await wait_until(start, parts)
        return None

    return permit


async def wait_until(start: float, parts: Parts) -> None:
    """Sleep until a time has come."""
    while (wait := start - parts.clock()) > 0:
        await asyncio.sleep(wait)


def reserve_turn(frontier: Frontier, own: str, now: float, host: str, again: bool) -> float | None:
    """Take a host's next turn for a redirect of a request to `own`; on the disk on return."""
    with frontier.turn():
        if host != own and frontier.hosts.full(host):
            return None
        return frontier.hosts.reserve(host, now, again=again)
