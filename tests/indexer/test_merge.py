"""Merging two records of one creator.

Properties: idempotent; the order of two dated records does not matter; nothing known becomes unknown.
"""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Creator, DetectedLanguage, Post, Provenance, Statement
from indexer.merge import KEPT_APART, MOST_STATEMENTS, POSTS, merge, statements, unite_posts
from tests.fictional import creator, stated
from tests.strategies import creators

EARLY, LATE = date(2026, 1, 1), date(2026, 2, 1)
NOT_STATED = {"id", "posts", "provenance", "detected_language", "also_stated"}
FIELDS = [entry.name for entry in fields(Creator) if entry.name not in NOT_STATED]


def dated(one: Creator, day: date) -> Creator:
    """Give a creator, every field and every post of it, one day of observation; post ids become unique."""
    posts = {post.id: replace(post, observed_at=day) for post in one.posts}
    known = stated(*FIELDS, POSTS, source=f"source of {day}", observed_at=day)
    own = replace(one, posts=tuple(posts.values()), detected_language=None)
    return replace(own, provenance=known, also_stated={})


same_person = st.tuples(creators(), creators()).map(lambda pair: (pair[0], replace(pair[1], id=pair[0].id)))


@given(same_person)
def test_merging_again_changes_nothing(pair: tuple[Creator, Creator]) -> None:
    stored, incoming = pair
    once = merge(merge(None, stored), incoming)

    assert merge(once, incoming) == once
    assert merge(once, once) == once


@given(same_person)
def test_the_order_of_two_dated_records_does_not_matter(pair: tuple[Creator, Creator]) -> None:
    early, late = dated(pair[0], EARLY), dated(pair[1], LATE)

    forwards = merge(merge(None, early), late)
    backwards = merge(merge(None, late), early)
    assert replace(forwards, provenance={}) == replace(backwards, provenance={})
    assert merge(forwards, early) == forwards


@given(same_person)
def test_nothing_known_becomes_unknown(pair: tuple[Creator, Creator]) -> None:
    stored, incoming = pair
    merged = merge(merge(None, stored), incoming)

    for one in pair:
        for name in FIELDS:
            assert getattr(one, name) is None or getattr(merged, name) is not None
        assert {post.id for post in one.posts} <= {post.id for post in merged.posts}
    known = {post.id: post for post in merged.posts}
    for post in (*stored.posts, *incoming.posts):
        if known[post.id].source not in (None, post.source):
            continue  # another source states it now, as a whole
        for name in ("title", "text", "url", "published_at", "sponsored"):
            assert getattr(post, name) is None or getattr(known[post.id], name) is not None


@given(same_person)
def test_posts_are_newest_first_and_unique(pair: tuple[Creator, Creator]) -> None:
    merged = merge(merge(None, pair[0]), pair[1])
    days = [post.published_at or date.min for post in merged.posts]

    assert days == sorted(days, reverse=True)
    assert len({post.id for post in merged.posts}) == len(merged.posts)


def followed(followers: int | None, day: date | None, source: str = "s") -> Creator:
    origin = {"followers": Provenance(source=source, observed_at=day)} if followers is not None else {}
    return creator(followers=followers, provenance=origin)


def outcome(stored: Creator, incoming: Creator) -> tuple[int | None, Any]:
    merged = merge(stored, incoming)
    return merged.followers, merged.provenance.get("followers")


def test_the_later_value_wins_with_its_source() -> None:
    later = followed(20, LATE, "late")

    assert outcome(followed(10, EARLY), later) == (20, Provenance(source="late", observed_at=LATE))
    assert outcome(later, followed(10, EARLY)) == (20, Provenance(source="late", observed_at=LATE))


def test_of_one_day_the_incoming_wins() -> None:
    assert outcome(followed(10, LATE, "a"), followed(20, LATE, "b"))[0] == 20


def test_undated_never_replaces_dated() -> None:
    assert outcome(followed(10, EARLY), followed(20, None))[0] == 10
    assert outcome(followed(10, None), followed(20, EARLY))[0] == 20
    assert outcome(followed(10, None), followed(20, None))[0] == 20


def test_absent_erases_nothing_and_zero_is_known() -> None:
    assert outcome(followed(10, EARLY), followed(None, LATE))[0] == 10
    assert outcome(followed(10, EARLY), followed(0, LATE))[0] == 0


