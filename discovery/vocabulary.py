"""Closed vocabularies: ISO codes and the bands the field uses. The one module with a data-only library."""

from difflib import get_close_matches
from functools import cache

import pycountry

AGE_BANDS = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
GENDERS = ("female", "male", "other")


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code to English name."""
    return {entry.alpha_2: getattr(entry, "common_name", entry.name) for entry in pycountry.countries}


@cache
def languages() -> dict[str, str]:
    """ISO 639-1 code to English name."""
    return {entry.alpha_2: entry.name for entry in pycountry.languages if hasattr(entry, "alpha_2")}


_ALIASES = {
    "UK": "GB",
    "BRITAIN": "GB",
    "GREAT BRITAIN": "GB",
    "USA": "US",
    "AMERICA": "US",
    "ENGLAND": "GB",
    "SCOTLAND": "GB",
    "WALES": "GB",
    "UAE": "AE",
    "RUSSIA": "RU",
    "FARSI": "fa",
}


def code_for(name: str, names_by_code: dict[str, str]) -> str | None:
    """Return the code meant by an English name, a three-letter code or a common alias, or `None`."""
    alias = _ALIASES.get(name.upper())
    if alias in names_by_code:
        return alias
    wanted = name.casefold()
    for code, known in names_by_code.items():
        if known.casefold() == wanted:
            return code
    table = pycountry.countries if "GB" in names_by_code else pycountry.languages
    entry = table.get(alpha_3=name.upper() if "GB" in names_by_code else wanted) if len(name) == 3 else None
    return getattr(entry, "alpha_2", None)


def nearest_code(name: str, names_by_code: dict[str, str]) -> str | None:
    """Return the code whose English name is nearest to a misspelt one, or `None`."""
    by_name = {known.casefold(): code for code, known in names_by_code.items()}
    near = get_close_matches(name.casefold(), by_name, n=1, cutoff=0.7)
    return by_name[near[0]] if near else None
