"""A connection to an address that was checked, and to no other. TLS by the name that was asked for."""

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from indexer.crawl.document import Outcome
from indexer.crawl.fetching.failure import Failure
from indexer.crawl.fetching.networks import IPAddress

READ_BYTES = 64 * 1024

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def public_tls() -> ssl.SSLContext:
    """Return how servers are trusted: by the system's authorities, certificate and name checked."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


@asynccontextmanager
async def connected(
    addresses: Sequence[IPAddress], port: int, host: str, tls: ssl.SSLContext | None, seconds: float
) -> AsyncIterator[Stream]:
    """Connect to the first address that answers, each given an even share of the seconds that are left.

    Nothing of proxies is read, in the environment or elsewhere. The connection is closed at the end at once.

    Raises:
        Failure: UNREACHABLE, TLS or TIMED_OUT.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    reached = await _reach(addresses, port, deadline)
    reader, writer = await _greeted(reached, host, tls, max(0.001, deadline - loop.time()))
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


async def _reach(addresses: Sequence[IPAddress], port: int, deadline: float) -> socket.socket:
    loop = asyncio.get_running_loop()
    failure = Failure(Outcome.UNREACHABLE, "there is no address to connect to")
    for place, address in enumerate(addresses):
        share = (deadline - loop.time()) / (len(addresses) - place)
        try:
            async with asyncio.timeout(share) as limit:
                return await _connect(address, port)
        except OSError as problem:  # TimeoutError is one
            if limit.expired():
                failure = Failure(Outcome.TIMED_OUT, f"{address} port {port} does not answer")
            else:
                why = os.strerror(problem.errno) if problem.errno else str(problem)
                failure = Failure(Outcome.UNREACHABLE, f"{address} port {port}: {why}")
    raise failure


async def _connect(address: IPAddress, port: int) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.setblocking(False)
        await asyncio.get_running_loop().sock_connect(connection, (str(address), port))
    except BaseException:
        connection.close()
        raise
    return connection


async def _greeted(sock: socket.socket, host: str, tls: ssl.SSLContext | None, seconds: float) -> Stream:
    if tls is None:
        return await asyncio.open_connection(sock=sock, limit=READ_BYTES)
    how: dict[str, Any] = {"ssl": tls, "server_hostname": host, "ssl_handshake_timeout": seconds}
    try:
        async with asyncio.timeout(seconds) as limit:
            return await asyncio.open_connection(sock=sock, limit=READ_BYTES, **how)
    except OSError as problem:
        if limit.expired() or isinstance(problem, ConnectionAbortedError):
            raise Failure(Outcome.TIMED_OUT, f"{host} does not greet over TLS") from None
        raise Failure(Outcome.TLS, f"no safe connection to {host}: {_told(problem)}") from None


def _told(problem: OSError) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return problem.verify_message
    if isinstance(problem, ssl.SSLError):
        return problem.reason or "it does not speak TLS"
    return "it broke off while greeting"
