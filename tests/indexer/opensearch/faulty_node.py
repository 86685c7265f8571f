"""A small HTTP server that speaks the bulk protocol and misbehaves on demand.

It is not a stand-in for OpenSearch: what a real node does is tested with a real node. It produces the faults
of the protocol that a real node cannot be made to produce at a given moment: a dropped connection, an answer
that never comes although the request was carried out, a storm of 429, a proxy's 413.
"""

import json
import socket
import ssl
import struct
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any


@dataclass(frozen=True)
class Request:
    """What came in."""

    method: str
    path: str
    headers: Message
    body: bytes

    @property
    def ids(self) -> list[str]:
        """Ids of a bulk request, in order."""
        return [operation["_id"] for _, operation, _ in bulk_lines(self.body)]


Fault = Callable[["Handler", Request], None]


@dataclass
class Script:
    """What the server knows, and what it will do.

    `faults` are used up in order; then it does `always`, or behaves. `item` is the failure of one item, by
    action and id; `limit` the longest body in bytes.
    """

    faults: deque[Fault] = field(default_factory=deque)
    always: Fault | None = None
    item: Callable[[str, str], dict[str, Any] | None] = lambda action, id_: None
    requests: list[Request] = field(default_factory=list)
    documents: dict[str, bytes] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    limit: int | None = None
    lock: Lock = field(default_factory=Lock)
    closing: Event = field(default_factory=Event)


class Server(ThreadingHTTPServer):
    """One listening node."""

    daemon_threads = True
    script: Script

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that went away are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        script = self.server.script
        length = int(self.headers.get("Content-Length", 0))
        request = Request(self.command, self.path, self.headers, self.rfile.read(length))
        with script.lock:
            script.requests.append(request)
            fault = script.faults.popleft() if script.faults else script.always
        if script.limit is not None and length > script.limit:
            answer(413, "<html>413 Request Entity Too Large</html>", "text/html")(self, request)
        elif fault is not None:
            fault(self, request)
        else:
            self.reply(200, self.carried_out(request))

    do_GET = do_HEAD = do_PUT = do_DELETE = do_POST  # noqa: N815 - names of http.server

    def carried_out(self, request: Request) -> dict[str, Any]:
        """Do what the request says and return the answer of a node."""
        if not request.path.split("?")[0].endswith("/_bulk"):
            return {"path": request.path, "method": request.method}
        script = self.server.script
        items = []
        with script.lock:
            for action, operation, source in bulk_lines(request.body):
                id_ = operation["_id"]
                failure = script.item(action, id_)
                if failure is None:
                    failure = {"status": self._write(script, action, id_, source)}
                items.append({action: {"_index": operation["_index"], "_id": id_, **failure}})
        errors = any("error" in result for one in items for result in one.values())
        return {"took": 1, "errors": errors, "items": items}

    def _write(self, script: Script, action: str, id_: str, source: bytes) -> int:
        known = id_ in script.documents
        script.writes.append(id_)
        if action == "delete":
            script.documents.pop(id_, None)
            return 200 if known else 404
        script.documents[id_] = source
        return 200 if known else 201

    def reply(self, status: int, body: object, kind: str = "application/json; charset=UTF-8") -> None:
        """Send an answer."""
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def bulk_lines(body: bytes) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """Yield action, its line and the source of every operation."""
    assert body.endswith(b"\n")
    lines = iter(body.split(b"\n")[:-1])
    for line in lines:
        ((action, operation),) = json.loads(line).items()
        yield action, operation, next(lines) if action == "index" else b""


def answer(status: int, body: object = "", kind: str = "application/json; charset=UTF-8") -> Fault:
    """Answer so, and do nothing."""
    return lambda handler, request: handler.reply(status, body, kind)


def error(status: int, kind: str, reason: str) -> Fault:
    """Answer with an error as a node words it."""
    return answer(status, {"error": {"type": kind, "reason": reason, "root_cause": []}, "status": status})


def drop(handler: Handler, request: Request) -> None:
    """Reset the connection without an answer, and do nothing."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def drop_after_writing(handler: Handler, request: Request) -> None:
    """Carry the request out, then reset the connection."""
    handler.carried_out(request)
    drop(handler, request)


def stall(handler: Handler, request: Request) -> None:
    """Carry the request out and never answer."""
    handler.carried_out(request)
    handler.server.script.closing.wait(30)
    handler.close_connection = True


def drip(handler: Handler, request: Request) -> None:
    """Send the answer one byte at a time, each just in time for a time-out that begins anew."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    while not handler.server.script.closing.is_set():
        handler.wfile.write(b" ")
        time.sleep(0.02)


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server for the length of a `with`."""
    server = Server(("127.0.0.1", 0), Handler)
    server.script = Script()
    if tls is not None:  # the handshake is made by the thread of the connection
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.script.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
