"""Closed vocabularies."""

import pytest

from discovery.vocabulary import AGE_BANDS, GENDERS, code_for, countries, languages


def test_codes_are_iso() -> None:
    assert len(countries()) > 240
    assert len(languages()) > 180
    assert countries()["DE"] == "Germany"
    assert languages()["ja"] == "Japanese"
    assert all(len(code) == 2 and code.isupper() for code in countries())
    assert all(len(code) == 2 and code.islower() for code in languages())


def test_bands_cover_without_overlap() -> None:
    edges = [band.removesuffix("+").split("-") for band in AGE_BANDS]
    assert [int(low) for low, *_ in edges[1:]] == [int(high) + 1 for _, high in edges[:-1]]
    assert len(set(GENDERS)) == 3


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("germany", "DE"),
        ("TAIWAN", "TW"),
        ("uk", "GB"),
        ("Britain", "GB"),
        ("Great Britain", "GB"),
        ("USA", "US"),
        ("America", "US"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_code_for_a_name(name: str, code: str | None) -> None:
    assert code_for(name, countries()) == code
