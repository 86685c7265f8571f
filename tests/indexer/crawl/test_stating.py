"""Stated values to creators: source and day on every field, and only what an import would take."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl_config.source import Allowed, Manners, Parser, Source
from discovery.creator import Contact, Creator, Platform, Post, Provenance
from indexer.crawl.stating import MINOR, MOST_PROBLEMS, creator_from
from indexer.importers.json_lines import parse_line
from indexer.importers.stated import MAX_TEXT
from indexer.merge import merge
from indexer.records import from_json, to_json

DAY = date(2026, 3, 1)
SOURCE = Source(
    name="makers",
    parser=Parser.PAGE,
    enabled=True,
    seeds=(),
    allowed=Allowed(hosts=("site.example",)),
    manners=Manners(contact="crawl@company.example"),
    retention_days=30,
    basis="a test",
    terms_url="https://site.example/terms",
    platform=Platform.MASTODON,
)
ORIGIN = Provenance(source="makers", observed_at=DAY)
ID = "mastodon:ann@site.example"


def state(
    values: Mapping[str, object], *posts: Mapping[str, object], born: object = None
) -> tuple[Creator | None, tuple[str, ...]]:
    """State values of an invented account, on the tests' day."""
    return creator_from({"id": ID, **values}, posts, source=SOURCE, observed_at=DAY, born=born)


def test_every_field_says_its_source_and_day() -> None:
    creator, problems = state(
        {
            "name": " Ann Invented ",
            "followers": 7,
            "country": "at",
            "categories": ("Bread", "Rye"),
            "contacts": ({"type": "email", "value": "ann@site.example"},),
            "links": ["https://ann.example/", "https://ann.example/"],
            "bio": None,
        },
        {"id": "1", "text": "Hello #rye @bob", "published_at": "2026-02-01T10:00:00Z", "likes": 3},
        {"id": "2", "text": "No counts", "published_at": date(2026, 1, 1), "hashtags": ()},
    )
    counted = Post(
        id="1",
        text="Hello #rye @bob",
        published_at=date(2026, 2, 1),
        observed_at=DAY,
        hashtags=("rye",),
        mentions=("bob",),
        likes=3,
        source="makers",
    )
    plain = Post(id="2", text="No counts", published_at=date(2026, 1, 1), source="makers")
    assert problems == ()
    assert creator is not None
    assert creator == Creator(
        id=creator.id,
        platform=Platform.MASTODON,
        name="Ann Invented",
        country="AT",
        categories=("Bread", "Rye"),
        followers=7,
        contacts=(Contact(type="email", value="ann@site.example"),),
        links=("https://ann.example/",),
        posts=(counted, plain),
        provenance=dict.fromkeys(
            ("platform", "name", "followers", "country", "categories", "contacts", "links", "posts"), ORIGIN
        ),
    )


def test_the_platform_may_be_said_by_its_name() -> None:
    creator, _ = state({"platform": "youtube"})
    assert creator is not None
    assert creator.platform is Platform.YOUTUBE


@pytest.mark.parametrize(
    ("values", "name"),
    [({"handle": "ann"}, "ann"), ({}, "ann@site.example"), ({"name": " "}, "ann@site.example")],
)
def test_what_stands_for_a_name_has_no_provenance_and_replaces_none(
    values: dict[str, object], name: str
) -> None:
    creator, _ = state(values)
    assert creator is not None
    assert creator.name == name
    assert "name" not in creator.provenance
    named, _ = state({"name": "Ann Invented"})
    assert named is not None
    assert merge(named, creator).name == "Ann Invented"
    assert merge(creator, named).name == "Ann Invented"


