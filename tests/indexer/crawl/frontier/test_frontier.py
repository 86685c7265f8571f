"""The frontier by itself: order, lanes, what survives a process, and that handing out stays cheap."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import apsw
import pytest

from crawl_config.source import Allowed, Manners, Parser, Source
from discovery.creator import creator_id
from discovery.errors import StoreDamaged
from indexer.crawl.document import Outcome, Task
from indexer.crawl.frontier.frontier import Action, Errand, Frontier, Judgement
from indexer.crawl.frontier.limits import Limits, Skip
from indexer.crawl.frontier.pace import GRACE
from indexer.crawl.frontier.tasks import CRASHES, Ending, Found, Stored

NOW = 1_000_000.0


def source(name: str = "site", **manners: float) -> Source:
    return Source(
        name=name,
        parser=Parser.PAGE,
        enabled=True,
        seeds=(),
        allowed=Allowed(hosts=("*.example",)),
        manners=Manners(contact="crawl@tests.example", **manners),  # type: ignore[arg-type]
        retention_days=30,
        basis="tests",
        terms_url="https://site.example/terms",
    )


SOURCES = {"site": source()}


def found(path: str, host: str = "a.example", due: float = NOW, **given: object) -> Found:
    return Found(task=Task(url=f"https://{host}{path}", step="page"), due=due, **given)  # type: ignore[arg-type]


def go(task: Stored, now: float) -> Judgement:
    assert task.task.url
    assert now
    return Judgement(action=Action.GO)


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[Frontier]:
    with Frontier(tmp_path / "crawl.sqlite3") as opened:
        begin(opened)
        yield opened


def begin(frontier: Frontier, sources: Mapping[str, Source] = SOURCES, now: float = NOW) -> None:
    with frontier.turn():
        frontier.begin(sources, now)


def add(frontier: Frontier, *tasks: Found, name: str = "site", now: float = NOW) -> dict[Skip, int]:
    with frontier.turn():
        return dict(frontier.add(name, tasks, now))


def claim(frontier: Frontier, now: float = NOW, room: int = 10, ahead: float = 0.0) -> list[Errand]:
    with frontier.turn():
        errands, _ = frontier.claim(now, ahead, room, go)
    return errands


def answered(frontier: Frontier, host: str, now: float) -> None:
    with frontier.turn():
        frontier.hosts.answered(host, now)


def paths(errands: list[Errand]) -> list[str]:
    return [errand.stored.task.url.rpartition("/")[2] for errand in errands if errand.stored]


def test_one_task_a_host_the_longest_due_first(frontier: Frontier) -> None:
    add(frontier, found("/new", due=NOW), found("/old", due=NOW - 9), found("/b", "b.example", due=NOW - 5))
    assert paths(claim(frontier)) == ["old", "b"]
    assert claim(frontier) == []
    answered(frontier, "a.example", NOW + 1)
    assert claim(frontier, NOW + 2.9) == []
    assert paths(claim(frontier, NOW + 3)) == ["new"]


def test_a_host_is_spared_before_its_request_is_sent(frontier: Frontier, tmp_path: Path) -> None:
    """Its next time is on the disk when a task is handed out: read by another connection."""
    add(frontier, found("/one"), found("/two"))
    claim(frontier)
    other = apsw.Connection(str(tmp_path / "crawl.sqlite3"))
    assert other.execute("SELECT next_at FROM host WHERE name = 'a.example'").get == NOW + 2.0 + GRACE
    other.close()
    with Frontier(tmp_path / "crawl.sqlite3") as successor:
        begin(successor, now=NOW + 1)
        assert successor.next_ready() == NOW + 2.0 + GRACE
        assert claim(successor, NOW + 2.0 + GRACE - 0.1) == []
        assert paths(claim(successor, NOW + 2.0 + GRACE)) == ["one"]


def test_a_task_that_ends_the_process_again_and_again_is_put_off(tmp_path: Path) -> None:
    now = NOW
    for _ in range(CRASHES):
        with Frontier(tmp_path / "crawl.sqlite3") as frontier:
            begin(frontier, now=now)
            add(frontier, found("/poison"), now=now)
            assert len(claim(frontier, now)) == 1
        now += 60
    with Frontier(tmp_path / "crawl.sqlite3") as frontier:
        begin(frontier, now=now)
        assert claim(frontier, now) == []
        assert len(claim(frontier, now + 86_401)) == 1


def test_hands_out_a_little_ahead_but_not_before_its_time(frontier: Frontier) -> None:
    add(frontier, found("/one"), found("/two"))
    claim(frontier)
    answered(frontier, "a.example", NOW + 1)
    (errand,) = claim(frontier, NOW + 2.96, ahead=0.05)
    assert errand.start == NOW + 3


def test_two_lanes_of_a_host_take_turns(frontier: Frontier) -> None:
    sources = {"one": source("one"), "other": source("other")}
    begin(frontier, sources)
    for name in sources:
        add(frontier, *(found(f"/{name}{number}", due=NOW + number / 10) for number in range(3)), name=name)
    order, now = [], NOW + 1
    for _ in range(6):
        (errand,) = claim(frontier, now)
        order.append(errand.source)
        answered(frontier, "a.example", now)
        now += 2
    assert order.count("one") == order.count("other") == 3
    assert order[:2] != [order[0]] * 2


def test_only_sources_of_this_crawl_are_served(frontier: Frontier) -> None:
    begin(frontier, {"site": source(), "other": source("other")})
    add(frontier, found("/other", "b.example"), name="other")
    add(frontier, found("/mine"))
    begin(frontier)
    assert paths(claim(frontier)) == ["mine"]
    assert frontier.next_ready() is None


def test_the_same_address_is_one_task(frontier: Frontier) -> None:
    add(frontier, found("/one"), found("/one#top"), found("/one?utm_source=x"))
    assert frontier.due(["site"], NOW) == 1


def test_no_addresses_and_limits_are_counted(tmp_path: Path) -> None:
    with Frontier(tmp_path / "crawl.sqlite3", Limits(depth=2, pages=3, barren=2)) as frontier:
        begin(frontier)
        assert add(frontier, found("/deep", depth=3), found(":99999")) == {
            Skip.TOO_DEEP: 1,
            Skip.NO_ADDRESS: 1,
        }
        assert add(frontier, found("/p/1"), found("/p/2"), found("/p/3")) == {Skip.ENDLESS: 1}
        assert add(frontier, found("/a"), found("/b")) == {Skip.TOO_MANY: 1}
        assert add(frontier, found("/p/1")) == {}  # known already


def test_who_is_met_makes_room_for_more_pages_of_the_kind(tmp_path: Path) -> None:
    with Frontier(tmp_path / "crawl.sqlite3", Limits(barren=1, per_creator=2)) as frontier:
        begin(frontier)
        add(frontier, found("/p/1"))
        (errand,) = claim(frontier)
        assert errand.stored
        assert add(frontier, found("/p/2")) == {Skip.ENDLESS: 1}
        ending = Ending(
            number=errand.stored.number, outcome=Outcome.FETCHED, at=NOW, due=NOW + 9, read=True, seen=True,
            content=b"x", creators=[creator_id("website:a"), creator_id("website:a")],
        )  # fmt: skip
        with frontier.turn():
            frontier.end(errand.stored, ending)
        with frontier.turn():
            frontier.end(errand.stored, ending)  # who is shown again is not met again
        assert add(frontier, found("/p/2"), found("/p/3"), found("/p/4")) == {Skip.ENDLESS: 1}


def test_an_error_inside_of_a_turn_leaves_nothing_of_it(frontier: Frontier) -> None:
    with pytest.raises(RuntimeError), frontier.turn():
        frontier.add("site", [found("/one")], NOW)
        raise RuntimeError("in between")
    assert frontier.due(["site"], NOW) == 0


def test_a_damaged_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "crawl.sqlite3"
    path.write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    with pytest.raises(StoreDamaged, match="move it away: the next crawl begins at the seeds again"):
        Frontier(path)


def test_only_the_owner_reads_the_file(frontier: Frontier, tmp_path: Path) -> None:
    assert (tmp_path / "crawl.sqlite3").stat().st_mode & 0o077 == 0


def test_handing_out_looks_at_few_rows_however_many_there_are(frontier: Frontier, tmp_path: Path) -> None:
    """The plans of the queries that run for each request search an index, and scan no table."""
    many = [found(f"/kind{number % 997}/x{number}", f"h{number % 50}.example") for number in range(3_000)]
    add(frontier, *many)
    plans: dict[str, Any] = {}
    connection = frontier._connection

    def note(_cursor: apsw.Cursor, statement: str, bindings: Any) -> bool:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "INSERT", "DELETE")):
            plans[statement] = bindings
        return True

    connection.exec_trace = note
    errands = claim(frontier, room=5)
    for errand in errands:
        answered(frontier, errand.host, NOW + 1)
    connection.exec_trace = None
    assert len(errands) == 5
    with apsw.Connection(str(tmp_path / "crawl.sqlite3")) as other:
        for statement, bindings in plans.items():
            rows = other.execute(f"EXPLAIN QUERY PLAN {statement}", bindings)
            plan = " ".join(str(row[3]) for row in rows)
            assert "SCAN task" not in plan, (statement, plan)
            assert "SCAN lane" not in plan or "lane_by_ready" in plan, (statement, plan)
