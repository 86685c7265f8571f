"""Filters as text: what is written is read back, and what cannot be read says why."""

import pytest
from hypothesis import given

from discovery.errors import InvalidInput
from discovery.filters import Filter, Mode, Unknown
from search_api.filter_syntax import condition_text, filter_text, parse_filter
from tests.strategies import filters

CASES = {
    "followers=10000..50000": Filter(field="followers", min=10_000, max=50_000),
    "followers=10k..1.5M": Filter(field="followers", min=10_000, max=1_500_000),
    "followers=..5e3": Filter(field="followers", max=5_000),
    " followers = 7 .. ": Filter(field="followers", min=7),
    "engagement_rate=0.02..:include": Filter(field="engagement_rate", min=0.02, unknown=Unknown.INCLUDE),
    "country=DE, at": Filter(field="country", any_of=("DE", "AT")),
    "country=DE:only": Filter(field="country", any_of=("DE",), unknown=Unknown.ONLY),
    "mentions=@nike": Filter(field="mentions", any_of=("nike",)),
    'category="Food, ""Drink""",Travel': Filter(field="category", any_of=('food, "drink"', "travel")),
    'category="a:b"': Filter(field="category", any_of=("a:b",)),
    "verified=YES": Filter(field="verified", is_=True),
    "verified=no:exclude": Filter(field="verified", is_=False, unknown=Unknown.EXCLUDE),
    "audience_age=18-24,25-34@0.4:include": Filter(
        field="audience_age", any_of=("18-24", "25-34"), weight=0.4, unknown=Unknown.INCLUDE
    ),
    "audience_country=DE": Filter(field="audience_country", any_of=("DE",), weight=0.2),
}


@pytest.mark.parametrize("text", list(CASES))
def test_read(text: str) -> None:
    assert parse_filter(text) == CASES[text]


def test_the_mode_is_said_apart() -> None:
    assert parse_filter("verified=no", Mode.NOT) == Filter(field="verified", is_=False, mode=Mode.NOT)


@given(filters())
def test_what_is_written_is_read_back(item: Filter) -> None:
    assert parse_filter(filter_text(item), item.mode) == item


@given(filters())
def test_the_fate_of_the_unknown_is_written_only_where_it_is_not_the_default(item: Filter) -> None:
    written = filter_text(item).removeprefix(condition_text(item))
    default = Unknown.EXCLUDE if item.mode is Mode.MUST else Unknown.INCLUDE
    assert written == ("" if item.unknown is default else f":{item.unknown}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("followers", "is not a filter: write field=condition"),
        ("", "is not a filter"),
        ("folowers=1..", "unknown filter 'folowers'. Did you mean 'followers'?"),
        ("followers=10", "write followers=10..20"),
        ("followers=..", "says nothing: give max and min"),
        ("followers=a..b", "'a' is not a number; write 50000, 50k or 1.5m"),
        ("followers=-1..", "'-1' is not a number"),
        ("followers=9..1", "9 is above max 1; swap them"),
        ("engagement_rate=3..", "write 0.03 for 3 %"),
        ("followers=1..:maybe", "'maybe' is not include, exclude or only"),
        ("country=", "is blank"),
        ("country=DE,,AT", "is blank"),
        ("country=Germany", "Did you mean 'DE'?"),
        ("country=DE@0.3", "unknown country 'DE@0.3'"),
        ('country="DE"@0.3', "in double quotes"),
        ('category="a', "in double quotes"),
        ('category="a"b', "in double quotes"),
        ("country=DE:inlcude", "'inlcude' is not include, exclude or only"),
        ("verified=maybe", "write verified=yes or verified=no"),
        ("audience_country=DE@30", "write 0.3 for 30 %"),
        ("audience_country=DE@x", "'x' is not a number"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_filter(text)
    assert message in str(caught.value)
