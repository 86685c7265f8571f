"""Counts as pages show them; what could be read in two ways is unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.reading.counts import MAX_COUNT, Count, read_count


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("0", None, Count(0)),
        ("1234", None, Count(1234)),
        (" 1,234 ", None, Count(1234)),
        ("1,234", "de", Count(1234)),
        ("1.234", None, None),
        ("1.234", "en", None),
        ("1.234", "de", Count(1234)),
        ("1.234.567", None, Count(1_234_567)),
        ("1,234,567 followers", None, Count(1_234_567)),
        ("12,34,567", "hi", Count(1_234_567)),
        ("1 234 567", "fr", Count(1_234_567)),
        ("1\u202f234", "fr", Count(1234)),
        ("1'234", None, Count(1234)),
        ("12.5K", None, Count(12_500, 100)),
        ("12,5 Tsd. Follower", "de", Count(12_500, 100)),
        ("12K", None, Count(12_000, 1000)),
        ("1.2M subscribers", None, Count(1_200_000, 100_000)),
        ("1,2 Mio.", "de", Count(1_200_000, 100_000)),
        ("1.234K", "en", Count(1234)),
        ("1.234K", "de", Count(1_234_000, 1000)),
        ("1.234K", None, None),
        ("1,234K", "en", Count(1_234_000, 1000)),
        ("1,234K", "de", Count(1234)),
        ("1,234K", None, None),
        ("3 mil", "pt", Count(3000, 1000)),
        ("3 mil", "en", Count(3)),
        ("1.2万", "ja", Count(12_000, 1000)),
        ("3.4억", "ko", Count(340_000_000, 10_000_000)),
        ("5 lakh", "hi", Count(500_000, 100_000)),
        ("١٢٣٤", "ar", Count(1234)),
        ("Followers: 17", None, Count(17)),
        ("1000+", None, Count(1000)),
        ("1.5", None, None),
        ("0.0004K", None, None),
        ("-5", None, None),
        ("3 of 17", None, None),
        ("12 34", None, None),
        ("1.234,5", "de", None),
        ("many", None, None),
        ("", None, None),
        ("9" * 25, None, None),
        ("9007199254740993", None, None),
    ],
)
def test_texts(text: str, language: str | None, count: Count | None) -> None:
    assert read_count(text, language) == count


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (7, Count(7)),
        (7.0, Count(7)),
        (1e3, Count(1000)),
        (7.5, None),
        (-1, None),
        (2**60, None),
        (1e300, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        (None, None),
        ([7], None),
        ({"@value": 7}, None),
    ],
)
def test_values_of_json(value: object, count: Count | None) -> None:
    assert read_count(value) == count


def test_rounded_counts_agree_with_what_they_were_rounded_from() -> None:
    assert Count(12_500, 100).agrees_with(Count(12_534))
    assert not Count(12_500, 100).agrees_with(Count(12_634))
    assert Count(7).agrees_with(Count(7))
    assert not Count(7).agrees_with(Count(8))


@given(st.integers(0, MAX_COUNT))
def test_whole_numbers_are_read_as_they_are(number: int) -> None:
    assert read_count(str(number)) == read_count(number) == Count(number)
    assert read_count(f"{number:,}") == Count(number)


@given(
    st.one_of(st.text(), st.text(alphabet="0123456789.,' KkM-+\u202f万")), st.sampled_from([None, "de", "en"])
)
def test_anything_else_is_a_count_within_bounds_or_unknown(text: str, language: str | None) -> None:
    count = read_count(text, language)
    assert count is None or 0 <= count.value <= MAX_COUNT
