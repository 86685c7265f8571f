"""What the killed process does: one task on an installation, told step by step."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIGKILL

from discovery.creator import CreatorId
from embeddings.hashing_encoder import HashingEncoder
from indexer import build
from indexer.analysis import StandardAnalyser
from indexer.build import build_index, update_index
from indexer.forget import forget
from indexer.home import Home
from indexer.importers import load
from indexer.importers.load import import_files
from indexer.store import Store
from indexer.suppression import SuppressionList

BATCH = 30
"""Creators a commit: a small file then has many commits to be killed between."""
CHUNK = 60
"""Creators an indexing step, for the same reason."""
ENCODER = HashingEncoder()
ANALYSER = StandardAnalyser()

Tell = Callable[[str, int], None]
"""Told the stage and how many creators are done."""


_CHANGES = frozenset({"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"})
"""Audit events of Python; SQLite and tantivy write by themselves and are hit by time alone."""


class Verb(StrEnum):
    """The kinds of tasks."""

    IMPORT = "import"
    BUILD = "build"
    UPDATE = "update"
    FORGET = "forget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to do, and with whom: the file of an import, the ids of those to forget."""

    verb: Verb
    file: Path | None = None
    ids: tuple[CreatorId, ...] = ()


def do(task: Task, home: Home, tell: Tell) -> None:
    """Do a task; small batches are all that differs from the command line."""
    load.BATCH, build.CHUNK = BATCH, CHUNK

    def progress(stage: str, done: int, _total: int) -> None:
        tell(f"{stage} {done}" if stage == "finishing" else stage, done)

    match task.verb:
        case Verb.IMPORT:
            assert task.file is not None
            take_in(home, task.file, tell)
        case Verb.BUILD:
            build_index(home, ENCODER, ANALYSER, progress)
        case Verb.UPDATE:
            update_index(home, ENCODER, ANALYSER, progress)
        case Verb.FORGET:
            forget(home, task.ids, ENCODER, ANALYSER, progress)


def take_in(home: Home, file: Path, tell: Tell) -> None:
    """Import a file and tell after each commit how many of its lines are in the store."""
    with Store(home.store) as store, SuppressionList(home.suppression) as suppression:
        import_files([file], store, suppression, on_progress=lambda report: tell("committed", report.lines))


def do_and_tell(task: Task, root: Path, channel: Connection, last_act: int | None) -> None:
    """Do a task in a process of its own, which may end at any moment; at the end tell how many acts it took.

    `last_act` is the number of the act before which the process kills itself.
    """
    acts = _Acts(last_act)
    channel.send(("started", 0))
    do(task, Home(root), lambda stage, done: channel.send((stage, done)))
    channel.send(("done", acts.count))


class _Acts:
    """Counts what Python changes on the disk: files that are begun, renamed, linked and removed."""

    def __init__(self, last: int | None) -> None:
        self.count = 0
        self._last = last
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in _CHANGES or (event == "open" and _writes(arguments[2])):
            self.count += 1
            if self.count == self._last:
                os.kill(os.getpid(), SIGKILL)


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
