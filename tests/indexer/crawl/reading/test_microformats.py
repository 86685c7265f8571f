"""h-card, h-entry and h-feed: whom a page is about, what is theirs, and what is not read."""

import socket

import pytest

from indexer.crawl.document import Reading
from tests.indexer.crawl.reading.invented import only, read

HOME = "https://ann.example/"


def home(body: str, url: str = HOME) -> Reading:
    """Read a page of Ann's."""
    return read(f"<html><body>{body}</body></html>", url)


CARD = '<div class="h-card"><a class="p-name u-url" href="{href}">{name}</a>{more}</div>'


def card(href: str, name: str = "Ann", more: str = "") -> str:
    """Return an h-card."""
    return CARD.format(href=href, name=name, more=more)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (card("/"), "Ann"),
        (card("https://elsewhere.example/"), "Ann"),
        (card("https://bob.example/", "Bob") + card("/"), "Ann"),
        (card("https://bob.example/", "Bob") + card("https://cy.example/", "Cy"), None),
        (card("https://bob.example/", "Bob") + card("https://me.example/")
         + '<link rel="me" href="https://me.example/">', "Ann"),
        (card("/", "Ann", '<a class="u-uid" href="/">.</a>') + card("/", "Other"), "Ann"),
        (card("/") + card("/", "Again"), None),
        (card("https://bob.example/", "Bob") + '<div class="h-entry"><p class="p-name">x</p></div>', None),
        ("<div class='h-cards'>no</div><div class='max-h-card'>no</div>", None),
    ],
)  # fmt: skip
def test_whom_a_page_is_about(body: str, name: str | None) -> None:
    assert [creator.name for creator in home(body).creators] == ([] if name is None else [name])


def test_a_card_of_a_minor_is_not_listed() -> None:
    reading = home(card("/", "Kid", '<time class="dt-bday" datetime="2012-05-01">May</time>'))
    assert (reading.creators, reading.leave_out) == ((), ("website:ann.example",))


def test_entries_have_the_author_of_their_feed() -> None:
    body = (
        '<div class="h-feed"><p class="p-author h-card"><a class="u-url p-name" href="/by/ann">Ann</a></p>'
        '<div class="h-entry"><a class="u-url p-name" href="/1">One</a></div></div>'
    )
    ann = only(home(body))
    assert (ann.id, ann.name, [post.id for post in ann.posts]) == (
        "website:ann.example/by/ann",
        "Ann",
        ["ann.example/1"],
    )


ENTRY = (
    '<div class="h-entry"><a class="u-url p-name" href="/{name}">x</a>'
    '<a class="p-author h-card" href="/">{name}</a></div>'
)


def test_on_a_site_of_one_person_the_first_page_is_the_author() -> None:
    ann = only(home(ENTRY.format(name="Ann"), f"{HOME}2026/1"))
    assert (ann.id, ann.name, len(ann.posts)) == ("website:ann.example", "Ann", 1)
    assert home(ENTRY.format(name="Ann") + ENTRY.format(name="Bob")).creators == ()


def test_a_note_has_no_title_beside_its_text() -> None:
    ann = only(home(card("/") + '<div class="h-entry"><p class="p-name e-content">Hello, bread</p></div>'))
    assert [(post.title, post.text) for post in ann.posts] == [(None, "Hello, bread")]


def test_a_card_of_somebody_else_adds_nothing_to_whom_the_page_is_about() -> None:
    ann = '<script type="application/ld+json">{"@type": "Person", "name": "Ann", "url": "/ann"}</script>'
    for href in ("/bob", "https://bob.example/"):
        bob = card(href, "Bob", '<p class="p-note">Somebody else.</p>')
        assert only(home(ann + bob, f"{HOME}ann")).bio is None
    same = card("https://elsewhere.example/", "ANN", '<p class="p-note">Bakes.</p>')
    assert only(home(ann + same, f"{HOME}ann")).bio == "Bakes."


def test_an_entry_of_somebody_elsewhere_is_nobodys() -> None:
    entry = '<div class="h-entry"><a class="u-url p-name" href="/1">One</a>{}</div>'
    author = '<a class="p-author h-card" href="https://victim.example/">Victim</a>'
    assert home(entry.format(author)).creators == ()


@pytest.mark.parametrize("property_name", ["u-repost-of", "u-like-of"])
def test_what_is_passed_on_is_no_post(property_name: str) -> None:
    passed_on = f'<a class="{property_name}" href="https://b.example/1">x</a>'
    entry = f'<div class="h-entry">{passed_on}<p class="e-content">y</p></div>'
    assert only(home(card("/", more="") + entry)).posts == ()


def test_classes_of_other_kinds_and_templates_change_nothing() -> None:
    body = card("/", more='<p class="p-note">Bakes.<template>hidden</template></p>') + (
        '<div class="hreview"><span class="fn">No</span></div><div class="vevent">No</div>'
        '<div class="hentry"><p class="entry-title">T</p>'
        '<div class="adr geo"><p class="entry-content">C</p></div></div>'
    )
    ann = only(home(body))
    assert ann.bio == "Bakes."
    assert [(post.title, post.text) for post in ann.posts] == [("T", "C")]


def test_a_tree_that_is_too_deep_is_not_read() -> None:
    reading = home('<div class="h-card">' + "<div>" * 90 + '<p class="p-name">Ann</p>')
    assert reading.creators == ()
    assert reading.problems == ("a microformat of 92 elements, 91 deep, is too large; it is not read",)


def test_a_text_that_would_take_long_to_put_together_is_not_read() -> None:
    reading = home('<div class="h-card"><p class="p-name">' + "<b>some words</b> " * 9_000)
    assert reading.creators == ()
    assert "is too large; it is not read" in reading.problems[0]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a page was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert only(home('<base href="https://other.example/">' + card("https://ann.example/"))).name == "Ann"
