"""An installation whose index is on a cluster: the real command line and the real server over it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import orjson
from click.testing import CliRunner, Result

from search_api.cli import main
from tests.search_api.installation import ENCODER

ROOT = Path(__file__).parents[2]
START_SECONDS = 90.0
RECOVERY_SECONDS = 90.0
PAUSE = 0.1
OURS = "NICHESCOUT_"

_NUMBERS = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server says: a status, what it says of the body, and the body, read as JSON."""

    status: int
    kind: str
    retry_after: str | None
    seconds: float
    body: Any

    @property
    def problem(self) -> tuple[int, str, bool]:
        """Status, code, and whether it is told as problem+json with a time to come again."""
        told = self.kind == "application/problem+json" and self.retry_after is not None
        return self.status, self.body.get("code"), told


UNAVAILABLE = (503, "engine_unavailable", True)
"""What is answered while the cluster cannot be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that runs."""

    address: str
    log: Path

    def search(self, query: str = "birthday cake") -> Answer:
        """Ask for creators."""
        return self.ask("/v1/search", {"query": query})

    def ask(self, path: str, body: object = None) -> Answer:
        """Send a request."""
        data = None if body is None else orjson.dumps(body)
        request = Request(f"{self.address}{path}", data, {"Content-Type": "application/json"})
        began = time.monotonic()
        try:
            with urlopen(request, timeout=60) as response:
                return _answer(response.status, response.headers, response.read(), began)
        except HTTPError as error:
            with error:
                return _answer(error.code, error.headers, error.read(), began)

    def await_ready(self) -> list[Answer]:
        """Wait until it says that it is ready; return what it said before."""
        deadline, told = time.monotonic() + RECOVERY_SECONDS, list[Answer]()
        while (answer := self.ask("/readyz")).status != 200:
            told.append(answer)
            assert time.monotonic() < deadline, answer
            time.sleep(PAUSE)
        return told

    def await_words(self, words: str) -> str:
        """Wait until some words are in its log, and return their line."""
        deadline = time.monotonic() + RECOVERY_SECONDS
        while words not in (said := self.log.read_text(encoding="utf-8")):
            assert time.monotonic() < deadline, said
            time.sleep(PAUSE)
        return next(line for line in said.splitlines() if words in line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A data folder and the cluster on which its index is, under a prefix that nobody else has."""

    data: Path
    urls: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)
    prefix: str = field(default_factory=lambda: f"site{next(_NUMBERS)}")
    encoder: str = ENCODER

    @property
    def settings(self) -> dict[str, str]:
        """The variables by which the cluster is found."""
        return {"NICHESCOUT_OPENSEARCH_PREFIX": self.prefix, **self.variables}

    @property
    def options(self) -> list[str]:
        """What every command on this installation is told."""
        where = [word for url in self.urls for word in ("--index", url)]
        return ["--data", str(self.data), "--encoder", self.encoder, *where]

    def started(self, name: str, *arguments: str) -> dict[str, Any]:
        """Return what starts a command in a process of its own, knowing nothing but what the site says."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        words = [sys.executable, "-m", "search_api.cli", *self.options, name, *arguments]
        return {"args": words, "env": kept | self.settings, "cwd": ROOT, "stdin": subprocess.DEVNULL}

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a process of its own."""
        started = self.started(name, *arguments)
        return subprocess.run(**started, check=False, capture_output=True, text=True, timeout=120)

    def done(self, name: str, *arguments: str) -> str:
        """Run a command here that must succeed, and return what it printed."""
        result = self._invoke(name, *arguments)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def found(self, words: str = "birthday cake") -> Any:
        """Search here, and return what was found, without the name of the generation."""
        answer = orjson.loads(self.done("search", words, "--json"))
        assert answer["matches"]
        return {name: value for name, value in answer.items() if name != "generation"}

    def refused(self, name: str, *arguments: str) -> str:
        """Run a command here that must be refused: exit status 2 and one line, which is returned."""
        result = self._invoke(name, *arguments)
        assert result.exit_code == 2, result
        said = result.stderr.strip()
        assert said.startswith("Error: ") and len(said.splitlines()) == 1, said
        return said

    @contextmanager
    def served(self) -> Iterator[Server]:
        """Start a server on a free port, and end it with the block; it must end in good order."""
        log = self.data.parent / f"server-{next(_NUMBERS)}.log"
        with log.open("wb") as words:
            started = self.started("serve", "--port", "0")
            process = subprocess.Popen(**started, stdout=words, stderr=subprocess.STDOUT)
        try:
            yield Server(address=_address(process, log), log=log)
        finally:
            process.terminate()
            process.wait(60)
        said = log.read_text(encoding="utf-8")
        assert process.returncode == 0, said
        assert "Traceback" not in said, said

    def _invoke(self, *arguments: str) -> Result:
        runner = CliRunner(env=self.settings)
        return runner.invoke(main, [*self.options, *arguments], catch_exceptions=False)


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    greeting = "NicheScout is ready: "
    while True:
        said = log.read_text(encoding="utf-8")
        for line in said.splitlines(keepends=True):
            if line.startswith(greeting) and line.endswith("\n"):
                return line.removeprefix(greeting).strip()
        assert process.poll() is None and time.monotonic() < deadline, said
        time.sleep(PAUSE)


def _answer(status: int, headers: Any, body: bytes, began: float) -> Answer:
    return Answer(
        status=status,
        kind=headers.get_content_type(),
        retry_after=headers["Retry-After"],
        seconds=time.monotonic() - began,
        body=orjson.loads(body),
    )
