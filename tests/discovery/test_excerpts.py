"""What is shown of a cited text, and which words are marked in it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.excerpts import EXCERPT_LENGTH, excerpt
from indexer.analysis import StandardAnalyser
from tests import strategies

ANALYSER = StandardAnalyser()
LONG = " ".join(f"word{number}" for number in range(45))
"""Longer than an excerpt; twice as long is still read to the end."""


def wanted(text: str) -> frozenset[str]:
    """Return the index terms of a brief."""
    return frozenset(ANALYSER.terms(text))


def marked(text: str, brief: str) -> list[str]:
    """Return the marked words."""
    shown, ranges = excerpt(text, wanted(brief), ANALYSER)
    return [shown[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    ("text", "brief", "words"),
    [
        ("Vegan recipes for all", "a recipe for vegans", ["Vegan", "recipes", "for"]),
        ("Cafés & CAFE", "café", ["Cafés", "CAFE"]),
        ("eat #VeganFood", "food", ["Food"]),
        ("eat #VeganFood", "veganfood", ["VeganFood"]),
        ("eat #VeganFood now", "veganfood vegan food", ["VeganFood"]),
        ("東京のカフェ巡り", "カフェ", ["カフ", "ェ"]),
        ("شوربة العدس", "العدس", ["العدس"]),
        ("grow 🌱 here 🌱", "🌱", ["🌱", "🌱"]),
        ("nothing here", "vegan", []),
        ("", "vegan", []),
    ],
)
def test_matched_words_are_marked(text: str, brief: str, words: list[str]) -> None:
    assert marked(text, brief) == words


def test_a_short_text_is_shown_whole() -> None:
    text = "x" * EXCERPT_LENGTH
    assert excerpt(text, wanted("vegan"), ANALYSER) == (text, ())


def test_a_long_text_is_cut_around_the_densest_words() -> None:
    text = f"vegan {LONG} a vegan recipe for vegan friends {LONG}"
    shown, ranges = excerpt(text, wanted("vegan recipes"), ANALYSER)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert [shown[start:end] for start, end in ranges] == ["vegan", "recipe", "vegan"]


@pytest.mark.parametrize(
    ("text", "first", "last"), [(f"vegan {LONG}", "vegan", "…"), (f"{LONG} vegan", "…", "vegan")]
)
def test_an_end_that_is_not_cut_has_no_ellipsis(text: str, first: str, last: str) -> None:
    shown, ranges = excerpt(text, wanted("vegan"), ANALYSER)
    assert shown.startswith(first)
    assert shown.endswith(last)
    assert [shown[start:end] for start, end in ranges] == ["vegan"]


def test_the_rest_of_a_very_long_text_is_not_read() -> None:
    assert marked(f"{LONG} {LONG} {LONG} vegan", "vegan") == []


def test_the_end_of_what_is_read_is_a_cut_end() -> None:
    shown, _ = excerpt("x" * 640 + " vegan " + "y" * 300, wanted("vegan"), ANALYSER)
    assert shown.endswith("…")


def test_words_stay_whole_at_the_cut() -> None:
    shown, _ = excerpt(f"{LONG} vegan {LONG}", wanted("vegan"), ANALYSER)
    assert set(shown.strip("…").split()) <= {*LONG.split(), "vegan"}


@given(st.lists(st.one_of(strategies.texts, st.just(LONG)), max_size=4).map(" ".join), strategies.briefs)
def test_ranges_are_ascending_inside_and_cite_the_brief(text: str, brief: str) -> None:
    terms = wanted(brief)
    shown, ranges = excerpt(text, terms, ANALYSER)
    assert len(shown) <= EXCERPT_LENGTH + 2
    assert shown.removeprefix("…").removesuffix("…") in text
    assert all(0 <= start < end <= len(shown) for start, end in ranges)
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))
    cited = {shown[term.start : term.end] for term in ANALYSER.find(shown, terms)}
    for start, end in ranges:
        assert any(shown[start:end] in words for words in cited)


@given(strategies.texts, strategies.briefs)
def test_a_text_that_holds_a_word_of_the_brief_shows_one(text: str, brief: str) -> None:
    terms = wanted(brief)
    holds = any(term in terms for term in ANALYSER.terms(text))
    assert bool(excerpt(text, terms, ANALYSER)[1]) == holds
