"""Closed vocabularies: ISO codes and the bands the field uses. The one module with a data-only library."""

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


def code_for(name: str, names_by_code: dict[str, str]) -> str | None:
    """Return the code whose English name is `name` (case ignored), or `None`."""
    wanted = name.casefold()
    return next((code for code, known in names_by_code.items() if known.casefold() == wanted), None)
