"""What is a page, by its media type or by how it begins."""

import pytest

from indexer.crawl.document import Outcome
from indexer.crawl.reading.media_type import charset_label, is_feed, media_type, not_a_page
from tests.indexer.crawl.reading.invented import read


@pytest.mark.parametrize(
    ("content_type", "wanted"),
    [
        ("text/html", "text/html"),
        ("Text/HTML; charset=utf-8", "text/html"),
        ("text/html, text/plain", "text/html"),
        ("application/xhtml+xml ;x=y", "application/xhtml+xml"),
        ("", ""),
        ("html", ""),
        ("text/ html", ""),
    ],
)
def test_media_types(content_type: str, wanted: str) -> None:
    assert media_type(content_type) == wanted


@pytest.mark.parametrize(
    ("content_type", "label"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ('text/html; boundary=x; Charset="koi8-r"', "koi8-r"),
        ("text/html;charset='x', text/plain", "x"),
        ("text/html", None),
        ("text/html; charset=", None),
    ],
)
def test_charsets(content_type: str, label: str | None) -> None:
    assert charset_label(content_type) == label


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/pdf",
        "image/png",
        "application/json",
        "application/rss+xml",
        "text/xml",
        "video/mp4",
    ],
)
def test_what_is_no_html_is_not_read(kind: str) -> None:
    reading = read("<html><body>Hello</body></html>", headers={"content-type": kind})
    assert reading.outcome is Outcome.UNREADABLE
    assert reading.problems == (f"{kind} is not HTML",)


@pytest.mark.parametrize(
    ("body", "is_page"),
    [
        (b"<!DOCTYPE html><title>x", True),
        (b"\xef\xbb\xbf  <html>", True),
        (b"\xff\xfe<\0h\0t\0m\0l\0>\0", True),
        (b"<!-- x --><p>", True),
        (b"<?xml version='1.0'?><rss>", False),
        (b"%PDF-1.7", False),
        (b"\x89PNG\r\n", False),
        (b'{"a": 1}', False),
        (b"", False),
    ],
)
def test_without_a_media_type_the_beginning_decides(body: bytes, is_page: bool) -> None:
    assert (not_a_page("", body) is None) is is_page


def test_feeds() -> None:
    assert is_feed("application/atom+xml; charset=utf-8")
    assert not is_feed("text/html")
