"""A server's process that can be killed, held and gone on with, and never outlives the test run."""

import atexit
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

WATCH = 'cat >/dev/null; kill -9 "$1" 2>/dev/null'
"""Ends with its standard input: a run that was killed closes it, too, and a held process dies as well."""
PATIENCE = 30.0

_running: "set[Child]" = set()


class Child:
    """A running process whose words go to a file."""

    def __init__(self, command: Sequence[str], *, log: Path, folder: Path) -> None:
        """Start a command in a folder; what it prints is added to the log."""
        with log.open("ab") as words:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._watch = subprocess.Popen(
            ["sh", "-c", WATCH, "watch", str(self.pid)], stdin=subprocess.PIPE, start_new_session=True
        )
        _running.add(self)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process lives; a held one does."""
        return self._process.poll() is None

    def hold(self) -> None:
        """Stop it where it stands (SIGSTOP): its ports take connections, and nobody answers."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let a held process go on (SIGCONT)."""
        self._send(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once (SIGKILL)."""
        self._send(signal.SIGKILL)
        self._bury()

    def stop(self) -> None:
        """Ask it to end (SIGTERM), and kill it when it does not."""
        self._send(signal.SIGTERM)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._send(signal.SIGKILL)
        self._bury()

    def _send(self, number: signal.Signals) -> None:
        if self.is_running:
            os.kill(self.pid, number)

    def _bury(self) -> None:
        """Take leave of the process, and of its watch before the number can be another's."""
        self._watch.kill()
        self._watch.communicate()
        self._process.wait(PATIENCE)
        _running.discard(self)


@atexit.register
def kill_all() -> None:
    """Kill what was started and not yet ended."""
    for child in list(_running):
        child.kill()
