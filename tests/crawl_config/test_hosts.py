"""Names of hosts: one form, no disguises."""

import pytest
from hypothesis import given
from hypothesis.strategies import text

from crawl_config.hosts import covers, host_name, is_fictional, is_loopback


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("site.example", "site.example"),
        ("SITE.Example.", "site.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("ｓｉｔｅ．ｅｘａｍｐｌｅ", "site.example"),
        ("site\u3002example", "site.example"),
        ("si\u00adte.example", "site.example"),
        ("stra\u00dfe.example", "xn--strae-oqa.example"),
        ("a_b.example", "a_b.example"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
    ],
)
def test_one_form(written: str, name: str) -> None:
    assert host_name(written) == name


@pytest.mark.parametrize(
    "written",
    [
        *("", ".", "..", "a..example", ".example", "-a.example", "a-.example", "a b.example", " a.example"),
        *(
            "a/b.example",
            "a:80",
            "user@a.example",
            "*.example",
            f"{'a' * 64}.example",
            "a." * 127 + "example",
        ),
        *("8.8.8.8", "127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "127.0.0.1.", "10.0.0.1"),
        *("2001:db8::1", "[::1]", "::ffff:127.0.0.1", "0:0:0:0:0:0:0:1", "fe80::1%lo", "::1%lo"),
        *("a\u200db.example", "a\x00b.example", "\ud800.example"),
    ],
)
def test_what_is_no_name(written: str) -> None:
    assert host_name(written) is None


@given(text(max_size=30))
def test_the_form_of_a_form_is_itself(written: str) -> None:
    name = host_name(written)
    assert name is None or (host_name(name) == name and name.isascii() and name == name.lower())


def test_the_longest_name() -> None:
    longest = "a." * 123 + "example"
    assert host_name(longest) == longest
    assert host_name(f"a{longest}") is None
    assert host_name("ä." * 126 + "example") is None


def test_a_star_means_all_names_below() -> None:
    assert covers("site.example", "site.example")
    assert covers("*.site.example", "www.site.example")
    assert covers("*.site.example", "a.b.site.example")
    for pattern, host in [
        ("*.site.example", "site.example"),
        ("*.site.example", "mysite.example"),
        ("site.example", "www.site.example"),
        ("site.example", "site.example.test"),
    ]:
        assert not covers(pattern, host)


def test_nobodys_hosts() -> None:
    assert all(map(is_loopback, ["localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "::1"]))
    assert not any(map(is_loopback, ["localhost.example", "10.0.0.1", "127.0.0.1.example", "mylocalhost"]))
    assert all(map(is_fictional, ["a.example", "*.example", "a.test", "www.example.com", "::1", "localhost"]))
    assert not any(map(is_fictional, ["myexample.com", "example.de", "test.com", "8.8.8.8"]))
