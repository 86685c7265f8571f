"""The search page in a real browser: typed, filtered, opened, gone back, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Visit
from tests.browser.site import SCRIPT

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
FOCUSED = """(() => {
    const one = document.activeElement;
    return (one.getAttribute("aria-label") || one.innerText || one.name).trim();
})()"""
DESK = {"width": 1280, "height": 900}


def names(page: Page) -> list[str]:
    found: list[str] = page.locator("article h3 bdi").all_inner_texts()
    return found


def journey(visit: Visit) -> None:
    """Type a brief, filter, open a creator, go back."""
    page = visit.open()
    page.get_by_label("What do you sell?").fill("rye bread")
    page.get_by_role("button", name="Search", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Creators for rye bread")
    assert page.url == f"{visit.site}/?q=rye+bread"
    assert len(names(page)) == 10
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("group", name="Country", exact=True).get_by_label("Add country").fill("Germany, at")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("list", name="Filters that are set")).to_contain_text(
        "Country: Germany or Austria"
    )
    assert page.url == f"{visit.site}/?q=rye+bread&country=DE&country=AT"
    assert set(names(page)) >= {"Marla Markup", "Endless Word"}
    assert not [name for name in names(page) if name.startswith("Baker")]
    page.get_by_role("link", name="Marla Markup", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Marla Markup")
    page.get_by_role("link", name="Back to results").click()
    assert page.url == f"{visit.site}/?q=rye+bread&country=DE&country=AT"
    assert "Marla Markup" in names(page)


def test_a_marketer_finds_filters_opens_and_goes_back(visit: Open) -> None:
    journey(visit(viewport=DESK))


def test_all_of_it_works_without_scripts(visit: Open) -> None:
    journey(visit(viewport=DESK, java_script_enabled=False))


def test_all_of_it_works_on_a_phone(visit: Open) -> None:
    journey(visit(viewport=PHONE, has_touch=True, is_mobile=True))


def test_a_bio_with_a_script_stays_text(visit: Open) -> None:
    one = visit(viewport=DESK)
    for address in ("/?q=rye+bread&country=DE", "/creator/instagram%3Ahostile"):
        page = one.open(address)
        page.wait_for_load_state("networkidle")
        shown = page.get_by_text("<script>window.owned = 1;").first
        expect(shown).to_be_visible()
        assert page.evaluate("window.owned") is None
        assert "owned" not in page.title()
        assert page.locator("script, img").count() == 0
    assert page.locator(".bio").inner_text() == SCRIPT


def test_a_policy_stands_behind_the_escaping(visit: Open) -> None:
    one = visit(viewport=DESK)
    page = one.open()
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.owned = 3';"
        " document.body.append(s); }"
    )
    assert page.evaluate("window.owned") is None
    assert [alarm for alarm in one.alarms if "Content Security Policy" in alarm]
    one.forgive("Content Security Policy")


def test_the_keyboard_reaches_everything(visit: Open) -> None:
    page = visit(viewport=DESK).open("/?q=rye+bread")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(str(page.evaluate(FOCUSED)))
    assert seen[:2] == ["q", "Search"]
    assert seen[2].startswith("All of it is searched for")
    assert seen[3] == "Filters"
    assert names(page)[0] in seen
    assert [text for text in seen if text.startswith("Why this score")]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_why_a_score_opens_without_a_script(visit: Open) -> None:
    page = visit(viewport=DESK, java_script_enabled=False).open("/?q=rye+bread")
    card = page.locator("article").first
    expect(card.locator("table").first).to_be_hidden()
    card.get_by_text("Why this score").click()
    expect(card.locator("table").first).to_be_visible()
    cells = card.locator("table").first.locator("tbody tr td:nth-of-type(3)").all_inner_texts()
    total = card.locator("table").first.locator("tfoot td.n").inner_text()
    assert round(sum(float(cell.replace("−", "-")) for cell in cells), 4) == float(total)


def test_a_score_bar_is_drawn_to_scale(visit: Open) -> None:
    page = visit(viewport=DESK).open("/?q=rye+bread")
    bar = page.locator("article svg.bar").first
    ground = bar.locator(".bar-ground").bounding_box()
    first = bar.locator(".s-theme").bounding_box()
    assert ground and first
    share = float(re.sub("%", "", bar.locator(".s-theme").get_attribute("width") or "")) / 100
    assert share > 0
    assert first["width"] == pytest.approx(share * ground["width"], abs=1)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?q=rye+bread&country=DE&country=AT&followers.min=10",
        "/creator/instagram%3Aendless",
        "/creator/instagram%3Artl",
        "/?q=rye&country=Germny",
        "/?q=rye&country=JP&verified=yes",
    ],
)
@pytest.mark.parametrize("size", [SMALL, PHONE, DESK], ids=["small", "phone", "desk"])
def test_nothing_sticks_out(visit: Open, address: str, size: dict[str, int]) -> None:
    one = visit(viewport=size)
    page = one.open(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    one.forgive("status of 400")


def test_on_a_phone_creators_come_before_the_filters(visit: Open) -> None:
    page = visit(viewport=PHONE).open("/?q=rye+bread&country=DE")
    card, panel = page.locator("article").first.bounding_box(), page.locator("#filters").bounding_box()
    assert card and panel
    assert card["y"] < 844 < panel["y"]
    page.get_by_role("link", name="Change the filters").click()
    expect(page.locator("#filters")).to_be_in_viewport()


def test_directions_do_not_leak_out_of_a_bio(visit: Open) -> None:
    page = visit(viewport=DESK).open("/creator/instagram%3Artl")
    assert page.locator(".bio").evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.locator("dl.facts").evaluate("one => getComputedStyle(one).direction") == "ltr"
    assert "\u202e" not in page.content()


def test_dark_and_light_follow_the_reader(visit: Open) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page = visit(viewport=DESK, color_scheme=scheme).open()
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(246, 245, 241)", "rgb(18, 22, 20)"]


def test_a_mistake_is_led_to(visit: Open) -> None:
    one = visit(viewport=DESK)
    page = one.open("/?q=rye+bread&followers.min=lots")
    page.get_by_role("alert").get_by_role("link", name="Followers, from").click()
    field = page.get_by_role("group", name="Followers").get_by_label("from")
    expect(field).to_be_in_viewport()
    expect(field).to_have_value("lots")
    field.fill("10k")
    page.get_by_role("button", name="Search", exact=True).last.click()
    assert page.url == f"{one.site}/?q=rye+bread&followers.min=10000"
    assert set(names(page)) <= {"Marla Markup", "ليلى مختلقة", "Cold Swimmer"}
    one.forgive("status of 400")


def test_an_odd_id_travels_through_the_browser(visit: Open) -> None:
    page = visit(viewport=DESK).open("/?q=sourdough+and+rye+bread")
    page.get_by_role("link", name="Odd Address", exact=True).click()
    expect(page.get_by_text("instagram:slash/and space?")).to_be_visible()
    page.get_by_role("link", name="More like this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Creators like this one")
    expect(page.locator(".seed-name")).to_have_text("Odd Address")


def test_the_list_is_taken_along(visit: Open) -> None:
    page = visit(viewport=DESK).open("/?q=rye+bread")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert download.value.suggested_filename.endswith(".csv")
    assert "Marla Markup" in download.value.path().read_text(encoding="utf-8-sig")
