"""Crawls that are killed, in short; and a crawl of many hosts, each of which is to be kept busy."""

from pathlib import Path

import pytest

from evaluation.benchmark.crawling import measure_crawl
from evaluation.fictional_hosts import FictionalHosts, Seen, host_names
from evaluation.kill.checks import Violation
from evaluation.kill.crawl import Crawled, check_manners
from evaluation.kill.crawl_work import DELAY, POINTS
from indexer.home import Home
from indexer.store import Store

ROUNDS = 8


@pytest.mark.slow
def test_killed_in_mid_crawl_every_promise_is_kept(tmp_path: Path) -> None:
    with FictionalHosts() as hosts:
        crawled = Crawled(tmp_path / "home", hosts, seed=1, count=12)
        crawled.rehearse()
        rounds = [crawled.round() for _ in range(ROUNDS)]
        assert set(crawled.usual) == set(POINTS)
        assert sum(one.killed for one in rounds) >= ROUNDS // 2
        assert len(crawled.known) > 12


@pytest.mark.slow
def test_a_hundred_hosts_are_kept_busy() -> None:
    """A machine that is busy otherwise gets three chances; a schedule that wastes time gets none."""
    assert any(measure_crawl(seconds=9.0, filler=1_000) >= 95 for _ in range(3))


# The checks find what is broken


def test_a_host_that_is_asked_too_soon_is_found() -> None:
    robots = Seen(at=0.0, host="a", path="/robots.txt")
    check_manners([robots, Seen(at=DELAY, host="a", path="/p/1"), Seen(at=0.0, host="b", path="/robots.txt")])
    with pytest.raises(Violation, match=r"a was asked for /p/1 0.100 s after /robots.txt"):
        check_manners([robots, Seen(at=0.1, host="a", path="/p/1")])


def test_robots_that_were_skipped_or_not_obeyed_are_found() -> None:
    with pytest.raises(Violation, match=r"asked for /p/1 before its robots.txt"):
        check_manners([Seen(at=0.0, host="a", path="/p/1")])
    with pytest.raises(Violation, match=r"against its robots.txt"):
        robots, private = (
            Seen(at=at, host="a", path=path) for at, path in ((0, "/robots.txt"), (9, "/private/1"))
        )
        check_manners([robots, private])


@pytest.mark.slow
def test_what_is_lost_or_fetched_again_is_found(tmp_path: Path) -> None:
    with FictionalHosts() as hosts:
        crawled = Crawled(tmp_path / "home", hosts, seed=1, count=4)
        crawled.rehearse()
        url = sorted(crawled.done)[0]
        hosts.seen.append(
            Seen(at=1e12, host=url.split("/")[2].partition(":")[0], path="/" + url.split("/", 3)[3])
        )
        with pytest.raises(Violation, match="pages were done and are fetched again"):
            crawled._look()
        hosts.seen.pop()
        one = next(iter(crawled.known))
        with Store(Home(tmp_path / "home").store) as store:
            store.erase([one])
        with pytest.raises(Violation, match="1 creators that were stored are lost or changed"):
            crawled._look()
        crawled.known.pop(one)
        with pytest.raises(Violation, match="pages count as done and are not stored"):
            crawled._look()


def test_the_invented_hosts_have_names_that_nobody_owns() -> None:
    assert all(name.endswith(".example") for name in host_names(3))
