"""Match quality on the judged briefs, with unjudged creators counted as 0; targets are in `figures`."""

import pytest

from evaluation.judged.assessment import Assessment
from evaluation.judged.comparison import Comparison
from evaluation.judged.plain import RRF
from evaluation.judged.resampling import Interval
from tests.collection.conftest import Hold

pytestmark = pytest.mark.collection


@pytest.fixture(scope="module")
def ndcg(assessment: Assessment) -> dict[str, Interval]:
    return {one.slice: one.ndcg_10 for one in assessment.measured.slices}


@pytest.fixture(scope="module")
def against_fusion(assessment: Assessment) -> Comparison:
    (found,) = [one for one in assessment.comparisons if one.against == RRF]
    return found


@pytest.mark.parametrize("name", ["all", "vocab-gap", "non-english"])
def test_ndcg_holds_its_floor(ndcg: dict[str, Interval], hold: Hold, name: str) -> None:
    hold(f"nDCG@10, {name}", ndcg[name].mean)


def test_significantly_better_than_plain_fusion(against_fusion: Comparison, hold: Hold) -> None:
    assert against_fusion.difference.mean > 0
    hold("p against plain fusion", against_fusion.p)
