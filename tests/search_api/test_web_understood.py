"""The page shows what was understood; every part can be switched off, on, and changed by its form."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from discovery.brief import Brief
from discovery.understanding.parts import Part, PartKind, Understood
from search_api.web.addresses import of_brief
from search_api.web.forms import parse
from tests.fictional import creator, posts
from tests.search_api.html_page import Element, read_page
from tests.search_api.reading import BRIEF, gold_briefs, reader
from tests.search_api.test_web_search import get, names
from tests.search_api.world import Build, World, engine

DOGS = "calm walks, no dogs"


def address(query: str, **parameters: str) -> str:
    return "/?" + urlencode({"q": query} | {name.replace("__", "."): one for name, one in parameters.items()})


def fields(page: Element, **changes: str | None) -> list[tuple[str, str]]:
    """What a browser would send: every field of the form, some of them changed (`None`: unticked)."""
    sent = []
    for one in page.one("form").walk():
        name, kind = one.attributes.get("name", ""), one.attributes.get("type", "text")
        if one.tag == "select":
            (chosen,) = [option for option in one.all("option") if "selected" in option.attributes] or [
                one.all("option")[0]
            ]
            sent.append((name, chosen.attributes["value"]))
        elif one.tag == "input" and name:
            value = changes.get(name, one.attributes.get("value", ""))
            ticked = "checked" in one.attributes or name in changes
            if value is not None and (kind not in {"checkbox", "radio"} or ticked):
                sent.append((name, value))
    return sent


def send(world: World, page: Element, **changes: str | None) -> str:
    """Send the form; return the address that it leads to."""
    answer = world.client.get("/?" + urlencode(fields(page, **changes)))
    return answer.headers["Location"] if answer.status_code == 302 else f"{answer.status_code}"


def chips(page: Element) -> list[str]:
    return [one.one("span", class_="part-words").text for one in page.all("li", class_="part")]


def switched_on(page: Element) -> list[bool]:
    return [
        "checked" in one.one("input", type="checkbox").attributes for one in page.all("li", class_="part")
    ]


def test_parts_are_chips_in_words_with_the_words_they_came_from(reading: World) -> None:
    page = get(reading, address(BRIEF))
    assert chips(page) == [
        "Vegan recipes for students",
        "Country: Germany",
        "Followers: 1K–50K 1k-50k followers",
        "Not: dogs",
        "Personal, never scored: Female",
        "Language: English",
        "Deliverable: 2 × reel reels · shown only".replace("· ", ""),
        "Budget: up to 500 EUR 500 EUR shown only",
    ]
    assert all(switched_on(page))
    assert page.one("h1").text == "Creators for Vegan recipes for students"
    looks = [one.attributes["class"].split()[1] for one in page.all("li", class_="part")]
    assert looks == [
        "part-topic",
        "part-condition",
        "part-condition",
        "part-exclusion",
        "part-personal",
        "part-condition",
        "part-shown",
        "part-shown",
    ]
    assert page.one("span", id="understood-topics").text == "Searched for"


def test_the_language_of_the_brief_is_a_part_that_nobody_wrote(reading: World) -> None:
    page = get(reading, address("Rezepte für vegane Kuchen und Brot, die nicht teuer sind"))
    assert chips(page)[-1] == "Language: German (the brief is in it) answered only"


def test_a_plain_brief_is_said_in_one_quiet_line(reading: World) -> None:
    page = get(reading, address("vegan recipes"))
    quiet = page.one("details", class_="understood")
    assert "open" not in quiet.attributes
    assert quiet.one("summary", class_="understood-name").text.startswith("All of it is searched for")
    assert quiet.one("input", name="part.2.text").attributes["value"] == ""


def test_nothing_is_understood_before_anything_is_asked(reading: World) -> None:
    for where in ("/", "/similar?id=instagram%3Amira.invented"):
        assert get(reading, where).all(class_="understood") == []


@pytest.mark.parametrize("query", [BRIEF, DOGS, "vegan recipes", *gold_briefs()[::5]])
def test_a_form_sent_untouched_leads_to_the_short_address(reading: World, query: str) -> None:
    assert send(reading, get(reading, address(query))) == address(query)


def test_an_exclusion_is_switched_off_and_on_again(reading: World) -> None:
    page = get(reading, address(DOGS))
    assert "Dog Walker Invented" not in names(page)
    off = send(reading, page, **{"part.2.use": None})
    assert ("part.2.use", "no") in parse_qsl(urlsplit(off).query)
    allowed = get(reading, off)
    assert switched_on(allowed) == [True, False]
    assert "Dog Walker Invented" in names(allowed)
    assert send(reading, allowed) == off
    assert send(reading, allowed, **{"part.2.use": "yes"}) == address(DOGS)


def test_who_was_left_out_is_said_and_comes_back_by_a_link(reading: World) -> None:
    page = get(reading, address(DOGS))
    (note,) = page.one("ul", class_="left-out").all("li")
    assert note.text == "1 left out because too much of what they publish is “dogs” – allow “dogs”"
    allowed = get(reading, note.link("allow “dogs”"))
    assert "Dog Walker Invented" in names(allowed)
    assert allowed.all("ul", class_="left-out") == []


def test_whoever_is_kept_is_answered_for(reading: World) -> None:
    page = get(reading, address("vegan recipes, no dogs, female creators"))
    card = next(one for one in page.all("article") if "Mira" in one.text)
    answers = [one.text for one in card.one("ul", class_="answers").all("li")]
    assert answers == ["Not: dogs · 0 of the last 4 passages · met", "female (never scored) · unknown"]


def test_words_can_be_changed(reading: World) -> None:
    page = get(reading, address(DOGS))
    changed = send(reading, page, **{"part.2.text": "barbecue"})
    brief = parse(parse_qsl(urlsplit(changed).query))
    assert brief.understood
    assert [part.text for part in brief.understood.of(PartKind.EXCLUSION)] == ["barbecue"]
    assert "Not: barbecue" in chips(get(reading, changed))
    reworded = send(reading, page, **{"part.1.text": "dog walks"})
    assert get(reading, reworded).one("h1").text == "Creators for dog walks"


def test_codes_and_bounds_can_be_changed(reading: World) -> None:
    page = get(reading, address(BRIEF))
    assert page.one("input", name="part.2.any").attributes["value"] == "Germany"
    assert page.one("input", name="part.2.any").attributes["list"] == "list-country"
    changed = get(reading, send(reading, page, **{"part.2.any": "France, gb", "part.3.max": "20k"}))
    told = chips(changed)
    assert told[1] == "Country: France or United Kingdom Germany"
    assert told[2].startswith("Followers: 1K–20K")


def test_something_more_can_be_left_out(reading: World) -> None:
    page = get(reading, address("calm walks"))
    more = send(reading, page, **{"part.2.text": "dogs"})
    assert chips(get(reading, more)) == ["calm walks", "Not: dogs"]
    assert "Dog Walker Invented" not in names(get(reading, more))


def test_another_text_is_read_anew(reading: World) -> None:
    page = get(reading, send(reading, get(reading, address(DOGS)), **{"part.2.use": None}))
    assert send(reading, page, q="vegan bread, no cats") == address("vegan bread, no cats")


def test_a_topic_that_is_switched_off_leaves_the_search(reading: World) -> None:
    page = get(reading, address("Vegan lentils. Brisket for beginners"))
    assert chips(page) == ["Vegan lentils", "Brisket for beginners"]
    off = get(reading, send(reading, page, **{"part.2.use": None}))
    assert off.one("h1").text == "Creators for Vegan lentils"
    assert switched_on(off) == [True, False]


def test_every_word_can_be_searched_for_as_typed_and_read_again(reading: World) -> None:
    page = get(reading, address(DOGS))
    typed = page.link("Search for every word as typed")
    assert typed == address(DOGS, read="no")
    plain = get(reading, typed)
    assert chips(plain) == []
    assert "Dog Walker Invented" in names(plain)
    assert plain.link("Read the brief again") == address(DOGS)


def test_a_topic_that_no_part_says_is_shown_and_can_be_changed(reading: World) -> None:
    brief = Brief(query=DOGS, understood=Understood(query="quiet paths"))
    page = get(reading, of_brief(brief))
    assert page.one("input", name="topic").attributes["value"] == "quiet paths"
    changed = send(reading, page, topic="loud paths")
    assert get(reading, changed).one("h1").text == "Creators for loud paths"


def test_what_the_address_says_is_dropped_when_it_is_read_so_anyway(reading: World) -> None:
    brief = Brief(query=BRIEF, understood=reader()(BRIEF))
    answer = reading.client.get(of_brief(brief))
    assert (answer.status_code, answer.headers["Location"]) == (302, address(BRIEF))


def test_a_filter_counts_instead_of_what_was_read_on_its_field(reading: World) -> None:
    page = get(reading, address(BRIEF, country="GB"))
    assert chips(page)[1] == "Country: Germany your filter counts instead"
    meaning = page.all("li", class_="part")[1].one("p", class_="meaning").text
    assert meaning.startswith("Gives way to the filter on country.")


def test_a_condition_that_leaves_nobody_can_be_switched_off(build: Build) -> None:
    one = creator("Somebody", country="DE", bio="vegan bread", posts=posts("vegan rye"))
    world = build(read=reader(), engine=engine(creators=[one]))
    page = get(world, address("vegan bread by creators from Japan"))
    (row,) = page.one("tbody").all("tr")
    assert row.one("th").text == "Country: Japan (or unknown)"
    assert names(get(world, row.link("Switch it off"))) == ["Somebody"]


def test_an_answer_that_the_exclusions_emptied_says_so(build: Build) -> None:
    one = creator("Dog Person", bio="dogs", posts=posts("dogs at noon", "dogs dogs", "dogs"))
    world = build(read=reader(), engine=engine(creators=[one]))
    page = get(world, address(DOGS))
    told = "Everybody who passes the filters publishes what the brief rules out."
    assert page.one("div", class_="nothing").one("h2").text == told
    assert names(get(world, page.link("allow “dogs”"))) == ["Dog Person"]


@pytest.mark.parametrize(
    ("parameters", "field", "words"),
    [
        ({"part__2__any": "Germny"}, "f-part-2-any", "Unknown country 'Germny'."),
        ({"part__3__min": "lots"}, "f-part-3-min", "Is not a number; write 25000, 25k or 1.5m"),
    ],
)
def test_a_mistake_is_shown_beside_its_field(
    reading: World, parameters: dict[str, str], field: str, words: str
) -> None:
    page = get(reading, address(BRIEF))
    changes = {name.replace("__", "."): value for name, value in parameters.items()}
    again = get(reading, "/?" + urlencode(fields(page, **changes)), 400)
    control = again.one("input", id=field)
    assert control.attributes["aria-invalid"] == "true"
    assert control.attributes["value"] in changes.values()
    assert again.one(id=control.attributes["aria-describedby"]).text.startswith(words)
    assert again.one("section", role="alert").one("a").attributes["href"] == f"#{field}"
    (chip,) = [one for one in again.all("li", class_="part") if control in list(one.walk())]
    assert "open" in chip.one("details").attributes
    assert len(again.all("li", class_="part")) == len(page.all("li", class_="part"))


def test_a_mistake_elsewhere_keeps_what_was_switched_off(reading: World) -> None:
    page = get(reading, address(DOGS))
    changes: dict[str, str | None] = {"part.2.use": None, "followers.min": "lots"}
    again = get(reading, "/?" + urlencode(fields(page, **changes)), 400)
    assert switched_on(again) == [True, False]
    mended = send(reading, again, **{"followers.min": "1"})
    assert {("part.2.use", "no"), ("followers.min", "1")} <= set(parse_qsl(urlsplit(mended).query))


def test_a_mistake_in_what_travels_unseen_leads_to_the_chip(reading: World) -> None:
    page = get(reading, address(DOGS, part__1="exclusion", **{"part.1.at": "0-99"}), 400)
    assert page.one("section", role="alert").one("a").attributes["href"] == "#f-part-1"


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u202e\x1b[31m"


def test_hostile_words_are_text_in_chips(reading: World) -> None:
    made = tuple(
        Part(kind=kind, text=HOSTILE, spans=((0, 3),))
        for kind in (PartKind.EXCLUSION, PartKind.PERSONAL, PartKind.CITY, PartKind.BRAND, PartKind.TOPIC)
    )
    brief = Brief(query=HOSTILE, understood=Understood(query=HOSTILE, parts=made))
    page = get(reading, of_brief(brief))
    for one in page.all("li", class_="part"):
        words = one.one("bdi", class_="part-value").raw_text
        assert words.startswith("<script>alert(1)</script>")
        assert "\u202e" not in words
        assert "\x1b" not in words
    assert send(reading, page) == of_brief(brief)


def test_the_way_back_and_the_file_keep_what_was_understood(reading: World) -> None:
    off = get(reading, send(reading, get(reading, address(DOGS)), **{"part.2.use": None}))
    card = next(one for one in off.all("article") if "Dog Walker" in one.text)
    profile = get(reading, card.one("h3").one("a").attributes["href"])
    assert "Dog Walker Invented" in names(get(reading, profile.link("← Back to results")))
    assert b"Dog Walker Invented" in reading.client.get(off.link("CSV")).data
    assert b"Dog Walker Invented" not in reading.client.get(get(reading, address(DOGS)).link("CSV")).data


def test_pages_are_whole(reading: World) -> None:
    for query in gold_briefs()[::9]:
        read_page(reading.client.get(address(query)).get_data(as_text=True))
