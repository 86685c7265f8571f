"""Creator to passages."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import WINDOW, Creator
from discovery.facets import facets_of
from indexer.documents import KEYWORD_FIELDS, PASSAGE_COLUMNS, PROFILE, cut, document
from tests import strategies
from tests.fictional import creator, post, posts


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def test_profile_first_then_posts_newest_first() -> None:
    one = creator("Ada", handle="ada.h", bio="Bio  text", posts=posts("First", "Second", hashtags=("Tag",)))
    made = document(one)
    assert [passage.position for passage in made.passages] == [PROFILE, 0, 1]
    assert [passage.text for passage in made.passages] == ["Bio text", "First", "Second"]
    assert made.passages[0].fields == {"name": "Ada", "handle": "ada.h", "bio": "Bio  text"}
    assert made.passages[1].fields == {"caption": "First", "hashtags": "Tag", "mentions": ""}
    assert made.creator is one
    assert made.facets == facets_of(one)


def test_everybody_has_a_profile_passage() -> None:
    (profile,) = document(creator("Ada")).passages
    assert profile.text == ""
    assert profile.fields == {"name": "Ada", "handle": "", "bio": ""}


def test_posts_without_words_are_no_passages_but_keep_their_places() -> None:
    made = document(creator(posts=(post("One"), post(None), post(" \n"), post("", title="Title"))))
    assert [passage.position for passage in made.passages] == [PROFILE, 0, 3]


def test_only_the_window_is_searched() -> None:
    assert len(document(creator(posts=posts(*["word"] * 40))).passages) == 1 + WINDOW


def test_title_text_and_hashtags() -> None:
    made = document(
        creator(
            posts=(post("Text", title="Title"), post(None, title="Alone"), post(None, hashtags=("a", "b")))
        )
    )
    assert [passage.text for passage in made.passages[1:]] == ["Title. Text", "Alone", "a b"]
    assert [passage.fields["caption"] for passage in made.passages[1:]] == ["Title · Text", "Alone", ""]


def test_hashtags_stand_in_for_a_blank_caption() -> None:
    assert document(creator(posts=(post(" ", hashtags=("vegan",)),))).passages[1].text == "vegan"


@given(strategies.creators())
def test_any_creator_is_a_document(one: Creator) -> None:
    made = document(one)
    places = [passage.position for passage in made.passages]
    assert places == sorted(set(places))
    assert places[0] == PROFILE
    for passage in made.passages:
        assert set(passage.fields) <= set(KEYWORD_FIELDS)
        assert width(passage.text) <= PASSAGE_COLUMNS
    assert {name for passage in made.passages for name in passage.fields} >= {"name", "handle", "bio"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        (" a \n b\t", "a b"),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 200),
        ("word " * 60, ("word " * 40).strip()),
        ("é" * 200, "é" * 200),
        ("é" * 201, "é" * 200),
        ("食" * 100, "食" * 100),
        ("食" * 101, "食" * 100),
        ("a" + "食" * 101, "a" + "食" * 99),
    ],
)
def test_cut(text: str, shown: str) -> None:
    assert cut(text) == shown


@given(st.one_of(st.text(max_size=500), st.lists(strategies.texts, max_size=40).map(" ".join)))
def test_a_cut_is_a_narrow_start(text: str) -> None:
    whole, shown = " ".join(text.split()), cut(text)
    assert width(shown) <= PASSAGE_COLUMNS
    assert whole.startswith(shown)
    assert cut(shown) == shown.strip()
    if width(whole) <= PASSAGE_COLUMNS:
        assert shown == whole
    else:
        assert width(shown) >= PASSAGE_COLUMNS - 2 - 2 * 20


@given(st.text(alphabet="ab é", min_size=150, max_size=400))
def test_a_cut_ends_between_words_where_one_ends_near(text: str) -> None:
    whole, shown = " ".join(text.split()), cut(text)
    if shown != whole and " " in whole[180:200]:
        assert whole[len(shown)] == " "
