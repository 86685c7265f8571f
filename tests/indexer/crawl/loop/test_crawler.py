"""Whole crawls over real sockets: what is fetched, what is stored, what is left alone."""

import asyncio
from datetime import date

from crawl_config.source import Parser
from discovery.creator import Creator, Platform, Provenance, creator_id
from indexer.crawl.document import Outcome
from indexer.crawl.frontier.limits import Limits, Skip
from indexer.crawl.loop.crawler import Crawler
from indexer.crawl.loop.parts import Settings
from indexer.crawl.report import CrawlReport
from indexer.store import Store
from tests.hostile.behaviours import conditional, page, redirect, reset_after, silence
from tests.hostile.server import Exchange, Server
from tests.indexer.crawl.crawling import HOST, Crawls, source, text

HOUR, DAY = 3_600.0, 86_400.0
ADA = "website:site.example/ada"
JORIS = "website:site.example/joris"


def skipped(report: CrawlReport) -> dict[str, int]:
    return dict(report.skipped)


def test_pages_become_creators_and_links_are_followed(crawls: Crawls, server: Server) -> None:
    server.on("/", text("link /ada", "link /joris", "link http://elsewhere.example/"))
    server.on("/ada", text(f"creator {ADA} Ada", "post 1 Vegan cakes"))
    server.on("/joris", text("creator website:site.example/joris Joris"))
    report = crawls.run(source(server, "/"))

    assert set(crawls.stored()) == {ADA, "website:site.example/joris"}
    assert report.outcomes == {Outcome.FETCHED: 3, Outcome.OUTSIDE: 1}
    assert (report.new, report.requests, report.robots, report.hosts) == (2, 4, 1, 1)
    assert server.paths() == ["/robots.txt", "/", "/ada", "/joris"]
    assert {one.headers["user-agent"] for one in server.seen} == {"NicheScout (+crawl@tests.example)"}


def test_a_second_crawl_fetches_nothing_before_its_time(crawls: Crawls, server: Server) -> None:
    server.on("/", text(f"creator {ADA} Ada"))
    crawls.run(source(server, "/"))
    again = crawls.run(source(server, "/"))
    assert (again.requests, again.unchanged, server.paths()) == (0, 0, ["/robots.txt", "/"])


def test_what_did_not_change_is_not_sent_again(crawls: Crawls, server: Server) -> None:
    server.on("/", conditional(f"creator {ADA} Ada".encode(), etag='"one"'))
    crawls.run(source(server, "/"))
    crawls.ahead = 2 * HOUR
    report = crawls.run(source(server, "/"))

    assert report.outcomes == {Outcome.NOT_MODIFIED: 1}
    assert server.seen[-1].headers["if-none-match"] == '"one"'
    assert server.paths() == ["/robots.txt", "/", "/"]  # robots.txt stands for a day


def test_not_modified_counts_as_seen_and_half_way_through_its_retention_it_is_read_again(
    crawls: Crawls, server: Server
) -> None:
    server.on("/", conditional(f"creator {ADA} Ada".encode(), etag='"one"'))
    one = source(server, "/", manners={"refresh_hours": 24.0})
    crawls.run(one)
    with Store(crawls.home.store) as store:
        before = dict(store.sightings("site"))
    crawls.ahead = 2 * DAY
    assert crawls.run(one).outcomes == {Outcome.NOT_MODIFIED: 1}
    with Store(crawls.home.store) as store:
        after = dict(store.sightings("site"))
    assert (after[creator_id(ADA)] - before[creator_id(ADA)]).days == 2

    crawls.ahead = 17 * DAY
    assert crawls.run(one).outcomes == {Outcome.FETCHED: 1}
    assert "if-none-match" not in server.seen[-1].headers


def test_what_changes_is_looked_at_more_often(crawls: Crawls, server: Server) -> None:
    server.on("/still", text(f"creator {ADA} Ada"))
    one = source(server, "/still", "/lively", manners={"refresh_hours": 24.0})
    visits = []
    for day in range(0, 20):
        server.on("/lively", text(f"creator website:site.example/lively Lively {day}"))
        crawls.ahead = day * DAY * 1.01
        server.seen.clear()
        crawls.run(one)
        visits.append(server.paths())
    still, lively = (sum(path in day for day in visits) for path in ("/still", "/lively"))
    assert lively >= 14
    assert still <= 5


