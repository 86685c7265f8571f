"""One request on one connection: what is sent, and what comes back within its limits."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

import h11

from indexer.crawl.document import Outcome
from indexer.crawl.fetching.addresses import Address
from indexer.crawl.fetching.connecting import READ_BYTES, Stream
from indexer.crawl.fetching.failure import Failure
from indexer.crawl.fetching.request import Limits
from indexer.crawl.fetching.unpacking import Gzip, Plain, too_large

LARGE_BYTES = 256 * 1024
"""Unpacked; larger bodies are taken in a few at a time, so that many hosts cannot fill the memory."""

_BLANK_LINE = re.compile(rb"\n\r?\n")
_STRAY = re.compile(rb"[\x00\x0b\x0c]|\r(?!\n)")
_BEGINNING = b"HTTP/1."
_CHUNKED_STEP = 4 * 1024
_AROUND_CHUNK = 1024
_FREE_AROUND = 16 * 1024
_MOST_INTERIM = 32
_GZIP = {"gzip", "x-gzip"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Status and headers of an answer; names in lower case, several of one name joined by commas."""

    status: int
    headers: Mapping[str, str]


class Hop:
    """One exchange. `ask` once, then `body` at most once; the connection is of no use afterwards.

    What h11 is given is bounded before, for its expressions take quadratic time on a line of blanks that ends
    in what no header may hold: such heads are refused unread, and chunks are fed in small steps.
    """

    def __init__(self, stream: Stream, limits: Limits, large: Callable[[], Awaitable[None]]) -> None:
        """Prepare; `large` is waited for once, when a body turns out to be of more than `LARGE_BYTES`."""
        self._reader, self._writer = stream
        self._limits, self._large = limits, large
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.header_bytes + READ_BYTES)
        self._buffer = bytearray()
        self._head_bytes = 0
        self._chunked = False
        self._fed = 0
        self._given = 0

    async def ask(self, address: Address, headers: Mapping[str, str]) -> Head:
        """Send a GET, and return the head of the answer; interim answers (1xx) are passed over.

        Raises:
            Failure: BROKEN, or TOO_LARGE for the head.
        """
        sent = [("Host", address.authority), ("Connection", "close"), *headers.items()]
        request = h11.Request(method="GET", target=address.target, headers=sent)
        await self._write((self._http.send(request) or b"") + (self._http.send(h11.EndOfMessage()) or b""))
        for _ in range(1 + _MOST_INTERIM):
            self._http.receive_data(await self._head_block())
            event = self._next_event()
            if isinstance(event, h11.Response):
                head = Head(status=event.status_code, headers=_joined(event.headers))
                self._chunked = "transfer-encoding" in head.headers
                return head
            if not isinstance(event, h11.InformationalResponse):
                raise _broken("the answer has no status")
        raise _broken(f"there are more than {_MOST_INTERIM} interim answers")

    async def body(self, head: Head) -> bytes:
        """Return the body, its content encoding undone.

        Raises:
            Failure: TOO_LARGE (before reading, if its length is said), ENCODED, BOMB or BROKEN.
        """
        encoding = head.headers.get("content-encoding", "").strip().lower()
        if encoding not in {"", "identity", *_GZIP}:
            raise Failure(Outcome.ENCODED, "the body has a content encoding that was not asked for")
        length = head.headers.get("content-length", "")
        if not self._chunked and length.isdecimal() and int(length) > self._limits.body_bytes:
            raise too_large(self._limits)
        whole = Gzip(self._limits) if encoding in _GZIP else Plain(self._limits)
        is_large = False
        while (data := await self._more()) is not None:
            for piece in whole.pieces(data):
                whole.take(piece)
                if whole.size > LARGE_BYTES and not is_large:
                    await self._large()
                    is_large = True
        return whole.finish()

    async def _head_block(self) -> bytes:
        """Return what comes up to an empty line, which is the head of one answer."""
        searched = 0
        while not (end := _BLANK_LINE.search(self._buffer, searched)):
            if not self._buffer.startswith(_BEGINNING[: len(self._buffer)]):
                raise _broken("what came is not HTTP/1")
            if self._head_bytes + len(self._buffer) > self._limits.header_bytes:
                raise self._long_head()
            searched = max(0, len(self._buffer) - 2)
            data = await self._read()
            if not data:
                said = "in the head of its answer" if self._buffer else "without an answer"
                raise _broken(f"the other side broke off {said}")
            self._buffer += data
        block = bytes(self._buffer[: end.end()])
        del self._buffer[: end.end()]
        self._head_bytes += len(block)
        if self._head_bytes > self._limits.header_bytes:
            raise self._long_head()
        if not block.startswith(_BEGINNING) or _STRAY.search(block):
            raise _broken("the head of the answer is not HTTP/1")
        return block

    async def _more(self) -> bytes | None:
        """Return some more of the body, or `None` at its end."""
        while True:
            event = self._next_event()
            if isinstance(event, h11.Data):
                self._given += len(event.data)
                return event.data
            if isinstance(event, h11.EndOfMessage):
                return None
            if event is not h11.NEED_DATA:
                raise _broken("the body does not end where it should")
            await self._feed()

    async def _feed(self) -> None:
        if self._chunked:
            if len(self._http.trailing_data[0]) > _AROUND_CHUNK:
                raise _broken("a chunk of the body has too much around it")
            if self._fed > 2 * self._given + _FREE_AROUND:
                raise _broken("the body comes in chunks of almost nothing")
            await asyncio.sleep(0)  # many small chunks take long: others, and the deadline, have their turn
        if not self._buffer:
            self._buffer += await self._read()
        step = _CHUNKED_STEP if self._chunked else READ_BYTES
        piece = bytes(self._buffer[:step])
        del self._buffer[:step]
        self._fed += len(piece)
        self._http.receive_data(piece)

    def _next_event(self) -> object:
        try:
            return self._http.next_event()
        except h11.RemoteProtocolError as problem:
            if self._http.trailing_data[1]:
                raise _broken("the other side broke off in the body") from problem
            raise _broken("the answer is not HTTP/1.1") from problem

    async def _read(self) -> bytes:
        try:
            return await self._reader.read(READ_BYTES)
        except OSError:
            raise _broken("the connection was lost") from None

    async def _write(self, data: bytes) -> None:
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError:
            raise _broken("the connection was lost") from None

    def _long_head(self) -> Failure:
        return Failure(
            Outcome.TOO_LARGE, f"the head of the answer is larger than {self._limits.header_bytes} bytes"
        )


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    joined: dict[str, list[str]] = {}
    for name, value in headers:
        joined.setdefault(name.decode("ascii"), []).append(value.decode("latin-1"))
    return {name: ", ".join(values) for name, values in joined.items()}


def _broken(detail: str) -> Failure:
    return Failure(Outcome.BROKEN, detail)
