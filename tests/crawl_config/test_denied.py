"""Whose pages are never read: all of their hosts, in every spelling, and nobody else's."""

import pytest
from hypothesis import given
from hypothesis.strategies import sampled_from, text

from crawl_config.denied import DENIALS, denied, denied_address, denied_below

HOSTS = [(host, denial) for denial in DENIALS for host in denial.hosts]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SPELLINGS = (
    str.upper,
    lambda host: f"{host}.",
    lambda host: f"www.{host}",
    lambda host: f"a.b-c.{host}.",
    lambda host: host.replace(".", "\u3002"),
    lambda host: host.translate({ord(letter): ord(letter) + 0xFEE0 for letter in LETTERS}),
    lambda host: f"{host[0]}\u00ad{host[1:]}",
    lambda host: f" {host} ",
    lambda host: f"{host[0]}\u200d{host[1:]}",
)


@given(sampled_from(HOSTS), sampled_from(SPELLINGS))
def test_every_spelling_is_denied_with_the_way_out(entry: tuple, spelling) -> None:  # type: ignore[type-arg,no-untyped-def]
    host, denial = entry
    assert denied(spelling(host)) == denied(host) == str(denial)
    assert denial.way_out in str(denial)
    assert denial.site in str(denial)


@given(sampled_from(HOSTS), text(LETTERS, min_size=1, max_size=5))
def test_a_name_that_only_ends_alike_is_another(entry: tuple, more: str) -> None:  # type: ignore[type-arg]
    host, _ = entry
    others = {name for name, _ in HOSTS}
    for name in (f"{more}{host}", f"{host}{more}", f"{host}.{more}.example"):
        assert name in others or denied(name) is None


@pytest.mark.parametrize(
    "host",
    [
        *(
            "instagram.com",
            "instagr.am",
            "vm.tiktok.com",
            "vt.tiktok.com",
            "www.tiktok.com",
            "m.facebook.com",
        ),
        *("fb.watch", "x.com", "mobile.twitter.com", "t.co", "de.linkedin.com", "lnkd.in", "threads.net"),
        *("pinterest.co.uk", "www.pinterest.de", "pin.it", "snapchat.com", "youtu.be", "m.youtube.com"),
    ],
)
def test_known_hosts(host: str) -> None:
    assert denied(host)


def test_the_reason_names_the_way_out() -> None:
    reason = denied("www.instagram.com")
    assert reason is not None
    assert 'parser = "instagram"' in reason


@pytest.mark.parametrize(
    "host", ["site.example", "co", "com", "", "x.com.example", "tiktok.example", "10.0.0.1"]
)
def test_others_are_free(host: str) -> None:
    assert denied(host) is None


@pytest.mark.parametrize(
    ("url", "is_denied"),
    [
        ("https://www.youtube.com/feeds/videos.xml?channel_id=UCinvented", False),
        ("https://youtube.com/feeds/./videos.xml", False),
        ("https://www.youtube.com/feeds/videos.xml/../../watch?v=1", True),
        ("https://www.youtube.com/feeds/videos.xmlx", True),
        ("https://www.youtube.com/@invented", True),
        ("https://www.youtube.com/", True),
        ("https://www.youtube.com", True),
        ("https://i.ytimg.com/vi/1", True),
        ("https://www.INSTAGRAM.com./invented", True),
        ("https://somebody@www.instagram.com:443/invented", True),
        ("https://site.example/https://www.instagram.com/", False),
        ("https://[instagram.com/", False),
        ("no address", False),
    ],
)
def test_addresses(url: str, is_denied: bool) -> None:
    assert (denied_address(url) is not None) == is_denied


def test_wide_wildcards_reach_what_is_below() -> None:
    def sites(pattern: str) -> set[str]:
        return {denial.site for denial in denied_below(pattern)}

    assert {"Instagram", "TikTok", "X (Twitter)"} <= sites("*.com")
    assert sites("*.am") == {"Instagram"}
    assert sites("*.co.uk") == {"Pinterest"}
    assert sites("*.tiktok.com") == sites("*.vm.tiktok.com") == {"TikTok"}
    assert sites("*.site.example") == sites("com") == set()


def test_no_host_is_denied_twice() -> None:
    names = [host for host, _ in HOSTS]
    assert len(names) == len(set(names))
    assert all(host == host.lower().strip(".") for host in names)


@given(text(max_size=40), text(max_size=10))
def test_nothing_raises(host: str, path: str) -> None:
    denied(host, path)
    denied_address(f"https://{host}/{path}")
    denied_below(host)
