"""Pages made to break or to delay their reader: every one is read or refused, soon, without an exception."""

import json
import time
from random import Random

import pytest

from crawl_config.source import Selector, Selectors
from indexer.crawl.document import Outcome
from indexer.crawl.reading.soup import MAX_CHARACTERS, MAX_DEPTH, MAX_ELEMENTS, parse
from tests.indexer.crawl.reading.invented import read, with_json_ld

DEADLINE = 30
"""Seconds: many times what the slowest of these pages takes."""
MANY = 30_000

SELECTORS = Selectors(
    creator={
        "name": Selector(css="div div div div h1"),
        "bio": Selector(css=":has(p) ~ div"),
        "followers": Selector(css="div:nth-child(2n) > b"),
    },
    post_each="div",
    post={"text": Selector(css="div p"), "url": Selector(css="a", attribute="href")},
)


def circular(number: int) -> dict[str, object]:
    """Return one of many nodes that share seven names and refer to all of them."""
    return {
        "@type": ["Article", "Person", "WebSite"],
        "@id": f"#{number % 7}",
        "author": [{"@id": f"#{other}"} for other in range(7)],
        "publisher": [{"@id": f"#{other}"} for other in range(7)],
        "mainEntity": {"@id": f"#{(number + 1) % 7}"},
    }


def counted(number: int) -> dict[str, object]:
    """Return a post that refers to one counter a thousand times."""
    return {"@type": "Article", "headline": f"h{number}", "interactionStatistic": [{"@id": "#s"}] * 1000}


def named(name: str) -> str:
    """Return a page of a person."""
    return with_json_ld(json.dumps({"@type": "Person", "name": name}))


def article(**stated: str) -> str:
    """Return a page of a post."""
    return with_json_ld(json.dumps({"@type": "Article", "headline": "x", **stated}))


