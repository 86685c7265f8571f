"""What a server may do to who asks it: from a plain page to the worst."""

import gzip
from collections.abc import Mapping
from email.utils import formatdate
from functools import cache
from itertools import chain, repeat
from random import Random

from tests.hostile.server import Behaviour, Exchange

MEBI = 1024 * 1024


def answer(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
    """Return a whole answer as bytes; Content-Length is added unless the headers say how it is framed."""
    said = {"Content-Type": "text/html; charset=utf-8", "Date": formatdate(usegmt=True), **(headers or {})}
    if not {"content-length", "transfer-encoding"} & {name.lower() for name in said}:
        said["Content-Length"] = str(len(body))
    lines = (f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status} Fictional\r\n{''.join(lines)}Connection: close\r\n\r\n".encode() + body


def page(body: bytes = b"", *, status: int = 200, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Answer well."""
    return raw(answer(status, body, headers))


def redirect(to: str, *, status: int = 302) -> Behaviour:
    """Send elsewhere."""
    return raw(answer(status, headers={"Location": to}))


def conditional(body: bytes, *, etag: str, last_modified: str | None = None) -> Behaviour:
    """Answer 304 to who has it already, by its ETag or its date."""
    marks = {"ETag": etag} | ({"Last-Modified": last_modified} if last_modified else {})

    async def behave(exchange: Exchange) -> None:
        asked = exchange.seen.headers
        known = asked.get("if-none-match")
        same = known == etag if known else last_modified and asked.get("if-modified-since") == last_modified
        await exchange.send(answer(304, headers=marks) if same else answer(200, body, marks))

    return behave


def raw(*pieces: bytes, pause: float = 0.0) -> Behaviour:
    """Send exactly these bytes, with a pause between the pieces."""

    async def behave(exchange: Exchange) -> None:
        for place, piece in enumerate(pieces):
            if place:
                await exchange.pause(pause)
            await exchange.send(piece)

    return behave


def drip(first: bytes, then: bytes, *, pause: float = 0.02) -> Behaviour:
    """Send the beginning at once, and then one byte after the other, for ever."""

    async def behave(exchange: Exchange) -> None:
        await exchange.send(first)
        for byte in chain.from_iterable(repeat(then)):
            await exchange.pause(pause)
            await exchange.send(bytes([byte]))

    return behave


def flood(first: bytes, then: bytes, *, size: int | None = None) -> Behaviour:
    """Send the beginning, then the same again and again, as fast as it goes: for ever, or up to a size."""

    async def behave(exchange: Exchange) -> None:
        await exchange.send(first)
        sent = 0
        while size is None or sent < size:
            await exchange.send(then)
            sent += len(then)

    return behave


def silence(first: bytes = b"") -> Behaviour:
    """Send the beginning, and nothing more; the connection stays open."""

    async def behave(exchange: Exchange) -> None:
        await exchange.send(first)
        await exchange.pause(3600)

    return behave


def reset_after(first: bytes = b"") -> Behaviour:
    """Send the beginning, then reset the connection."""

    async def behave(exchange: Exchange) -> None:
        await exchange.send(first)
        await exchange.pause(0.02)
        exchange.reset()

    return behave


def when_greeted(then: Behaviour) -> Behaviour:
    """Wait for the first byte of the other side: before it, the connection may not be made for its part."""

    async def behave(exchange: Exchange) -> None:
        await exchange.heard()
        await then(exchange)

    return behave


@cache
def bomb(size: int = 16 * MEBI) -> bytes:
    """Return zeros in gzip: a thousandth of their size."""
    return gzip.compress(bytes(size), 9)


def nested_bomb(members: int = 40, size: int = 4 * MEBI) -> bytes:
    """Return a gzip file of many members, each of them a bomb."""
    return bomb(size) * members


@cache
def patient_bomb(size: int = 12 * MEBI) -> bytes:
    """Return gzip that unpacks to less than 100 times its size, and to too much in all."""
    chance = Random(1)
    blocks = (chance.randbytes(900) + bytes(65_536 - 900) for _ in range(size // 65_536))
    return gzip.compress(b"".join(blocks), 1)
