"""Sitemaps: the forms that there are, their limits, and what is none."""

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.sitemaps import MOST_ADDRESSES, Entry, NoSitemap, Sitemap, moment, read

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries: str, namespace: str = NAMESPACE) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {namespace}>{"".join(entries)}</urlset>'.encode()


def test_addresses_and_their_changes_are_read() -> None:
    body = urlset(
        "<url><loc> https://site.example/a?x=1&amp;y=2 </loc><lastmod>2026-03-01</lastmod></url>",
        "<url><lastmod>never</lastmod><loc>https://site.example/b</loc><priority>0.5</priority></url>",
        "<url><lastmod>2026-03-01</lastmod></url>",
        '<url><loc>https://site.example/c</loc><image:image xmlns:image="i"><image:loc>no</image:loc>'
        "</image:image></url>",
    )
    march = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
    assert read(body).pages == (
        Entry("https://site.example/a?x=1&y=2", march),
        Entry("https://site.example/b"),
        Entry("https://site.example/c"),
    )
    assert read(urlset("<url><loc>https://site.example/</loc></url>", namespace="")).pages
    assert read(gzip.compress(body)) == read(body)
    assert read(b"\xef\xbb\xbf" + body) == read(body)
    assert read(body.decode().replace("UTF-8", "UTF-16").encode("utf-16")) == read(body)


def test_an_index_names_further_sitemaps() -> None:
    body = b"<sitemapindex><sitemap><loc>https://site.example/1.xml.gz</loc></sitemap></sitemapindex>"
    assert read(body) == Sitemap(sitemaps=(Entry("https://site.example/1.xml.gz"),))


def test_the_plain_form_is_one_address_a_line() -> None:
    body = b"https://site.example/a\r\n\r\nno address\nhttps://site.example/b"
    assert [one.url for one in read(body).pages] == ["https://site.example/a", "https://site.example/b"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "neither"),
        (b"Nothing to see", "neither"),
        (b"<html><body>404</body></html>", "begins with <html>"),
        (b"<urlset><url>", "not well-formed"),
        (b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset>&a;</urlset>', "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><urlset/>', "document type"),
        (b"<urlset>" + b"<a>" * 100 + b"</a>" * 100 + b"</urlset>", "too deep"),
        (gzip.compress(b"<urlset>" + b" " * (60 << 20)), "unpacks to too much"),
        (b"\x1f\x8bnothing", "gzip"),
        (b'<?xml version="1.0" encoding="no-such"?><urlset/>', "not well-formed"),
    ],
)
def test_what_is_none_is_refused_by_name(body: bytes, why: str) -> None:
    with pytest.raises(NoSitemap, match=why):
        read(body)


def test_more_than_may_be_there_is_cut() -> None:
    entry = "<url><loc>https://site.example/{}</loc></url>"
    found = read(urlset(*(entry.format(number) for number in range(MOST_ADDRESSES + 10))))
    assert (len(found.pages), found.cut) == (MOST_ADDRESSES, True)
    lines = "\n".join(f"https://site.example/{number}" for number in range(MOST_ADDRESSES + 1))
    assert read(lines.encode()).cut


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T12:30:15+02:00", datetime(2026, 3, 1, 10, 30, 15, tzinfo=UTC)),
        ("2026-03-01T12:30Z", datetime(2026, 3, 1, 12, 30, tzinfo=UTC)),
        ("2026-03-01T23:59:60.123456789Z", datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)),
        ("2026-13-01", None),
        ("2026-03-01T12:30+99:99", None),
        ("0000-00-00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_in_every_length(text: str, wanted: datetime | None) -> None:
    assert moment(text) == (None if wanted is None else wanted.timestamp())


PIECES = st.sampled_from(
    ["<urlset>", "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "https://site.example/", "<lastmod>",
     "</lastmod>", "2026-03-01", "&amp;", "&#0;", "&x;", "<![CDATA[", "]]>", "<!--", "-->", "\x00",
     "<?xml ?>", "<sitemapindex>", "<sitemap>", "\ufeff", "é"]
)  # fmt: skip


BODIES = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=40).map(lambda one: "".join(one).encode()),
    st.binary(max_size=200).map(lambda tail: b"\x1f\x8b\x08" + tail),
    st.binary(max_size=300).map(gzip.compress),
)


@given(BODIES)
def test_nothing_but_a_sitemap_or_its_refusal_comes_out(body: bytes) -> None:
    try:
        found = read(body)
    except NoSitemap:
        return
    assert len(found.pages) + len(found.sitemaps) <= MOST_ADDRESSES
