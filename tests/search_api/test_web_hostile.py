"""What strangers write stays text: markup, directions, control characters, endless words, odd ids."""

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.creator import Audience, Contact, Creator, Platform, Price, Provenance, creator_id
from search_api.web.shown import harmless, safe_link, segments
from tests.fictional import creator, post
from tests.search_api.html_page import read_page
from tests.search_api.world import Build, World, engine

HOSTILE = (
    "<script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</textarea></title><b>bold",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "&lt;already&gt; &amp; &#60;",
    "null\x00 bell\x07 escape\x1b[31m delete\x7f",
    "\u202eturned\u202d \u2066isolated \u200f",
    "שלום <b>עולם</b> مرحبا",
    "a" * 3_000,
    "Z̸͙̈́a̶̠͒l̷̰̈g̴͍̾o̶͎͐" * 40,
    "line\u2028break\u2029and\x85more\r\n<hr>",
    "🏳️‍🌈👩‍👩‍👧‍👦\u200d",
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def everything(text: str, number: int = 0) -> Creator:
    """A creator who writes the same hostile text everywhere."""
    sources = ("bio", "followers", "posts", "audience", "contacts", "prices", "categories", "country")
    return creator(
        f"{text} baker",
        id=f"instagram:hostile-{number}",
        handle=text,
        url=text,
        bio=f"bread {text}",
        categories=(text,),
        country="DE",
        followers=10,
        contacts=(Contact(type=text, value=text),),
        prices=(Price(deliverable=text, amount=1.5, currency="EUR"),),
        audience=Audience(countries={"DE": 0.5}, ages={}, basis=text),
        posts=(
            post(
                f"bread {text}",
                id=text,
                title=text,
                url=text,
                hashtags=(text,),
                sponsored=True,
                sponsors=(text,),
            ),
        ),
        provenance={name: Provenance(source=text) for name in sources},
    )


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_words_are_text_on_every_page(build: Build, number: int) -> None:
    one = everything(HOSTILE[number], number)
    world = build(engine=engine(creators=[one]))
    shown = harmless(HOSTILE[number])
    addresses = [
        "/?q=bread&followers.min=1&country=DE&country.mode=should",
        f"/creator/{quote(one.id, safe='')}?q=bread",
        f"/?q={quote(HOSTILE[number])}&mentions={quote(HOSTILE[number])}",
    ]
    for address in addresses[:2]:
        html = world.client.get(address, follow_redirects=True).get_data(as_text=True)
        page = read_page(html)
        assert "".join(shown.split()) in "".join(page.raw_text.split())
        assert not CONTROL.search(html)
    echoed = world.client.get(addresses[2], follow_redirects=True).get_data(as_text=True)
    assert read_page(echoed).one("input", name="q").attributes["value"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    text=st.text(max_size=60),
    parameter=st.sampled_from(["q", "country", "hashtags", "followers.min", "id", "as_of", "x"]),
)
def test_whatever_an_address_says_the_page_is_whole(world: World, text: str, parameter: str) -> None:
    response = world.client.get(f"/?{parameter}={quote(text)}&q=bread", follow_redirects=True)
    assert response.status_code in {200, 400}
    read_page(response.get_data(as_text=True))


def test_bytes_that_are_not_text_are_no_crash(world: World) -> None:
    assert world.client.get("/?q=%ff%fe%00bread").status_code in {200, 302}
    assert world.client.get(
        "/?q=\udcff".encode("utf-8", "surrogateescape").decode("latin-1")
    ).status_code in {200, 302}
    assert world.client.get("/creator/%ff").status_code == 404


@pytest.mark.parametrize(
    "odd",
    [
        "instagram:a/b/../c?d=e#f%2F",
        "instagram:/leading//and/trailing/",
        "tiktok: two  spaces ",
        "instagram:🌱🏳️‍🌈",
        "a+b&c=d;e",
        "<script>",
        "line\nbreak\r\n",
        "quote\"and'apostrophe",
        "...",
        "percent%41",
    ],
)
def test_an_id_of_any_characters_has_its_page(build: Build, odd: str) -> None:
    one = creator("Odd Id", id=odd, bio="sourdough bread", followers=5)
    world = build(engine=engine(creators=[one, creator("Other", bio="sourdough pizza")]))
    page = read_page(world.client.get("/?q=sourdough+bread").get_data(as_text=True))
    card = next(card for card in page.all("article") if "Odd Id" in card.text)
    profile = read_page(world.client.get(card.one("h3").one("a").attributes["href"]).get_data(as_text=True))
    assert profile.one("h1").one("bdi").text == "Odd Id"
    assert profile.link("← Back to results") == "/?q=sourdough+bread"
    response = world.client.get(profile.link("More like this"))
    assert response.status_code == 200
    alike = read_page(response.get_data(as_text=True))
    assert alike.one("div", class_="seed").one("input", name="id").attributes["value"] == odd
    assert [card.one("h3").one("bdi").text for card in alike.all("article")] == ["Other"]


@given(st.text(max_size=30).filter(lambda one: one not in {"", ".", ".."}))
@settings(max_examples=60, deadline=None)
def test_links_to_creators_survive_the_browser(odd: str) -> None:
    """The path of a link holds no segment that a browser would fold, and decodes to the id."""
    from urllib.parse import unquote

    from search_api.web.addresses import creator as address_of

    path = address_of(creator_id(odd))
    assert unquote(path.removeprefix("/creator/")) == odd
    assert path.count("/") == 2
    assert path.isascii() and not set(path) & set("?#\\ \n\r\t\"'<>")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" https://example.org", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("/local", False),
        ("https://", False),
        ("https://good.example@evil.example", False),
        ("https:\\\\example.org", False),
        ("https://exa\u202emple.org", False),
        ("https://[bad", False),
        ("https://example.org/" + "a" * 2_000, False),
        ("ftp://example.org", False),
        ("mailto:a@example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_web_addresses_become_links(address: str | None, kept: bool) -> None:
    assert safe_link(address) == (address if kept else None)


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_harmless_text_keeps_its_length_and_can_be_sent(text: str) -> None:
    clean = harmless(text)
    assert len(clean) == len(text)
    clean.encode()
    assert not CONTROL.search(clean)
    assert harmless(clean) == clean


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6))
def test_marks_lose_no_character(text: str, ranges: list[tuple[int, int]]) -> None:
    assert "".join(one.text for one in segments(text, ranges)) == harmless(text)


def test_marks_stand_where_the_ranges_say() -> None:
    found = segments("🌱 <b>vegan</b> food", ((5, 10), (15, 19)))
    assert [one.text for one in found if one.marked] == ["vegan", "food"]


def test_links_of_posts_are_given_only_where_they_are_safe(build: Build) -> None:
    one = creator(
        "Linker",
        platform=Platform.YOUTUBE,
        url="javascript:alert(1)",
        handle="linker",
        posts=(
            post("rye bread one", id="1", url="https://example.org/1"),
            post("rye bread two", id="2", url="javascript:alert(2)"),
        ),
    )
    world = build(engine=engine(creators=[one]))
    for address in ("/?q=rye+bread", "/creator/youtube%3Alinker"):
        html = world.client.get(address).get_data(as_text=True)
        links = [link.attributes["href"] for link in read_page(html).all("a")]
        assert [link for link in links if link.startswith("http")] == ["https://example.org/1"]
        assert "javascript:" not in html
