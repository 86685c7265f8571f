"""What was understood of a brief, in a real browser: seen, switched off and on, and changed."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, Visit
from tests.browser.test_search_page import DESK, PHONE, SMALL, names

pytestmark = pytest.mark.browser

BRIEF = "/?q=rye+bread+by+creators+from+Germany%2C+1k-50k+followers%2C+no+water.+Female+creators"
NO_WATER = "/?q=winter+mornings%2C+no+water"


def chip(page: Page, words: str) -> Locator:
    return page.get_by_role("group", name="What was understood").get_by_role("checkbox", name=words)


def search_again(page: Page) -> None:
    page.get_by_role("button", name="Search again").click()


def journey(visit: Visit) -> None:
    """Leave somebody out by words, let them in again, leave them out by other words."""
    page = visit.open(NO_WATER)
    assert "Cold Swimmer" not in names(page)
    expect(chip(page, "Not: water")).to_be_checked()
    expect(page.get_by_text("1 left out because too much of what they publish is “water”")).to_be_visible()
    chip(page, "Not: water").uncheck()
    search_again(page)
    assert "part.2.use=no" in page.url
    expect(chip(page, "Not: water")).not_to_be_checked()
    assert "Cold Swimmer" in names(page)
    shared = page.url
    visit.open("/")
    page.goto(shared)
    assert "Cold Swimmer" in names(page)
    chip(page, "Not: water").check()
    search_again(page)
    assert page.url == visit.site + NO_WATER
    assert "Cold Swimmer" not in names(page)
    page.locator(".part", has_text="Not: water").locator("summary").click()
    page.get_by_label("In other words").last.fill("rye bread")
    search_again(page)
    expect(chip(page, "Not: rye bread")).to_be_checked()
    assert "Cold Swimmer" in names(page)
    assert not [name for name in names(page) if name.startswith("Baker")]
    page.get_by_label("Also leave out").fill("water")
    page.get_by_label("Also leave out").press("Enter")
    expect(chip(page, "Not: water")).to_be_checked()
    assert "Cold Swimmer" not in names(page)
    page.get_by_label("What do you sell?").fill("rye bread")
    page.get_by_role("button", name="Search", exact=True).first.click()
    assert page.url == f"{visit.site}/?q=rye+bread"


def test_parts_are_seen_switched_and_changed(visit: Open) -> None:
    journey(visit(viewport=DESK))


def test_all_of_it_works_without_scripts(visit: Open) -> None:
    journey(visit(viewport=DESK, java_script_enabled=False))


def test_all_of_it_works_on_a_phone(visit: Open) -> None:
    journey(visit(viewport=PHONE, has_touch=True, is_mobile=True))


def test_exclusions_and_wishes_about_persons_look_different(visit: Open) -> None:
    page = visit(viewport=DESK).open(BRIEF)
    grounds = {
        look: page.locator(f".part-{look}").first.evaluate(
            "one => { const s = getComputedStyle(one); return s.backgroundColor + s.borderStyle; }"
        )
        for look in ("topic", "condition", "exclusion", "personal")
    }
    assert grounds["topic"] == grounds["condition"]
    assert len({grounds["condition"], grounds["exclusion"], grounds["personal"]}) == 3
    expect(page.locator(".part-personal")).to_contain_text("never scored")


def test_a_part_says_what_it_does_when_it_is_opened(visit: Open) -> None:
    page = visit(viewport=DESK, java_script_enabled=False).open(BRIEF)
    one = page.locator(".part-exclusion")
    expect(one.locator(".meaning")).to_be_hidden()
    one.locator("summary").click()
    expect(one.locator(".meaning")).to_contain_text("leaves them out from 20 %")
    expect(one.get_by_label("In other words")).to_have_value("water")


@pytest.mark.parametrize("size", [SMALL, PHONE, DESK], ids=["small", "phone", "desk"])
def test_nothing_sticks_out_even_when_all_is_open(visit: Open, size: dict[str, int]) -> None:
    page = visit(viewport=size).open(BRIEF)
    for summary in page.locator(".part-more > summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_keyboard_reaches_and_switches_parts(visit: Open) -> None:
    page = visit(viewport=DESK).open(NO_WATER)
    page.get_by_label("What do you sell?").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "part.2.use"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**part.2.use=no**")


def test_words_are_easy_to_read_on_their_ground(visit: Open) -> None:
    for scheme in ("light", "dark"):
        page = visit(viewport=DESK, color_scheme=scheme).open(BRIEF)
        for look in ("condition", "exclusion", "personal"):
            ratio = page.locator(f".part-{look} .part-name").first.evaluate(CONTRAST)
            assert ratio >= 4.5, (scheme, look, ratio)


CONTRAST = """one => {
    const shine = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(part => {
            const value = part / 255;
            return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    let ground = one;
    while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
    const light = [shine(getComputedStyle(one).color), shine(getComputedStyle(ground).backgroundColor)];
    light.sort((a, b) => b - a);
    return (light[0] + 0.05) / (light[1] + 0.05);
}"""
"""How much lighter the text is than its ground, or the other way round, as WCAG 2 counts it."""
