"""Parts refuse what they cannot mean, and say what they take."""

from typing import Any

import pytest

from discovery.errors import InvalidInput
from discovery.understanding.parts import MAX_PART_TEXT, MAX_PARTS, TIERS, Part, PartKind, Understood


def problems(**given: Any) -> dict[str, str]:
    """Return the messages by field."""
    with pytest.raises(InvalidInput) as caught:
        Part(**given)
    return {problem.field: problem.message for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (
            {"kind": PartKind.PLATFORM, "any_of": ("instagran",)},
            {"any_of[0]": "unknown platform 'instagran'. Did you mean 'instagram'?"},
        ),
        (
            {"kind": PartKind.DEAL, "any_of": ("fee", "gifts")},
            {"any_of[1]": "unknown deal 'gifts'. Did you mean 'gift'?"},
        ),
        (
            {"kind": PartKind.COUNTRY, "any_of": ("Germny",)},
            {"any_of[0]": "unknown country 'Germny'. Did you mean 'DE'?"},
        ),
        ({"kind": PartKind.CITY, "any_of": ("Pune",)}, {"any_of": "a part of kind 'city' takes none"}),
        (
            {"kind": PartKind.FOLLOWERS, "min": 5, "max": 4},
            {"min": "5 is above max 4; swap them"},
        ),
        ({"kind": PartKind.BUDGET, "max": -1}, {"max": "must be a finite number, 0 or more"}),
        ({"kind": PartKind.BRAND, "text": "x", "confidence": 1.1}, {"confidence": "must be 0 to 1"}),
        (
            {"kind": PartKind.BRAND, "text": "x", "spans": ((3, 3),)},
            {"spans[0]": "must begin at 0 or later and end after it begins"},
        ),
        ({"kind": PartKind.EXCLUSION, "text": " "}, {"text": "is empty; say what is meant"}),
        (
            {"kind": PartKind.TOPIC, "text": "x" * (MAX_PART_TEXT + 1)},
            {"text": "is 501 characters long; at most 500 are read"},
        ),
    ],
)
def test_what_a_part_refuses(given: dict[str, Any], found: dict[str, str]) -> None:
    assert problems(**given) == found


def test_everything_wrong_is_said_at_once() -> None:
    found = problems(kind=PartKind.PLATFORM, any_of=("x",), min=-1, confidence=2)
    assert list(found) == ["any_of[0]", "min", "confidence"]


def test_too_many_parts() -> None:
    with pytest.raises(InvalidInput, match="at most 50 parts"):
        Understood(query="x", parts=(Part(kind=PartKind.TOPIC, text="x"),) * (MAX_PARTS + 1))


def test_parts_in_use() -> None:
    on, off = (Part(kind=PartKind.DEAL, any_of=("fee",), use=use) for use in (True, False))
    assert Understood(query="x", parts=(on, off)).of(PartKind.DEAL) == (on,)


def test_tiers_follow_on_each_other() -> None:
    bounds = list(TIERS.values())
    assert [high for _, high in bounds[:-1]] == [low for low, _ in bounds[1:]]
