"""A web of invented hosts and people on this machine: what crawls are measured and killed over.

Every host has a robots.txt that closes `/private/`, and an endless row of profiles `/p/1`, `/p/2`, … Each
names the next ones, and a private page that nobody may fetch. The server notes every request that it sees.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from types import TracebackType
from typing import Self

ADDRESS = "127.0.0.1"
NEXT = 5
"""How many of the next profiles each page names."""
ROBOTS = b"User-agent: *\nDisallow: /private/\n"
_PARAGRAPH = f"<p>{'Words that nobody wrote, to make the page as long as others are. ' * 6}</p>"
_WORDS = (
    "bread",
    "violins",
    "bicycles",
    "gardens",
    "chess",
    "pottery",
    "kettles",
    "rain",
    "candles",
    "seeds",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request: when it came in, in seconds since the epoch, to whom, and for what."""

    at: float
    host: str
    path: str


def host_names(count: int) -> tuple[str, ...]:
    """Return names of so many hosts."""
    return tuple(f"host{number}.example" for number in range(count))


async def resolve(_host: str) -> Sequence[str]:
    """Every name leads here."""
    return [ADDRESS]


def page(host: str, number: int, filler: int) -> bytes:
    """Return the profile of somebody who does not exist, with so many bytes more than it needs."""
    word = _WORDS[number % len(_WORDS)]
    name = f"Invented {word.title()} {number}"
    links = " ".join(f'<a href="/p/{other}">next</a>' for other in range(number + 1, number + 1 + NEXT))
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{name}</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "ProfilePage",
"mainEntity": {{"@type": "Person", "name": "{name}", "alternateName": "{word}{number}",
"url": "http://{host}/p/{number}", "description": "Fictional: writes about {word}, since {number} years."}}}}
</script></head><body><h1>{name}</h1>{_PARAGRAPH * (filler // len(_PARAGRAPH))}
{links} <a href="/private/{number}">private</a></body></html>""".encode()


class FictionalHosts:
    """The server, in a thread of its own. `seen` are the requests in order."""

    def __init__(self, filler: int = 0) -> None:
        """Prepare; `filler` are bytes by which every page is longer."""
        self.port = 0
        self.seen: list[Seen] = []
        self._filler = filler
        self._started = Event()
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._started.wait(10):
            raise TimeoutError("the server of invented hosts does not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def url(self, host: str, path: str) -> str:
        """Return an address of a host."""
        return f"http://{host}:{self.port}{path}"

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._answer, ADDRESS, 0, backlog=1024)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        async with server:
            await self._stop.wait()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError, asyncio.LimitOverrunError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            at = time.time()
            first, *lines = head.split("\r\n")
            host = next(line[5:].strip() for line in lines if line.lower().startswith("host:"))
            path = first.split(" ")[1]
            self.seen.append(Seen(at=at, host=host.partition(":")[0], path=path))
            writer.write(self._document(host, path))
            await writer.drain()
        writer.close()

    def _document(self, host: str, path: str) -> bytes:
        number = path.removeprefix("/p/")
        if path == "/robots.txt":
            return _answer("text/plain", ROBOTS)
        if path.startswith("/p/") and number.isdigit():
            return _answer("text/html; charset=utf-8", page(host, int(number), self._filler))
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def _answer(kind: str, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
