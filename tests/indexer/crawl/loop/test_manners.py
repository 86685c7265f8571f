"""Politeness, proven from what a server saw: delays, connections, robots.txt first and once, restarts."""

import asyncio
from collections.abc import Sequence

import pytest

from indexer.crawl.document import Outcome
from indexer.crawl.loop.parts import Settings
from tests.hostile.behaviours import page, redirect, reset_after, silence
from tests.hostile.server import Behaviour, Exchange, Server
from tests.indexer.crawl.crawling import (
    DELAY,
    HOST,
    Crawls,
    everything_after_robots,
    gaps,
    source,
    text,
)

ADA = "website:site.example/ada"
SECONDS = 0.4


def profiles(server: Server, host: str, count: int) -> None:
    """Give a host a list of profiles."""
    server.on("/", text(*(f"link /{number}" for number in range(count))), host=host)
    for number in range(count):
        server.on(f"/{number}", text(f"creator website:{host}/{number} Number {number}"), host=host)


def busiest(spans: Sequence[tuple[float, float]]) -> int:
    """How many of some spans of time overlap at most."""
    changes = sorted([(begin, 1) for begin, _ in spans] + [(end, -1) for _, end in spans])
    open_now = most = 0
    for _, change in changes:
        open_now += change
        most = max(most, open_now)
    return most


def slow(spans: list[tuple[float, float]], seconds: float) -> Behaviour:
    """Answer after a while, and note from when to when that was."""

    async def behave(exchange: Exchange) -> None:
        begin = asyncio.get_running_loop().time()
        await asyncio.sleep(seconds)
        spans.append((begin, asyncio.get_running_loop().time()))
        await text(exchange.seen.path)(exchange)

    return behave


def test_no_host_is_asked_oftener_than_its_delay_or_before_its_robots(crawls: Crawls, server: Server) -> None:
    hosts = [f"host{number}.example" for number in range(6)]
    for host in hosts:
        profiles(server, host, 5)
    seeds = [server.url("/", host=host) for host in hosts]
    crawls.run(source(server, *seeds, hosts=hosts))
    assert len(crawls.stored()) == 30
    assert everything_after_robots(server, hosts)
    assert min(gap for host in hosts for gap in gaps(server, host)) >= DELAY


def test_sources_that_share_a_host_share_its_pace(crawls: Crawls, server: Server) -> None:
    """The most patient of them sets the delay."""
    profiles(server, HOST, 6)
    one = source(server, "/", "/0", "/1", "/2", name="one")
    other = source(server, "/3", "/4", "/5", name="other", manners={"delay_seconds": 4 * DELAY})
    crawls.run(one, other)
    assert min(gaps(server, HOST)) >= 4 * DELAY
    assert server.paths().count("/robots.txt") == 1


@pytest.mark.parametrize("connections", [1, 3])
def test_never_more_connections_than_allowed(crawls: Crawls, server: Server, connections: int) -> None:
    spans: list[tuple[float, float]] = []
    seeds = [f"/{number}" for number in range(9)]
    for seed in seeds:
        server.on(seed, slow(spans, 0.1))
    manners = {"delay_seconds": 0.02, "connections": connections}
    report = crawls.run(source(server, *seeds, manners=manners))
    assert report.outcomes == {Outcome.FETCHED: 9}
    assert busiest(spans) == connections


def test_a_crawl_delay_is_kept_and_capped(crawls: Crawls, server: Server) -> None:
    server.on("/robots.txt", page(b"User-agent: *\nCrawl-delay: 0.3"))
    profiles(server, HOST, 3)
    crawls.run(source(server, "/"))
    assert min(gaps(server, HOST)) >= 0.3


def test_robots_txt_is_fetched_once_for_all_who_wait_and_again_after_a_day(
    crawls: Crawls, server: Server
) -> None:
    profiles(server, HOST, 4)
    manners = {"connections": 4, "delay_seconds": 0.0}
    one = source(server, "/", "/0", "/1", "/2", "/3", manners=manners)
    crawls.run(one)
    assert server.paths()[0] == "/robots.txt"
    assert server.paths().count("/robots.txt") == 1
    crawls.ahead = 23 * 3_600
    crawls.run(one)
    assert server.paths().count("/robots.txt") == 1
    crawls.ahead = 80 * 3_600
    crawls.run(one)
    assert server.paths().count("/robots.txt") == 2


DISALLOWING = b"User-agent: *\nDisallow: /"


