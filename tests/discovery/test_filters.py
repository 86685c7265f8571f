"""What a filter may say, and how every refusal names the way out."""

from typing import Any

import pytest
from hypothesis import given

from discovery.errors import InvalidInput
from discovery.filters import FIELDS, Filter, Kind, Mode, Unknown
from tests import strategies


def problems(**given_fields: Any) -> dict[str, str]:
    """Return the problems of a filter by field."""
    with pytest.raises(InvalidInput) as caught:
        Filter(**given_fields)
    return {problem.field: problem.message for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("folowers", "unknown filter 'folowers'. Did you mean 'followers'?"),
        ("Followers", "unknown filter 'Followers'. Did you mean 'followers'?"),
        ("audience_countries", "unknown filter 'audience_countries'. Did you mean 'audience_country'?"),
    ],
)
def test_unknown_field_gets_the_nearest(name: str, hint: str) -> None:
    assert problems(field=name, min=1) == {"field": hint}


def test_far_off_field_gets_the_list() -> None:
    assert problems(field="qqqq", min=1)["field"].endswith(f"Known: {', '.join(FIELDS)}.")


@pytest.mark.parametrize(
    ("given_fields", "field", "message"),
    [
        ({"field": "followers", "any_of": ("a",), "min": 1}, "any_of",
         "does not apply to 'followers', which takes max and min"),
        ({"field": "verified", "is_": True, "max": 1}, "max", "does not apply to 'verified', which takes is"),
        ({"field": "country", "any_of": ("DE",), "is_": True}, "is",
         "does not apply to 'country', which takes any_of"),
        ({"field": "country", "any_of": ("DE",), "weight": 0.5}, "weight",
         "does not apply to 'country', which takes any_of"),
        ({"field": "followers"}, "followers", "says nothing: give max and min"),
        ({"field": "verified"}, "verified", "says nothing: give is"),
        ({"field": "audience_age", "weight": 0.5}, "audience_age", "says nothing: give any_of and weight"),
        ({"field": "followers", "min": -1}, "min", "must be a finite number, 0 or more"),
        ({"field": "followers", "max": float("inf")}, "max", "must be a finite number, 0 or more"),
        ({"field": "views", "min": float("nan")}, "min", "must be a finite number, 0 or more"),
        ({"field": "followers", "min": 10, "max": 5}, "min", "10 is above max 5; swap them"),
        ({"field": "engagement_rate", "min": 2}, "min", "is a fraction between 0 and 1; write 0.02 for 2 %"),
        ({"field": "engagement_rate", "max": 101}, "max", "is a fraction between 0 and 1"),
        ({"field": "country", "any_of": ()}, "any_of", "is empty; give at least one value"),
        ({"field": "hashtags", "any_of": ("vegan", "# ")}, "any_of[1]", "is blank"),
        ({"field": "country", "any_of": ("Germany",)}, "any_of[0]",
         "unknown country 'Germany'. Did you mean 'DE'?"),
        ({"field": "country", "any_of": ("Germny",)}, "any_of[0]",
         "unknown country 'Germny'. Did you mean 'DE'?"),
        ({"field": "language", "any_of": ("german",)}, "any_of[0]",
         "unknown language 'german'. Did you mean 'de'?"),
        ({"field": "platform", "any_of": ("instagramm",)}, "any_of[0]",
         "unknown platform 'instagramm'. Did you mean 'instagram'?"),
        ({"field": "country", "any_of": ("UK",)}, "any_of[0]", "unknown country 'UK'. Did you mean 'GB'?"),
        ({"field": "country", "any_of": ("deu",)}, "any_of[0]", "unknown country 'deu'. Did you mean 'DE'?"),
        ({"field": "language", "any_of": ("eng",)}, "any_of[0]",
         "unknown language 'eng'. Did you mean 'en'?"),
        ({"field": "platform", "any_of": ("x",)}, "any_of[0]",
         "unknown platform 'x'. Known: instagram, tiktok, youtube, podcast, bluesky, mastodon, website."),
        ({"field": "audience_age", "any_of": ("18-25",)}, "any_of[0]",
         "unknown audience age '18-25'. Did you mean '18-24'?"),
        ({"field": "audience_gender", "any_of": ("woman",)}, "any_of[0]",
         "unknown audience gender 'woman'. Known: female, male, other."),
        ({"field": "audience_age", "any_of": ("18-24",), "weight": 30}, "weight",
         "must be a fraction above 0, at most 1; write 0.3 for 30 %"),
        ({"field": "audience_age", "any_of": ("18-24",), "weight": 0}, "weight",
         "must be a fraction above 0, at most 1"),
        ({"field": "audience_age", "any_of": ("18-24",), "weight": 500}, "weight",
         "must be a fraction above 0, at most 1"),
    ],
)  # fmt: skip
def test_refusals(given_fields: dict[str, Any], field: str, message: str) -> None:
    assert problems(**given_fields) == {field: message}


