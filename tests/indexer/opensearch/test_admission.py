"""Who is admitted, read from the answers of a cluster: what is known already is not asked again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from discovery.creator import CreatorId, creator_id
from discovery.filters import Filter, Mode, Unknown
from discovery.match import FilterReport
from indexer.opensearch import queries
from indexer.opensearch.admission import QueryAdmission
from indexer.opensearch.queries import counts, who_meets

ONE, TWO, THREE = (creator_id(f"instagram:{name}") for name in ("one", "two", "three"))
DAY = date(2026, 3, 1)
MUST = Filter(field="followers", min=1_000)
SHOULD = Filter(field="country", any_of=("DE",), mode=Mode.SHOULD)
LENIENT = Filter(field="language", any_of=("de",), unknown=Unknown.INCLUDE)
FILTERS = (MUST, SHOULD, LENIENT)
COUNTED = {
    "hits": {"total": {"value": 100}, "hits": []},
    "aggregations": {
        "counts": {
            "buckets": {
                name: {"doc_count": count}
                for name, count in {
                    "admitted": 40,
                    "speaking": 39,
                    "met 0": 50,
                    "unknown 0": 20,
                    "left 0": 7,
                    "met 1": 5,
                    "unknown 1": 90,
                    "met 2": 60,
                    "unknown 2": 0,
                }.items()
            }
        }
    },
}


class Answers:
    """Gives the prepared answers in turn, and remembers what was asked."""

    def __init__(self, *prepared: Mapping[str, Any]) -> None:
        self._prepared = list(prepared)
        self.asked: list[Mapping[str, Any]] = []

    def __call__(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self.asked.append(body)
        return self._prepared.pop(0)


def hits(wishes: Mapping[CreatorId, Sequence[str]]) -> dict[str, Any]:
    """Return an answer that lists creators with the wishes that they meet; none are not even named."""
    listed = [
        {"fields": {"creator": [one]}} | ({"matched_queries": list(names)} if names else {})
        for one, names in wishes.items()
    ]
    return {"hits": {"hits": listed}}


def test_counts_are_asked_for_once_and_only_when_needed() -> None:
    ask = Answers(COUNTED)
    admission = QueryAdmission(ask, FILTERS, DAY)
    assert ask.asked == []
    assert admission.count == admission.count == 40
    assert admission.reports == admission.reports
    assert ask.asked == [counts(FILTERS, DAY)]


def test_counts_that_came_with_a_search_are_not_asked_for() -> None:
    admission = QueryAdmission(Answers(), FILTERS, DAY)
    admission.learn(COUNTED)
    assert admission.count == 40
    assert admission.reports == (
        FilterReport(filter=MUST, met=50, not_met=30, unknown=20, unknown_left_out=7),
        FilterReport(filter=SHOULD, met=5, not_met=5, unknown=90, unknown_left_out=0),
        FilterReport(filter=LENIENT, met=60, not_met=40, unknown=0, unknown_left_out=0),
    )


def test_who_meets_a_wish_is_read_from_the_hits() -> None:
    ask = Answers()
    admission = QueryAdmission(ask, FILTERS, DAY)
    admission.learn_wishes(hits({ONE: [queries.wish(1)], TWO: []}))
    admission.learn_wishes(hits({THREE: [queries.wish(2), queries.wish(1)], TWO: []}))
    assert admission.met(1, [THREE, ONE, TWO]).tolist() == [True, True, False]
    assert admission.met(2, [THREE, ONE, TWO]).tolist() == [True, False, False]
    assert admission.met(1, []).tolist() == []
    assert ask.asked == []


def test_the_wish_of_another_number_is_not_taken_for_it() -> None:
    filters = [SHOULD] * 12
    admission = QueryAdmission(Answers(), filters, None)
    admission.learn_wishes(hits({ONE: [queries.wish(11)]}))
    assert [admission.met(place, [ONE]).tolist() for place in (1, 11)] == [[False], [True]]


def test_somebody_whom_no_leg_found_is_asked_about() -> None:
    ask = Answers(hits({THREE: [], ONE: []}))
    admission = QueryAdmission(ask, FILTERS, DAY)
    admission.learn_wishes(hits({ONE: [], TWO: []}))
    assert admission.met(1, [ONE, TWO, THREE]).tolist() == [True, False, True]
    assert ask.asked == [who_meets([ONE, TWO, THREE], SHOULD, DAY)]


@pytest.mark.parametrize("learned", [True, False])
def test_a_condition_that_is_no_wish_is_asked_about(learned: bool) -> None:
    """The hits say nothing of it, as all of them meet it; others may not."""
    ask = Answers(hits({TWO: []}))
    admission = QueryAdmission(ask, FILTERS, DAY)
    if learned:
        admission.learn_wishes(hits({ONE: [], TWO: []}))
    assert admission.met(0, [ONE, TWO]).tolist() == [False, True]
    assert ask.asked == [who_meets([ONE, TWO], MUST, DAY)]
