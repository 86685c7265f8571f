"""Run `nichescout serve` beside a test, as a reader of the pages does in a second terminal."""

import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

START_SECONDS = 120.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> Iterator[list[str]]:
    """Run a command until the block ends; hand out the lines it printed up to its greeting."""
    server = subprocess.Popen(
        list(command),
        cwd=folder,
        env=dict(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    deadline = Timer(START_SECONDS, server.kill)
    deadline.start()
    try:
        assert server.stdout
        printed: list[str] = []
        for line in server.stdout:
            printed.append(line.rstrip())
            if "is ready" in line:
                break
        assert printed, "the server ended without a word"
        assert "is ready" in printed[-1], "\n".join(printed)
        yield printed
    finally:
        deadline.cancel()
        server.terminate()
        rest, _ = server.communicate(timeout=60)
    assert server.returncode == 0, rest
    assert "Traceback" not in rest, rest
