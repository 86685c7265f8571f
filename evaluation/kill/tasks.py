"""What to do next: tasks that fit an installation, with whom they will take in or forget."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from discovery.creator import Creator, CreatorId
from evaluation.kill.expectation import Expectation
from evaluation.kill.invention import Inventor, Line, write_lines
from evaluation.kill.work import Task, Verb, take_in
from indexer.home import Home
from indexer.importers.reading import read

BIG_FILE = 90
"""Lines of a file whose import is to be killed, at least."""
SMALL_FILE = 14
"""Lines that are taken in, undisturbed, before an index is built or updated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A task, and the creators in its file as the importer will accept them, in order."""

    task: Task
    accepted: Sequence[Creator] = ()


class TaskMaker:
    """Makes tasks for one installation, of about constant size."""

    def __init__(self, folder: Path, home: Home, expected: Expectation, seed: int, creators: int) -> None:
        self._folder = folder
        self._home = home
        self._expected = expected
        self._creators = creators
        self._random = np.random.default_rng(seed)
        self._inventor = Inventor(seed)
        self._files = 0

    def make(self, verb: Verb) -> Assignment:
        """Make a task; before an index is built, something changes that it has to follow."""
        match verb:
            case Verb.IMPORT:
                return self._import(BIG_FILE)
            case Verb.FORGET:
                count = int(self._random.integers(1, 3))
                return Assignment(task=Task(verb=verb, ids=self._pick(count)))
        small = self._import(SMALL_FILE)
        assert small.task.file is not None
        take_in(self._home, small.task.file, lambda _stage, _done: None)
        self._expected.known = self._expected.after_import(small.accepted)
        return Assignment(task=Task(verb=verb))

    def _import(self, lines: int) -> Assignment:
        self._files += 1
        path = write_lines(self._folder / f"{self._files:04}.jsonl", self._lines(lines))
        accepted = [one for one in read(path) if isinstance(one, Creator)]
        return Assignment(task=Task(verb=Verb.IMPORT, file=path), accepted=accepted)

    def _lines(self, count: int) -> list[Line]:
        """Newcomers, people seen again (some of them twice), and people who must be refused."""
        if not self._expected.known:
            return self._inventor.sample(self._creators)
        room = max(3, self._creators - len(self._expected.known))
        newcomers = [self._inventor.newcomer() for _ in range(min(room, count // 2))]
        seen = self._pick(count - len(newcomers))
        again = [self._inventor.changed(self._expected.known[one]) for one in (*seen, *seen[:2])]
        refused = [self._inventor.changed(one) for one in list(self._expected.forgotten.values())[-2:]]
        lines = [*newcomers, *again, *refused]
        return [lines[place] for place in self._random.permutation(len(lines))]

    def _pick(self, count: int) -> tuple[CreatorId, ...]:
        known = sorted(self._expected.known)
        places = self._random.choice(len(known), min(count, len(known)), replace=False)
        return tuple(known[place] for place in places.tolist())
