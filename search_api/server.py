"""A real server: gunicorn with threads. The parent only listens; each worker loads the application itself.

FAISS and the encoder must not be loaded before the fork, or the child hangs.
"""

import os
import secrets
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]
from gunicorn.http.errors import (  # type: ignore[import-untyped]
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from discovery.errors import NicheScoutError
from search_api.addresses import url
from search_api.problems import problem_body
from search_api.readiness import Readiness

MAX_REQUEST_LINE = 8_190
STOP_SECONDS = 30
LOAD_SECONDS = 180

_UNREADABLE: Mapping[type[Exception], str] = {
    LimitRequestLine: "uri_too_long",
    LimitRequestHeaders: "headers_too_large",
}

BuildApp = Callable[[Readiness], Flask]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where and how to serve. Threads share one loaded model; every further worker loads its own."""

    host: str = "127.0.0.1"
    port: int = 8_000
    workers: int = 1
    threads: int = 4


class DrainingWorker(ThreadWorker):  # type: ignore[misc]
    """A threaded worker that says it is not ready any more before it finishes what it has begun."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop on SIGTERM: readiness first, then the listening, then the process."""
        self.app.readiness.drain()
        super().handle_exit(sig, frame)

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: Exception) -> None:
        """Answer what never reaches the application (a request that cannot be parsed) in the same shape."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        with suppress(OSError):
            client.sendall(_refusal(exc))


class Server(BaseApplication):  # type: ignore[misc]
    """The gunicorn application around a function that builds the Flask one."""

    def __init__(self, build: BuildApp, listening: Listening) -> None:
        self._build = build
        self._listening = listening
        self.readiness = Readiness()
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its settings; nothing is read from its own files or environment."""
        for name, value in _settings(self._listening).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the application, in the worker. A deliberate error becomes one line, not a traceback."""
        try:
            return self._build(self.readiness)
        except NicheScoutError as error:
            sys.stderr.write(f"Error: {error}\n")
            sys.stderr.flush()
            sys.exit(Arbiter.APP_LOAD_ERROR)


def serve(build: BuildApp, listening: Listening) -> None:
    """Serve until a signal ends it; exits the process.

    `build` is called in each worker, after the fork.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # read when the libraries load; requests are the parallelism
    Server(build, listening).run()


def _settings(listening: Listening) -> dict[str, Any]:
    host = f"[{listening.host}]" if ":" in listening.host else listening.host
    shared_memory = Path("/dev/shm")  # noqa: S108
    return {
        "bind": f"{host}:{listening.port}",
        "workers": listening.workers,
        "threads": listening.threads,
        "worker_class": DrainingWorker,
        "preload_app": False,
        "timeout": LOAD_SECONDS,
        "graceful_timeout": STOP_SECONDS,
        "keepalive": 5,
        "limit_request_line": MAX_REQUEST_LINE,
        "limit_request_fields": 64,
        "worker_tmp_dir": str(shared_memory) if os.access(shared_memory, os.W_OK) else None,
        "control_socket_disable": True,
        "accesslog": None,
        "loglevel": "warning",
        "proc_name": "nichescout",
        "post_worker_init": _announce,
    }


def _refusal(error: Exception) -> bytes:
    """Write a whole HTTP answer for a request that could not be parsed."""
    code = next((code for kind, code in _UNREADABLE.items() if isinstance(error, kind)), "bad_request")
    body = problem_body(code, "The request is not HTTP as this server reads it.", (), secrets.token_hex(16))
    content = body.to_json()
    head = (
        f"HTTP/1.1 {body.status} {HTTPStatus(body.status).phrase}",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(content)}",
        f"X-Request-Id: {body.request_id}",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    )
    return "\r\n".join((*head, "", "")).encode() + content


def _announce(worker: ThreadWorker) -> None:
    """Print the address once, when the first worker has everything loaded."""
    if worker.age == 1:
        host, port = worker.sockets[0].getsockname()[:2]
        sys.stdout.write(f"NicheScout is ready: {url(host, port)}\n")
        sys.stdout.flush()