def test_who_is_gone_is_withdrawn_and_leaves_a_tombstone(crawls: Crawls, server: Server) -> None:
    server.on("/", text("link /ada", "link /list"))
    server.on("/ada", text(f"creator {ADA} Ada"))
    server.on("/list", text("creator website:site.example/joris Joris"))
    crawls.run(source(server, "/"))
    server.on("/ada", page(status=410))
    crawls.ahead = 2 * HOUR
    report = crawls.run(source(server, "/"))

    assert report.outcomes[Outcome.GONE] == 1
    assert report.withdrawn == 1
    assert set(crawls.stored()) == {"website:site.example/joris"}
    server.seen.clear()
    crawls.ahead = 4 * HOUR
    crawls.run(source(server, "/"))
    assert "/ada" not in server.paths()


def test_who_is_shown_elsewhere_is_not_gone_with_one_page(crawls: Crawls, server: Server) -> None:
    server.on("/", text("link /ada", "link /list"))
    server.on("/ada", text(f"creator {ADA} Ada", "post 1 Cakes"))
    server.on("/list", text(f"creator {ADA} Ada"))
    crawls.run(source(server, "/"))
    server.on("/ada", page(status=404))
    crawls.ahead = 2 * HOUR
    assert crawls.run(source(server, "/")).withdrawn == 0
    assert set(crawls.stored()) == {ADA}


def test_a_profile_that_is_gone_takes_its_creator_with_it(crawls: Crawls, server: Server) -> None:
    server.on("/", text(f"creator {ADA} Ada", f"about /profile {ADA}"))
    server.on("/profile", page(status=404))
    report = crawls.run(source(server, "/"))
    assert report.withdrawn == 1
    assert crawls.stored() == {}


def test_other_sources_keep_what_they_said_of_whom_one_has_lost(crawls: Crawls, server: Server) -> None:
    origin = Provenance(source="import", observed_at=date(2026, 3, 1))
    known = Creator(id=creator_id(ADA), platform=Platform.WEBSITE, name="Ada", provenance={"name": origin})
    with Store(crawls.home.store) as store:
        store.upsert([known])
    server.on("/", text(f"about /ada {ADA}"))
    server.on("/ada", text(f"creator {ADA} Ada from the web"))
    crawls.run(source(server, "/"))
    assert crawls.stored()[ADA].name == "Ada from the web"
    server.on("/ada", page(status=404))
    crawls.ahead = 2 * HOUR
    crawls.run(source(server, "/"))
    assert crawls.stored()[ADA].name == "Ada"


def test_who_carries_a_sign_not_to_be_found_is_left_out(crawls: Crawls, server: Server) -> None:
    server.on("/", text(f"creator {ADA} Ada", "link /sign"))
    server.on("/sign", text(f"unwilling {ADA}", "link /again"))
    server.on("/again", text(f"creator {ADA} Ada", "creator website:site.example/joris Joris"))
    report = crawls.run(source(server, "/"))
    assert set(crawls.stored()) == {"website:site.example/joris"}
    assert report.left_out == 2  # erased once, not taken in again once


def test_what_is_about_them_alone_is_not_fetched_any_more(crawls: Crawls, server: Server) -> None:
    server.on("/", text(f"unwilling {ADA}", f"about /feed-of-ada {ADA}"))
    server.on("/start", text(f"about /feed-of-ada {ADA}", "link /"))
    server.on("/feed-of-ada", text(f"creator {ADA} Ada"))
    crawls.run(source(server, "/start", "/"), settings=Settings(limit=2))
    assert server.paths() == ["/robots.txt", "/start", "/"]
    with crawls.frontier() as frontier:
        assert frontier.due(["site"], crawls.now()) == 1  # found again by the page that carries the sign
    crawls.run(source(server, "/start", "/"))
    assert crawls.stored() == {}


def test_a_page_that_asks_not_to_be_kept_is_not(crawls: Crawls, server: Server) -> None:
    server.on("/", text(f"creator {ADA} Ada"))
    crawls.run(source(server, "/"))
    server.on("/", text(f"creator {ADA} Ada", "noindex"))
    crawls.ahead = 2 * HOUR
    report = crawls.run(source(server, "/"))
    assert report.outcomes == {Outcome.NOINDEX: 1}
    assert crawls.stored() == {}


