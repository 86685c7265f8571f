"""How soon a document is looked at again."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.frontier.refresh import DAY, HOUR, SELDOM, History, interval, rate, wants_whole


def history(days: float, visits: int, changes: int) -> History:
    return History(first_at=0.0, last_at=days * DAY, visits=visits, changes=changes)


def test_the_rate_is_the_one_of_the_paper() -> None:
    """10 intervals of a day, 3 of which brought a change: -ln((10 - 3 + 0.5) / (10 + 0.5)) a day."""
    found = rate(history(10, 11, 3))
    assert found is not None
    assert found * DAY == pytest.approx(-log(7.5 / 10.5))


def test_nothing_is_estimated_from_one_visit() -> None:
    assert rate(history(0, 1, 0)) is None
    assert interval(history(0, 1, 0), 24, 30) == DAY


def test_a_change_at_every_visit_keeps_the_rate_finite() -> None:
    assert interval(history(10, 11, 10), 24, 365) == DAY


def test_what_never_changes_is_left_alone_longer_and_longer_but_not_for_ever() -> None:
    days, visits, waits = 0.0, 1, []
    for _ in range(8):
        wait = interval(history(days, visits, 0), 24, 365) / DAY
        days, visits = days + wait, visits + 1
        waits.append(wait)
    assert waits[:4] == [1, 2, 6, 18]
    assert waits[4:] == [SELDOM / DAY] * 4


def test_retention_is_an_upper_bound_and_the_source_a_lower_one() -> None:
    assert interval(history(300, 10, 0), 24, 30) == 25 * DAY
    assert interval(history(300, 10, 0), 24 * 60, 30) == 60 * DAY


@given(st.floats(0, 400), st.integers(1, 50), st.integers(0, 50), st.floats(1, 500), st.integers(1, 400))
def test_an_interval_always_lies_between_its_bounds(
    days: float, visits: int, changes: int, hours: float, retention: int
) -> None:
    found = interval(history(days, visits, min(changes, visits - 1)), hours, retention)
    assert hours * HOUR <= found <= max(hours * HOUR, SELDOM)


@given(st.integers(2, 40), st.integers(0, 38))
def test_more_changes_never_mean_longer_waits(visits: int, changes: int) -> None:
    fewer = interval(history(40, visits, min(changes, visits - 1)), 1, 365)
    more = interval(history(40, visits, min(changes + 1, visits - 1)), 1, 365)
    assert more <= fewer


def test_half_way_through_the_retention_a_document_is_asked_for_whole() -> None:
    assert not wants_whole(0.0, 14 * DAY, 30)
    assert wants_whole(0.0, 15 * DAY, 30)
