"""Names to addresses: looked up off the event loop, bounded in time and threads, every answer checked."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from itertools import chain, zip_longest

from indexer.crawl.document import Outcome
from indexer.crawl.fetching.addresses import Address
from indexer.crawl.fetching.failure import Failure
from indexer.crawl.fetching.networks import IPAddress, IPNetwork, read_address, refusal

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""A name (ASCII) to all its addresses as text. Raises OSError for a name that has none."""

LookUp = Callable[[str], Sequence[str]]
"""The same as a function that blocks."""

MOST_TRIED = 4
"""Addresses of a host that are tried before it counts as unreachable."""


class SystemResolver:
    """The system's resolver, in threads of its own. Use it in one event loop.

    A look-up cannot be broken off. So no more than `threads` of them run at once, the forsaken ones included:
    when all hang, the next wait until one ends or their own deadline has come. They hold up no exit.
    """

    def __init__(self, threads: int = 16, look_up: LookUp | None = None) -> None:
        """Prepare; `look_up` is asked instead of the system, in a thread."""
        self._slots = asyncio.Semaphore(threads)
        self._look_up = look_up or system_addresses

    async def __call__(self, host: str) -> Sequence[str]:
        """Return all addresses of a host.

        Raises:
            OSError: it has none, or no name server answers.
        """
        await self._slots.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Sequence[str]] = loop.create_future()

        def settle(result: Sequence[str] | OSError) -> None:
            self._slots.release()
            if answer.done():
                return
            if isinstance(result, OSError):
                answer.set_exception(result)
            else:
                answer.set_result(result)

        def look_up() -> None:
            result: Sequence[str] | OSError
            try:
                result = self._look_up(host)
            except Exception as problem:  # whatever it is, the slot is given back
                result = problem if isinstance(problem, OSError) else OSError(str(problem))
            with suppress(RuntimeError):  # the loop has been closed meanwhile
                loop.call_soon_threadsafe(settle, result)

        try:
            threading.Thread(target=look_up, name="look-up", daemon=True).start()
        except RuntimeError as problem:
            self._slots.release()
            raise OSError(str(problem)) from None
        return await answer


def system_addresses(host: str) -> list[str]:
    """Return all addresses that the system knows of a host, which may take its time.

    Raises:
        OSError: there is none.
    """
    # bytes: a text would go through Python's codec of IDNA 2003
    found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


async def checked_addresses(
    address: Address, resolve: Resolve, opened: Collection[IPNetwork]
) -> tuple[IPAddress, ...]:
    """Return the addresses that may be connected to, in the order to try them.

    All answers are checked, and one that is refused refuses the host: a host that names a private address
    beside a public one is misconfigured or hostile.

    Raises:
        Failure: UNRESOLVED, or PRIVATE_ADDRESS.
    """
    if address.literal is not None:
        found = [address.literal]
    else:
        found = await _resolved(address.host, resolve)
    for one in found:
        if why := refusal(one, opened):
            raise Failure(Outcome.PRIVATE_ADDRESS, f"{address.host} leads to {why}")
    return _alternating(found)[:MOST_TRIED]


async def _resolved(host: str, resolve: Resolve) -> list[IPAddress]:
    try:
        texts = await resolve(host)
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise Failure(Outcome.UNRESOLVED, f"the name {host} has no address: {why}") from None
    try:
        found = [read_address(text) for text in texts]
    except ValueError:
        raise Failure(Outcome.UNRESOLVED, f"the name {host} leads to what is no address") from None
    if not found:
        raise Failure(Outcome.UNRESOLVED, f"the name {host} has no address")
    return found


def _alternating(found: Sequence[IPAddress]) -> tuple[IPAddress, ...]:
    """Return addresses so that both versions of IP are tried early; the resolver's order decides the rest."""
    first = [one for one in found if one.version == found[0].version]
    other = [one for one in found if one.version != found[0].version]
    both = chain.from_iterable(zip_longest(first, other))
    return tuple(one for one in both if one is not None)
