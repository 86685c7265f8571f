"""What the ranking must not do, on creators with all their posts; targets are in `figures`."""

from statistics import fmean

import pytest

from evaluation.judged.assessment import Assessment
from evaluation.judged.bias import LEAST_POSTS, OF
from evaluation.judged.faithfulness import Faithfulness
from evaluation.judged.guards import Guards
from tests.collection.conftest import Hold

pytestmark = pytest.mark.collection


@pytest.fixture(scope="module")
def biases(guards: Guards) -> dict[tuple[str, int], float]:
    return {(one.of, one.least_posts): one.rho.mean for one in guards.biases}


@pytest.fixture(scope="module")
def faithfulness(guards: Guards) -> Faithfulness:
    assert guards.faithfulness is not None
    return guards.faithfulness


@pytest.mark.parametrize("least", LEAST_POSTS)
@pytest.mark.parametrize("name", OF)
def test_the_score_does_not_know(
    biases: dict[tuple[str, int], float], hold: Hold, name: str, least: int
) -> None:
    among = f"{least} posts or more" if least else "everybody"
    hold(f"bias, {name}, {among}", biases[name, least])


def test_copies_move_no_score(guards: Guards, hold: Hold) -> None:
    hold("change of a score by copies", guards.copies.largest)


def test_cited_posts_carry_the_score(faithfulness: Faithfulness, hold: Hold) -> None:
    hold("cited posts, times the loss by random ones", faithfulness.ratio)


def test_paraphrases_get_like_answers(assessment: Assessment, hold: Hold) -> None:
    hold("RBO@10 of paraphrases", fmean(one.mean for one in assessment.overlaps))
