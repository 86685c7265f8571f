"""Creator to passages."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import WINDOW, Creator
from discovery.facets import facets_of
from indexer.documents import (
    CREATOR_FIELDS,
    FIRST_TAGS,
    PASSAGE_COLUMNS,
    PASSAGE_FIELDS,
    PROFILE,
    cut,
    document,
)
from tests import strategies
from tests.fictional import creator, post, posts, repeated


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


def test_posts_without_words_are_no_passages() -> None:
    """Positions are those among the posts that are searched."""
    made = document(creator(posts=(post("One"), post(None), post(" \n"), post("", title="Title"))))
    assert [passage.position for passage in made.passages] == [PROFILE, 0, 1]
    assert [passage.text for passage in made.passages[1:]] == ["One", "Title"]


def test_only_the_window_is_searched() -> None:
    texts = [f"word {number}" for number in range(40)]
    made = document(creator(posts=posts(*texts)))
    assert [passage.text for passage in made.passages[1:]] == texts[:WINDOW]
    assert made.fields["subject"].split("\n")[3:] == texts[:WINDOW]


def test_copies_are_searched_once() -> None:
    """Whatever is posted again and again, the document is the same."""
    once = creator("Ada", bio="Bio", posts=posts("First", "Second", hashtags=("Tag",), mentions=("m",)))
    thrice = creator("Ada", bio="Bio", posts=repeated(once.posts, 3))
    assert document(thrice).passages == document(once).passages
    assert document(thrice).fields == document(once).fields
    assert [passage.position for passage in document(thrice).passages] == [PROFILE, 0, 1]


def test_a_title_is_searched_by_meaning_without_what_stands_below() -> None:
    """And with the first of the hashtags; the words of the passage are all there."""
    tags = tuple(f"t{number}" for number in range(FIRST_TAGS + 2))
    made = document(
        creator(
            posts=(
                post("Text", title="Title", hashtags=tags),
                post(None, title="Alone"),
                post("Below", title=" Spaced  out "),
                post("Text", hashtags=("a", "b")),
                post(None, hashtags=("a", "b")),
            )
        )
    )
    assert [passage.text for passage in made.passages[1:]] == [
        "Title. t0, t1, t2, t3, t4, t5, t6, t7",
        "Alone",
        "Spaced out",
        "Text",
        "a, b",
    ]
    assert [passage.fields["caption"] for passage in made.passages[1:]] == [
        "Title · Text",
        "Alone",
        " Spaced  out  · Below",
        "Text",
        "",
    ]
    assert made.passages[1].fields["hashtags"] == " ".join(tags)
    assert FIRST_TAGS == 8


@pytest.mark.parametrize("title", [None, "", " \n"])
@pytest.mark.parametrize("text", ["", " "])
def test_hashtags_stand_in_for_a_blank_caption(title: str | None, text: str) -> None:
    made = document(creator(posts=(post(text, title=title, hashtags=("vegan", "food")),)))
    assert made.passages[1].text == "vegan, food"


def test_a_blank_title_is_none() -> None:
    made = document(creator("Ada", posts=(post("Text", title=" "),)))
    assert made.passages[1].text == "Text"
    assert {name: text.split() for name, text in made.fields.items()} == {
        "subject": ["Ada", "Text"],
        "detail": [],
    }


def test_a_long_title_is_cut_like_any_text() -> None:
    made = document(creator(posts=(post("Below", title="word " * 60, hashtags=("tag",)),)))
    assert made.passages[1].text == ("word " * 40).strip()


def test_a_creator_as_a_whole_puts_titles_and_first_tags_before_the_rest() -> None:
    tags = tuple(f"t{number}" for number in range(FIRST_TAGS + 2))
    one = creator(
        "Ada",
        handle="ada.h",
        bio="Bio text",
        posts=(
            post("Below", title="Title", hashtags=tags, mentions=("Shop", "friend")),
            post("Caption", hashtags=("x",)),
            post(None, title="Alone"),
        ),
    )
    first, later = tags[:FIRST_TAGS], tags[FIRST_TAGS:]
    assert {name: text.split("\n") for name, text in document(one).fields.items()} == {
        "subject": ["Ada", "ada.h", "Bio text", "Title", *first, "Caption", "x", "Alone"],
        "detail": ["Below", *later, "Shop", "friend", "", ""],
    }


def test_a_name_alone_is_a_subject() -> None:
    assert {name: text.split() for name, text in document(creator("Ada")).fields.items()} == {
        "subject": ["Ada"],
        "detail": [],
    }


@given(strategies.creators())
def test_a_whole_says_every_word_of_the_searched_posts_once(one: Creator) -> None:
    """Nothing is left out and nothing added: the words of the fields are those of the parts."""
    made = document(one)
    assert list(made.fields) == list(CREATOR_FIELDS)
    parts = [one.name, one.handle or "", one.bio or ""]
    for item in one.searched_posts:
        parts += (item.title or "", item.text or "", *item.hashtags, *item.mentions)
    assert sorted("\n".join(made.fields.values()).split()) == sorted("\n".join(parts).split())


@given(strategies.creators())
def test_any_creator_is_a_document(one: Creator) -> None:
    made = document(one)
    places = [passage.position for passage in made.passages]
    assert places == sorted(set(places))
    assert places[0] == PROFILE
    for passage in made.passages:
        assert set(passage.fields) <= set(PASSAGE_FIELDS)
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
