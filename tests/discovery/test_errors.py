"""Codes, problems and the nearest right word."""

import pytest

from discovery import errors
from discovery.errors import InvalidInput, NicheScoutError, Problem, did_you_mean


def all_errors() -> list[type[NicheScoutError]]:
    """Return every class of the hierarchy."""
    found = [value for value in vars(errors).values() if isinstance(value, type)]
    return [value for value in found if issubclass(value, NicheScoutError)]


def test_every_error_has_its_own_code() -> None:
    codes = [one.code for one in all_errors()]
    assert len(set(codes)) == len(codes)
    assert all(code == code.lower() and " " not in code for code in codes)


def test_the_drawing_names_every_error() -> None:
    assert [one.__name__ for one in all_errors() if one.__name__ not in str(errors.__doc__)] == []


def test_all_problems_are_in_the_message() -> None:
    error = InvalidInput([Problem(field="query", message="is empty"), Problem(field="", message="no body")])
    assert str(error) == "query: is empty; no body"
    assert [one.field for one in error.problems] == ["query", ""]


@pytest.mark.parametrize(
    ("value", "known", "hint"),
    [
        ("folowers", ["followers", "views"], " Did you mean 'followers'?"),
        ("FOOD", ["Food"], " Did you mean 'Food'?"),
        ("zzz", ["followers", "views"], " Known: followers, views."),
        ("zzz", [], ""),
        ("zzz", [f"word{number}" for number in range(26)], ""),
    ],
)
def test_did_you_mean(value: str, known: list[str], hint: str) -> None:
    assert did_you_mean(value, known) == hint
