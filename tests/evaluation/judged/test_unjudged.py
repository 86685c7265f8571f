"""Who near the top has no grade."""

from discovery.creator import CreatorId
from evaluation.judged.unjudged import Unjudged, unjudged
from tests.evaluation.judged.invented import brief, grades, ids


def test_ranks_count_from_1_and_end_at_10() -> None:
    run = {"b2": ids("x", "a", "y"), "b1": ids(*(f"j{place}" for place in range(10)), "late")}
    judged = {"b1": grades(**{f"j{place}": 0 for place in range(9)}), "b2": grades(a=0)}
    assert unjudged([brief("b1"), brief("b2")], judged, run) == (
        Unjudged(brief="b1", rank=10, creator=CreatorId("j9")),
        Unjudged(brief="b2", rank=1, creator=CreatorId("x")),
        Unjudged(brief="b2", rank=3, creator=CreatorId("y")),
    )


def test_nothing_is_listed_when_everybody_is_judged() -> None:
    assert unjudged([brief("b1"), brief("b2")], {"b1": grades(a=0)}, {"b1": ids("a")}) == ()
