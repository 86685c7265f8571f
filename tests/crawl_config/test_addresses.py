"""Addresses: what must never be fetched is none, and one thing has one form."""

import pytest
from hypothesis import given
from hypothesis.strategies import sampled_from, text

from crawl_config.addresses import normal_escapes, plain_path, read_address

PIECES = "/.%2eEfF5cC?ab;ä*$"


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://site.example", "site.example", "/"),
        ("HTTP://SITE.example.:80/", "site.example", "/"),
        ("https://site.example/a?b=c#d", "site.example", "/a?b=c"),
        ("https://site.example?q", "site.example", "/?q"),
        ("https://site.example/%7Emira/%e4", "site.example", "/~mira/%E4"),
        ("https://site.example/ä", "site.example", "/%C3%A4"),
        ("https://site.example/a/../b/./c", "site.example", "/b/c"),
        ("https://site.example/a/b/../c", "site.example", "/a/c"),
        ("https://site.example/a/%2e%2E/b", "site.example", "/b"),
        ("https://site.example/../../b/..", "site.example", "/"),
        ("https://site.example/a%2fb", "site.example", "/a%2Fb"),
        ("https://site.example/100%", "site.example", "/100%25"),
        ("http://[::1]:8080/x", "::1", "/x"),
    ],
)
def test_one_form(url: str, host: str, target: str) -> None:
    address = read_address(url)
    assert address is not None
    assert (address.host, address.target) == (host, target)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "/a",
            "//site.example/",
            "site.example",
            "ftp://site.example/",
            "file:///a",
            "javascript:alert(1)",
        ),
        *(
            "https://",
            "https:///a",
            "https://a@site.example/",
            "https://a:b@site.example/",
            "https://@site.example/",
        ),
        *(
            "https://site.example:x/",
            "https://site.example:99999/",
            "https://[site.example/",
            "https://[::1/",
        ),
        *(
            "https://site.example\\@b.example/",
            "https://site.example/a b",
            "https://site.example/\n",
            "\thttps://a.example/",
        ),
        *(
            "https://8.8.8.8/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://a\u200db.example/",
            "https://*.example/",
        ),
    ],
)
def test_what_is_none(url: str) -> None:
    assert read_address(url) is None


@given(text(PIECES))
def test_the_form_of_a_form_is_itself(path: str) -> None:
    assert normal_escapes(normal_escapes(path)) == normal_escapes(path)
    assert plain_path(plain_path(path)) == plain_path(path)


@given(text(PIECES))
def test_no_path_climbs(path: str) -> None:
    assert not {".", ".."} & set(plain_path(f"/{path}").split("/"))


@given(text(), sampled_from(["https://site.example/", "https://", ""]))
def test_nothing_raises(rest: str, start: str) -> None:
    address = read_address(start + rest)
    assert address is None or (address.target.isascii() and address.target.startswith("/"))
