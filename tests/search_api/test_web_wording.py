"""Figures and filters in words."""

from datetime import date

import pytest

from discovery.filters import FIELDS, Filter, Mode, Unknown
from discovery.ranking.weights import DEFAULT_WEIGHTS
from search_api.web import wording
from search_api.web.panel import GROUPS


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, "unknown"),
        (0, "0"),
        (950, "950"),
        (999, "999"),
        (1_000, "1K"),
        (1_049, "1K"),
        (21_700, "21.7K"),
        (999_949, "999.9K"),
        (999_950, "1M"),
        (1_250_000, "1.2M"),
        (5_000_000_000, "5B"),
        (2.5, "2.50"),
    ],
)
def test_counts_are_short(number: float | None, text: str) -> None:
    assert wording.compact(number) == text


def test_percentages_dates_and_unknowns() -> None:
    assert [wording.percent(one) for one in (0.0, 0.025, 0.12346, 1.0, None)] == [
        "0 %",
        "2.5 %",
        "12.35 %",
        "100 %",
        "unknown",
    ]
    assert wording.day(date(2026, 3, 1)) == "1 Mar 2026"
    assert wording.day(None) == "unknown"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (Filter(field="followers", min=10_000, max=50_000), "Followers 10K to 50K"),
        (Filter(field="followers", min=10_000), "Followers 10K or more"),
        (Filter(field="views", max=500), "Views up to 500"),
        (Filter(field="engagement_rate", min=0.02, max=0.1), "Engagement rate 2 % to 10 %"),
        (Filter(field="last_post", max=30), "Posted within 30 days"),
        (Filter(field="last_post", max=1), "Posted within 1 day"),
        (Filter(field="last_post", min=90), "Last post 90 days ago or more"),
        (Filter(field="last_post", min=7, max=90), "Last post 7 days to 90 days ago"),
        (Filter(field="country", any_of=("DE", "AT", "CH")), "Country: Germany, Austria or Switzerland"),
        (Filter(field="platform", any_of=("youtube",)), "Platform: YouTube"),
        (Filter(field="hashtags", any_of=("vegan",), mode=Mode.NOT), "Not: Hashtags: #vegan"),
        (Filter(field="mentions", any_of=("brand",), mode=Mode.SHOULD), "Preferred: Mentions: @brand"),
        (Filter(field="verified", is_=True), "Verified"),
        (Filter(field="has_contact", is_=False), "Has no contact"),
        (Filter(field="has_sponsored_posts", is_=False), "Has no sponsored posts"),
        (Filter(field="audience_country", any_of=("DE",)), "Audience in Germany: 20 % or more"),
        (
            Filter(field="audience_age", any_of=("18-24", "25-34"), weight=0.45),
            "Audience aged 18-24 or 25-34: 45 % or more",
        ),
        (Filter(field="audience_gender", any_of=("female",)), "Audience female: 50 % or more"),
        (Filter(field="audience_language", any_of=("de",)), "Audience speaking German: 20 % or more"),
        (Filter(field="followers", min=1, unknown=Unknown.INCLUDE), "Followers 1 or more (or unknown)"),
        (Filter(field="followers", min=1, unknown=Unknown.ONLY), "Followers 1 or more (only unknown)"),
        (
            Filter(field="country", any_of=("DE",), mode=Mode.NOT, unknown=Unknown.EXCLUDE),
            "Not: Country: Germany (unknown left out)",
        ),
    ],
)
def test_filters_in_words(item: Filter, text: str) -> None:
    assert wording.requirement(item) == text


def test_every_field_and_signal_has_its_words() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(FIELDS)
    assert set(wording.SIGNALS) == set(wording.SIGNAL_MEANINGS) == set(DEFAULT_WEIGHTS)
    for name, spec in FIELDS.items():
        condition = {"range": {"min": 0.5}, "flag": {"is_": True}}.get(spec.kind.value)
        values = {"country": "DE", "language": "de", "platform": "tiktok", "age": "18-24", "gender": "other"}
        known = values.get(spec.vocabulary or "", "x")
        item = Filter(field=name, **(condition or {"any_of": (known,)}))  # type: ignore[arg-type]
        assert wording.requirement(item)
        assert wording.unknown_reason(item).endswith(" is unknown")