def test_who_asked_to_be_left_out_is_not_even_asked_for(crawls: Crawls, server: Server) -> None:
    with crawls.suppression() as suppression:
        suppression.add_id(creator_id("website:by-id"))
        url = server.url("/by-address", host=HOST)
        suppression.add(Creator(id=creator_id("x:y"), platform=Platform.WEBSITE, name="?", url=url))
    server.on(
        "/", text("about /profile website:by-id", "link /by-address?utm_source=x", f"creator {ADA} Ada")
    )
    report = crawls.run(source(server, "/"))
    assert server.paths() == ["/robots.txt", "/"]
    assert report.outcomes == {Outcome.FETCHED: 1, Outcome.SUPPRESSED: 2}
    assert b"by-address" not in crawls.home.crawl.read_bytes()


def test_the_limit_is_kept_and_the_rest_left_for_the_next_crawl(crawls: Crawls, server: Server) -> None:
    server.on("/", text(*(f"link /{number}" for number in range(10))))
    for number in range(10):
        server.on(f"/{number}", text(f"creator website:site.example/{number} Number {number}"))
    report = crawls.run(source(server, "/"), settings=Settings(limit=4))
    assert (report.outcomes[Outcome.FETCHED], report.waiting, len(crawls.stored())) == (4, 7, 3)
    report = crawls.run(source(server, "/"))
    assert (report.outcomes[Outcome.FETCHED], report.waiting, len(crawls.stored())) == (7, 0, 10)
    assert len(server.paths()) == len(set(server.paths()))


def test_somebody_may_stop_it_and_go_on_later(crawls: Crawls, server: Server) -> None:
    server.on("/", text(*(f"link /{number}" for number in range(20))))
    for number in range(20):
        server.on(f"/{number}", text(f"creator website:site.example/{number} Number {number}"))

    def stop(crawler: Crawler, report: CrawlReport) -> None:
        if report.outcomes[Outcome.FETCHED] >= 5:
            crawler.stop()

    report = crawls.run(source(server, "/"), meanwhile=stop)
    assert report.stopped
    assert 5 <= report.outcomes[Outcome.FETCHED] < 15
    crawls.run(source(server, "/"))
    assert len(crawls.stored()) == 20
    assert len(server.paths()) == len(set(server.paths()))


def test_a_stop_waits_for_nothing_that_hangs(crawls: Crawls, server: Server) -> None:
    server.on("/", silence())

    def stop(crawler: Crawler, _report: CrawlReport) -> None:
        asyncio.get_running_loop().call_later(0.5, crawler.stop)

    report = crawls.run(source(server, "/"), meanwhile=stop, settings=Settings(stop_seconds=0.2))
    assert report.stopped
    assert report.outcomes == {}
    assert report.waiting == 1


# Redirects


def test_a_redirect_is_a_task_of_its_own(crawls: Crawls, server: Server) -> None:
    """The host that it leads to is asked for its own robots.txt first."""
    server.on("/", redirect(server.url("/there", host="other.example")), host=HOST)
    server.on("/there", text(f"creator {ADA} Ada"), host="other.example")
    report = crawls.run(source(server, "/", hosts=[HOST, "other.example"]))
    assert report.outcomes == {Outcome.MOVED: 1, Outcome.FETCHED: 1}
    assert server.paths("other.example") == ["/robots.txt", "/there"]
    assert set(crawls.stored()) == {ADA}


def test_a_redirect_into_what_is_disallowed_is_not_followed(crawls: Crawls, server: Server) -> None:
    server.on("/robots.txt", page(b"User-agent: *\nDisallow: /private"))
    server.on("/", redirect("/private/ada"))
    server.on("/private/ada", text(f"creator {ADA} Ada"))
    report = crawls.run(source(server, "/"))
    assert report.outcomes == {Outcome.MOVED: 1, Outcome.DISALLOWED: 1}
    assert server.paths() == ["/robots.txt", "/"]


def test_a_redirect_to_elsewhere_is_outside(crawls: Crawls, server: Server) -> None:
    server.on("/", redirect(server.url("/", host="elsewhere.example")))
    report = crawls.run(source(server, "/"))
    assert report.outcomes == {Outcome.OUTSIDE: 1}
    assert server.paths("elsewhere.example") == []