def test_an_unknown_field_is_filled_whatever_the_dates() -> None:
    assert outcome(followed(None, None), followed(20, None))[0] == 20


def test_each_field_keeps_its_own_source() -> None:
    one = creator(
        followers=1, bio="old", provenance=stated("followers", "bio", source="a", observed_at=EARLY)
    )
    two = creator(bio="new", provenance=stated("bio", source="b", observed_at=LATE))

    merged = merge(one, two)
    assert merged.bio == "new"
    assert {name: origin.source for name, origin in merged.provenance.items()} == {
        "followers": "a",
        "bio": "b",
    }


def test_a_value_without_a_source_drops_the_source_of_the_value_it_replaces() -> None:
    one = creator(bio="old", provenance=stated("bio", observed_at=None))

    assert merge(one, creator(bio="new")).provenance == {}


def test_a_stopgap_replaces_nothing_that_a_source_states() -> None:
    """Such as a handle in the place of a name, in a record that has sources for all that is stated."""
    known = creator("Ada Testperson", id="x:ada", provenance=stated("name", source="list", observed_at=None))
    seen = creator("ada", id="x:ada", followers=5, provenance=stated("followers", source="page"))

    merged = merge(known, seen)
    assert (merged.name, merged.provenance["name"].source, merged.followers) == ("Ada Testperson", "list", 5)
    named = merge(seen, known)
    assert (named.name, named.provenance["name"].source) == ("Ada Testperson", "list")


READ = DetectedLanguage(language="de", share=1.0, captions=3)


def test_what_was_read_off_the_same_texts_stays() -> None:
    one = creator(bio="Brot", posts=(Post(id="p", text="Brot"),), detected_language=READ)

    assert merge(one, creator(followers=5)).detected_language == READ
    assert merge(one, replace(one, detected_language=None)).detected_language == READ


def test_what_was_read_off_other_texts_is_dropped() -> None:
    one = creator(bio="Brot", posts=(Post(id="p", text="Brot"),), detected_language=READ)

    assert merge(one, creator(bio="Bread")).detected_language is None
    assert merge(one, creator(posts=(Post(id="q", text="Bread"),))).detected_language is None


def test_once_fictional_always_fictional() -> None:
    assert merge(creator(fictional=True), creator(fictional=False)).fictional
    assert merge(creator(fictional=False), creator(fictional=True)).fictional


def test_the_later_observation_of_a_post_wins() -> None:
    early = Post(id="p", text="before", likes=1, observed_at=EARLY)
    late = Post(id="p", text="after", likes=2, observed_at=LATE)

    assert unite_posts([early], [late]) == (late,)
    assert unite_posts([late], [early]) == (late,)
    assert unite_posts([early], [replace(late, observed_at=None)]) == (early,)


def test_words_that_only_the_earlier_observation_has_are_kept() -> None:
    early = Post(id="p", title="Bread", hashtags=("bread",), observed_at=EARLY)
    late = Post(id="p", views=5, observed_at=LATE)

    assert unite_posts([early], [late]) == (
        Post(id="p", title="Bread", hashtags=("bread",), views=5, observed_at=LATE),
    )


def test_counts_of_two_observations_never_meet() -> None:
    early = Post(id="p", likes=10, views=100, observed_at=EARLY)

    assert unite_posts([early], [Post(id="p", views=9_000, observed_at=LATE)])[0].likes is None
    assert unite_posts([early], [Post(id="p", observed_at=LATE)])[0].likes == 10


def test_posts_of_one_day_are_ordered_by_id() -> None:
    posts = [Post(id=name, published_at=EARLY) for name in "bca"]

    assert [post.id for post in unite_posts(posts[:1], posts[1:])] == ["a", "b", "c"]


# Several sources


def said(value: int, source: str, day: date | None) -> Statement:
    return Statement(value=value, provenance=Provenance(source=source, observed_at=day))


def test_what_another_source_says_of_a_count_is_kept_beside_it() -> None:
    merged = merge(followed(12_000, LATE, "own page"), followed(11_800, EARLY, "list"))

    assert (merged.followers, merged.provenance["followers"].source) == (12_000, "own page")
    assert merged.also_stated == {"followers": (said(11_800, "list", EARLY),)}


def test_the_value_that_is_replaced_is_kept_and_a_source_is_kept_once() -> None:
    merged = merge(followed(10, EARLY, "list"), followed(20, LATE, "own page"))
    assert merged.also_stated == {"followers": (said(10, "list", EARLY),)}

    again = merge(merged, followed(30, date(2026, 3, 1), "list"))
    assert again.followers == 30
    assert again.also_stated == {"followers": (said(20, "own page", LATE),)}


def test_one_source_has_nothing_beside() -> None:
    assert merge(followed(10, EARLY), followed(20, LATE)).also_stated == {}
    assert merge(followed(10, None, "nobody knows when"), creator(followers=20)).also_stated == {
        "followers": (said(10, "nobody knows when", None),)
    }


def test_equal_figures_of_two_sources_are_both_kept() -> None:
    """Either may be withdrawn."""
    merged = merge(followed(10, EARLY, "a"), followed(10, LATE, "b"))
    assert merged.also_stated == {"followers": (said(10, "a", EARLY),)}


def test_only_the_latest_of_many_sources_are_kept() -> None:
    merged = followed(0, date(2026, 3, 1), "own page")
    for number in range(28):
        merged = merge(merged, followed(number, date(2026, 1, 1 + number), f"list {number:02}"))

    kept = merged.also_stated["followers"]
    assert [one.value for one in kept] == list(range(27, 27 - MOST_STATEMENTS, -1))


observations = st.lists(
    st.tuples(
        st.sampled_from(KEPT_APART[1:]),
        st.sampled_from(["own page", "list", "panel"]),
        st.integers(0, 9),
        st.dates(EARLY, LATE),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: (one[0], one[3]),
)


@given(observations, st.randoms(use_true_random=False))
def test_the_order_in_which_sources_come_does_not_matter(
    observed: list[tuple[str, str, int, date]], random: Any
) -> None:
    """With a day of its own for each observation of a field. What is shown is the latest of all."""

    def seen(given: list[tuple[str, str, int, date]]) -> Creator:
        merged: Creator | None = None
        for field, source, value, day in given:
            origin = {field: Provenance(source=source, observed_at=day)}
            figure: dict[str, Any] = {field: value}
            merged = merge(merged, creator(provenance=origin, **figure))
        assert merged is not None
        return merged

    wanted = seen(observed)
    for field in {one[0] for one in observed}:
        mine = [one for one in observed if one[0] == field]
        latest = {source: (day, value) for _, source, value, day in sorted(mine, key=lambda one: one[3])}
        assert {
            one.provenance.source: (one.provenance.observed_at, one.value)
            for one in statements(wanted, field)
        } == latest
        assert getattr(wanted, field) == max(latest.values())[1]
    random.shuffle(observed)
    assert seen(observed) == wanted


@given(same_person)
def test_nothing_is_averaged(pair: tuple[Creator, Creator]) -> None:
    """Every figure of the outcome was stated by somebody."""
    merged = merge(merge(None, pair[0]), pair[1])
    for field in ("followers", "following", "posts_total"):
        stated_by_either = {getattr(one, field) for one in pair} | {
            told.value for one in pair for told in one.also_stated.get(field, ())
        }
        assert getattr(merged, field) in stated_by_either
        assert {told.value for told in merged.also_stated.get(field, ())} <= stated_by_either


def test_posts_say_whose_they_are_once_there_are_several_sources() -> None:
    one = creator(posts=(Post(id="a", text="A"),), provenance=stated(POSTS, source="list", observed_at=EARLY))
    two = creator(posts=(Post(id="b", text="B"),), provenance=stated(POSTS, source="page", observed_at=LATE))

    assert {post.id: post.source for post in merge(one, one).posts} == {"a": None}
    merged = merge(one, two)
    assert {post.id: post.source for post in merged.posts} == {"a": "list", "b": "page"}
    assert merge(merged, two) == merged
    assert merge(merged, one) == merged


def test_words_of_one_source_are_not_put_into_the_post_of_another() -> None:
    early = Post(id="p", title="Bread", observed_at=EARLY, source="list")
    late = Post(id="p", views=5, observed_at=LATE, source="page")

    assert unite_posts([early], [late]) == (late,)
    assert unite_posts([late], [early]) == (late,)
