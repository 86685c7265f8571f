"""Links: profiles elsewhere, pages of links, and where to go on."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl_config.source import Allowed
from discovery.creator import Platform
from indexer.crawl.document import Task
from indexer.crawl.reading.platforms import Profile, native_id, profile_at
from indexer.crawl.reading.reader import MAX_FOLLOWED
from indexer.crawl.reading.site import Site
from tests.indexer.crawl.reading.invented import a_source, only, read

CHANNEL = "UCabcdefghijklmnopqrstuv"


@pytest.mark.parametrize(
    ("url", "platform", "name"),
    [
        ("https://www.youtube.com/@Ann", "youtube", "Ann"),
        (f"https://m.youtube.com/channel/{CHANNEL}/", "youtube", CHANNEL),
        ("youtube.com/@Ann", None, None),
        ("https://youtube.com/watch?v=1", None, None),
        ("https://youtube.com/@Ann/videos", None, None),
        ("https://instagram.com/ann.bakes/?hl=en", "instagram", "ann.bakes"),
        ("https://instagram.com/p", None, None),
        ("https://instagram.com/p/Cx1", None, None),
        ("https://www.tiktok.com/@ann?lang=en", "tiktok", "ann"),
        ("https://bsky.app/profile/ann.example", "bluesky", "ann.example"),
        ("https://twitter.com/intent/tweet", None, None),
        ("https://x.com/ann", "x", "ann"),
        ("https://twitter.com/share", None, None),
        ("https://mastodon.social/@ann", "mastodon", "ann"),
        ("https://podcasts.apple.com/at/podcast/bread/id123", "apple-podcasts", "id123"),
        ("https://t.me/ann", "telegram", "ann"),
        ("https://evil-youtube.com/@ann", None, None),
        ("https://youtube.com.evil.example/@ann", None, None),
        ("https://[bad/@ann", None, None),
        ("", None, None),
    ],
)
def test_profiles(url: str, platform: str | None, name: str | None) -> None:
    found = profile_at(url)
    assert (found and found.platform, found and found.name) == (platform, name)


def test_native_ids_stand_in_addresses() -> None:
    assert profile_at("https://bsky.app/profile/did:plc:x1") == Profile(
        platform="bluesky", name="did:plc:x1", native_id="did:plc:x1"
    )


@pytest.mark.parametrize(
    ("platform", "url", "wanted"),
    [
        (Platform.YOUTUBE, f"https://www.youtube.com/channel/{CHANNEL}", f"youtube:{CHANNEL}"),
        (Platform.YOUTUBE, "https://www.youtube.com/@ann", None),
        (Platform.INSTAGRAM, "https://instagram.com/Ann.Bakes/", "instagram:ann.bakes"),
        (Platform.TIKTOK, "https://tiktok.com/@Ann", "tiktok:ann"),
        (Platform.TIKTOK, "https://instagram.com/ann", None),
        (Platform.BLUESKY, "https://bsky.app/profile/did:plc:x1", "bluesky:did:plc:x1"),
        (Platform.BLUESKY, "https://bsky.app/profile/ann.example", None),
        (Platform.MASTODON, "https://Social.Example/@Ann", "mastodon:ann@social.example"),
        (Platform.MASTODON, "https://social.example/users/ann", "mastodon:ann@social.example"),
        (Platform.MASTODON, "https://social.example/@ann/12", None),
        (Platform.PODCAST, "https://show.example/", None),
    ],
)
def test_ids_are_those_that_apis_give(platform: Platform, url: str, wanted: str | None) -> None:
    assert native_id(platform, url) == wanted


@given(st.text())
def test_any_address_is_a_profile_or_none(text: str) -> None:
    for url in (text, f"https://youtube.com/{text}", f"https://{text}/@x"):
        profile_at(url)
        native_id(Platform.MASTODON, url)


SITE = Site(url="https://www.site.example/a/b", base="https://www.site.example/a/b", source=a_source())


@pytest.mark.parametrize(
    ("href", "whole"),
    [
        ("/x", "https://www.site.example/x"),
        ("x?y=1#z", "https://www.site.example/a/x?y=1"),
        ("../x", "https://www.site.example/x"),
        ("//other.example/x", "https://other.example/x"),
        (" https://other.example ", "https://other.example"),
        ("?p=2", "https://www.site.example/a/b?p=2"),
        ("#top", None),
        ("", None),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("data:text/html,x", None),
        ("ftp://site.example/", None),
        ("https://user:secret@site.example/", None),
        ("https://site.example:99999/", None),
        ("https://[::1", None),
        ("/a b", None),
        ("/" + "x" * 2000, None),
        (None, None),
        (["/x"], None),
    ],
)
def test_addresses_are_made_whole(href: object, whole: str | None) -> None:
    assert SITE.address(href) == whole


def test_own_addresses_are_those_of_the_same_host() -> None:
    assert SITE.own("https://site.example/x") == "https://site.example/x"
    assert SITE.own("https://sub.site.example/x") is None
    assert SITE.own("https://site.example:8443/x") is None


@given(st.text())
def test_any_link_is_an_address_or_none(href: str) -> None:
    for text in (href, f"/{href}", f"//{href}", f"https://{href}"):
        whole = SITE.address(text)
        assert whole is None or whole.startswith(("http://", "https://"))


PROFILES = ("https://www.youtube.com/@ann", "https://instagram.com/ann", "https://www.tiktok.com/@ann")


def links(*addresses: str) -> str:
    """Return a page of links."""
    return "<title>Ann's links</title>" + "".join(f'<a href="{address}">x</a>' for address in addresses)


@pytest.mark.parametrize(
    ("addresses", "is_one"),
    [
        (PROFILES, True),
        (PROFILES[:2], True),
        ((*PROFILES, "https://shop.example/", "/privacy"), True),
        ((*PROFILES, "https://www.youtube.com/@ann-two"), True),
        (PROFILES[:1], False),
        ((*PROFILES[:2], *(f"https://shop{number}.example/" for number in range(3))), False),
        ((*PROFILES, *(f"https://www.youtube.com/@other{number}" for number in range(2))), False),
        ((*PROFILES, *(f"/page/{number}" for number in range(4))), False),
        (tuple(f"https://instagram.com/a{number}" for number in range(61)), False),
        ((), False),
    ],
)
def test_a_page_of_links_is_one_persons(addresses: tuple[str, ...], is_one: bool) -> None:
    reading = read(links(*addresses), "https://links.example/ann")
    assert bool(reading.creators) is is_one
    if is_one:
        ann = only(reading)
        assert ann.name == "Ann's links"
        assert ann.links == tuple(address for address in addresses if address.startswith("https"))


def test_links_of_me_belong_to_whom_a_page_is_about() -> None:
    me = '<a rel="me nofollow" href="https://social.example/@ann">x</a><a rel="me" href="/other">y</a>'
    profile = '<meta property="og:type" content="profile"><meta property="og:title" content="Ann">'
    assert only(read(profile + me)).links == ("https://social.example/@ann",)
    assert read(me).creators == ()


def followed(body: str, *patterns: str, **changes: Any) -> list[str]:
    """Return the addresses that are followed from a page."""
    return [task.url for task in read(body, follow=patterns or ("/",), **changes).follow]


def test_links_are_followed_once_each_within_the_source() -> None:
    body = (
        '<a href="/a#x">1</a><a href="/a">2</a><area href="/b?c=1"><a href="https://elsewhere.example/a">3</a>'
        '<a href="/n" rel="nofollow">4</a><a>5</a><a href="mailto:x@y.example">6</a><a href="/a?">7</a>'
    )
    assert followed(body) == [
        "https://site.example/a",
        "https://site.example/a?",
        "https://site.example/b?c=1",
    ]
    assert followed(body, "/b") == ["https://site.example/b?c=1"]
    assert read(body).follow == ()


def test_a_base_moves_links_but_not_beyond_the_source() -> None:
    assert followed('<base href="/deep/"><a href="a">x</a>') == ["https://site.example/deep/a"]
    assert followed('<base href="https://elsewhere.example/"><a href="a">x</a>') == []


def test_a_page_may_ask_not_to_be_followed() -> None:
    assert followed('<meta name="robots" content="nofollow"><a href="/a">x</a>') == []


def test_what_the_source_does_not_allow_is_not_followed() -> None:
    allowed = Allowed(hosts=("site.example",), paths=("/ok",))
    assert followed('<a href="/ok/1">x</a><a href="/no">y</a>', allowed=allowed) == [
        "https://site.example/ok/1"
    ]


def test_no_page_leads_to_more_than_so_many() -> None:
    body = "".join(f'<a href="/{number}">x</a>' for number in range(MAX_FOLLOWED + 100))
    assert len(followed(body)) == MAX_FOLLOWED


def test_feeds_that_a_page_announces_are_followed_where_allowed() -> None:
    body = (
        '<link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="alternate" hreflang="de" href="/de">'
        '<link rel="alternate" type="application/atom+xml" href="https://elsewhere.example/feed">'
    )
    assert read(body, follow=("/",)).follow == (Task(url="https://site.example/feed", step="feed"),)
    assert read(body, follow=("/posts",)).follow == ()