PAGES = {
    "deep": "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "deep and never closed": "<div><b><p><section>" * (MANY // 4) + "x",
    "wide": "<div><b>1</b></div>" * MANY,
    "tables in tables": "<table><tr><td>" * MANY,
    "links in links": '<a href="/x" class="h-card" rel="me">' * (MANY // 2),
    "templates": "<template>" * MANY + "<p>x",
    "preserved": "<pre>" * (MANY // 2) + "<b>" * (MANY // 2),
    "attribute of a megabyte": f"<div class='{'h-card ' * 150_000}' id='{'x' * 1_000_000}'>x</div>",
    "a million attributes": f"<div {' '.join(f'a{number}=1' for number in range(1_000_000))}>x</div>",
    "one attribute a million times": f"<div {'a=1 ' * 1_000_000}>x</div>",
    "NUL everywhere": "\0<p\0 class='h\0-card'>\0</p>" * 1_000,
    "less-than signs": "<" * 2_000_000,
    "ampersands": "<p>" + "&" * 2_000_000,
    "entities": "<p>" + "&lt;" * 500_000,
    "comments never closed": "<!--" * 500_000,
    "declarations": "<!DOCTYPE" * 200_000,
    "processing instructions": "<?xml version='1.0'?>" * 100_000,
    "white space": "<p>" + " \n" * 2_000_000,
    "a title of megabytes": "<title>" + "x" * 3_000_000,
    "many metas": '<meta property="og:type" content="profile">' * MANY,
    "many links": "".join(f'<a href="/{number}?x=%zz">x</a>' for number in range(MANY)),
    "links that are none": "".join(f'<a href="//[{number}">x</a>' for number in range(MANY // 2)),
    "cards in cards": '<div class="h-card p-name">' * MANY,
    "old classes": '<div class="hentry"><b class="entry-title">x</b></div>' * (MANY // 5),
    "entries of texts in texts": '<div class="h-entry">'
    + '<p class="p-name">' * 10
    + "<b>word</b> " * 15_000,
    "robots": f"<meta name='robots' content='{'unavailable_after: x,' * 100_000}'>",
    "counts": '<meta property="og:type" content="profile">'
    + f"<meta property='og:description' content='{'1,1 ' * 300_000}'>",
    "scripts": '<script type="application/ld+json">{"@type":"Article"}</script>' * 20_000,
    "JSON too deep": with_json_ld("[" * 500_000),
    "JSON as deep as may be": with_json_ld('{"author":' * 900 + "1" + "}" * 900),
    "JSON of commas": with_json_ld("[1" + ", " * 500_000 + "]"),
    "JSON of comments": with_json_ld("/*" * 500_000, "{" + "//x\n" * 300_000),
    "JSON of quotes": with_json_ld('"' + '\\"' * 500_000, '"' * 999_999),
    "JSON of spaces": with_json_ld(" " * 1_900_000 + "x"),
    "JSON of markup": named("<p " * 300_000),
    "JSON of entities": named("&a" * 400_000),
    "JSON of addresses": with_json_ld(json.dumps({"@type": "Person", "email": "a@" * 400_000})),
    "JSON of keywords": article(keywords="a,#" * 300_000),
    "JSON of hashtags": article(text="#a@b " * 200_000),
    "JSON in circles": with_json_ld(json.dumps({"@graph": [circular(number) for number in range(4_000)]})),
    "JSON of counters": with_json_ld(
        json.dumps({"@graph": [*(counted(number) for number in range(90)), {"@id": "#s", "@type": "X"}]})
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_or_holds_up_its_reader(name: str) -> None:
    begin = time.monotonic()
    reading = read(PAGES[name], follow=("/",))
    assert time.monotonic() - begin < DEADLINE
    assert reading.outcome is Outcome.FETCHED


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["deep", "wide", "tables in tables", "old classes", "attribute of a megabyte"]
)
def test_no_page_holds_up_selectors(name: str) -> None:
    begin = time.monotonic()
    reading = read(PAGES[name], selectors=SELECTORS)
    assert time.monotonic() - begin < DEADLINE
    assert reading.outcome is Outcome.FETCHED


@pytest.mark.slow
@pytest.mark.parametrize(
    "content_type", ["", "text/html", "text/html; charset=utf-16", "text/html; charset=gbk"]
)
def test_noise_is_read_or_refused(content_type: str) -> None:
    noise = Random(1).randbytes(1_000_000)
    begin = time.monotonic()
    for body in (noise, b"<p>" + noise, b"<html>" + noise.replace(b"<", b"")):
        read(body, headers={"content-type": content_type})
    assert time.monotonic() - begin < DEADLINE


def test_elements_below_the_greatest_depth_lend_their_text_to_what_holds_them() -> None:
    page = parse(
        "<html><body>" + "<div>" * (MAX_DEPTH * 2) + "deep" + "</div>" * (MAX_DEPTH * 2) + "<p>after</p>"
    )
    deepest = page.soup.find(string="deep")
    assert deepest is not None
    assert len(list(deepest.parents)) == MAX_DEPTH + 1
    after = page.soup.find("p")
    assert after is not None
    assert after.parent is page.soup.body
    assert page.cut == f"{MAX_DEPTH + 2} elements are too deep or too many; they are not read"


def test_elements_beyond_the_greatest_number_are_not_made() -> None:
    page = parse("<b>x</b>" * (MAX_ELEMENTS + 10))
    assert len(page.soup.find_all("b")) == MAX_ELEMENTS - 2  # html and body count too
    assert page.cut == "12 elements are too deep or too many; they are not read"


def test_a_page_is_read_to_its_greatest_length() -> None:
    page = parse("<p>" + "x" * MAX_CHARACTERS + "<b>beyond</b>")
    assert page.soup.find("b") is None
    assert page.cut == f"longer than {MAX_CHARACTERS} characters; the rest is not read"


@pytest.mark.parametrize(
    "text",
    ["", " ", "no markup", "https://site.example/x.html", "x.html", "<", "<>", "<?xml version='1.0'?><a/>"],
)
def test_texts_that_are_hardly_pages_are_read_without_warning(text: str) -> None:
    assert parse(text).cut == ""
    assert read(text).creators == ()
