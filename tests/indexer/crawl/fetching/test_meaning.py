"""What an answer means: each status, and how long a host wants to be left alone."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.document import Outcome
from indexer.crawl.fetching.meaning import LONGEST_WAIT, is_json, outcome_of, retry_after

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [
        ((200, 201, 203, 204, 226, 299), Outcome.FETCHED),
        ((206, 300, 304, 305, 306, 399, 600, 999), Outcome.BROKEN),
        ((404, 410), Outcome.GONE),
        ((401, 403, 407), Outcome.UNAUTHORISED),
        ((429, 503), Outcome.BUSY),
        ((400, 402, 405, 408, 418, 425, 451, 499), Outcome.CLIENT_ERROR),
        ((500, 501, 502, 504, 520, 599), Outcome.SERVER_ERROR),
    ],
)
def test_every_status_has_an_outcome(statuses: tuple[int, ...], outcome: Outcome) -> None:
    assert {outcome_of(status, conditional=False) for status in statuses} == {outcome}


def test_not_modified_is_an_answer_to_who_asked() -> None:
    assert outcome_of(304, conditional=True) is Outcome.NOT_MODIFIED


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("86400", 86_400.0),
        ("86401", 86_400.0),
        ("9" * 60_000, 86_400.0),
        ("-1", None),
        ("1.5", None),
        ("1e3", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        ("Sun, 01 Mar 2026 12:05:00 GMT", 300.0),
        ("Sunday, 01-Mar-26 12:05:00 GMT", 300.0),
        ("Sun, 01 Mar 2026 13:05:00 +0100", 300.0),
        ("Sun, 01 Mar 2026 12:05:00 -0000", 300.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ("Sun, 99 Mar 2026 12:00:00 GMT", None),
        ("Sun, 01 Mar 99999 12:00:00 GMT", None),
    ],
)
def test_a_wait_is_read_in_seconds_or_as_a_date(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


@given(st.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_a_date_is_the_wait_until_then(ahead: timedelta) -> None:
    at = (NOW + ahead).replace(microsecond=0)
    expected = min(LONGEST_WAIT, max(0.0, (at - NOW).total_seconds()))
    assert retry_after({"retry-after": format_datetime(at, usegmt=True)}, NOW) == expected


@given(st.text())
def test_any_text_is_a_wait_or_none(value: str) -> None:
    seconds = retry_after({"retry-after": value}, NOW)
    assert seconds is None or 0 <= seconds <= LONGEST_WAIT


@pytest.mark.parametrize(
    ("kind", "json"),
    [
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("application/problem+json", True),
        ("text/html", False),
        ("text/json", False),
        ("", False),
    ],
)
def test_json_is_known_by_its_type(kind: str, json: bool) -> None:
    assert is_json({"content-type": kind}) is json
