"""CSS selectors: compiled once, held against the elements that they can mean, and told to who writes them."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from crawl_config.source import Selector, Selectors
from indexer.crawl.document import Document
from indexer.crawl.reading.selecting import Finding, findings, select, wanted_by
from indexer.crawl.reading.soup import parse
from tests.indexer.crawl.reading.invented import FOLDER, MOMENT, a_source, only, read

PAGE = (FOLDER / "selectors.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "css",
    [
        "h1",
        "MAIN h1",
        ".handle",
        "main .about, .following",
        "main [data-followers]",
        "#none, h2",
        "article:nth-of-type(2) time",
        ":is(h1, h2)",
        "*",
        "ul.elsewhere > li:last-child a[href^='mailto:']",
        "article:has(.tag)",
        "h2 ~ .text b",
        "body > *",
        "time:not([datetime='gestern'])",
        "[data-followers], .tag, li",
    ],
)
def test_what_is_found_is_what_beautifulsoup_finds(css: str) -> None:
    selectors = Selectors(creator={"name": Selector(css=css)})
    found = select(parse(PAGE, wanted_by(selectors)), selectors)
    elements = BeautifulSoup(PAGE, "lxml").select(css)
    texts = [" ".join(element.get_text(" ").split()) for element in elements]
    assert found.creator["name"] == [text for text in texts if text]


def test_findings_tell_every_selector() -> None:
    selectors = Selectors(
        creator={"name": Selector(css="h1"), "bio": Selector(css=".none")},
        post_each="article",
        post={"title": Selector(css="h2"), "url": Selector(css="h2 a", attribute="HREF")},
    )
    document = Document(
        url="https://werkbank.example/people/liv",
        status=200,
        headers={"content-type": "text/html"},
        body=PAGE.encode(),
        fetched_at=MOMENT,
    )
    found = findings(document, a_source(document.url, selectors=selectors))
    assert found[:2] == (
        Finding(where="creator.name", css="h1", count=1, value="Liv Sandmo"),
        Finding(where="creator.bio", css=".none", count=0, value=None),
    )
    assert (found[2].where, found[2].count) == ("post", 2)
    assert found[3:] == (
        Finding(where="post[0].title", css="h2", count=1, value="Hobel"),
        Finding(where="post[0].url", css="h2 a", count=1, value="/posts/1"),
        Finding(where="post[1].title", css="h2", count=1, value="Leim"),
        Finding(where="post[1].url", css="h2 a", count=1, value="/posts/2"),
    )


def test_without_selectors_or_without_a_page_there_is_nothing_to_tell() -> None:
    document = Document(url="https://a.example/", status=200, headers={}, body=b"%PDF", fetched_at=MOMENT)
    assert findings(document, a_source()) == ()
    assert findings(document, a_source(selectors=Selectors(creator={"name": Selector(css="h1")}))) == ()


def test_every_kind_of_field_is_read() -> None:
    body = (
        "<html lang=de><h1>Ann</h1><i id=c>1.234 Follower</i><i id=l>de-AT</i><i id=o>Japan</i>"
        "<a id=u href=/ann>x</a><b class=k>Brot</b><b class=k>Holz</b>"
        "<article><i class=v>2,5 Mio.</i><i class=i>p-1</i></article></html>"
    )
    selectors = Selectors(
        creator={
            "name": Selector(css="h1"),
            "followers": Selector(css="#c"),
            "language": Selector(css="#l"),
            "country": Selector(css="#o"),
            "url": Selector(css="#u", attribute="href"),
            "categories": Selector(css=".k"),
        },
        post_each="article",
        post={"views": Selector(css=".v"), "id": Selector(css=".i")},
    )
    ann = only(read(body, selectors=selectors))
    assert (ann.id, ann.followers, ann.language, ann.country, ann.categories) == (
        *("website:site.example/ann", 1234, "de", "JP", ("Brot", "Holz")),
    )
    assert [(post.id, post.views) for post in ann.posts] == [("p-1", 2_500_000)]


def test_posts_without_addresses_are_not_mixed_with_those_of_other_formats() -> None:
    body = (
        '<script type="application/ld+json">{"@type": "Article", "headline": "A", "url": "/a"}</script>'
        "<h1>Ann</h1><article><p>One</p></article><article><p>Two</p></article>"
    )
    selectors = Selectors(
        creator={"name": Selector(css="h1")}, post_each="article", post={"text": Selector(css="p")}
    )
    assert [post.text for post in only(read(body, selectors=selectors)).posts] in (
        ["One", "Two"],
        ["Two", "One"],
    )


NAMES = st.sampled_from(["div", "p", "b", "section"])
CLASSES = st.sampled_from(["a", "b", "a b", ""])
TREES = st.recursive(
    st.just("x"),
    lambda inner: st.builds(
        lambda name, classes, children: f'<{name} class="{classes}">{"".join(children)}</{name}>',
        NAMES,
        CLASSES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)
SIMPLE = st.builds(
    lambda name, kind: f"{name}{kind}", NAMES, st.sampled_from(["", ".a", ":first-child", "[class]"])
)
SELECTORS = st.builds(
    lambda parts, sign: sign.join(parts),
    st.lists(SIMPLE, min_size=1, max_size=3),
    st.sampled_from([" ", " > ", ", ", " ~ "]),
)


@given(TREES, SELECTORS)
def test_any_selector_finds_what_beautifulsoup_finds(tree: str, css: str) -> None:
    selectors = Selectors(creator={"name": Selector(css=css, attribute="class")})
    html = f"<html><body>{tree}</body></html>"
    found = select(parse(html, wanted_by(selectors)), selectors).creator["name"]
    wanted = [" ".join(element.get("class") or ()) for element in BeautifulSoup(html, "lxml").select(css)]
    assert found == [text for text in wanted if text]
