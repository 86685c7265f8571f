"""HTML to the text that is seen, whatever the HTML is like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.plain_text import LONGEST, plain_text

MARKUP = [
    *("<p>", "</p>", "<br/>", "<", ">", "&", "&lt;", "&#0;", "&#xD800;", "<!--", "-->", "<![CDATA[", "]]>"),
    *("<?xml version='1.0'?>", "<!DOCTYPE x>", "<script>", "</script>", "<a href='", "'>", "</div>", "\0"),
    *("<svg><title>", "<table><tr><td>", "\r", "<title>", "<plaintext>", "<html", "<body "),
]
PIECES = st.lists(st.one_of(st.text(max_size=8), st.sampled_from(MARKUP)), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("two\nlines  here", "two\nlines here"),
        ("a &amp; b &lt;c&gt; &nbsp;d", "a & b <c> d"),
        ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"),
        ("before<p>inside</p>after", "before\ninside\nafter"),
        ("<b>bo</b>ld <i>and</i> plain", "bold and plain"),
        ("@<span>mira</span>", "@mira"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("a<script>alert(1)</script>b<style>p{}</style>c", "abc"),
        ("<script>never closed", ""),
        ("<noscript>x</noscript>y<!-- z -->", "y"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<p>ünï — 東京 🌱</p>", "ünï — 東京 🌱"),
        ("</div></div>after", "after"),
        ("<?xml version='1.0'?><p>x</p>", "x"),
        ("https://a.example/?b=1&copy=2", "https://a.example/?b=1&copy=2"),
        ("<div>" * 5_000 + "deep", "deep"),
        ("<p>é&eacute;&#233;&#xe9;</p>", "éééé"),
    ],
)
def test_what_is_seen(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_a_text_without_end_is_cut() -> None:
    assert len(plain_text("word " * LONGEST)) <= LONGEST
    assert len(plain_text("<i>" + "word " * LONGEST)) <= LONGEST


@given(PIECES)
def test_nothing_makes_it_raise_and_no_script_is_left(html: str) -> None:
    text = plain_text(html)
    assert len(text) <= len(html) * 2 + 10
    assert text == text.strip()
    assert "\0" not in text


@given(st.text(alphabet=st.characters(exclude_characters="<&\0", codec="utf-8")))
def test_text_without_markup_keeps_its_words(text: str) -> None:
    assert plain_text(text).split() == text.split()
