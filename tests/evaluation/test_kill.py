"""Kill -9 in short: the long version is `make test-kill`. And the tool itself: it finds what is broken."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from discovery.creator import Creator
from discovery.errors import IndexDamaged
from evaluation.kill import work
from evaluation.kill.answers import Answers
from evaluation.kill.checks import Violation, check_forgetting, check_store, look, stored
from evaluation.kill.damage import check_damages, flipped
from evaluation.kill.doomed import BEYOND, Course, Moment, Step, Undertaker, draw_moment, usual_course
from evaluation.kill.expectation import Expectation
from evaluation.kill.invention import Inventor, write_lines
from evaluation.kill.phases import Disk, disk, phase
from evaluation.kill.rounds import VERBS, Installation
from evaluation.kill.work import BATCH, Task, Verb, take_in
from indexer.build import build_index
from indexer.embedded.layout import Layout
from indexer.home import Home
from indexer.importers.reading import read
from indexer.languages import with_detected_language
from indexer.store import Store
from indexer.suppression import SuppressionList

ROUNDS = 12
CREATORS = 20


@pytest.fixture
def inventor() -> Inventor:
    return Inventor(seed=1)


@pytest.fixture
def home(tmp_path: Path, inventor: Inventor) -> Home:
    """Twenty creators, imported and built."""
    made = Home(tmp_path / "home")
    made.root.mkdir()
    take_in(made, write_lines(tmp_path / "lines.jsonl", inventor.sample(CREATORS)), _silent)
    build_index(made, work.ENCODER, work.ANALYSER)
    return made


def _silent(_stage: str, _done: int) -> None:
    """Tell nobody."""


@pytest.mark.slow
def test_killed_at_random_every_promise_is_kept(tmp_path: Path) -> None:
    rehearsal = Installation(tmp_path / "rehearsal", seed=1, creators=CREATORS)
    rehearsal.rehearse()
    rehearsal.close()
    installation = Installation(tmp_path / "real", seed=1, creators=CREATORS, usual=rehearsal.courses)
    rounds = [installation.round(number) for number in range(ROUNDS)]
    installation.close()

    assert [one.verb for one in rounds] == list(VERBS) * (ROUNDS // len(VERBS))
    assert sum(one.killed for one in rounds) >= ROUNDS // 2


@pytest.mark.slow
def test_every_damage_is_refused_and_the_old_index_served_on(tmp_path: Path) -> None:
    report = check_damages(tmp_path / "home", creators=20)
    assert report.files > 20
    assert report.refused > 6 * report.files


@pytest.mark.slow
def test_killed_before_every_third_act_on_the_disk(home: Home) -> None:
    """What is served is the old generation or the new one, whole, wherever the process stops."""
    undertaker, task, layout = Undertaker(), Task(verb=Verb.BUILD), Layout(home.index)
    build_index(home, work.ENCODER, work.ANALYSER)
    acts = undertaker.run(task, home.root).done("done")
    phases = set()
    for act in range(1, acts + 1, 3):
        shutil.rmtree(home.index / "building", ignore_errors=True)  # or sweeping it is all that is hit
        before = disk(layout)
        course = undertaker.run(task, home.root, Moment(act=act))
        served = look(home, {})
        assert served is not None
        assert served.ids == stored(home).keys()
        phases.add(phase(task, course, 0, before, disk(layout)))
    assert acts > 40
    assert {"before indexing", "finishing files", "publishing", "dropping old generations"} <= phases


# What the tool rests on


def test_a_process_tells_what_it_does(tmp_path: Path, home: Home, inventor: Inventor) -> None:
    path = write_lines(tmp_path / "more.jsonl", [inventor.newcomer() for _ in range(BATCH + 5)])
    course = Undertaker().run(Task(verb=Verb.IMPORT, file=path), home.root)
    told = [(step.stage, step.done) for step in course.steps[:-1]]
    assert told == [("started", 0), ("committed", BATCH), ("committed", BATCH + 5)]
    assert (course.stage, course.code, course.killed) == ("done", 0, False)
    assert course.done("committed") == BATCH + 5
    assert len(stored(home)) == CREATORS + BATCH + 5


def test_a_process_that_fails_is_not_taken_for_a_killed_one(
    tmp_path: Path,
) -> None:
    course = Undertaker().run(Task(verb=Verb.BUILD), tmp_path)
    assert (course.code, course.killed, course.stage) == (1, False, "started")


def course_of(*steps: tuple[str, float], acts: int = 7) -> Course:
    """Make a course of stages and their times."""
    told = [Step(stage=stage, done=acts if stage == "done" else 1, at=at) for stage, at in steps]
    return Course(steps=tuple(told), seconds=steps[-1][1], code=0)


def draw(usual: Course) -> list[Moment]:
    """Draw many moments."""
    random = np.random.default_rng(0)
    return [draw_moment(usual, random) for _ in range(6_000)]


def test_moments_cover_all_the_time_all_stages_and_all_acts() -> None:
    usual = course_of(
        ("started", 0.1), ("indexing", 0.2), ("indexing", 0.7), ("finishing 0", 1.0), ("done", 1.1), acts=12
    )
    moments = draw(usual)
    by_time = [one for one in moments if one.act is None]

    assert {one.act for one in moments if one.act is not None} == set(range(1, 13))
    assert len(by_time) / len(moments) == pytest.approx(2 / 3, abs=0.05)
    for steps, span in {1: 1.0, 2: 0.5, 3: 0.3, 4: 0.1}.items():
        delays = [one.delay for one in by_time if one.steps == steps]
        assert len(delays) > 200
        assert 0.9 * span < max(delays) <= BEYOND * span
    assert {one.steps for one in by_time} == {1, 2, 3, 4}


def test_an_import_is_killed_after_each_commit() -> None:
    """As often after the first as after the last, however short the others are."""
    usual = course_of(("started", 0.1), ("committed", 0.9), ("committed", 0.91), ("done", 0.92), acts=3)
    moments = draw(usual)
    assert {one.act for one in moments} == {None}
    for steps in (2, 3):
        assert sum(1 for one in moments if one.steps == steps) / 6_000 == pytest.approx(1 / 6, abs=0.03)


def test_the_usual_course_is_the_one_of_middling_length() -> None:
    courses = [course_of(("started", 0.0), ("done", seconds)) for seconds in (9.0, 1.0, 2.0)]
    assert usual_course(courses).seconds == 2.0


@pytest.mark.parametrize(
    ("verb", "stage", "after", "wanted"),
    [
        (Verb.BUILD, "started", Disk(served="a", complete=frozenset("a")), "before indexing"),
        (Verb.FORGET, "started", Disk(served="a", complete=frozenset("a")), "hiding and erasing"),
        (Verb.UPDATE, "indexing", Disk(served="a", complete=frozenset("a")), "indexing"),
        (Verb.UPDATE, "finishing 0", Disk(served="a", complete=frozenset("a")), "finishing files"),
        (Verb.UPDATE, "finishing 0", Disk(served="a", complete=frozenset("ab")), "publishing"),
        (Verb.UPDATE, "finishing 0", Disk(served="b", complete=frozenset("ab")), "dropping old generations"),
        (Verb.UPDATE, "finishing 1", Disk(served="b", complete=frozenset("ab")), "after publishing"),
        (Verb.FORGET, "finishing 1", Disk(served="b", complete=frozenset("b")), "cleaning the cache"),
    ],
)
def test_phases_are_told_from_words_and_from_the_disk(
    verb: Verb, stage: str, after: Disk, wanted: str
) -> None:
    before = Disk(served="a", complete=frozenset("a"))
    assert phase(Task(verb=verb), course_of((stage, 1.0)), 0, before, after) == wanted


@pytest.mark.parametrize(
    ("committed", "wanted"),
    [(0, "before the first commit"), (30, "between commits"), (90, "after the last commit")],
)
def test_phases_of_an_import(committed: int, wanted: str) -> None:
    nothing = Disk(served=None, complete=frozenset())
    steps = (Step(stage="started", done=0, at=0.0), Step(stage="committed", done=committed, at=1.0))
    course = Course(steps=steps, seconds=1.0, code=-9)
    assert phase(Task(verb=Verb.IMPORT), course, 90, nothing, nothing) == wanted


# The checks find what is broken


def accepted(tmp_path: Path, inventor: Inventor, count: int) -> Sequence[Creator]:
    """Invent newcomers as an importer accepts them."""
    path = write_lines(tmp_path / "accepted.jsonl", [inventor.newcomer() for _ in range(count)])
    return [one for one in read(path) if isinstance(one, Creator)]


def test_a_lost_batch_is_found(tmp_path: Path, inventor: Inventor) -> None:
    home, expected = Home(tmp_path / "home"), Expectation()
    lines = accepted(tmp_path, inventor, 3 * BATCH)
    with Store(home.store) as store:
        store.upsert(lines[:BATCH], derive=with_detected_language)
    for reported in (0, BATCH):
        assert len(check_store(home, expected.possible_imports(lines, reported))) == BATCH
    with pytest.raises(Violation, match="the store lost or changed somebody: missing"):
        check_store(home, expected.possible_imports(lines, 2 * BATCH))


def test_half_a_batch_is_found(tmp_path: Path, inventor: Inventor) -> None:
    home, expected = Home(tmp_path / "home"), Expectation()
    lines = accepted(tmp_path, inventor, BATCH)
    with Store(home.store) as store:
        store.upsert(lines[: BATCH // 2], derive=with_detected_language)
    with pytest.raises(Violation, match="too many"):
        check_store(home, expected.possible_imports(lines, 0))


def test_who_is_gone_without_being_suppressed_is_found(home: Home) -> None:
    known = stored(home)
    one, other = sorted(known)[:2]
    with Store(home.store) as store:
        store.erase([one])
    with pytest.raises(Violation, match="is gone but may come back"):
        check_forgetting(home, known, [one])
    with pytest.raises(Violation, match="forgetting touched somebody else"):
        check_forgetting(home, known, [other])
    with SuppressionList(home.suppression) as suppression:
        suppression.add(known[one])
    check_forgetting(home, known, [one])


def test_who_is_shown_though_forgotten_is_found(home: Home) -> None:
    one = next(iter(stored(home).values()))
    with pytest.raises(Violation, match="not suppressed any more"):
        look(home, {one.id: one})
    with SuppressionList(home.suppression) as suppression:
        suppression.add(one)
    served = look(home, {one.id: one})
    assert served is not None
    assert one.id in served.ids  # until the next build
    assert all(one.id not in scores for scores in served.answers.scores)


def test_a_pointer_to_nothing_is_found(home: Home) -> None:
    layout = Layout(home.index)
    shutil.rmtree(layout.generation(layout.current()))
    with pytest.raises(IndexDamaged):
        look(home, {})


def test_answers_differ_by_creators_or_by_scores() -> None:
    one, other = (Answers(({"a": 1.0, "b": value}, {})) for value in (2.0, 2.5))  # type: ignore[dict-item]
    assert one.furthest(one) == 0
    assert one.furthest(other) == 0.5
    assert one.without({"b"}).furthest(other.without({"b"})) == 0  # type: ignore[arg-type]
    assert one.furthest(other.without({"b"})) == float("inf")  # type: ignore[arg-type]


def test_a_flip_changes_one_bit() -> None:
    assert [flipped(b"abc", place) for place in range(3)] == [b"`bc", b"acc", b"abb"]
    assert flipped(b"", 0) == b""


def test_nobody_is_invented_twice(inventor: Inventor) -> None:
    made = [inventor.newcomer() for _ in range(200)]
    for key in ("id", "handle", "bio"):
        assert len({line[key] for line in made}) == 200
    assert all(line["fictional"] for line in made)
    assert [line["id"] for line in made] == [Inventor(1).newcomer()["id"], *(line["id"] for line in made[1:])]
