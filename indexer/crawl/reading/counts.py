"""Counts as pages show them: `12.5K`, `1,234`, `1,2 Mio.`. What can be read in two ways is unknown. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

MAX_COUNT = 2**53

_THOUSAND, _MILLION, _MILLIARD = 10**3, 10**6, 10**9
_UNITS = {
    "k": _THOUSAND, "tsd": _THOUSAND, "tys": _THOUSAND, "тыс": _THOUSAND, "тис": _THOUSAND, "천": _THOUSAND,
    "千": _THOUSAND, "thousand": _THOUSAND, "m": _MILLION, "mio": _MILLION, "mln": _MILLION, "млн": _MILLION,
    "million": _MILLION, "millions": _MILLION, "b": _MILLIARD, "bn": _MILLIARD, "mrd": _MILLIARD,
    "billion": _MILLIARD, "万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8, "억": 10**8,
    "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7, "हज़ार": _THOUSAND, "लाख": 10**5,
}  # fmt: skip
_UNITS_OF = {"es": {"mil": _THOUSAND}, "pt": {"mil": _THOUSAND, "mi": _MILLION}, "it": {"mila": _THOUSAND}}
"""Units that mean a number in some languages only."""
_DOT_GROUPS = frozenset({"da", "de", "el", "es", "hr", "id", "is", "it", "nl", "pt", "ro", "sl", "tr", "vi"})
"""Languages that write 1.234 for one thousand two hundred and thirty-four."""
_COMMA_GROUPS = frozenset({"en", "he", "hi", "ja", "ko", "th", "zh"})
_NUMBER = re.compile(
    r"(?<![\w.,+-])(?P<number>\d{1,20}(?:[.,'’ ]\d{1,3}){0,6})(?P<more>\+?)"
    r"(?: ?(?P<unit>[^\W\d_]+)\.?(?![\w-]))?"
)
_GROUPED = re.compile(r"\d{1,3}(?P<sign>[.,'’ ])\d{3}(?:(?P=sign)\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """A count, and how finely it is stated: `12.5K` is 12,500 in steps of 100."""

    value: int
    step: int = 1

    def agrees_with(self, other: "Count") -> bool:
        """Whether both can be the same number, one of them rounded."""
        return abs(self.value - other.value) < max(self.step, other.step, 1) or self == other


def read_count(value: object, language: str | None = None) -> Count | None:
    """Read a count off a number or a text, in which one number may stand among words.

    `language` (ISO 639-1) is that of the text; it decides what a dot or a comma before three digits means.
    `None`: there is no number, several, or one that could be read in two ways.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Count(int(value)) if 0 <= value <= MAX_COUNT and value == int(value) else None
    if not isinstance(value, str) or len(value) > 200:
        return None
    text = re.sub(r"\s+", " ", normalize("NFKC", value)).strip()
    found = list(_NUMBER.finditer(text))
    if len(found) != 1 or sum(map(str.isdigit, text)) != sum(map(str.isdigit, found[0]["number"])):
        return None
    return _count(found[0]["number"], (found[0]["unit"] or "").casefold(), language)


def _count(number: str, unit: str, language: str | None) -> Count | None:
    factor = _UNITS_OF.get(language or "", {}).get(unit) or _UNITS.get(unit, 1)
    plain = _plain(number, factor, language)
    if plain is None:
        return None
    exact = Decimal(plain) * factor
    if exact != int(exact) or exact > MAX_COUNT:
        return None
    digits = len(plain.partition(".")[2])
    return Count(int(exact), max(factor // 10**digits, 1) if factor > 1 else 1)


def _plain(number: str, factor: int, language: str | None) -> str | None:
    """Return a number with a dot before its decimals and nothing between its thousands."""
    if number.isdigit():
        return number
    signs = set(re.sub(r"\d", "", number))
    if len(signs) == 1 and _GROUPED.fullmatch(number):
        sign = signs.pop()
        if number.count(sign) > 1 or sign in "'’ ":
            return number.replace(sign, "")
        groups = _DOT_GROUPS if sign == "." else _COMMA_GROUPS
        decimals = _COMMA_GROUPS if sign == "." else _DOT_GROUPS
        if language in groups or (sign == "," and factor == 1):
            return number.replace(sign, "")
        return number.replace(sign, ".") if language in decimals and factor > 1 else None
    if len(signs) == 1 and factor > 1 and re.fullmatch(r"\d+[.,]\d{1,2}", number):
        return number.replace(",", ".")
    return None
