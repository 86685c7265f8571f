"""Crawls that go by sitemaps, and those that begin at a day."""

from datetime import date

from indexer.crawl.document import Document, Outcome, Reading, Task
from indexer.crawl.frontier.limits import Skip
from indexer.crawl.loop.parts import Settings
from tests.hostile.behaviours import page
from tests.hostile.server import Server
from tests.indexer.crawl.crawling import HOST, Crawls, source, text
from tests.indexer.crawl.plain_reader import PlainReader

HOUR = 3_600.0


def sitemap(server: Server, path: str, *paths: str, changed: str = "", root: str = "urlset") -> None:
    """Put a sitemap on the host."""
    entry = "url" if root == "urlset" else "sitemap"
    lines = (
        f"<{entry}><loc>{server.url(one, host=HOST)}</loc><lastmod>{changed}</lastmod></{entry}>"
        for one in paths
    )
    server.on(path, page(f"<{root}>{''.join(lines)}</{root}>".encode(), headers={"Content-Type": "text/xml"}))


def test_the_sitemaps_that_robots_txt_names_are_read(crawls: Crawls, server: Server) -> None:
    server.on("/robots.txt", page(b"Sitemap: /maps.xml\nUser-agent: *\nDisallow: /private"))
    sitemap(server, "/maps.xml", "/map.xml", "/other.xml", root="sitemapindex")
    sitemap(server, "/map.xml", "/ada", "/private/x", "/elsewhere")
    server.on("/", text("welcome"))
    server.on("/ada", text("creator website:site.example/ada Ada"))
    one = source(server, "/", sitemaps=True, follow=("/ada", "/private"))
    report = crawls.run(one)
    assert set(crawls.stored()) == {"website:site.example/ada"}
    assert report.outcomes == {
        Outcome.FETCHED: 4, Outcome.DISALLOWED: 1, Outcome.OUTSIDE: 1,
    }  # fmt: skip
    assert "/sitemap.xml" not in server.paths()


def test_the_usual_sitemap_is_tried_and_need_not_be_there(crawls: Crawls, server: Server) -> None:
    server.on("/", text("welcome"))
    report = crawls.run(source(server, "/", sitemaps=True))
    assert sorted(server.paths()) == ["/", "/robots.txt", "/sitemap.xml"]
    assert report.outcomes == {Outcome.FETCHED: 1}


def test_sitemaps_are_not_asked_for_unless_the_source_says_so(crawls: Crawls, server: Server) -> None:
    server.on("/robots.txt", page(b"Sitemap: /map.xml"))
    server.on("/", text("welcome"))
    crawls.run(source(server, "/"))
    assert server.paths() == ["/robots.txt", "/"]


def test_what_a_sitemap_says_has_changed_is_looked_at_sooner(crawls: Crawls, server: Server) -> None:
    server.on("/", text("welcome"))
    for path in ("/ada", "/joris"):
        server.on(path, text(f"creator website:site.example{path} Somebody"))
    sitemap(server, "/sitemap.xml", "/ada", "/joris", changed="2020-01-01")
    one = source(server, "/", sitemaps=True, manners={"refresh_hours": 24.0})
    crawls.run(one)
    server.seen.clear()
    crawls.ahead = 30 * HOUR
    crawls.run(one)
    assert {"/ada", "/joris"} <= set(server.paths())  # once more: they have been seen only once

    from datetime import UTC, datetime

    server.seen.clear()
    crawls.ahead = 55 * HOUR
    changed = datetime.fromtimestamp(crawls.now() - HOUR, UTC).isoformat(timespec="seconds")
    sitemap(server, "/sitemap.xml", "/joris", changed=changed)
    crawls.run(one)
    assert "/joris" not in server.paths()  # the sitemap itself is not due yet
    crawls.ahead = 120 * HOUR
    crawls.run(one)
    assert "/joris" in server.paths()


def test_a_document_that_is_no_sitemap_is_unreadable(crawls: Crawls, server: Server) -> None:
    server.on("/", text("welcome"))
    server.on("/sitemap.xml", page(b"<!DOCTYPE a [<!ENTITY b 'c'>]><urlset>&b;</urlset>"))
    report = crawls.run(source(server, "/", sitemaps=True))
    assert report.outcomes == {Outcome.FETCHED: 1, Outcome.UNREADABLE: 1}
    assert any("document type" in problem for problem in report.problems)


def test_pages_that_are_older_than_asked_for_are_not_fetched(crawls: Crawls, server: Server) -> None:
    server.on("/", text("welcome"))
    sitemap(server, "/sitemap.xml", "/old", changed="2020-01-01")
    report = crawls.run(source(server, "/", sitemaps=True), settings=Settings(since=date(2026, 1, 1)))
    assert "/old" not in server.paths()
    assert report.skipped == {Skip.OLD.value: 1}


class DatedReader(PlainReader):
    """Gives every creator one post of the day that the path names, and one without a day."""

    def read(self, document: Document, task: Task, source: object) -> Reading:
        from dataclasses import replace

        from discovery.creator import Post

        reading = super().read(document, task, source)  # type: ignore[arg-type]
        day = date.fromisoformat(document.url.rpartition("/")[2])
        posts = (Post(id=f"on-{day}", text="x", published_at=day), Post(id=f"undated-{day}", text="y"))
        dated = posts[:1] if "only" in document.url else posts
        return replace(reading, creators=tuple(replace(one, posts=dated) for one in reading.creators))


def test_posts_from_before_a_day_are_not_taken_in_and_their_further_pages_not_fetched(
    crawls: Crawls, server: Server
) -> None:
    server.on("/2026-02-02", text("creator website:a A", "link /only/2025-01-01"))
    server.on("/only/2025-01-01", text("creator website:a A", "link /only/2024-01-01"))
    report = crawls.run(
        source(server, "/2026-02-02"), settings=Settings(since=date(2026, 1, 1)), reader=DatedReader()
    )
    assert server.paths() == ["/robots.txt", "/2026-02-02", "/only/2025-01-01"]
    assert {post.id for post in crawls.stored()["website:a"].posts} == {"on-2026-02-02", "undated-2026-02-02"}
    assert report.skipped == {Skip.OLD.value: 1}
