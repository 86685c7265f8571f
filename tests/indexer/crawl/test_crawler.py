"""Whole crawls over real sockets: what is fetched, stored, left out; and politely."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.crawl.document import Outcome
from tests.hostile.server import Server
from tests.indexer.crawl.crawling import DELAY, HOST, Crawls, everything_after_robots, gaps, source, text


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def crawls(tmp_path: Path, server: Server) -> Crawls:
    return Crawls(tmp_path / "home", server)


def test_pages_become_creators_and_links_are_followed(crawls: Crawls, server: Server) -> None:
    server.on("/", text("link /ada", "link /joris", "link http://elsewhere.example/"))
    server.on("/ada", text("creator website:site.example/ada Ada", "post 1 Vegan cakes"))
    server.on("/joris", text("creator website:site.example/joris Joris"))
    report = crawls.run(source(server, "/"))

    assert set(crawls.stored()) == {"website:site.example/ada", "website:site.example/joris"}
    assert report.outcomes == {Outcome.FETCHED: 3, Outcome.OUTSIDE: 1}
    assert (report.new, report.requests, report.robots, report.hosts) == (2, 4, 1, 1)
    assert server.paths() == ["/robots.txt", "/", "/ada", "/joris"]
    assert min(gaps(server, HOST)) >= DELAY
    assert everything_after_robots(server, [HOST])
