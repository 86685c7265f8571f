"""What pages ask robots not to do, in meta elements and in X-Robots-Tag."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl_config.source import Manners
from discovery.creator import CreatorId
from indexer.crawl.document import Outcome, Task
from indexer.crawl.reading.robots_meta import permission
from tests.indexer.crawl.reading.invented import only, read

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PROFILE = (
    '<meta property="og:type" content="profile"><meta property="og:title" content="Ann Invented">'
    '<meta property="og:description" content="Bakes."><a href="/next">next</a>'
)


def may(header: str = "", **metas: str) -> tuple[bool, bool, bool]:
    """Return whether a page may be kept, its texts may be kept, its links be followed."""
    found = permission(list(metas.items()), header, "NicheScout", NOW)
    return found.index, found.snippet, found.follow


@pytest.mark.parametrize(
    ("directives", "wanted"),
    [
        ("", (True, True, True)),
        ("all", (True, True, True)),
        ("index, follow, max-snippet:-1, max-image-preview:large", (True, True, True)),
        ("noindex", (False, True, True)),
        ("NoIndex,NoFollow", (False, True, False)),
        ("none", (False, True, False)),
        ("nosnippet", (True, False, True)),
        ("max-snippet:0", (True, False, True)),
        ("max-snippet: 20", (True, True, True)),
        ("unavailable_after: 2026-02-28", (False, True, True)),
        ("unavailable_after: 2026-03-02", (True, True, True)),
        ("unavailable_after: 25 Jun 2010 15:00:00 GMT", (False, True, True)),
        ("unavailable_after: Friday, 25-Jun-10 15:00:00 UTC, nosnippet", (False, False, True)),
        ("unavailable_after: Sat, 01 Mar 2031 10:00:00 +0100", (True, True, True)),
        ("unavailable_after: some day", (True, True, True)),
    ],
)
def test_directives_for_all_robots(directives: str, wanted: tuple[bool, bool, bool]) -> None:
    assert may(robots=directives) == wanted
    assert may(header=directives) == wanted


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("otherbot: noindex", (True, True, True)),
        ("nichescout: noindex", (False, True, True)),
        ("NicheScout: nosnippet, nofollow", (True, False, False)),
        ("otherbot: noindex, nofollow", (True, True, False)),
        ("*: noindex", (False, True, True)),
        ("otherbot: unavailable_after: 2020-01-01", (True, True, True)),
        ("nichescout: unavailable_after: 2020-01-01", (False, True, True)),
    ],
)
def test_directives_for_one_robot(header: str, wanted: tuple[bool, bool, bool]) -> None:
    assert may(header=header) == wanted


def test_a_meta_element_may_name_the_product() -> None:
    assert may(nichescout="noindex") == (False, True, True)
    assert may(otherbot="noindex") == (True, True, True)


@given(st.text(), st.text())
def test_any_directives_are_read(meta: str, header: str) -> None:
    permission([("robots", meta)], header, "NicheScout", NOW)
    permission([("robots", f"unavailable_after:{meta}")], f"unavailable_after: {header}", "NicheScout", NOW)


def test_of_a_page_that_is_not_to_be_indexed_nothing_is_kept() -> None:
    task = Task(url="https://site.example/ann", step="page", creator=CreatorId("website:known.example"))
    body = PROFILE + '<meta name="robots" content="noindex">'
    reading = read(body, "https://site.example/ann", task=task, follow=("/",))
    assert reading.creators == ()
    assert reading.outcome is Outcome.NOINDEX
    assert reading.problems == ("asks robots not to keep it: noindex",)
    assert reading.leave_out == ("website:known.example", "website:site.example/ann")
    assert [task.url for task in reading.follow] == ["https://site.example/next"]


def test_the_header_counts_like_the_element() -> None:
    headers = {"content-type": "text/html", "x-robots-tag": "noindex, nofollow"}
    reading = read(PROFILE, headers=headers, follow=("/",))
    assert (reading.outcome, reading.creators, reading.follow) == (Outcome.NOINDEX, (), ())


def test_the_product_is_that_of_the_source() -> None:
    manners = Manners(contact="crawl@company.example", product="OtherScout")
    headers = {"content-type": "text/html", "x-robots-tag": "otherscout: noindex"}
    assert read(PROFILE, headers=headers, manners=manners).outcome is Outcome.NOINDEX
    assert read(PROFILE, headers=headers).outcome is Outcome.FETCHED


def test_without_snippets_no_texts_are_kept() -> None:
    data = (
        '<script type="application/ld+json">{"@type": "Article", "headline": "Bread", "url": "/bread",'
        '"articleBody": "Words #x"}</script><meta name="robots" content="nosnippet">'
    )
    ann = only(read(PROFILE + data))
    assert (ann.name, ann.bio) == ("Ann Invented", None)
    assert "bio" not in ann.provenance
    assert [(post.title, post.text, post.hashtags) for post in ann.posts] == [("Bread", None, ())]
