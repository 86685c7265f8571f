"""What feeds are written in: dialects, dates, charsets; entities, and what is no feed at all."""

from datetime import date

import pytest

from indexer.crawl.document import Outcome
from tests.indexer.crawl.feeds.documents import rss
from tests.indexer.crawl.feeds.reading import only, read

DATES = [
    ("<pubDate>Tue, 10 Feb 2026 23:30:00 GMT</pubDate>", date(2026, 2, 10)),
    ("<pubDate>10 Feb 26 23:30 EST</pubDate>", date(2026, 2, 11)),
    ("<pubDate>2026-02-10</pubDate>", date(2026, 2, 10)),
    ("<pubDate>2026-02-10T23:30:00-05:00</pubDate>", date(2026, 2, 11)),
    (
        "<dc:date>2026-02-10T01:00:00Z</dc:date>",
        date(2026, 2, 10),
    ),
    ("<pubDate>yesterday</pubDate>", None),
    ("<pubDate>Tue, 99 Xxx 2026 99:99:99 GMT</pubDate>", None),
    ("<pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>", None),
    ("<pubDate>Thu, 01 Jan 9999 00:00:00 GMT</pubDate>", None),
    ("<pubDate/>", None),
    ("", None),
]


@pytest.mark.parametrize(("stated", "day"), DATES)
def test_dates_of_every_sort(stated: str, day: date | None) -> None:
    (post,) = only(read(rss(f"<title>t</title><item><title>x</title>{stated}</item>"))).posts
    assert post.published_at == day


ITEM = "<title>T</title><item><title>E</title></item>"
DIALECTS = {
    "a document type": f'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/a">{rss(ITEM)}',
    "RSS 1.0": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
    " xmlns='http://purl.org/rss/1.0/'>"
    "<channel><title>T</title></channel><item><title>E</title></item></rdf:RDF>",
    "Atom 0.3": "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>T</title>"
    "<entry><title>E</title></entry></feed>",
    "prefixes that nobody declared": rss(
        f"<itunes:author>A</itunes:author>{ITEM}<foo:bar x:y='1'>z</foo:bar>"
    ),
    "not well-formed": "<rss version='2.0'><channel><title>T</title><item><title>E</item></channel>",
    "a mark and white space first": f"\ufeff\n  <?xml version='1.0'?>{rss(ITEM)}",
    "a comment first": f"<?xml version='1.0'?><?xml-stylesheet href='a'?><!-- <b> -->{rss(ITEM)}",
    "control signs": rss("<title>\x0bT\x01</title><item><title>E\x1f</title></item>"),
    "references to no signs": rss(
        "<title>&#xD800;T&#55296;&#0;&#x110000;&#9999999999;</title><item><title>&#0000;E</title></item>"
    ),
    "no version": rss(ITEM).replace(" version='2.0'", ""),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_dialects_and_broken_feeds(dialect: str) -> None:
    creator = only(read(DIALECTS[dialect]))
    assert (creator.name, [post.title for post in creator.posts]) == ("T", ["E"])


@pytest.mark.parametrize(
    ("charset", "header", "declared"),
    [
        ("utf-8", "", ""),
        ("utf-8", "iso-8859-1", ""),
        ("iso-8859-1", "iso-8859-1", ""),
        ("iso-8859-1", "", "iso-8859-1"),
        ("utf-16", "", "utf-16"),
        ("shift_jis", "shift_jis", ""),
        ("utf-8-sig", "shift_jis", "utf-16"),
    ],
)
def test_charsets(charset: str, header: str, declared: str) -> None:
    title = "東京の庭" if charset == "shift_jis" else "Bäckerei für Anfänger"
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    feed = declaration + rss(f"<title>{title}</title>")
    content_type = "text/xml" + (f"; charset={header}" if header else "")
    assert only(read(feed.encode(charset), content_type=content_type)).name == title


def test_entities_of_html_are_signs() -> None:
    assert (
        only(read(rss("<title>Caf&eacute; &mdash; &amp;lt;x&gt; &unknown;</title>"))).name
        == "Café — <x> &unknown;"
    )


ENTITIES = [
    '<!DOCTYPE rss [<!ENTITY a "b">]>',
    '<!doctype rss SYSTEM "http://x.example/a.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "<!DOCTYPE rss PUBLIC '[' \"]\" [<!ENTITY % p SYSTEM 'http://x.example/'>%p;]>",
    "<?xml version='1.0'?>\n<!-- x --><!DOCTYPE rss [ ]>",
    '<!DOCTYPE rss "a>b" [<!ENTITY a "b">]>',
    '<!DOCTYPE rss><!DOCTYPE rss [<!ENTITY a "b">]>',
    '<!DOCTYPE rss [<!ENTITY a "' + "&a;" * 50 + '">]>',
]


@pytest.mark.parametrize("doctype", ENTITIES)
def test_entities_are_refused(doctype: str) -> None:
    reading = read(doctype + rss("<title>&a;</title>"))
    assert (reading.outcome, reading.creators) == (Outcome.UNREADABLE, ())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"<html><body>no feed</body></html>",
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b"<rss/>",
        b"<rss version='2.0'><channel></channel></rss>",
        b"\x89PNG\r\n",
        b"<rss version='2.0'>" + b"<a>" * 60_000,
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    reading = read(body)
    assert (reading.outcome, reading.creators, len(reading.problems)) == (Outcome.UNREADABLE, (), 1)
