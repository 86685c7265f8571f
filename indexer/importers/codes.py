"""Codes of closed vocabularies: brought to their one form, or refused with the nearest right one."""

from collections.abc import Mapping

from discovery.errors import did_you_mean
from discovery.vocabulary import AGE_BANDS, GENDERS, code_for, countries, languages

_MISTAKEN = {"UK": "GB", "EL": "GR"}
"""Codes that are in use but not in ISO 3166-1."""


def country_code(value: str) -> str:
    """Return an ISO 3166-1 alpha-2 code in capitals.

    Raises:
        ValueError: no such code; the message holds the way out.
    """
    return _code(value, value.upper(), countries(), "an ISO 3166-1 alpha-2 country code such as 'DE'")


def language_code(value: str) -> str:
    """Return an ISO 639-1 code in small letters.

    Raises:
        ValueError: no such code; the message holds the way out.
    """
    return _code(value, value.lower(), languages(), "an ISO 639-1 language code such as 'de'")


def language_of(tag: str | None) -> str | None:
    """Return the language of a tag such as `en-US` or `pt_BR`, or `None` for what is none of ISO 639-1."""
    language = (tag or "").strip().replace("_", "-").partition("-")[0].lower()
    return language if language in languages() else None


def age_band(value: str) -> str:
    """Return one of the age bands.

    Raises:
        ValueError: no such band; the message lists them.
    """
    return _word(value, AGE_BANDS, "age band")


def gender(value: str) -> str:
    """Return one of the genders that audience figures know, in small letters.

    Raises:
        ValueError: no such word; the message lists them.
    """
    return _word(value.lower(), GENDERS, "gender")


def _code(value: str, code: str, names: Mapping[str, str], wanted: str) -> str:
    if code in names:
        return code
    prefix = code.replace("_", "-").partition("-")[0]
    hint = _MISTAKEN.get(code) or code_for(value, dict(names)) or (prefix if prefix in names else None)
    nearest = f" Did you mean {hint!r}?" if hint else ""
    if not nearest and len(value) > 3:
        nearest = did_you_mean(value, list(names.values()))
    raise ValueError(f"{value[:40]!r} is not {wanted}.{nearest}")


def _word(value: str, known: tuple[str, ...], what: str) -> str:
    if value in known:
        return value
    raise ValueError(f"unknown {what} {value[:40]!r}. Known: {', '.join(known)}.")
