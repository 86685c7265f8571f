"""Taking away what one source stated: all of it, nothing else, and what is left is a record."""

from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Creator, DetectedLanguage, Post, Provenance, Statement, creator_id
from indexer.merge import POSTS, merge
from indexer.records import from_json, to_json
from indexer.withdrawal import without
from tests.fictional import creator, stated
from tests.strategies import creators

EARLY, LATE = date(2026, 1, 1), date(2026, 2, 1)
FIELDS = ("name", "platform", "followers", "bio", "posts", "links")


def told(source: str, day: date = EARLY, **changes: Any) -> Creator:
    """What one source says of Ada."""
    one = creator("Ada", **changes)
    known = [name for name in FIELDS if getattr(one, name) not in (None, ())]
    return replace(one, provenance=stated(*known, source=source, observed_at=day))


def test_what_only_one_source_states_goes_as_a_whole() -> None:
    assert without(told("page", followers=5), "page") is None


def test_what_a_source_never_stated_stays_as_it_is() -> None:
    one = told("list", followers=5)

    assert without(one, "page") is one
    assert without(creator("Nobody says who stated it"), "page") == creator("Nobody says who stated it")


def test_what_other_sources_state_comes_back() -> None:
    one = merge(told("list", followers=10), told("page", LATE, followers=20, bio="Bread"))
    assert (one.followers, one.bio) == (20, "Bread")

    left = without(one, "page")
    assert left == told("list", followers=10)
    assert without(one, "list") == told("page", LATE, followers=20, bio="Bread")


def test_of_several_others_the_latest_comes_back_and_the_rest_stay_beside() -> None:
    days = {"a": date(2026, 1, 3), "b": date(2026, 1, 2), "c": date(2026, 1, 4)}
    said = [told(source, day, followers=day.day) for source, day in days.items()]
    left = without(reduce(merge, said), "c")

    assert left is not None
    assert (left.followers, left.provenance["followers"].source) == (3, "a")
    assert left.also_stated["followers"] == (
        Statement(value=2, provenance=Provenance(source="b", observed_at=days["b"])),
    )


def test_a_statement_beside_goes_too() -> None:
    one = merge(told("page", LATE, followers=20), told("list", followers=10))

    assert without(one, "list") == told("page", LATE, followers=20)


def test_a_record_whose_name_no_other_source_states_goes() -> None:
    one = replace(
        creator("Ada", followers=5),
        provenance={**stated("name", source="page"), **stated("followers", source="list")},
    )

    assert without(one, "page") is None
    left = without(one, "list")
    assert left is not None
    assert left.followers is None


def test_posts_go_with_their_source() -> None:
    mine = told("list", posts=(Post(id="a", text="A", observed_at=EARLY),))
    theirs = told("page", LATE, posts=(Post(id="b", text="B", observed_at=LATE),))
    one = merge(mine, theirs)

    left = without(one, "page")
    assert left is not None
    assert [(post.id, post.source) for post in left.posts] == [("a", "list")]
    assert left.provenance[POSTS] == Provenance(source="list", observed_at=EARLY)
    right = without(one, "list")
    assert right is not None
    assert [post.id for post in right.posts] == ["b"]
    assert right.provenance[POSTS].source == "page"


def test_what_was_read_off_texts_that_are_gone_is_dropped() -> None:
    read = DetectedLanguage(language="de", share=1.0, captions=3)
    one = merge(told("list"), told("page", LATE, bio="Brot"))

    left = without(replace(one, detected_language=read), "page")
    assert left is not None
    assert left.detected_language is None
    kept = without(replace(one, detected_language=read), "list")
    assert kept is not None
    assert kept.detected_language == read


SOURCES = ("page", "list", "panel")


@st.composite
def merged(draw: st.DrawFn) -> Creator:
    """A record made of what some sources say, each field and post of it with its source."""
    found: Creator | None = None
    for source in draw(st.lists(st.sampled_from(SOURCES), min_size=1, max_size=4)):
        one = replace(draw(creators()), also_stated={})
        day = draw(st.dates(EARLY, LATE))
        known = [
            name
            for name in ("name", "platform", "bio", "followers", "following", "links", "audience", "handle")
            if getattr(one, name) is not None
        ]
        rest: dict[str, Any] = {
            "url": None,
            "language": None,
            "country": None,
            "categories": None,
            "posts_total": None,
        }
        rest |= {"verified": None, "contacts": None, "prices": None, "detected_language": None}
        posts = {post.id: post for post in one.posts}
        named = stated(*known, *([POSTS] if posts else []), source=source, observed_at=day)
        one = replace(
            one, **rest, id=creator_id("x:ada"), name="Ada", posts=tuple(posts.values()), provenance=named
        )
        found = merge(found, one)
    assert found is not None
    return found


@given(merged(), st.sampled_from(SOURCES))
def test_no_trace_of_a_source_is_left(one: Creator, source: str) -> None:
    left = without(one, source)
    if left is None:
        return
    assert f'"{source}"'.encode() not in to_json(left)
    assert from_json(to_json(left)) == left
    assert left.name
    for name, origin in left.provenance.items():
        value = left.posts if name == POSTS else getattr(left, name)
        assert value not in (None, ()) or name != POSTS
        assert origin.source != source
    assert without(left, source) == left


@given(merged())
def test_without_all_its_sources_nothing_is_left(one: Creator) -> None:
    left: Creator | None = one
    for source in SOURCES:
        left = left and without(left, source)
    assert left is None


@given(merged(), st.sampled_from(SOURCES))
def test_what_stays_was_there_before(one: Creator, source: str) -> None:
    left = without(one, source)
    if left is None:
        return
    assert set(left.posts) <= set(one.posts)
    for name, origin in one.provenance.items():
        if origin.source != source and name != POSTS:
            assert getattr(left, name) == getattr(one, name)
            assert left.provenance[name] == origin
