"""How single values are written in a form: lists, counts, percentages. Every writer has its exact reader."""

import re
from collections.abc import Iterable
from decimal import Decimal

_ITEM = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*|(?P<plain>[^,]*))(?:,|\Z)')
_TAG = re.compile(r'[\s,]*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^,\s]+))(?=[,\s]|\Z)')
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,'’ \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*")
_NUMBER = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?\s*([km]?)", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}


def read_list(text: str, *, spaced: bool = False) -> tuple[str, ...]:
    """Split a list at commas (`spaced`: at spaces too); a value in double quotes may hold any of them."""
    pattern = _TAG if spaced else _ITEM
    found = []
    for item in pattern.finditer(text):
        if (quoted := item["quoted"]) is not None:
            found.append(quoted.replace('""', '"'))
        elif plain := (item["plain"] or "").strip():
            found.append(plain)
    return tuple(found)


def write_list(values: Iterable[str], *, spaced: bool = False) -> str:
    """Join values to a list that `read_list` splits into the same values."""
    return ", ".join(_quoted(value) if _needs_quotes(value, spaced) else value for value in values)


def read_count(text: str) -> float:
    """Read `12000`, `12,000`, `12 000`, `12k` or `1.5m`.

    Raises:
        ValueError: not such a number; the message says how to write one.
    """
    plain = text.strip()
    if _GROUPED.fullmatch(plain):
        return float(re.sub(r"\D", "", plain))
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise ValueError("is not a number; write 25000, 25k or 1.5m")
    whole, fraction, suffix = found[1], found[2] or "", found[3].lower()
    if suffix and len(fraction) == 3:
        raise ValueError(
            f"can be read in two ways; write {whole}{fraction}{suffix} or {whole}.{fraction[0]}{suffix}"
        )
    return float(Decimal(f"{whole}.{fraction or 0}") * _FACTORS[suffix])


def write_count(value: float) -> str:
    """Write a number so that `read_count` gives it back exactly."""
    text = _plain_digits(Decimal(repr(float(value))))
    fraction = text.partition(".")[2]
    # Three decimals would be read as a group of thousands.
    return f"{text}0" if len(fraction) == 3 else text


def read_percent(text: str) -> float:
    """Read `2.5`, `2,5` or `2.5 %` as a fraction, 0 to 1.

    Raises:
        ValueError: not a number from 0 to 100; the message says how to write one.
    """
    number = text.strip().removesuffix("%").strip()
    if not _PLAIN.fullmatch(number):
        raise ValueError("is not a percentage; write 2.5 for 2.5 %")
    percent = Decimal(number.replace(",", "."))
    if percent > 100:
        raise ValueError("is above 100 %; write 2.5 for 2.5 %")
    return float(percent.scaleb(-2))


def write_percent(fraction: float) -> str:
    """Write a fraction as a percentage without its sign; `read_percent` gives it back exactly."""
    return _plain_digits(Decimal(repr(float(fraction))).scaleb(2))


def read_weight(text: str) -> float:
    """Read a plain number such as `0.45`.

    Raises:
        ValueError: not such a number.
    """
    plain = text.strip()
    if not _PLAIN.fullmatch(plain):
        raise ValueError("is not a number; write 0.5 or 2")
    return float(plain.replace(",", "."))


def write_weight(value: float) -> str:
    """Write a plain number; `read_weight` gives it back exactly."""
    return _plain_digits(Decimal(repr(float(value))))


def _plain_digits(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _needs_quotes(value: str, spaced: bool) -> bool:
    return (
        not value
        or value != value.strip()
        or any(sign in value for sign in ',"')
        or (spaced and any(letter.isspace() for letter in value))
    )


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
