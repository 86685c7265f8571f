"""Any course of finding, asking, answering, failing and crashing keeps the frontier's promises."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.document import Outcome
from indexer.crawl.frontier.frontier import Errand, Frontier
from indexer.crawl.frontier.tasks import Ending
from tests.indexer.crawl.frontier.test_frontier import NOW, add, begin, found, go, source

HOSTS = ("a.example", "b.example", "c.example")
DELAYS = {"one": 1.0, "other": 2.5}
SOURCES = {
    "one": source("one", delay_seconds=1.0, connections=2),
    "other": source("other", delay_seconds=2.5, connections=1),
}

find = st.tuples(st.just("find"), st.sampled_from(sorted(SOURCES)), st.sampled_from(HOSTS), st.integers(0, 9))
ask = st.tuples(st.just("ask"), st.integers(1, 4))
after = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 9)),
    st.tuples(st.just("fail"), st.integers(0, 9), st.sampled_from([None, 0.0, 7.0])),
    st.tuples(st.just("wait"), st.floats(0, 6)),
    st.tuples(st.just("wait"), st.sampled_from([0.5, 1.0, 2.5])),
    st.tuples(st.just("crash")),
)
courses = st.lists(st.tuples(find, ask, after), max_size=20).map(
    lambda rows: [one for row in rows for one in row]
)


@dataclass
class World:
    """A frontier, and all that happened to it."""

    path: Path
    now: float = NOW
    running: list[Errand] = field(default_factory=list)
    starts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    crashed: Counter[tuple[str, str]] = field(default_factory=Counter)
    known: set[tuple[str, str]] = field(default_factory=set)
    done: set[tuple[str, str]] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)

    def open(self) -> Frontier:
        self.frontier = Frontier(self.path)
        begin(self.frontier, SOURCES, self.now)
        return self.frontier

    def do(self, step: tuple[object, ...]) -> None:
        match step:
            case ("find", str(name), str(host), number):
                task = found(f"/{number}", host, due=self.now)
                add(self.frontier, task, name=name, now=self.now)
                self.known.add((name, task.task.url))
                self.shared |= {host} if name == "other" else set()
            case ("ask", int(room)):
                self.ask(room)
            case ("answer", int(place)) if self.running:
                self.end(self.running.pop(place % len(self.running)))
            case ("fail", int(place), wait) if self.running:
                errand = self.running.pop(place % len(self.running))
                asked_for = wait if isinstance(wait, float) else None
                with self.frontier.turn():
                    self.frontier.hosts.refused(errand.host, self.now, asked_for=asked_for, chance=0.5)
                self.end(errand, released=True)
            case ("wait", float(seconds)):
                self.now += seconds
            case ("crash",):
                self.frontier.close()
                for errand in self.running:
                    self.crashed[self.key(errand)] += 1
                self.running.clear()
                self.open()

    def ask(self, room: int) -> None:
        with self.frontier.turn():
            errands, refused = self.frontier.claim(self.now, 0.0, room, go)
        assert len(errands) <= room
        assert not refused
        for errand in errands:
            self.check(errand)
            self.running.append(errand)
            self.starts[errand.host].append(errand.start)
            self.asked[self.key(errand)] += 1

    def check(self, errand: Errand) -> None:
        """Nobody is asked too soon, by too many, or for what was done or never found."""
        assert errand.start == self.now
        assert self.key(errand) in self.known - self.done
        least = max(DELAYS.values()) if errand.host in self.shared else DELAYS["one"]
        alone = DELAYS[errand.source]
        for before in self.starts[errand.host][-1:]:
            assert errand.start - before >= min(least, alone) - 1e-6
        limit = 1 if errand.host in self.shared else 2
        assert sum(one.host == errand.host for one in self.running) < limit

    def end(self, errand: Errand, *, released: bool = False) -> None:
        assert errand.stored
        ending = Ending(
            number=errand.stored.number, outcome=Outcome.FETCHED, at=self.now, due=self.now + 1e6, seen=True
        )
        with self.frontier.turn():
            if not released:
                self.frontier.hosts.answered(errand.host, self.now)
            self.frontier.end(errand.stored, ending)
        self.done.add(self.key(errand))

    def key(self, errand: Errand) -> tuple[str, str]:
        assert errand.stored
        return errand.source, errand.stored.task.url

    def finish(self) -> None:
        """Go on until nothing is left: everything that was found is asked for."""
        for _ in range(400):
            for errand in list(self.running):
                self.running.remove(errand)
                self.end(errand)
            self.ask(9)
            if self.known == self.done:
                return
            ready = self.frontier.next_ready()
            if not self.running and ready is not None:
                self.now = max(self.now, ready)
        raise AssertionError(f"never asked for: {sorted(self.known - self.done)}")


@given(courses)
def test_every_task_is_asked_for_once_and_in_its_time(course: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        world = World(Path(folder) / "crawl.sqlite3")
        world.open()
        for step in course:
            world.do(step)
        world.finish()
        assert all(times == 1 + world.crashed[key] for key, times in world.asked.items())
        world.frontier.close()
