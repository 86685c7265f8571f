"""Words that a brief means without saying them."""

import pytest

from discovery.ports import RelatedWord
from discovery.ranking.expansion import CITING_WORDS, LEAST_STANDING, WEIGHT, related_weights, strongest


def word(term: str, standing: float) -> RelatedWord:
    return RelatedWord(term=term, word=term, standing=standing)


def test_a_word_weighs_what_it_stands_above_the_edge() -> None:
    found = related_weights([word("vegan", 4.5), word("milk", LEAST_STANDING)], (), 1.0)
    assert found == {"vegan": pytest.approx(WEIGHT * (4.5 - LEAST_STANDING))}


def test_no_word_weighs_more_than_the_briefs_own() -> None:
    assert related_weights([word("vegan", 99.0)], (), 1.0) == {"vegan": 1.0}


def test_the_briefs_own_words_keep_their_weight() -> None:
    assert related_weights([word("vegan", 9.0)], ("vegan",), 1.0) == {}


def test_the_caller_scales_them() -> None:
    assert related_weights([word("vegan", 4.5)], (), 0.5) == {"vegan": pytest.approx(0.1)}


def test_the_strongest_choose_what_is_cited() -> None:
    related = {f"w{number:02}": number / 100 for number in range(CITING_WORDS + 5)}
    assert list(strongest(related)) == [f"w{number:02}" for number in range(CITING_WORDS + 4, 4, -1)]
