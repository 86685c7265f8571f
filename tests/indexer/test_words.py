"""The telling words of a generation: which they are, and which are nearest to a brief."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import words as words_module
from indexer.embedded.words import RelatedWords, write_words
from indexer.words import MIN_CREATORS, Word, WordCounter
from tests.indexer.installation import ANALYSER, ENCODER

DIMENSION = ENCODER.dimension


def counted(texts: Sequence[str]) -> list[Word]:
    """Return the telling words of creators who say these texts."""
    counter = WordCounter(ANALYSER)
    for text in texts:
        counter.add(text)
    return counter.words()


def test_a_word_of_five_creators_tells_in_the_form_that_is_mostly_written() -> None:
    texts = ["Gardens and a lamp", "GARDENS", "gardens gardens gardens", "a garden", "my garden", "lamp"]
    assert counted(texts) == [("garden", "gardens")]
    assert counted(texts[:4]) == []
    assert MIN_CREATORS == 5


def test_creators_are_counted_and_not_the_forms_that_they_write() -> None:
    """One person who writes a word in six ways does not make it a word of several."""
    person = "garden gardens gardened gardening GARDEN Gardens garden's"
    assert counted([person] * 4) == []
    assert counted([person] * 5) == [("garden", "gardens")]
    assert counted([person] * 9 + [f"w{number}" for number in range(81)]) == [("garden", "gardens")]


def test_the_most_frequent_come_first_and_equals_by_term() -> None:
    texts = ["violin"] * 7 + ["lamp kettle"] * 5 + [f"w{number}" for number in range(100)]
    assert counted(texts) == [("violin", "violin"), ("kettl", "kettle"), ("lamp", "lamp")]


def test_what_a_tenth_of_the_creators_say_tells_nothing() -> None:
    others = [f"w{number}" for number in range(93)]
    assert counted(["violin"] * 10 + others[:90]) == [("violin", "violin")]
    assert counted(["violin"] * 11 + others[:89]) == []
    assert counted(["violin"] * 5) == [("violin", "violin")]  # of few, five are not too many


@pytest.mark.parametrize("text", ["the", "and", "ab", "42", "b2b", "наука", "食", "café9", "🌱", ""])
def test_short_silent_or_foreign_words_tell_nothing(text: str) -> None:
    assert counted([text] * 5 + ["x1"] * 4) == []


def test_no_more_words_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_module, "MAX_WORDS", 2)
    texts = ["violin"] * 7 + ["lamp kettle"] * 5 + [f"w{number}" for number in range(100)]
    assert counted(texts) == [("violin", "violin"), ("kettl", "kettle")]


def test_of_too_many_forms_those_seen_once_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What several say early is kept, however much is said once."""
    monkeypatch.setattr(words_module, "_MOST_FORMS", 10)
    texts = (
        ["violin"] * 4 + [f"once{chr(97 + number)}{chr(97 + number)}" for number in range(20)] + ["violin"]
    )
    assert counted(texts) == [("violin", "violin")]


def test_nobody(tmp_path: Path) -> None:
    assert counted([]) == []
    write_words(tmp_path, [], np.empty((0, DIMENSION), np.float32))
    assert RelatedWords(tmp_path, DIMENSION).nearest(np.ones(DIMENSION, np.float32), 10) == ()


def test_the_nearest_by_hand(tmp_path: Path) -> None:
    """Cosines 1, 0 and -1: mean 0, deviation the root of two thirds."""
    made = [("lamp", "lamps"), ("far", "far"), ("near", "nearly")]
    write_words(tmp_path, made, np.array([[0, 1], [-1, 0], [1, 0]], dtype=np.float32))
    query, unit = np.array([1, 0], dtype=np.float32), float(np.sqrt(3 / 2))
    first, second = RelatedWords(tmp_path, 2).nearest(query, 2)
    assert first[:2] == ("near", "nearly")
    assert second[:2] == ("lamp", "lamps")
    assert [first.standing, second.standing] == pytest.approx([unit, 0.0], abs=1e-6)
    assert [one.term for one in RelatedWords(tmp_path, 2).nearest(query, 10)] == ["near", "lamp", "far"]
    assert RelatedWords(tmp_path, 2).nearest(query, 0) == ()


def test_words_that_are_all_alike_stand_nowhere(tmp_path: Path) -> None:
    write_words(tmp_path, [("lamp", "lamp")] * 3, np.ones((3, 2), dtype=np.float32))
    nearest = RelatedWords(tmp_path, 2).nearest(np.array([1, 0], np.float32), 3)
    assert [one.standing for one in nearest] == [0.0] * 3


@given(st.lists(st.sampled_from(["violin", "violins", "lamp", "Kettle", "kettles", "食", "of"]), max_size=40))
def test_words_are_plain_terms_of_the_analyser(texts: list[str]) -> None:
    for term, word in counted(texts):
        assert ANALYSER.terms(word) == [term]
        assert term.isascii()
        assert word == word.lower()
