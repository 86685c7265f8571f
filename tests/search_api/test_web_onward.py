"""Where a list of results leads: to other pages, to a file, and to creators alike."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from discovery.filters import Filter
from search_api.web.forms import parse
from tests.fictional import creator
from tests.search_api.test_web_search import asked, get, names
from tests.search_api.world import Build, World, engine


def test_pages_lead_back_and_forth_and_end(build: Build) -> None:
    many = [creator(f"Baker {number:03}", bio=f"Vegan bread number {number}") for number in range(35)]
    world = build(engine=engine(creators=many))
    first = get(world, "/?q=vegan+bread")
    pager = first.one("nav", **{"aria-label": "Pages of results"})
    assert pager.one("span", **{"aria-current": "page"}).text == "Page 1"
    assert pager.link("Next") == "/?q=vegan+bread&page=2"
    second = get(world, pager.link("Next"))
    assert second.all("article")[0].one("span", class_="rank").text == "11"
    assert second.one("nav", **{"aria-label": "Pages of results"}).link("Previous") == "/?q=vegan+bread"
    assert {*names(first)} & {*names(second)} == set()
    past = get(world, "/?q=vegan+bread&page=9", 404)
    assert past.link("Go to the last page, 4") == "/?q=vegan+bread&page=4"
    assert len(get(world, past.link("Go to the last page, 4")).all("article")) == 5


def test_the_whole_answer_can_be_taken_along(world: World) -> None:
    page = get(world, asked(country="GB"))
    csv = world.client.get(page.link("CSV"))
    assert csv.mimetype == "text/csv"
    assert csv.headers["Content-Disposition"] == 'attachment; filename="nichescout-oracle-1.csv"'
    lines = csv.get_data(as_text=True).splitlines()
    assert len(lines) == 1 + len(page.all("article"))
    ndjson = world.client.get(page.link("NDJSON"))
    assert ndjson.mimetype == "application/x-ndjson"
    assert len(ndjson.get_data(as_text=True).splitlines()) == len(page.all("article"))


def test_an_export_of_a_bad_address_is_an_error_page(world: World) -> None:
    assert "csv or ndjson" in get(world, "/export?q=x&format=xls", 400).text
    assert "say what you sell" in get(world, "/export?format=csv", 400).text


def test_creators_alike_can_be_weighed_and_removed(world: World) -> None:
    seeds = [
        ("id", "instagram:mira.invented"),
        ("weight", "2"),
        ("id", "instagram:lena.erfunden"),
        ("weight", "1"),
    ]
    page = get(world, "/similar?" + urlencode(seeds))
    assert page.one("h1").text == "Creators like these 2"
    rows = page.all("div", class_="seed")
    assert [row.one("bdi").text for row in rows] == ["Mira Invented", "Lena Erfunden"]
    assert [row.one("input", name="weight").attributes["value"] for row in rows] == ["2", "1"]
    assert rows[0].link("Remove Mira Invented") == "/similar?id=instagram%3Alena.erfunden"
    shown = [card.one("h3").one("a").attributes["href"] for card in page.all("article")]
    assert not [
        address
        for address in shown
        if address.startswith(("/creator/instagram%3Amira", "/creator/instagram%3Alena"))
    ]
    added = page.all("article")[0].one("p", class_="actions").all("a")[0].attributes["href"]
    assert len(parse(parse_qsl(urlsplit(added).query)).seeds) == 3


def test_more_like_this_keeps_the_filters(world: World) -> None:
    page = get(world, asked(country="GB"))
    card = next(one for one in page.all("article") if "Mira" in one.text)
    brief = parse(parse_qsl(urlsplit(card.link("More like this: Mira Invented")).query))
    assert (brief.query, [seed.creator for seed in brief.seeds]) == ("", ["instagram:mira.invented"])
    assert brief.filters == (Filter(field="country", any_of=("GB",)),)


def test_a_seed_that_is_not_there_is_named(world: World) -> None:
    page = get(world, "/similar?id=instagram%3Anobody", 400)
    assert "no creator 'instagram:nobody' is in the index" in page.one("section", role="alert").text.replace(
        "No", "no"
    )
