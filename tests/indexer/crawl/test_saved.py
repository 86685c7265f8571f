"""Saved pages: which files are taken, where they were, what they become."""

import os
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from crawl_config.source import Allowed
from discovery.errors import InvalidInput
from indexer.crawl import saved
from indexer.crawl.saved import address_of, document_of, saved_pages
from tests.crawl_config.samples import page_source

SOURCE = page_source(
    seeds=("https://site.example/people", "https://site.example/"),
    allowed=Allowed(hosts=("site.example", "*.below.example"), paths=("/$", "/people", "/page.html")),
)


def test_a_folder_gives_its_pages_in_order(tmp_path: Path) -> None:
    for name in ("b.html", "a/z.HTM", "a/feed.xml", "notes.txt", ".hidden.html", ".git/a.html", "a/c.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    alone = tmp_path / "notes.txt"
    assert [str(page.place) for page in saved_pages([tmp_path, alone])] == [
        *("a/c.json", "a/feed.xml", "a/z.HTM", "b.html", "notes.txt"),
    ]


def test_a_folder_without_pages_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"holds no saved page; a page's name ends in one of \.html"):
        list(saved_pages([tmp_path]))


@pytest.mark.parametrize(
    ("place", "url"),
    [
        ("people/mira.html", "https://site.example/people/mira.html"),
        ("people.html", "https://site.example/people"),
        ("people/index.html", "https://site.example/people"),
        ("index.html", "https://site.example/"),
        ("site.example/people/joris", "https://site.example/people/joris"),
        ("a.below.example/people/ä b.html", "https://a.below.example/people/%C3%A4%20b.html"),
        ("other.example/people/x.html", "https://site.example/other.example/people/x.html"),
        ("page.html", "https://site.example/page.html"),
        ("shop.html", "https://site.example/shop.html"),
    ],
)
def test_where_a_page_was(place: str, url: str) -> None:
    assert address_of(PurePosixPath(place), SOURCE) == url


def test_a_page_without_its_ending_is_taken_where_only_that_is_allowed() -> None:
    source = page_source(allowed=Allowed(hosts=("site.example",), paths=("/mira$",)))
    assert address_of(PurePosixPath("mira.html"), source) == "https://site.example/mira"


def test_a_document_is_the_file_as_it_was_last_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(b"<p>\xe4")
    os.utime(file, (0, datetime(2026, 2, 1, 12, tzinfo=UTC).timestamp()))
    (page,) = saved_pages([file])
    document = document_of(page, "https://site.example/a")
    assert (document.url, document.status, document.body) == ("https://site.example/a", 200, b"<p>\xe4")
    assert document.headers == {"content-type": "text/html"}
    assert document.fetched_at == datetime(2026, 2, 1, 12, tzinfo=UTC)


def test_a_page_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST_BYTES", 3)
    file = tmp_path / "a.html"
    file.write_bytes(b"abc")
    (page,) = saved_pages([file])
    assert document_of(page, "https://site.example/a").body == b"abc"
    file.write_bytes(b"abcd")
    with pytest.raises(InvalidInput, match="is larger than 3 bytes"):
        document_of(page, "https://site.example/a")