def test_circles_and_endless_redirects_have_a_name(crawls: Crawls, server: Server) -> None:
    server.on("/one", redirect("/two"))
    server.on("/two", redirect("/one"))
    server.on("/self", redirect("/self"))
    server.on("/session", redirect("/session?PHPSESSID=0123456789abcdef"))

    async def onward(exchange: Exchange) -> None:
        number = int(exchange.seen.target.rpartition("=")[2])
        await redirect(f"/onward?n={number + 1}")(exchange)

    server.on("/onward", onward)
    report = crawls.run(source(server, "/one", "/self", "/session", "/onward?n=1"))
    assert report.outcomes[Outcome.TOO_MANY_REDIRECTS] == 4
    assert len(server.seen) < 40


# Where a crawl ends though there would be more


def test_an_endless_calendar_ends(crawls: Crawls, server: Server) -> None:
    async def calendar(exchange: Exchange) -> None:
        day = int(exchange.seen.path.rpartition("/")[2] or "0")
        await text(f"link /calendar/{day + 1}", f"link /calendar/{day + 2}", f"day {day}")(exchange)

    for day in range(400):
        server.on(f"/calendar/{day}", calendar)
    server.on("/", text("link /calendar/1"))
    crawls.limits = Limits(barren=30, depth=1_000)
    report = crawls.run(source(server, "/", manners={"delay_seconds": 0.0, "connections": 4}))
    assert report.outcomes[Outcome.FETCHED] == 31
    assert skipped(report)[Skip.ENDLESS.value] >= 1


def test_a_long_list_of_profiles_does_not_end_like_a_calendar(crawls: Crawls, server: Server) -> None:
    crawls.limits = Limits(barren=5, per_creator=20, depth=1_000)
    for number in range(60):
        creator = f"creator website:site.example/{number} Number {number}"
        server.on(f"/p/{number}", text(creator, f"link /p/{number + 1}"))
    report = crawls.run(source(server, "/p/0", manners={"delay_seconds": 0.0}))
    assert len(crawls.stored()) == 60
    assert skipped(report) == {}


def test_depth_and_number_of_pages_are_limited(crawls: Crawls, server: Server) -> None:
    for number in range(30):
        server.on(f"/d{'x' * number}", text(f"link /d{'x' * (number + 1)}", str(number)))
    crawls.limits = Limits(depth=7)
    report = crawls.run(source(server, "/d", manners={"delay_seconds": 0.0}))
    assert (report.outcomes[Outcome.FETCHED], skipped(report)) == (8, {Skip.TOO_DEEP.value: 1})

    crawls.limits = Limits(pages=12)
    other = source(server, "/d", name="other", manners={"delay_seconds": 0.0})
    report = crawls.run(other)
    assert (report.outcomes[Outcome.FETCHED], skipped(report)) == (12, {Skip.TOO_MANY.value: 1})


def test_sessions_and_tracking_make_no_other_page(crawls: Crawls, server: Server) -> None:
    server.on("/", text(*(f"link /ada?PHPSESSID={number:016x}&utm_source=x" for number in range(5))))
    server.on("/ada", text(f"creator {ADA} Ada"))
    crawls.run(source(server, "/"))
    assert server.paths() == ["/robots.txt", "/", "/ada"]


def test_copies_are_read_once(crawls: Crawls, server: Server) -> None:
    server.on("/", text("link /ada", "link /ada/print", "link /ada/mobile"))
    for path in ("/ada", "/ada/print", "/ada/mobile"):
        server.on(path, text(f"creator {ADA} Ada", "link /more"))
    report = crawls.run(source(server, "/"))
    assert skipped(report) == {Skip.COPY.value: 2}
    assert report.new + report.changed + report.unchanged == 1
    crawls.ahead = 2 * HOUR
    report = crawls.run(source(server, "/"))  # the copies are looked at seldom, the first as before
    assert (report.outcomes[Outcome.FETCHED], skipped(report)) == (2, {})


# Failures