def test_two_letter_code_gets_the_nearest_code() -> None:
    assert problems(field="country", any_of=("UK",))["any_of[0]"].startswith(
        "unknown country 'UK'. Did you mean"
    )


def test_all_problems_at_once() -> None:
    found = problems(field="audience_country", any_of=("DE", "Atlantis", " "), weight=7, min=1, is_=True)
    assert list(found) == ["is", "min", "any_of[1]", "any_of[2]", "weight"]


@pytest.mark.parametrize(
    ("mode", "unknown"),
    [(Mode.MUST, Unknown.EXCLUDE), (Mode.SHOULD, Unknown.INCLUDE), (Mode.NOT, Unknown.INCLUDE)],
)
def test_only_must_leaves_the_unknown_out_by_itself(mode: Mode, unknown: Unknown) -> None:
    assert Filter(field="followers", min=1, mode=mode).unknown is unknown
    assert Filter(field="followers", min=1, mode=mode, unknown=Unknown.ONLY).unknown is Unknown.ONLY


@pytest.mark.parametrize(
    ("field", "given_values", "canonical"),
    [
        ("country", ("de", "DE", "us"), ("DE", "US")),
        ("language", ("EN", "en"), ("en",)),
        ("hashtags", ("#Vegan", "vegan", "##Food"), ("vegan", "food")),
        ("mentions", ("@Ada",), ("ada",)),
        ("platform", ("TikTok",), ("tiktok",)),
        ("category", ("Vegan Food", "STRASSE", "straße"), ("vegan food", "strasse")),
        ("audience_age", ("65+",), ("65+",)),
        ("audience_gender", ("Female",), ("female",)),
    ],
)
def test_values_are_brought_to_one_spelling(
    field: str, given_values: tuple[str, ...], canonical: tuple[str, ...]
) -> None:
    assert Filter(field=field, any_of=given_values).any_of == canonical


def test_share_minimum_has_a_default_per_field() -> None:
    for spec in FIELDS.values():
        assert (spec.weight is not None) == (spec.kind is Kind.SHARE)
    assert Filter(field="audience_country", any_of=("DE",)).weight == 0.2
    assert Filter(field="audience_country", any_of=("DE",), weight=0.6).weight == 0.6


def test_bounds_are_inclusive_and_may_be_equal() -> None:
    assert Filter(field="followers", min=5, max=5).min == 5
    assert Filter(field="engagement_rate", min=0, max=1).max == 1


@given(strategies.filters())
def test_a_valid_filter_is_its_own_canonical_form(item: Filter) -> None:
    again = Filter(
        field=item.field, min=item.min, max=item.max, any_of=item.any_of, weight=item.weight, is_=item.is_,
        mode=item.mode, unknown=item.unknown,
    )  # fmt: skip
    assert again == item
    assert item.spec.name == item.field
