"""Errors are pages of the site that say what to do; colours can be read by everybody."""

import re
from importlib.resources import files
from itertools import product

import pytest

from discovery import errors
from discovery.errors import NicheScoutError
from search_api.web.error_pages import of_error
from tests.search_api.html_page import read_page
from tests.search_api.world import World

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize("address", ["/", "/?q=bread", "/creator/a", "/export?q=bread", "/similar?id=a"])
def test_without_an_index_the_page_says_what_to_run(world: World, address: str) -> None:
    world.failure = errors.IndexMissing("nothing has been published in data/index")
    response = world.client.get(address)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    page = read_page(response.get_data(as_text=True))
    assert page.one("h1").text == "Nothing is indexed yet"
    assert page.one("pre").raw_text.splitlines() == ["nichescout import creators.jsonl", "nichescout index"]
    assert "nothing has been published in data/index" in page.text


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (errors.IndexDamaged("file x"), 503, "The index is damaged"),
        (errors.EncoderMismatch("a, not b"), 503, "The index belongs to another encoder"),
        (errors.EncoderUnavailable("no weights"), 503, "The encoder cannot be loaded"),
        (errors.StoreDamaged("bytes"), 503, "The record cannot be read"),
        (errors.EngineUnavailable("no node"), 503, "The search cluster cannot be reached"),
        (errors.EngineRefused("password"), 503, "The search cluster refuses"),
        (RuntimeError("secret detail"), 500, "Something went wrong"),
    ],
)
def test_failures_of_the_engine_are_explained(
    world: World, error: Exception, status: int, title: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.failure = error
    response = world.client.get("/?q=bread")
    page = read_page(response.get_data(as_text=True))
    assert (response.status_code, page.one("h1").text) == (status, title)
    assert response.headers["X-Request-Id"] in page.text
    assert "secret detail" not in page.text
    assert ("secret detail" in caplog.text) == (status == 500)


def test_every_deliberate_error_has_a_page() -> None:
    kinds = [
        one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, NicheScoutError)
    ]
    for kind in kinds:
        error = kind([]) if issubclass(kind, errors.InvalidInput) else kind("words")
        page = of_error(error, "7")
        assert page.title and 400 <= page.status < 600


def test_an_unknown_creator_and_an_unknown_address_are_pages(world: World) -> None:
    unknown = world.client.get("/creator/nobody%3Cb%3E")
    assert unknown.status_code == 404
    assert "no creator 'nobody<b>' is in the index" in read_page(unknown.get_data(as_text=True)).text
    nothing = world.client.get("/no/such/page", headers=HTML)
    assert nothing.status_code == 404
    assert read_page(nothing.get_data(as_text=True)).one("a", class_="brand").attributes["href"] == "/"


def test_pages_are_read_not_written_to(world: World) -> None:
    response = world.client.post("/", headers=HTML)
    assert response.status_code == 405
    read_page(response.get_data(as_text=True))


def _sheet() -> str:
    return files("search_api.web").joinpath("static", "nichescout.css").read_text()


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


def _contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


TEXT_PAIRS = [
    *product(("ink", "muted", "accent", "bad"), ("ground", "surface", "sunken", "accent-soft")),
    ("ink", "doubt-soft"),
    ("accent", "doubt-soft"),
    ("bad", "bad-soft"),
    ("ink", "bad-soft"),
    ("good", "good-soft"),
    ("doubt", "doubt-soft"),
    ("mark-ink", "mark"),
    ("accent-ink", "accent"),
]
GRAPHIC_PAIRS = [*product(("s1", "s2", "s3", "s4", "s5", "edge"), ("surface", "sunken"))]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_keep_their_contrast(scheme: str) -> None:
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", _sheet(), re.DOTALL)
    colours = _colours(light) | (_colours(dark) if scheme == "dark" else {})
    for front, back in TEXT_PAIRS:
        assert _contrast(colours[front], colours[back]) >= 4.5, (front, back)
    for front, back in GRAPHIC_PAIRS:
        assert _contrast(colours[front], colours[back]) >= 3.0, (front, back)


def test_the_sheet_names_colours_once() -> None:
    rules = re.sub(r":root \{.*?\n\s*\}", "", _sheet(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []
