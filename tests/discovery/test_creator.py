"""Ids, the window, captions and dates of a creator."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import MAX_ID_LENGTH, WINDOW, creator_id, newest_first
from discovery.errors import InvalidInput
from tests.fictional import TODAY, creator, post, posts, stated


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
    old = post(id="old", age=400, observed_at=TODAY + timedelta(days=9))
    one = creator(posts=(*posts(*["word"] * WINDOW), old))
    assert replace(one, posts=one.recent_posts).data_date == one.data_date


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
