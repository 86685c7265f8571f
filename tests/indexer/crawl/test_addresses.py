"""What an address is known by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.addresses import NoAddress, canonical, host_of, origin_of, path_pattern


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("http://Site.example:80/a#top", "https://site.example/a"),
        ("https://site.example/a?b=2&a=1", "https://site.example/a?a=1&b=2"),
        ("https://site.example/a?utm_source=x&fbclid=y", "https://site.example/a"),
        ("https://site.example/a;jsessionid=0A1B?x=1", "https://site.example/a?x=1"),
        ("https://site.example/a?PHPSESSID=0123456789ab", "https://site.example/a"),
        ("https://site.example/%7Eada/../ada", "https://site.example/ada"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ],
)
def test_doubles_of_an_address_are_one(url: str, same: str) -> None:
    assert canonical(url) == canonical(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://site.example/a", "https://site.example/A"),
        ("https://site.example/a?page=1", "https://site.example/a?page=2"),
        ("https://site.example/a", "https://www.site.example/a"),
        ("https://site.example/a?sid=7", "https://site.example/a?sid=8"),
        ("https://site.example:8080/", "https://site.example/"),
    ],
)
def test_what_may_differ_stays_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_an_interface_may_need_every_argument_in_its_place() -> None:
    url = "https://api.example/x?b=2&a=1&utm_source=x"
    assert canonical(url, exact=True) == "api.example/x?b=2&a=1&utm_source=x"


@pytest.mark.parametrize(
    "url", ["", "ftp://site.example/", "https://", "site.example", "http://a/" + "x" * 2_000]
)
def test_what_is_no_address_is_said_so(url: str) -> None:
    for work in (canonical, host_of, origin_of, path_pattern):
        with pytest.raises(NoAddress):
            work(url)


def test_http_and_https_are_one_host_and_two_origins() -> None:
    assert host_of("http://site.example/") == host_of("https://site.example/") == "site.example"
    assert host_of("http://site.example:8080/") == "site.example:8080"
    assert origin_of("http://site.example/a") == "http://site.example"
    assert origin_of("https://site.example:8443/a") == "https://site.example:8443"


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("https://site.example/calendar/2026/11/23", "https://site.example/calendar/1999/1/1"),
        ("https://site.example/?date=2026-11-23&view=day", "https://site.example/?view=week&date=1999"),
        ("https://site.example/s/0123456789abcdef", "https://site.example/s/fedcba9876543210"),
        ("https://site.example/a/b/a/b/a/b", "https://site.example/a/b"),
        ("https://site.example/post-17.html", "https://site.example/post-18.html"),
    ],
)
def test_pages_of_one_kind_have_one_pattern(url: str, other: str) -> None:
    assert path_pattern(url) == path_pattern(other)


def test_profiles_by_name_are_kinds_of_their_own() -> None:
    assert path_pattern("https://site.example/ada") != path_pattern("https://site.example/joris")


@given(st.text(max_size=80))
def test_canonical_is_the_same_when_done_again(text: str) -> None:
    try:
        once = canonical(f"https://site.example/{text}")
    except NoAddress:
        return
    assert canonical(f"https://{once}") == once
