"""A small HTTP server on real sockets that does what it is told, and keeps a log of what was asked.

    with Server() as server:
        server.on("/page", page(b"<p>fictional</p>"))
        server.on("/robots.txt", page(b"..."), host="slow.example")
        ... fetch server.url("/page"), or server.url("/robots.txt", host="slow.example") ...
        assert server.paths() == ["/page"]

It runs in a thread of its own and closes each connection after one answer. A fetcher finds it by name with
`Names` (tests/hostile/names.py) as its resolver. Behaviours are in tests/hostile/behaviours.py.
"""

import asyncio
import socket
import ssl
import struct
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from types import TracebackType
from typing import Self

STARTED_WITHIN = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request as it came in. `at` is monotonic time, `host` the name without the port."""

    host: str
    target: str
    headers: Mapping[str, str]
    at: float

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]


class Exchange:
    """One connection in the hands of a behaviour."""

    def __init__(
        self, server: "Server", reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seen: Seen
    ) -> None:
        self.seen = seen
        self._server = server
        self._reader, self._writer = reader, writer

    async def heard(self) -> None:
        """Wait until the other side has said anything, after a request the next thing."""
        await self._reader.read(1)

    async def send(self, data: bytes) -> None:
        """Send some bytes, as fast as the other side takes them."""
        self._writer.write(data)
        await self._writer.drain()
        await asyncio.sleep(0)  # else a flood over TLS never hears that the other side has gone
        self._server.sent += len(data)

    async def pause(self, seconds: float) -> None:
        """Wait; it ends early when the server is closed."""
        await asyncio.sleep(seconds)

    def reset(self) -> None:
        """End the connection with a reset instead of a farewell."""
        sock: socket.socket = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


Behaviour = Callable[[Exchange], Awaitable[None]]


async def not_found(exchange: Exchange) -> None:
    """Answer 404; what a server does on paths that it was told nothing of."""
    await exchange.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class Server:
    """One listening server. `seen` are the requests in order, `sent` the bytes that it got rid of.

    `on_connect` takes the place of everything: it is called before a request is read.
    """

    def __init__(
        self,
        *,
        address: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        on_connect: Behaviour | None = None,
    ) -> None:
        self.address, self.port = address, port
        self.seen: list[Seen] = []
        self.connections = 0
        self.sent = 0
        self.otherwise: Behaviour = not_found
        self._tls, self._on_connect = tls, on_connect
        self._behaviours: dict[tuple[str | None, str], Behaviour] = {}
        self._started = Event()
        self._thread = Thread(target=self._run, name="hostile server", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    def on(self, path: str, behaviour: Behaviour, *, host: str | None = None) -> None:
        """Do this on a path, of one host or of all; the query of a request does not matter."""
        self._behaviours[host, path] = behaviour

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        """Return the address of a path here."""
        bare = host or self.address
        name = f"[{bare}]" if ":" in bare else bare
        return f"{'https' if self._tls else 'http'}://{name}:{self.port}{path}"

    def paths(self, host: str | None = None) -> list[str]:
        """Return the paths that were asked for, in order, of one host or of all."""
        return [one.path for one in list(self.seen) if host in {None, one.host}]

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._started.wait(STARTED_WITHIN), "the server does not start"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._loop and self._stop
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(STARTED_WITHIN)
        assert not self._thread.is_alive(), "the server does not stop"

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        listening = await asyncio.start_server(
            self._connected, self.address, self.port, ssl=self._tls, backlog=512
        )
        self.port = listening.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        listening.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
            await self._converse(reader, writer)
        with suppress(OSError, asyncio.CancelledError):
            writer.close()
            await asyncio.wait_for(writer.wait_closed(), 1.0)
        writer.transport.abort()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._on_connect:
            nothing = Seen(host="", target="", headers={}, at=time.monotonic())
            await self._on_connect(Exchange(self, reader, writer, nothing))
            return
        seen = _read(await reader.readuntil(b"\r\n\r\n"))
        self.seen.append(seen)
        behaviour = self._behaviours.get((seen.host, seen.path)) or self._behaviours.get((None, seen.path))
        await (behaviour or self.otherwise)(Exchange(self, reader, writer, seen))


def _read(head: bytes) -> Seen:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    host = headers.get("host", "")
    bare = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return Seen(host=bare.strip("[]"), target=first.split(" ")[1], headers=headers, at=time.monotonic())
