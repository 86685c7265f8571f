"""Retention and forgetting: out of the record, and out of the crawl's own file, byte for byte."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from discovery.creator import creator_id
from indexer.crawl.document import Outcome
from indexer.crawl.forgetting import forget_in_crawl
from indexer.crawl.purge import PurgeReport, purge
from indexer.crawl.run import crawl
from indexer.forget import forget
from indexer.store import Store
from tests.hostile.behaviours import page
from tests.hostile.server import Server
from tests.indexer.crawl.crawling import Crawls, source, text
from tests.indexer.installation import ANALYSER, ENCODER

ADA, JORIS = "website:site.example/ada", "website:site.example/joris"
DAY = 86_400.0


def purged(crawls: Crawls, server: Server, days: float) -> PurgeReport:
    """Purge some days from now."""
    with Store(crawls.home.store) as store, crawls.frontier() as frontier:
        return purge([source(server, "/")], store, frontier, datetime.now(UTC) + timedelta(days=days))


def bytes_of(crawls: Crawls) -> bytes:
    return b"".join(path.read_bytes() for path in crawls.home.root.glob("crawl.sqlite3*"))


def test_what_was_not_seen_within_its_retention_goes_with_its_address(crawls: Crawls, server: Server) -> None:
    server.on("/", text("link /ada", "link /joris"))
    server.on("/ada", text(f"creator {ADA} Ada"))
    server.on("/joris", text(f"creator {JORIS} Joris"))
    crawls.run(source(server, "/"))
    server.on("/ada", page(status=500))  # it is there, but never again readable
    crawls.ahead = 20 * DAY
    crawls.run(source(server, "/"))

    assert purged(crawls, server, 29) == PurgeReport()
    assert purged(crawls, server, 31.5) == PurgeReport(erased=1, addresses=1)
    assert set(crawls.stored()) == {JORIS}
    assert b"/ada" not in bytes_of(crawls)
    assert b"/joris" in bytes_of(crawls)
    with Store(crawls.home.store) as store:
        (audit,) = store.purges()
    assert (audit.source, audit.rule, audit.erased) == ("site", "retention_days = 30", 1)
    assert purged(crawls, server, 31.5) == PurgeReport()


def test_a_page_that_was_purged_may_be_found_again(crawls: Crawls, server: Server) -> None:
    server.on("/", text(f"creator {ADA} Ada"))
    crawls.run(source(server, "/"))
    assert purged(crawls, server, 40).erased == 1
    crawls.ahead = 40 * DAY
    assert crawls.run(source(server, "/")).new == 1


def test_other_sources_are_not_purged(crawls: Crawls, server: Server) -> None:
    server.on("/", text(f"creator {ADA} Ada"))
    crawls.run(source(server, "/", name="other"))
    assert purged(crawls, server, 400) == PurgeReport()
    assert set(crawls.stored()) == {ADA}


def test_who_asks_to_be_left_out_leaves_no_trace_in_the_crawls_file(crawls: Crawls, server: Server) -> None:
    server.on("/", text("link /people/ada-lovely", "link /people/joris", f"about /feed-of-ada {ADA}"))
    server.on("/people/ada-lovely", text(f"creator {ADA} Ada"))
    server.on("/people/joris", text(f"creator {JORIS} Joris"))
    server.on("/feed-of-ada", text("nothing", f"unwilling {ADA}"))
    crawls.run(source(server, "/"))
    assert ADA.encode() in bytes_of(crawls)
    with crawls.suppression() as suppression:
        suppression.add_id(creator_id(ADA))
        suppression.add(
            crawls.stored()[JORIS].__class__(
                id=creator_id("website:x"),
                platform=crawls.stored()[JORIS].platform,
                name="Ada",
                url=server.url("/people/ada-lovely", host="site.example"),
            )
        )
        assert forget_in_crawl(crawls.home, suppression) == 2
        assert forget_in_crawl(crawls.home, suppression) == 0
    left = bytes_of(crawls)
    assert b"ada-lovely" not in left
    assert b"feed-of-ada" not in left
    assert ADA.encode() not in left
    assert b"/people/joris" in left

    crawls.ahead = 3 * 3_600
    server.seen.clear()
    report = crawls.run(source(server, "/"))
    assert report.outcomes[Outcome.SUPPRESSED] == 2
    assert b"ada-lovely" not in bytes_of(crawls)  # found again, and not even noted
    assert not {"/people/ada-lovely", "/feed-of-ada"} & set(server.paths())


def test_an_installation_that_never_crawled_has_nothing_to_forget(crawls: Crawls) -> None:
    with crawls.suppression() as suppression:
        assert forget_in_crawl(crawls.home, suppression) == 0
    assert not crawls.home.crawl.exists()


def test_forgetting_somebody_reaches_the_crawls_file(crawls: Crawls, server: Server) -> None:
    server.on("/", text("link /people/ada-lovely", f"about /feed-of-ada {ADA}"))
    server.on("/people/ada-lovely", text(f"creator {ADA} Ada"))
    server.on("/feed-of-ada", text("nothing"))
    crawls.run(source(server, "/"))
    report = forget(crawls.home, [creator_id(ADA)], ENCODER, ANALYSER)
    assert report.erased == 1
    left = bytes_of(crawls)
    assert b"feed-of-ada" not in left
    assert b"ada-lovely" not in left  # the address of the profile that was stored
    assert ADA.encode() not in left


def test_a_source_that_rests_is_purged_without_being_asked(crawls: Crawls, server: Server) -> None:
    resting, other = source(server, "/ada", retention_days=3), source(server, "/joris", name="other")
    server.on("/ada", text(f"creator {ADA} Ada"))
    server.on("/joris", text(f"creator {JORIS} Joris"))
    crawls.run(resting, other)
    server.seen.clear()
    crawls.ahead = 5 * DAY
    off = replace(resting, enabled=False)
    _, report = crawl(crawls.home, [other], {}, resting=[off], fetch=crawls.fetcher().fetch, clock=crawls.now)
    assert report.erased == 1
    assert set(crawls.stored()) == {JORIS}
    assert "/ada" not in server.paths()
