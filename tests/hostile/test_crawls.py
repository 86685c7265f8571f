"""A crawl of many hostile hosts at once: each ends in its named outcome, none holds up another."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pytest

from indexer.crawl.document import Outcome
from indexer.crawl.loop.parts import Settings
from tests.hostile.behaviours import page, redirect
from tests.hostile.cases import CASES
from tests.hostile.server import Server
from tests.indexer.crawl.crawling import Crawls, everything_after_robots, source, text

REDIRECTED = {Outcome.PRIVATE_ADDRESS, Outcome.TOO_MANY_REDIRECTS, Outcome.BAD_ADDRESS}
ALONE = [case for case in CASES if case.outcome not in REDIRECTED]
SECONDS = 10.0
ROOM = 45.0


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        for case in CASES:
            running.on(f"/{case.name}", case.behaviour)
        yield running


@pytest.mark.slow
def test_every_host_ends_in_its_named_outcome_and_good_ones_are_read(tmp_path: Path, server: Server) -> None:
    hosts = [f"h{number}.example" for number in range(len(ALONE))]
    seeds = [server.url(f"/{case.name}", host=host) for case, host in zip(ALONE, hosts, strict=True)]
    server.on("/good", text("creator website:good.example Good"))
    good = [server.url("/good", host=f"good{number}.example") for number in range(10)]
    crawls = Crawls(tmp_path / "home", server)
    crawls.seconds = SECONDS
    hosts += [f"good{number}.example" for number in range(10)]
    limit = len(seeds) + len(good)  # what failed is not tried again
    before, began = getrusage(RUSAGE_SELF).ru_maxrss, time.monotonic()
    report = crawls.run(
        source(server, *seeds, *good, hosts=hosts), settings=Settings(limit=limit, patience=1)
    )

    wanted = Counter(case.outcome for case in ALONE)
    wanted[Outcome.FETCHED] += len(good)
    assert report.outcomes == wanted
    assert everything_after_robots(server, hosts)
    assert time.monotonic() - began < SECONDS + ROOM
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 200_000  # kB
    assert set(crawls.stored()) == {"website:good.example"}


def test_redirects_into_private_networks_and_to_no_address_end_where_they_are(
    tmp_path: Path, server: Server
) -> None:
    cases = [case for case in CASES if case.outcome in REDIRECTED - {Outcome.TOO_MANY_REDIRECTS}]
    hosts = [f"h{number}.example" for number in range(len(cases))]
    seeds = [server.url(f"/{case.name}", host=host) for case, host in zip(cases, hosts, strict=True)]
    report = Crawls(tmp_path / "home", server).run(source(server, *seeds, hosts=hosts))
    private = sum(case.outcome is Outcome.PRIVATE_ADDRESS for case in cases)
    assert report.outcomes[Outcome.OUTSIDE] + report.outcomes[Outcome.PRIVATE_ADDRESS] >= private
    assert sum(report.outcomes.values()) == len(cases)
    assert not report.outcomes[Outcome.FETCHED]


def test_a_name_that_leads_to_a_private_network_is_not_reached_though_it_is_allowed(
    tmp_path: Path, server: Server
) -> None:
    from tests.hostile.names import Names

    crawls = Crawls(tmp_path / "home", server)
    crawls.names = Names({"inside.example": ["10.0.0.1"], "site.example": [server.address]})
    server.on("/", redirect(server.url("/", host="inside.example")), host="site.example")
    server.on("/robots.txt", page(status=404))
    report = crawls.run(source(server, "/", hosts=["site.example", "inside.example"]))
    assert report.outcomes == {Outcome.MOVED: 1, Outcome.DISALLOWED: 1}
    assert any("leads to a private network" in problem for problem in report.problems)