def test_what_fails_has_a_name_and_the_rest_goes_on(crawls: Crawls, server: Server) -> None:
    failing = [server.url(f"/{path}", host=f"{path}.example") for path in ("500", "broken")]
    links = [*failing, "/bytes", "/crash", "/403", "/ada"]
    server.on("/", text(*(f"link {one}" for one in links)))
    server.on("/500", page(status=500))
    server.on("/broken", reset_after(b"HTTP/1.1 200 OK\r\nContent-"))
    server.on("/bytes", page(b"\xff\xfe\xff"))
    server.on("/crash", text("crash"))
    server.on("/403", page(status=403))
    server.on("/ada", text(f"creator {ADA} Ada"))
    hosts = [HOST, "500.example", "broken.example"]
    report = crawls.run(source(server, "/", hosts=hosts), settings=Settings(limit=7))
    failed = report.sources["site"].failed
    assert failed[Outcome.UNREADABLE] == 2
    assert failed[Outcome.UNAUTHORISED] == 1
    assert failed[Outcome.SERVER_ERROR] == 1
    assert failed[Outcome.BROKEN] == 1
    assert set(crawls.stored()) == {ADA}
    assert any("RuntimeError while reading" in problem for problem in report.problems)


def test_a_host_that_asks_for_time_gets_it(crawls: Crawls, server: Server) -> None:
    server.on("/", page(status=429, headers={"Retry-After": "3000"}))
    server.on("/ada", text(f"creator {ADA} Ada"))
    report = crawls.run(source(server, "/", "/ada"))
    assert report.outcomes == {Outcome.BUSY: 1}
    assert report.sources["site"].unread
    crawls.ahead = 2_900
    assert crawls.run(source(server, "/", "/ada")).requests == 0
    server.on("/", text("nobody"))
    crawls.ahead = 3_100
    assert crawls.run(source(server, "/", "/ada")).outcomes == {Outcome.FETCHED: 2}


def test_a_host_that_fails_is_spared_longer_and_longer(crawls: Crawls, server: Server) -> None:
    server.on("/", page(status=500))
    one = source(server, "/")
    crawls.run(one)
    waits = []
    for _ in range(3):
        with crawls.frontier() as frontier:
            frontier.begin({"site": one}, crawls.now())
            ready = frontier.next_ready()
        assert ready is not None
        waits.append(ready - crawls.now())
        crawls.ahead += waits[-1] + 0.1
        assert crawls.run(one).requests == 1
    assert 3 < waits[0] <= 10
    assert 8 < waits[1] <= 20
    assert 18 < waits[2] <= 40


def test_a_host_that_does_not_exist_does_not_hold_up_others(crawls: Crawls, server: Server) -> None:
    from tests.hostile.names import Names

    crawls.names = Names({HOST: [server.address]})
    server.on("/", text(f"creator {ADA} Ada", f"link {server.url('/', host='nowhere.example')}"))
    report = crawls.run(source(server, "/", hosts=[HOST, "nowhere.example"]))
    assert report.outcomes == {Outcome.FETCHED: 1, Outcome.DISALLOWED: 1}
    assert set(crawls.stored()) == {ADA}


# Interfaces for programs


def test_interfaces_are_used_under_their_terms_not_under_robots(crawls: Crawls, server: Server) -> None:
    server.on("/robots.txt", page(b"User-agent: *\nDisallow: /"))
    server.on("/api", text(f"creator {ADA} Ada"))
    crawls.run(source(server, "/api", parser=Parser.MASTODON))
    assert server.paths() == ["/api"]
    assert set(crawls.stored()) == {ADA}


def test_an_interface_that_is_closed_takes_nobody_with_it(crawls: Crawls, server: Server) -> None:
    api = source(server, "/api", parser=Parser.MASTODON)
    server.on("/api", text(f"creator {ADA} Ada", f"about /ada {ADA}"))
    server.on("/ada", text(f"creator {ADA} Ada"))
    crawls.run(api)
    server.on("/api", page(b"closed", status=404))
    server.on("/ada", page(b"closed", status=410))
    crawls.ahead = 2 * DAY
    assert crawls.run(api).outcomes[Outcome.CLIENT_ERROR] == 2
    assert set(crawls.stored()) == {ADA}


def test_addresses_that_last_for_one_visit_are_forgotten(crawls: Crawls, server: Server) -> None:
    api = source(server, "/api", parser=Parser.MASTODON)
    server.on("/api", text(f"creator {ADA} Ada", "once /page-1"))
    server.on("/page-1", text(f"creator {JORIS} Joris"))
    crawls.run(api)
    assert set(crawls.stored()) == {ADA, JORIS}
    server.on("/api", text(f"creator {ADA} Ada", "once /page-2"))
    server.on("/page-2", text(f"creator {JORIS} Joris"))
    crawls.ahead = 2 * DAY
    crawls.run(api)
    assert server.paths() == ["/api", "/page-1", "/api", "/page-2"]