def test_what_an_import_would_refuse_is_dropped_alone() -> None:
    creator, problems = state(
        {
            "name": "Ann",
            "followers": -1,
            "country": "uu",
            "handle": "a\0b",
            "categories": ["Bread", 3, "", "Rye"],
            "links": ["https://ann.example/", 7],
            "contacts": [{"type": "email", "value": "a@b.example"}, {"type": "x"}],
            "folowers": 1,
        },
        {"id": "1", "likes": "3", "views": 4},
        {"id": 3},
    )
    assert creator is not None
    assert (creator.followers, creator.country, creator.handle) == (None, None, None)
    assert creator.categories == ("Bread", "Rye")
    assert creator.links == ("https://ann.example/",)
    assert [contact.value for contact in creator.contacts or ()] == ["a@b.example"]
    assert [(post.id, post.likes, post.views) for post in creator.posts] == [("1", None, 4)]
    assert problems == (
        "posts[0].likes: must be a whole number (it says '3')",
        "posts[1].id: must be text in quotes (it says 3)",
        "handle: holds a NUL character; remove it (it says 'a�b')",
        "country: 'uu' is not an ISO 3166-1 alpha-2 country code such as 'DE'. (it says 'uu')",
        "categories[1]: must be text in quotes (it says 3)",
        "categories[2]: is empty; leave out what is unknown (it says '')",
        "followers: must be 0 or more (it says -1)",
        "contacts[1].value: is missing, but required",
        "links[1]: must be text in quotes (it says 7)",
        "folowers: unknown field 'folowers'. Did you mean 'followers'? (it says 1)",
    )


@pytest.mark.parametrize(
    "values", [{"id": ""}, {"id": None}, {"id": 7}, {"platform": "myspace"}, {"platform": None}]
)
def test_without_an_id_and_a_platform_there_is_nobody(values: dict[str, object]) -> None:
    creator, problems = state({"name": "Ann", **values})
    assert creator is None
    assert len(problems) == 1


def test_texts_that_are_too_long_are_cut() -> None:
    creator, problems = state({"bio": "x" * (MAX_TEXT + 1)}, {"id": "1", "text": "y" * (MAX_TEXT + 1)})
    assert creator is not None
    assert creator.bio == "x" * MAX_TEXT
    assert creator.posts[0].text == "y" * MAX_TEXT
    assert problems == (
        f"bio: is longer than {MAX_TEXT} characters; the rest is cut",
        f"posts[0].text: is longer than {MAX_TEXT} characters; the rest is cut",
    )


def test_only_so_many_problems_are_told() -> None:
    _, problems = state({}, *({"id": str(number), "likes": -1} for number in range(MOST_PROBLEMS + 5)))
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == "and 5 more problems"


@pytest.mark.parametrize(("bio", "born"), [("15 y/o", None), ("Paints.", "2010-01-01"), (None, 2010)])
def test_who_states_an_age_below_18_is_not_listed(bio: str | None, born: object) -> None:
    assert state({"name": "Ann", "bio": bio}, born=born) == (None, (MINOR,))


def test_a_day_of_birth_is_not_kept() -> None:
    creator, _ = state({"name": "Ann"}, born="1990-04-01")
    assert creator is not None
    assert "1990" not in repr(creator)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just("\ud800")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [name for name in Creator.__dataclass_fields__ if name not in {"posts", "id"}] + ["observed_at", "source"]
)
POST_FIELDS = st.sampled_from(list(Post.__dataclass_fields__))


@given(st.dictionaries(FIELDS, JSON), st.lists(st.dictionaries(POST_FIELDS, JSON), max_size=3))
def test_anything_is_taken_or_told_and_what_is_taken_an_import_takes(
    values: dict[str, Any], posts: list[dict[str, Any]]
) -> None:
    creator, problems = state({"platform": "website", **values}, *posts)
    assert creator is not None or problems
    if creator is None:
        return
    assert from_json(to_json(creator)) == creator
    line = orjson.loads(to_json(creator))
    for post in line.get("posts", ()):
        del post["source"]
    assert isinstance(parse_line(orjson.dumps(line), "makers"), Creator)
