"""Processes that are killed: started quickly, listened to, and ended by SIGKILL at a chosen moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIGKILL
from time import perf_counter, sleep

import numpy as np

from evaluation.kill.work import Task, do_and_tell

BEYOND = 1.02
"""Moments are drawn a little beyond the time that a step usually takes, so that its end is hit too."""


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
    """So many seconds after the first word of a stage."""

    stage: str
    delay: float


def draw_moment(usual: Course, random: np.random.Generator) -> Moment:
    """Draw a moment: half of them even over the whole course, half even over the stages.

    Otherwise hardly any would fall into the short last ones, where everything is published.
    """
    firsts = {step.stage: step.at for step in reversed(usual.steps)}
    times = sorted((at, stage) for stage, at in firsts.items())
    first, last = 0, len(times) - 1
    if random.random() < 0.5:
        first = int(random.integers(last))
        last = first + 1
    span = times[last][0] - times[first][0]
    return Moment(stage=times[first][1], delay=float(random.uniform(0, BEYOND * span)))


class Undertaker:
    """Runs tasks in processes of their own, forked off one that has loaded the libraries."""

    def __init__(self) -> None:
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["evaluation.kill.work"])

    def run(self, task: Task, root: Path, moment: Moment | None = None) -> Course:
        """Run a task to its end, or to the moment of the kill."""
        ours, theirs = self._context.Pipe(duplex=False)
        started = perf_counter()
        process = self._context.Process(target=do_and_tell, args=(task, root, theirs))
        process.start()
        theirs.close()
        steps: list[Step] = []
        if moment is not None:
            _listen(ours, steps, started, until=moment.stage)
            sleep(moment.delay)
            process.kill()
        _listen(ours, steps, started)
        process.join()
        ours.close()
        assert process.exitcode is not None
        return Course(steps=tuple(steps), seconds=perf_counter() - started, code=process.exitcode)


def _listen(channel: Connection, steps: list[Step], started: float, until: str | None = None) -> None:
    """Note what is told until a stage is told, or until the end."""
    try:
        while not steps or steps[-1].stage != until:
            stage, done = channel.recv()
            steps.append(Step(stage=stage, done=done, at=perf_counter() - started))
    except (EOFError, OSError):
        return  # the process has ended, perhaps in the middle of a word


def usual_course(courses: Sequence[Course]) -> Course:
    """The course of middling length, to draw moments from."""
    return sorted(courses, key=lambda course: course.seconds)[len(courses) // 2]
