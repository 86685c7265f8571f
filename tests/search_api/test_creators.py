"""Creators by id, whatever characters it holds, and what is told of them."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.creator import CreatorId, DetectedLanguage, Provenance, Statement, creator_id
from discovery.match import NicheShare
from search_api.rendering import share_text
from tests.fictional import TODAY, creator, stated
from tests.search_api.world import Build, World, engine, problem

STRANGE = [
    "instagram:plain",
    "a/b",
    "a//b",
    "//a",
    "/",
    "a/",
    "../etc/passwd",
    "./a",
    "a/../b",
    "tiktok:🏋️‍♀️/💪",
    "two\nlines",
    "cr\r\nlf",
    " leading and trailing ",
    "100%",
    "%2F",
    "%252F",
    "a+b",
    "a?b=c&d",
    "a#b",
    "a;b=c",
    'quote"quote',
    "<script>alert(1)</script>",
    "back\\slash",
    "مؤثرة",
    "\u202eevil",
    "nul\x00byte",
    "{id}",
    "search",
    "x" * 512,
    "é",
    "e\u0301",
]


@pytest.fixture
def strange(build: Build) -> World:
    return build(engine=engine(creators=[creator(f"Name {n}", id=id_) for n, id_ in enumerate(STRANGE)]))


@pytest.mark.parametrize("id_", STRANGE)
def test_any_id_is_found_by_its_address(strange: World, id_: str) -> None:
    answer = strange.client.get(f"/v1/creators/{quote(id_, safe='')}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.json is not None
    assert answer.json["id"] == id_
    assert answer.json["name"] == f"Name {STRANGE.index(id_)}"


@pytest.mark.parametrize("id_", [".", "..", "nobody", "x" * 513, "a/b/", "A/B"])
def test_any_other_id_is_not(strange: World, id_: str) -> None:
    problem(strange.client.get(f"/v1/creators/{quote(id_, safe='')}"), 404, "creator_not_found")


def test_no_id_is_no_address(world: World) -> None:
    problem(world.client.get("/v1/creators/"), 404, "not_found")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(id_=st.text(min_size=1, max_size=30))
def test_no_address_breaks_the_server(world: World, id_: str) -> None:
    address = "/v1/creators/" + quote(id_, safe="", errors="surrogatepass")
    problem(world.client.get(address), 404, "creator_not_found")


@pytest.mark.parametrize("raw", ["%ff%fe", "%ed%a0%80", "%"])
def test_bytes_that_are_no_text(world: World, raw: str) -> None:
    problem(world.client.get(f"/v1/creators/{raw}"), 404, "creator_not_found")


def test_who_asked_to_be_left_out_is_not_found_nor_a_seed(world: World) -> None:
    id_ = CreatorId("instagram:mira.invented")
    assert world.client.get(f"/v1/creators/{id_}").status_code == 200
    world.left_out.add(id_)
    problem(world.client.get(f"/v1/creators/{id_}"), 404, "creator_not_found")
    assert id_.encode() not in world.post("/v1/search", {"query": "vegan", "limit": 100}).data


def test_a_creator_with_everything_known(world: World) -> None:
    answer = world.client.get("/v1/creators/instagram:mira.invented").json
    assert answer is not None
    (profile,) = answer["profiles"]
    assert profile["handle"] == "mira.cooks"
    assert profile["audience"]["countries"] == {"GB": 0.55, "US": 0.2}
    assert profile["audience"]["sample_size"] == 400
    assert profile["provenance"]["followers"] == {"source": "invented", "observed_at": "2026-03-01"}
    assert list(profile["provenance"]) == sorted(profile["provenance"])
    assert profile["engagement_rate"] is None
    assert profile["fictional"] is True
    assert [post["id"] for post in profile["posts"]] == ["p0", "p1", "p2"]
    assert profile["posts"][0]["hashtags"] == ["vegan", "budgetfood"]


def test_a_detected_language_stands_beside_the_stated_one(build: Build) -> None:
    found = DetectedLanguage(language="ko", share=0.75, captions=7)
    people = [
        creator("Stated Too", language="en", detected_language=found),
        creator("Read", detected_language=found),
    ]
    world = build(engine=engine(creators=people))
    told = []
    for id_ in ("stated.too", "read"):
        answer = world.client.get(f"/v1/creators/instagram:{id_}").json
        assert answer is not None
        told.append([answer["profiles"][0][name] for name in ("language", "language_detected")])
    shown = {"language": "ko", "share": 0.75, "captions": 7}
    assert told == [["en", shown], [None, shown]]


def test_unknown_is_null_and_never_zero(build: Build) -> None:
    world = build(engine=engine(creators=[creator("Nothing Known")]))
    answer = world.client.get("/v1/creators/instagram:nothing.known").json
    assert answer is not None
    (profile,) = answer["profiles"]
    unknown = {
        "handle", "url", "bio", "language", "language_detected", "country", "categories", "followers",
        "following", "posts_total", "verified", "engagement_rate", "views", "last_post", "contacts",
        "audience", "prices",
    }  # fmt: skip
    assert {name for name in profile if profile[name] is None} == unknown | {"linked"}
    assert profile["posts"] == []


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ((14, 30), "14 of the last 30 posts"),
        ((0, 1), "0 of the last 1 post"),
        ((0, 0), "no recent posts with words"),
    ],
)
def test_the_share_in_words(share: tuple[int, int], text: str) -> None:
    assert share_text(NicheShare(on_niche=share[0], posts=share[1])) == text


PERSON = (creator_id("instagram:mira.invented"), creator_id("tiktok:oat.and.only"))


def test_the_other_profiles_of_a_person_come_after_the_one_asked_for(build: Build) -> None:
    world = build(engine=engine(people=[PERSON]))
    answer = world.client.get(f"/v1/creators/{PERSON[1]}").json
    assert answer is not None
    assert answer["id"] == PERSON[1]
    assert [(one["id"], one["linked"]) for one in answer["profiles"]] == [
        (PERSON[1], None),
        (PERSON[0], "both_ways"),
    ]
    other = answer["profiles"][1]
    assert (other["platform"], other["handle"], other["followers"]) == ("instagram", "mira.cooks", 12_000)
    assert other["provenance"]["followers"]["source"] == "invented"
    assert len(other["posts"]) == 3


def test_a_person_takes_one_place_in_an_answer(build: Build) -> None:
    world = build(engine=engine(people=[PERSON]))
    body = {"query": "vegan recipes", "limit": 100}
    matches = world.post("/v1/search", body).json["matches"]  # type: ignore[index]
    (shown,) = [one for one in matches if one["id"] in PERSON]
    assert {one["id"] for one in shown["profiles"]} == set(PERSON)
    assert shown["profiles"][0]["id"] == shown["id"]
    assert [one["rank"] for one in matches] == list(range(1, len(matches) + 1))


def test_the_other_profile_of_one_who_asked_to_be_left_out_leads_nowhere(build: Build) -> None:
    world = build(engine=engine(people=[PERSON]), left_out={PERSON[0]})
    answer = world.client.get(f"/v1/creators/{PERSON[1]}")
    assert answer.json is not None
    assert [one["id"] for one in answer.json["profiles"]] == [PERSON[1]]
    body = {"query": "vegan recipes", "limit": 100}
    text = world.post("/v1/search", body).get_data(as_text=True)
    assert PERSON[0] not in text


def test_what_other_sources_say_stands_beside_the_value(build: Build) -> None:
    beside = Statement(value=11_800, provenance=Provenance(source="a list", observed_at=None))
    one = creator(
        "Ada",
        id="x:ada",
        followers=12_000,
        provenance=stated("followers", source="own page"),
        also_stated={"followers": (beside,)},
    )
    answer = build(engine=engine(creators=[one])).client.get("/v1/creators/x:ada").json
    assert answer is not None
    (profile,) = answer["profiles"]
    assert profile["followers"] == 12_000
    assert profile["provenance"]["followers"] == {"source": "own page", "observed_at": str(TODAY)}
    assert profile["also_stated"] == {
        "followers": [{"source": "a list", "observed_at": None, "value": 11_800}]
    }
