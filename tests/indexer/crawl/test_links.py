"""Addresses in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.links import MOST, is_link, links_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        (
            "see https://a.example/b?c=d#e, and (http://b.example)!",
            ("https://a.example/b?c=d#e", "http://b.example"),
        ),
        ("https://a.example https://a.example", ("https://a.example",)),
        ("HTTPS://A.example/X", ("HTTPS://A.example/X",)),
        ("mail a@b.example or www.b.example", ()),
        ("https://nohost https:// http://[::1]/x", ()),
        ('<https://a.example>"https://b.example"', ("https://a.example", "https://b.example")),
        ("日本https://a.example/語", ()),
        ("at\nhttps://a.example/語 now", ("https://a.example/語",)),
    ],
)
def test_links_of_a_text(text: str, found: tuple[str, ...]) -> None:
    assert links_in(text) == found


def test_very_many_are_cut() -> None:
    assert len(links_in(" ".join(f"https://a{n}.example" for n in range(200)))) == MOST


@pytest.mark.parametrize(
    "text", ["", "javascript:alert(1)", "//a.example", "http://[", "https://localhost", "x"]
)
def test_what_is_no_link(text: str) -> None:
    assert not is_link(text)


@given(st.text().map(lambda text: f"https://{text}"))
def test_nothing_makes_it_raise(text: str) -> None:
    assert all(map(is_link, links_in(text)))
