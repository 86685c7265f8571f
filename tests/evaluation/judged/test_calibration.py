"""Judged pairs are what a search ranks, and a calibration says how it holds on briefs left out."""

import numpy as np
import pytest

from discovery.brief import Brief
from discovery.creator import CreatorId
from discovery.errors import InvalidInput
from discovery.matching import Matcher
from evaluation.judged.calibration import Pair, calibrate, judged_pairs
from evaluation.judged.guard_report import calibration_tables
from indexer.home import Home
from tests.evaluation.judged.invented import brief
from tests.indexer.installation import build, crowd, engine, matcher, stock


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    home = Home(tmp_path_factory.mktemp("home"))
    stock(home, crowd(30))
    build(home)
    return matcher(engine(home))


def drawn(briefs: int, each: int) -> list[Pair]:
    """Invented pairs of a known curve: slope 0.5, intercept -3."""
    random = np.random.default_rng(3)
    made = []
    for number in range(briefs):
        scores = np.sort(random.normal(5, 3, each))[::-1]
        lucky = random.random(each) < 1 / (1 + np.exp(3 - 0.5 * scores))
        for place, (score, good) in enumerate(zip(scores.tolist(), lucky.tolist(), strict=True)):
            made.append(
                Pair(
                    brief=f"b{number}",
                    platform="tiktok" if place % 2 else "youtube",
                    rank=place + 1,
                    score=score,
                    good=good,
                )
            )
    return made


def test_the_pairs_are_the_ranked_who_were_judged(product: Matcher) -> None:
    matches = product.search(Brief(query="chess", limit=500)).matches
    grades = {match.creator.id: place % 4 for place, match in enumerate(matches) if place % 3 == 0}
    pairs = judged_pairs(
        product, [brief("b", text="chess"), brief("c")], {"b": grades | {CreatorId("gone"): 3}}
    )
    assert [(one.rank, one.score, one.good) for one in pairs] == [
        (match.rank, match.score, grades[match.creator.id] >= 2)
        for match in matches
        if match.creator.id in grades
    ]
    assert {(one.brief, one.platform) for one in pairs} == {("b", "instagram")}


def test_a_curve_that_holds() -> None:
    pairs = drawn(40, 100)
    found = calibrate(pairs)
    assert (found.briefs, found.pairs, found.good) == (40, 4_000, sum(one.good for one in pairs))
    assert found.fitted.slope == pytest.approx(0.5, abs=0.05)
    assert found.fitted.intercept == pytest.approx(-3.0, abs=0.3)
    assert found.ece < 0.03
    assert found.gain > 0.1
    assert sum(one.pairs for one in found.bins) == 4_000
    assert [(one.name, one.pairs) for one in found.groups] == [
        ("top 10", 400),
        ("top 50", 2_000),
        ("tiktok", 2_000),
        ("youtube", 2_000),
    ]


def test_what_is_printed_names_target_and_result() -> None:
    target, chances, groups = calibration_tables(calibrate(drawn(40, 100)))
    assert target.title.startswith("Calibration: 4000 judged pairs of 40 briefs, ")
    assert target.rows[2][0] == "calibration error, each brief left out"
    assert target.rows[2][2:] == ("0.05", "reached")
    assert target.rows[3][3] == "missed"  # the shipped curve is of other scores
    assert chances.rows[0][0] == "0.0 to 0.1"
    assert [row[0] for row in groups.rows] == ["top 10", "top 50", "tiktok", "youtube"]


@pytest.mark.parametrize("pairs", [[], drawn(1, 50), [one for one in drawn(5, 20) if one.good]])
def test_pairs_that_tell_nothing_are_refused(pairs: list[Pair]) -> None:
    with pytest.raises(InvalidInput, match="cannot be fitted"):
        calibrate(pairs)
