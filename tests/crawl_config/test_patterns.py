"""Patterns of addresses, against regular expressions as the oracle."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis.strategies import lists, text

from crawl_config.patterns import allows, follows, matches
from crawl_config.source import Allowed, Parser
from tests.crawl_config.samples import page_source

SOURCE = page_source(
    allowed=Allowed(hosts=("site.example", "*.below.example"), paths=("/people/", "/*.html$", "/q?id=")),
    follow=("/people/*/posts", "/private"),
)


def oracle(pattern: str, target: str) -> bool:
    """Match as robots.txt does, by a regular expression."""
    anchored = pattern.endswith("$")
    parts = map(re.escape, pattern.removesuffix("$").split("*"))
    return re.fullmatch(f"{'.*'.join(parts)}{'' if anchored else '.*'}", target, re.DOTALL) is not None


@given(text("ab/*$", max_size=10), text("ab/", max_size=14))
@example("*a*a", "a")
@example("*aba*aba$", "ababa")
@example("a*a$", "a")
def test_it_is_what_a_regular_expression_says(pattern: str, target: str) -> None:
    cleaned = pattern[:-1].replace("$", "") + pattern[-1:]
    assert matches([cleaned], target) == oracle(cleaned, target)


@given(lists(text("ab*", max_size=4)), text("ab", max_size=6))
def test_one_pattern_is_enough(patterns: list[str], target: str) -> None:
    assert matches(patterns, target) == any(oracle(pattern, target) for pattern in patterns)


def test_many_stars_take_no_time() -> None:
    assert not matches(["/" + "*a" * 500 + "*b"], "/" + "a" * 100_000)
    assert matches(["/" + "*" * 5_000 + "a$"], "/" + "a" * 100_000)


@pytest.mark.parametrize(
    "url",
    [
        "https://site.example/people/mira",
        "http://SITE.example.:8080/people/",
        "https://a.below.example/page.html",
        "https://site.example/q?id=7#part",
        "https://site.example/%70eople/%6Dira",
        "https://site.example/x/../people/mira",
    ],
)
def test_allowed(url: str) -> None:
    assert allows(SOURCE, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/people/mira",
        "https://below.example/page.html",
        "https://site.example.test/people/",
        "https://site.example/",
        "https://site.example/people",
        "https://site.example/page.html?x",
        "https://site.example/people/../private",
        "https://site.example/people/%2e%2e/private",
        "https://site.example/people\\..\\private",
        "https://site.example@other.example/people/",
        "https://mira@site.example/people/",
        "ftp://site.example/people/",
        "/people/mira",
        "",
    ],
)
def test_not_allowed(url: str) -> None:
    assert not allows(SOURCE, url)


def test_what_is_followed_is_allowed_and_named() -> None:
    assert follows(SOURCE, "https://site.example/people/mira/posts/1")
    assert not follows(SOURCE, "https://site.example/people/mira")
    assert not follows(SOURCE, "https://site.example/private")
    assert not follows(SOURCE, "https://other.example/people/mira/posts/1")
    assert not follows(replace(SOURCE, follow=()), "https://site.example/people/mira/posts/1")


def test_pages_of_denied_sites_are_refused_whatever_a_source_says() -> None:
    hosts = ("www.instagram.com", "*.com", "www.youtube.com", "graph.facebook.com")
    source = page_source(allowed=Allowed(hosts=hosts))
    feed = replace(source, parser=Parser.FEED)
    api = replace(source, parser=Parser.INSTAGRAM)
    assert not allows(source, "https://www.instagram.com/invented/")
    assert not allows(source, "https://vm.tiktok.com/1")
    assert not allows(feed, "https://www.youtube.com/@invented")
    assert allows(feed, "https://www.youtube.com/feeds/videos.xml?channel_id=UCinvented")
    assert not allows(feed, "https://graph.facebook.com/v25.0/1")
    assert allows(api, "https://graph.facebook.com/v25.0/1")


@given(text("/pe%2oasml.html?id=*\\@:#", max_size=30))
def test_nothing_raises_and_following_means_being_allowed(rest: str) -> None:
    url = f"https://site.example{rest}"
    assert allows(SOURCE, url) or not follows(SOURCE, url)


@given(text())
def test_any_text_is_decided(url: str) -> None:
    assert not follows(SOURCE, url)
