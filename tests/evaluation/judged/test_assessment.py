"""An evaluation put together over invented runs, and what is printed of it."""

import orjson
import pytest

from discovery.errors import InvalidInput
from discovery.matching import Matcher
from evaluation.judged.assessment import Assessment, Question, assess
from evaluation.judged.report import as_json, notes, tables
from evaluation.judged.table import Table
from tests.evaluation.judged.invented import brief, grades, ids

BRIEFS = (brief("b1"), brief("b2", "narrow"), brief("b3", "narrow"))
JUDGMENTS = {"b1": grades(a=3, b=1), "b2": grades(a=2)}
MINE = {"b1": ids("a", "b"), "b2": ids("/x", "a"), "b3": ids("y")}
OTHERS = {"theirs": {"b1": ids("b", "a"), "b2": ids("z")}, "same": MINE}


def never() -> Matcher:
    raise AssertionError("nobody asked for plain systems or signals")


@pytest.fixture
def found() -> Assessment:
    return assess(Question(briefs=BRIEFS, judgments=JUDGMENTS, others=OTHERS), "mine", MINE, never)


def test_a_run_beside_others(found: Assessment) -> None:
    assert [one.brief for one in found.measured.briefs] == ["b1", "b2"]
    assert found.measured.briefs[0].ndcg_10 == 1.0
    assert [one.system for one in found.others] == ["theirs", "same"]
    theirs, same = found.comparisons
    assert (theirs.against, theirs.wins, theirs.ties, theirs.losses) == ("theirs", 2, 0, 0)
    assert (same.difference.mean, same.ties, same.p) == (0.0, 2, 1.0)
    assert (theirs.p, theirs.holm) == (0.5, 1.0)


def test_the_unjudged_of_measured_briefs_only(found: Assessment) -> None:
    assert [(one.brief, one.rank, one.creator) for one in found.unjudged] == [("b2", 1, "/x")]
    assert found.without_judgments == ("b3",)
    assert list(notes(found)) == [
        "1 of the creators in the top 10 are unjudged and count as not relevant (--unjudged).",
        "Not measured, for want of judgments: b3.",
    ]


def test_judgments_of_other_briefs_are_refused() -> None:
    with pytest.raises(InvalidInput, match="judge none of the briefs"):
        Question(briefs=BRIEFS, judgments={"d9": grades(a=1), "b1": {}})


def test_the_tables(found: Assessment) -> None:
    slices, briefs, systems, comparisons, same, left = tables(found, each_brief=True, list_unjudged=True)
    assert slices == Table(
        title="mine",
        columns=("slice", "briefs", "nDCG@10", "95 %", "P@10", "R@100", "judged@10", "nDCG@10 of judged"),
        rows=(
            ("all", "2", "0.815", "0.631 to 1.000", "0.100", "1.000", "0.750", "1.000"),
            ("literal", "1", "1.000", "1.000 to 1.000", "0.100", "1.000", "1.000", "1.000"),
            ("narrow", "1", "0.631", "0.631 to 0.631", "0.100", "1.000", "0.500", "1.000"),
        ),
    )
    assert briefs.rows[1] == ("b2", "narrow", "0.631", "0.100", "1.000", "0.500", "1.000")
    assert systems.columns[:4] == ("system", "all", "literal", "narrow")
    assert [row[0] for row in systems.rows] == ["mine", "theirs", "same"]
    assert comparisons.title == "nDCG@10 of mine, less that of"
    assert comparisons.rows[1] == ("same", "+0.000", "+0.000 to +0.000", "0", "2", "0", "1.0000", "1.0000")
    assert same.title == "Places in the top 10 where mine has the same creator as"
    assert same.rows == (("theirs", "5", "0.0%", "b1, b2, b3"), ("same", "5", "100.0%", "none"))
    assert left.rows == (("b2", "1", "%2Fx", "/x"),)


def test_only_what_is_asked_for_is_shown() -> None:
    alone = assess(Question(briefs=BRIEFS, judgments=JUDGMENTS), "mine", MINE, never)
    assert [table.title for table in tables(alone)] == ["mine"]


def test_json_holds_everything(found: Assessment) -> None:
    told = orjson.loads(as_json(found))
    assert list(told) == [
        "measured",
        "others",
        "comparisons",
        "agreements",
        "ablations",
        "calibration",
        "overlaps",
        "guards",
        "unjudged",
        "without_judgments",
    ]
    assert told["measured"]["slices"][0]["ndcg_10"]["mean"] == found.measured.slices[0].ndcg_10.mean
    assert told["measured"]["briefs"][0]["brief"] == "b1"
    assert told["unjudged"] == [{"brief": "b2", "rank": 1, "creator": "/x"}]
