"""A whole walk over a real server: every address that a reader asks for is asked for over HTTP.

The server answers by path and arguments, in the shapes that the platforms document. The client is that of the
standard library; it neither waits nor obeys robots.txt, for it only ever meets this server.
"""

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import orjson

from crawl_config.source import Source
from discovery.creator import Creator, CreatorId
from indexer.crawl.apis.keys import authorise
from indexer.crawl.document import Document, Outcome, Reader, Task
from indexer.merge import merge
from tests.indexer.crawl.invented import NOW

MOST_REQUESTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer of the server."""

    body: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Platform:
    """A server that plays a platform: answers by target, and what it was asked."""

    base: str = ""
    answers: dict[str, Said] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Name and port."""
        return urlsplit(self.base).netloc


@dataclass(slots=True)
class Walked:
    """What came of a walk: creators as the record merges them, and how each task ended."""

    creators: dict[CreatorId, Creator] = field(default_factory=dict)
    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_out: list[CreatorId] = field(default_factory=list)


@contextmanager
def platform() -> Iterator[Platform]:
    """Serve a platform on this machine."""
    played = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            played.asked.append(self.path)
            played.headers.append({name.lower(): value for name, value in self.headers.items()})
            said = played.answers.get(self.path, Said(body={"error": "nobody knows"}, status=404))
            body = said.body if isinstance(said.body, bytes) else orjson.dumps(said.body)
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    played.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def walk(reader: Reader, source: Source, variables: Mapping[str, str] | None = None) -> Walked:
    """Follow every task from the seeds on, each address once."""
    walked, tasks = Walked(), list(reader.start(source))
    known = {one.url for one in tasks}
    for number, task in enumerate(tasks):
        assert number < MOST_REQUESTS
        reading = reader.read(_fetch(task, source, variables or {}), task, source)
        walked.outcomes.append((task.step, reading.outcome))
        walked.problems += reading.problems
        walked.left_out += reading.leave_out
        for creator in reading.creators:
            walked.creators[creator.id] = merge(walked.creators.get(creator.id), creator)
        for further in reading.follow:
            if further.url not in known:
                known.add(further.url)
                tasks.append(further)
    return walked


def _fetch(task: Task, source: Source, variables: Mapping[str, str]) -> Document:
    sent = authorise(source, task.url, variables, NOW)
    parts = urlsplit(sent.url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("GET", target, headers={"Accept": "application/json", **sent.headers})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Document(
            url=sent.url, status=answer.status, headers=headers, body=answer.read(), fetched_at=NOW
        )
    finally:
        connection.close()
