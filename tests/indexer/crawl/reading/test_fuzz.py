"""Whatever a page holds, its reader returns, and what it returns can be stored and followed."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawl_config.patterns import allows
from crawl_config.source import Selector, Selectors
from discovery.creator import Platform
from indexer.crawl.document import Outcome, Reading
from indexer.crawl.reading.reader import MAX_FOLLOWED, MAX_PROBLEMS
from indexer.merge import merge
from indexer.records import from_json, to_json
from tests.indexer.crawl.reading.invented import FOLDER, a_source, read, with_json_ld

URL = "https://site.example/page"
FILES = sorted(FOLDER.glob("*.html"))
OUTCOMES = {Outcome.FETCHED, Outcome.NOINDEX, Outcome.UNREADABLE}


def check(reading: Reading) -> None:
    """Hold a reading to what is promised of all of them."""
    assert reading.outcome in OUTCOMES
    assert len({creator.id for creator in reading.creators}) == len(reading.creators)
    for creator in reading.creators:
        assert creator.name
        assert from_json(to_json(creator)) == creator
        assert merge(merge(None, creator), creator).name == creator.name
        assert all(origin.source == "makers" for origin in creator.provenance.values())
    assert len(reading.follow) <= MAX_FOLLOWED + 5
    assert all(allows(a_source(URL), task.url) for task in reading.follow)
    assert len(reading.problems) <= MAX_PROBLEMS
    "".join((*reading.problems, *(task.url for task in reading.follow), *reading.leave_out)).encode()


KEYS = st.sampled_from(
    [
        "@type",
        "@id",
        "@graph",
        "@context",
        "@value",
        "mainEntity",
        "about",
        "author",
        "creator",
        "publisher",
        "name",
        "alternateName",
        "givenName",
        "description",
        "url",
        "sameAs",
        "email",
        "contactPoint",
        "address",
        "addressCountry",
        "homeLocation",
        "knowsAbout",
        "birthDate",
        "inLanguage",
        "interactionStatistic",
        "agentInteractionStatistic",
        "interactionType",
        "userInteractionCount",
        "interactionService",
        "interactionCount",
        "commentCount",
        "headline",
        "articleBody",
        "text",
        "datePublished",
        "uploadDate",
        "keywords",
        "sponsor",
        "mainEntityOfPage",
        "blogPost",
    ]
)
WORDS = st.sampled_from(
    [
        "ProfilePage",
        "Person",
        "Organization",
        "BlogPosting",
        "VideoObject",
        "WebSite",
        "https://schema.org/Article",
        "FollowAction",
        "LikeAction",
        "WatchAction",
        "#a",
        "#b",
        URL,
        "https://site.example/",
        "/ann",
        "https://x.example/",
        "mailto:a@b.example",
        "2026-02-01",
        "2012",
        "1,234",
        "12.5K",
        "UserPlays:7",
        "de",
        "Austria",
        "Ann",
        "\ud83d",
        "\0",
    ]
)
LEAVES = st.one_of(
    WORDS, WORDS, st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.just(10**40)
)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=30,
)
ENTITIES = st.dictionaries(KEYS, NODES, max_size=8)
PROFILES = st.builds(
    lambda entity, more: {"@type": "ProfilePage", "mainEntity": entity, **more}, ENTITIES, ENTITIES
)


@given(st.lists(st.one_of(PROFILES, ENTITIES, NODES), max_size=4))
def test_any_json_ld(data: list[Any]) -> None:
    page = with_json_ld(*(json.dumps(one) for one in data))
    check(read(page, URL))
    check(read(page, URL, platform=Platform.MASTODON))


@given(st.lists(ENTITIES, min_size=1, max_size=6), st.data())
def test_json_ld_that_refers_to_itself(entities: list[dict[str, Any]], data: st.DataObject) -> None:
    names = [f"#{number}" for number in range(len(entities))]
    for name, entity in zip(names, entities, strict=True):
        entity["@id"] = name
        for key in ("author", "mainEntity", "publisher", "interactionStatistic"):
            entity[key] = {"@id": data.draw(st.sampled_from(names))}
    check(read(with_json_ld(json.dumps({"@graph": entities})), URL))


@given(st.text(max_size=200))
def test_any_text_for_json_ld(text: str) -> None:
    check(read(with_json_ld(text, "{" + text + "}"), URL))


ATTRIBUTES = st.sampled_from(
    ["class", "href", "rel", "content", "property", "name", "datetime", "type", "lang", "title"]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "h-card",
            "h-entry",
            "h-feed",
            "p-author h-card",
            "u-url u-uid",
            "p-name",
            "e-content",
            "dt-published",
            "dt-bday",
            "hentry",
            "vcard",
            "fn",
            "url",
            "value",
            "value-title",
            "me",
            "author",
            "nofollow",
            "canonical",
            "og:type",
            "profile",
            "article",
            "og:url",
            "og:title",
            "robots",
            "noindex",
            "2026-02-01T25:61",
            "10:00",
            "/",
            "//",
            "https://[",
            "#",
            "?a",
        ]
    ),
    st.text(max_size=10),
)
ELEMENTS = st.sampled_from(
    [
        "div",
        "a",
        "p",
        "meta",
        "link",
        "time",
        "base",
        "img",
        "abbr",
        "data",
        "template",
        "script",
        "title",
        "br",
        "html",
    ]
)


def element(name: str, attributes: dict[str, str], children: list[str]) -> str:
    """Return an element as markup."""
    stated = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{stated}>{''.join(children)}</{name}>"


TREES = st.recursive(
    st.text(max_size=10),
    lambda inner: st.builds(
        element,
        ELEMENTS,
        st.dictionaries(ATTRIBUTES, VALUES, max_size=4),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)
SELECTORS = Selectors(
    creator={
        "name": Selector(css=".p-name"),
        "followers": Selector(css="p"),
        "links": Selector(css="a", attribute="href"),
    },
    post_each="div",
    post={"text": Selector(css="p"), "published_at": Selector(css="time", attribute="datetime")},
)


@given(st.lists(TREES, min_size=1, max_size=4), st.booleans())
def test_any_markup(trees: list[str], selected: bool) -> None:
    body = "".join(trees).encode("utf-8", "replace")
    check(read(body, URL, follow=("/",), selectors=SELECTORS if selected else Selectors()))


CHARSETS = st.sampled_from(
    [
        "utf-8",
        "utf-16",
        "utf-7",
        "latin1",
        "gbk",
        "shift_jis",
        "iso-2022-jp",
        "koi8-r",
        "x-user-defined",
        "rot13",
        "none",
        "",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), st.data(), CHARSETS)
def test_mutations_of_the_invented_pages(file: Any, data: st.DataObject, charset: str) -> None:
    body = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(0, 8))):
        place = data.draw(st.integers(0, len(body)))
        length = data.draw(st.integers(0, 40))
        body[place : place + length] = data.draw(st.one_of(st.binary(max_size=20), st.just(body[:length])))
    content_type = f"text/html; charset={charset}"
    check(read(bytes(body), URL, headers={"content-type": content_type}, follow=("/",)))


@given(st.binary(max_size=500), st.text(max_size=30), st.text(max_size=30))
def test_any_bytes_and_headers(body: bytes, content_type: str, robots: str) -> None:
    headers = {"content-type": content_type, "x-robots-tag": robots}
    check(read(body, URL, headers=headers))
    check(read(body, URL, headers={"content-type": "text/html", "x-robots-tag": robots}))
