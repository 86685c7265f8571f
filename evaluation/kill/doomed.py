"""Processes that are killed: started quickly, listened to, and ended by SIGKILL at a chosen moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIGKILL
from time import perf_counter, sleep

import numpy as np

from evaluation.kill.work import Task, do_and_tell

BEYOND = 1.02
"""Moments are drawn a little beyond the time that a step usually takes, so that its end is hit too."""
MANY_ACTS = 10
"""An import has fewer acts on the disk: all of them belong to opening its files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something a process told: the stage, how much was done, and when, in seconds since its start."""

    stage: str
    done: int
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All that a process told before its end; `code` is its exit code, negative for a signal."""

    steps: tuple[Step, ...]
    seconds: float
    code: int

    @property
    def killed(self) -> bool:
        """Whether the kill came before the end."""
        return self.code == -SIGKILL

    @property
    def stage(self) -> str:
        """The last stage that was told."""
        return self.steps[-1].stage if self.steps else "nothing"

    def done(self, stage: str) -> int:
        """How much of a stage was told to be done."""
        return max((step.done for step in self.steps if step.stage == stage), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """So many seconds after a process has told so many steps, or right before an act on the disk."""

    steps: int = 1
    delay: float = 0.0
    act: int | None = None


def draw_moment(usual: Course, random: np.random.Generator) -> Moment:
    """Draw a moment: even over the whole time, even over the stages, or even over the acts on the disk.

    By time alone hardly any would fall into the last stages, where everything is published.
    """
    kind, acts = int(random.integers(3)), usual.done("done")
    if kind == 0 and acts >= MANY_ACTS:
        return Moment(act=int(random.integers(acts)) + 1)
    first, last = 0, len(usual.steps) - 1
    if kind < 2:
        stages = sorted({step.stage for step in usual.steps[:-1]})
        stage = stages[int(random.integers(len(stages)))]
        told = [place for place, step in enumerate(usual.steps) if step.stage == stage]
        first = told[int(random.integers(len(told)))]
        last = first + 1
    span = usual.steps[last].at - usual.steps[first].at
    return Moment(steps=first + 1, delay=float(random.uniform(0, BEYOND * span)))


class Undertaker:
    """Runs tasks in processes of their own, forked off one that has loaded the libraries."""

    def __init__(self) -> None:
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["evaluation.kill.work"])

    def run(self, task: Task, root: Path, moment: Moment | None = None) -> Course:
        """Run a task to its end, or to the moment of the kill."""
        ours, theirs = self._context.Pipe(duplex=False)
        started = perf_counter()
        act = moment.act if moment else None
        process = self._context.Process(target=do_and_tell, args=(task, root, theirs, act))
        process.start()
        theirs.close()
        steps: list[Step] = []
        if moment is not None and act is None:
            _listen(ours, steps, started, most=moment.steps)
            sleep(moment.delay)
            process.kill()
        _listen(ours, steps, started)
        process.join()
        ours.close()
        code = process.exitcode
        process.close()
        assert code is not None
        return Course(steps=tuple(steps), seconds=perf_counter() - started, code=code)


def _listen(channel: Connection, steps: list[Step], started: float, most: float = inf) -> None:
    """Note what is told until there are so many steps, or until the end."""
    try:
        while len(steps) < most:
            stage, done = channel.recv()
            steps.append(Step(stage=stage, done=done, at=perf_counter() - started))
    except (EOFError, OSError):
        return  # the process has ended, perhaps in the middle of a word


def usual_course(courses: Sequence[Course]) -> Course:
    """The course of middling length, to draw moments from."""
    return sorted(courses, key=lambda course: course.seconds)[len(courses) // 2]