@pytest.mark.parametrize(
    ("robots", "fetched"),
    [
        (page(b"User-agent: *\nDisallow: /private"), True),
        (page(b"\xef\xbb\xbf" + DISALLOWING), False),
        (page(DISALLOWING), False),
        (page(b"User-agent: NicheScout\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        (page(b"", status=404), True),
        (page(b"", status=401), True),
        (page(b"", status=403), True),
        (page(b"", status=410), True),
        (page(b"<html>not found</html>"), True),
        (page(b"", status=500), False),
        (page(b"", status=503), False),
        (page(b"", status=429, headers={"Retry-After": "1"}), False),
        (reset_after(b"HTTP/1.1 200"), False),
        (silence(), False),
        (redirect("/robots.txt"), False),
        (page(b"a" * 6_000_000), False),
        (page(bytes(range(256)) * 50), True),
    ],
    ids=[
        "elsewhere", "bom", "all", "named", "404", "401", "403", "410", "html", "500", "503", "429", "reset",
        "silent", "loop", "6 MB", "bytes",
    ],
)  # fmt: skip
def test_robots_of_every_kind(crawls: Crawls, server: Server, robots: Behaviour, fetched: bool) -> None:
    server.on("/robots.txt", robots)
    server.on("/", text(f"creator {ADA} Ada"))
    report = crawls.run(source(server, "/"), settings=Settings(patience=0.5, robots_seconds=1.0))
    assert set(crawls.stored()) == ({ADA} if fetched else set())
    assert report.outcomes == {Outcome.FETCHED if fetched else Outcome.DISALLOWED: 1}
    assert ("/" in server.paths()) is fetched


def test_redirects_of_robots_txt_are_followed_five_times_and_each_takes_its_turn(
    crawls: Crawls, server: Server
) -> None:
    server.on("/robots.txt", redirect("/1"), host=HOST)
    for number in range(1, 5):
        server.on(f"/{number}", redirect(f"/{number + 1}"), host=HOST)
    server.on("/5", redirect(server.url("/robots.txt", host="other.example")), host=HOST)
    server.on("/robots.txt", page(b"User-agent: *\nDisallow: /private"), host="other.example")
    server.on("/private", text("secret"))
    server.on("/", text(f"creator {ADA} Ada", "link /private"))
    report = crawls.run(source(server, "/"))
    assert report.outcomes == {Outcome.FETCHED: 1, Outcome.DISALLOWED: 1}
    assert min(gaps(server, HOST)) >= DELAY


def test_a_host_that_is_closed_is_asked_again_later(crawls: Crawls, server: Server) -> None:
    server.on("/robots.txt", page(status=500))
    server.on("/", text(f"creator {ADA} Ada"))
    one = source(server, "/")
    assert crawls.run(one).outcomes == {Outcome.DISALLOWED: 1}
    crawls.ahead = 1_800
    assert crawls.run(one).requests == 0
    server.on("/robots.txt", page(status=404))
    crawls.ahead = 3_700
    assert crawls.run(one).outcomes == {Outcome.FETCHED: 1}


def test_http_and_https_have_a_robots_txt_each(crawls: Crawls, server: Server) -> None:
    """Another port is another host, with a robots.txt of its own."""
    with Server() as second:
        server.on("/robots.txt", page(b"User-agent: *\nDisallow: /"))
        second.on("/", text(f"creator {ADA} Ada"))
        crawls.ports = (server.port, second.port)
        seeds = [server.url("/", host=HOST), second.url("/", host=HOST)]
        report = crawls.run(source(server, *seeds))
        assert report.outcomes == {Outcome.FETCHED: 1, Outcome.DISALLOWED: 1}
        assert second.paths() == ["/robots.txt", "/"]


def test_the_next_crawl_keeps_the_delay_of_the_last(crawls: Crawls, server: Server) -> None:
    profiles(server, HOST, 3)
    one = source(server, "/", manners={"delay_seconds": SECONDS})
    crawls.run(one, settings=Settings(limit=1))
    crawls.run(one, settings=Settings(limit=1, patience=5))
    assert len(gaps(server, HOST)) == 2
    assert min(gaps(server, HOST)) >= SECONDS


def test_a_host_whose_turn_is_far_off_is_not_waited_for(crawls: Crawls, server: Server) -> None:
    profiles(server, HOST, 3)
    one = source(server, "/", manners={"delay_seconds": 30.0})
    report = crawls.run(one, settings=Settings(patience=1.0))
    assert server.paths() == ["/robots.txt"]
    assert report.waiting == 1


def test_rules_that_cost_much_are_asked_all_the_same(crawls: Crawls, server: Server) -> None:
    rules = b"User-agent: *\n" + b"".join(b"Disallow: /*%d$\n" % number for number in range(30_000))
    server.on("/robots.txt", page(rules), host=HOST)
    server.on("/", text(*(f"link /{'a' * 1_900}{number}" for number in range(20))), host=HOST)
    profiles(server, "other.example", 5)
    seeds = ["/", server.url("/", host="other.example")]
    report = crawls.run(source(server, *seeds, hosts=[HOST, "other.example"]))
    assert len(crawls.stored()) == 5
    assert report.outcomes == {Outcome.FETCHED: 7, Outcome.DISALLOWED: 20}
    assert server.paths(HOST) == ["/robots.txt", "/"]
