"""Days of publication, as pages state them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.reading.days import read_day


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        (" 2026-03-01T10:00:00Z ", date(2026, 3, 1)),
        ("2026-03-01T23:30:00-05:00", date(2026, 3, 2)),
        ("2026-03-01T23:30:00+0500", date(2026, 3, 1)),
        ("2026-03-01 10:00", date(2026, 3, 1)),
        ("Sun, 01 Mar 2026 23:30:00 -0500", date(2026, 3, 2)),
        ("2026-03", None),
        ("2026", None),
        ("2026-13-01", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
        (20260301, None),
        (None, None),
    ],
)
def test_days(stated: object, day: date | None) -> None:
    assert read_day(stated) == day


@given(st.one_of(st.text(), st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.{0,20}")))
def test_nothing_raises(text: str) -> None:
    assert read_day(text) is None or isinstance(read_day(text), date)
