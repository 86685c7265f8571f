"""One installation that is killed again and again, and looked at after every kill and every repetition."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from discovery.creator import Creator, CreatorId
from evaluation.kill.checks import Served, check_forgetting, check_store, look, require, still_suppressed
from evaluation.kill.clean import CleanBuild
from evaluation.kill.doomed import Course, Undertaker, draw_moment, usual_course
from evaluation.kill.expectation import Expectation
from evaluation.kill.onlooker import Onlooker
from evaluation.kill.phases import disk, phase
from evaluation.kill.tasks import Assignment, TaskMaker
from evaluation.kill.work import Verb
from indexer.embedded.layout import Layout
from indexer.home import Home

CREATORS = 240
REMEMBERED = 5
"""How many courses of a kind of task say how long it usually takes."""
SEARCHED = 3
"""How many of the last to be forgotten are searched for by their own words."""
VERBS = (Verb.IMPORT, Verb.BUILD, Verb.UPDATE, Verb.FORGET)
LINGERING = 0.6
"""How far a score may be off after an update, a tenth of what words can bring: words of replaced posts count
until the next whole build."""

Courses = Mapping[Verb, Sequence[Course]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did: the kind of task, whether the kill came in time, and where it hit."""

    verb: Verb
    killed: bool
    phase: str


class Installation:
    """An installation, the model it is held against, and a server that watches it."""

    def __init__(
        self, folder: Path, seed: int, creators: int = CREATORS, usual: Courses | None = None
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._home = Home(folder / "home")
        self._expected = Expectation()
        self._tasks = TaskMaker(folder, self._home, self._expected, seed, creators)
        self._random = np.random.default_rng(seed)
        self._undertaker = Undertaker()
        self._clean = CleanBuild(Home(folder / "clean"))
        self._onlooker = Onlooker(self._home)
        self._served: Served | None = None
        self.courses = {verb: deque((usual or {}).get(verb, ()), maxlen=REMEMBERED) for verb in VERBS}

    def close(self) -> None:
        """Let go of every file."""
        self._onlooker.close()

    def rehearse(self) -> None:
        """Run each kind of task without a kill, to learn how long it takes."""
        for verb in VERBS:
            self._finish(self._tasks.make(verb))

    def round(self, number: int) -> Round:
        """Kill one task, look, repeat it, and look again.

        Raises:
            Violation: a promise was not kept.
        """
        verb = VERBS[number % len(VERBS)]
        assigned = self._tasks.make(verb)
        layout = Layout(self._home.index)
        before = disk(layout)
        moment = draw_moment(usual_course(self.courses[verb]), self._random)
        course = self._undertaker.run(assigned.task, self._home.root, moment)
        require(course.killed or course.code == 0, f"{verb} ended by itself with exit code {course.code}")
        hit = phase(assigned.task, course, len(assigned.accepted), before, disk(layout))
        self._look_after_kill(assigned, course)
        self._finish(assigned)
        return Round(verb=verb, killed=course.killed, phase=hit)

    def _look_after_kill(self, assigned: Assignment, course: Course) -> None:
        task, expected = assigned.task, self._expected
        match task.verb:
            case Verb.IMPORT:
                possible = expected.possible_imports(assigned.accepted, course.done("committed"))
                expected.known = check_store(self._home, possible)
            case Verb.FORGET:
                check_forgetting(self._home, expected.known, task.ids)
            case _:
                check_store(self._home, [expected.known])
        asked = {one: expected.known[one] for one in task.ids}
        hidden = still_suppressed(self._home, asked)
        served = look(self._home, self._forgotten() | hidden)
        self._check_served(served, task.verb, frozenset(task.ids))
        self._onlooker.search(expected.forgotten | hidden)

    def _check_served(self, served: Served | None, verb: Verb, asked: frozenset[CreatorId]) -> None:
        """What was served before is served as it was, or a complete new generation is."""
        before = self._served
        if before is None and served is None:
            return
        require(served is not None, "the published generation is gone")
        assert served is not None
        if before is not None and served.generation == before.generation:
            same = before.answers.without(asked).furthest(served.answers.without(asked)) == 0
            require(same and served.ids == before.ids, "the generation that was served answers otherwise")
            return
        require(verb is not Verb.IMPORT, "an import published a generation")
        wanted = frozenset(self._expected.known) - asked
        require(served.ids == wanted, f"the new generation holds {len(served.ids)} of {len(wanted)} creators")

    def _finish(self, assigned: Assignment) -> None:
        """Run a task to its end: the installation is then as if it had never been killed."""
        task = assigned.task
        course = self._undertaker.run(task, self._home.root)
        require(course.code == 0, f"{task.verb} could not be completed: exit code {course.code}")
        self.courses[task.verb].append(course)
        self._expected.known = self._expected.after_import(assigned.accepted)
        self._expected.forget(task.ids)
        check_store(self._home, [self._expected.known])
        if task.verb is not Verb.IMPORT:
            self._served = look(self._home, self._forgotten())
            self._compare_with_clean_build()

    def _compare_with_clean_build(self) -> None:
        served, known = self._served, self._expected.known
        require(served is not None, "nothing is published")
        assert served is not None
        require(
            self._onlooker.search(self._expected.forgotten) == served.generation, "the server lags behind"
        )
        require(served.ids == known.keys(), "the index does not hold whom the store holds")
        furthest = self._clean.answers(known).furthest(served.answers)
        allowed = LINGERING if served.segments > 1 else 0.0
        require(furthest <= allowed, f"a clean build answers otherwise: scores differ by {furthest}")

    def _forgotten(self) -> dict[CreatorId, Creator]:
        """The last who were forgotten, who are searched for."""
        return dict(list(self._expected.forgotten.items())[-SEARCHED:])
