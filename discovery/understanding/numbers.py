"""Numbers as people write them in briefs: "10.000 bis 50.000", "1만~10만", "50 हज़ार से 5 लाख", "1M+"."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from discovery.understanding.number_words import BEFORE_UNIT, EAST, east_value
from discovery.understanding.reading import Reading

_DIGITS = (
    r"\d{1,3}(?P<sep>[., '])\d{3}(?:(?P=sep)\d{3})*(?!\d)|\d{1,3}(?:,\d{2})+,\d{3}(?!\d)"
    r"|\d+[.,]\d{1,2}(?!\d)|\d+"
)
_MONEY = r"(?:[€$£₹¥₩]|r\$|rs\.?)"
_COUNTED = r"(?:人|名|명|사람|円|원|k|eur|euros?|usd|dollars?|रुपये|reais)"
_BOUND_TIE = (
    rf"\s*(?:{_COUNTED}|{_MONEY})?\s*(?:-|–|—|~|to|bis(?: zu)?|a|jusqu'a|hasta|ate|から|에서"
    rf"|부터|से)\s*{_MONEY}?\s*"
)
_BETWEEN_TIE = rf"\s*(?:{_COUNTED}|{_MONEY})?\s*(?:and|und|et|y|e|と|와|과|और)\s*{_MONEY}?\s*"
_TIE = re.compile(_BOUND_TIE)
_TIE_BETWEEN = re.compile(_BETWEEN_TIE)
_BETWEEN = re.compile(rf"(?:between|zwischen|entre)\s*{_MONEY}?\s*$")
_HIGH_BEFORE = re.compile(
    r"(?<!\w)(?:up to|au maximum|under|below|at most|less than|fewer than|no more than"
    r"|not more than|not over|max(?:imum|imal)?\.?"
    r"|within|bis(?: zu)?|unter|hochstens|weniger als|nicht mehr als|jusqu'a|moins de"
    r"|pas plus de|au plus|hasta"
    r"|menos de|no mas de|como maximo|maximo|ate|no maximo|abaixo de|por debajo de|<=?|≤"
    r"|अधिकतम|최대|最大|上限は?)"
    rf"(?:\s*(?:of|de|von|d'|:))?\s*{_MONEY}?\s*$"
)
_LOW_BEFORE = re.compile(
    r"(?<!\w)(?:at least|au minimum|min(?:imum|imal|destens)?\.?|over|above|more than"
    r"|upwards of|starting (?:at|from)|from|mehr als|ab"
    r"|uber|wenigstens|au moins|plus de|a partir de|minimo|al menos|por lo menos|mas de|desde"
    r"|pelo menos|no minimo"
    r"|mais de|acima de|por encima de|>=?|≥|कम से कम|न्यूनतम|최소|最低)"
    rf"(?:\s*(?:of|de|von|d'|:))?\s*{_MONEY}?\s*$"
)
_WORD = r"(?:\s*(?:[a-z']{2,14}|[€$£₹¥₩人名명円원]|[\u0900-\u0963]{2,16}|フォロワー|팔로워|구독자|登録者))?"
_LOW_AFTER = re.compile(
    rf"\s?(?:\+|plus(?!\w))|{_WORD}\s*(?:以上|超|(?:명)?(?:이|을)?\s?(?:이상|넘는|넘으|넘게|초과)"
    rf"|से ज्यादा|से अधिक|से ऊपर|या (?:उससे |इससे )?(?:ज्यादा|अधिक|ऊपर)|or more|and (?:up|above"
    rf"|more)"
    r"|oder mehr|und mehr|aufwarts|ou plus|et plus|minimum|mindestens|o mas|y mas|en adelante"
    r"|como minimo|ou mais|pra cima|no minimo)"
)
_HIGH_AFTER = re.compile(
    rf"{_WORD}\s*(?:以下|未満|まで|以内|이하|미만|까지|이내|아래|(?:이|도)?\s안\s?되는|(?:을)?\s넘지"
    rf"|तक|से कम|या (?:उससे |इससे )?कम"
    rf"|or (?:less|fewer|under)|and under|max(?:imum|imal)?(?!\w)"
    r"|oder weniger|hochstens|ou moins|o menos|ou menos|maximo|como maximo|no maximo|tops)"
)
_LOOK_BACK = 24
_MOST = 1e13
_JOINS = ("", "and", "und", "et", "y", "e", "~", "から", "の", "그리고", "और")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number or a range: folded[start:end]; `cue` also holds words such as "at least".

    `low` and `high` are what the words bound; both are `None` for a bare number, whose worth is `value`.
    """

    start: int
    end: int
    cue: tuple[int, int]
    value: float
    low: float | None = None
    high: float | None = None
    unit: float = 1.0


class Numbers:
    """Finds quantities; units ("k", "lakh", "万") are data."""

    def __init__(self, units: Mapping[str, float]) -> None:
        self._units = units
        self._pattern = re.compile(rf"(?<![a-z\d.,])(?P<number>{_DIGITS})(?:{_unit_pattern(units)})?")
        long = {name: size for name, size in units.items() if len(name) > 2}
        spoken = "|".join(sorted(BEFORE_UNIT, key=len, reverse=True))
        self._spoken = re.compile(rf"(?<![a-z\u0900-\u0963])(?P<word>{spoken})(?:{_unit_pattern(long)})")

    def find(self, reading: Reading) -> list[Quantity]:
        """Quantities in the order of the text; two that are tied are one range."""
        plain = [
            *(self._plain(match) for match in self._pattern.finditer(reading.folded)),
            *(self._said(match) for match in self._spoken.finditer(reading.folded)),
            *(_east(match) for match in EAST.finditer(reading.folded)),
        ]
        found: list[Quantity] = []
        for one in sorted((one for one in plain if one.value <= _MOST), key=lambda one: one.start):
            merged = _range(reading.folded, found[-1], one) if found else None
            if merged:
                found[-1] = merged
            else:
                found.append(one)
        return _paired(reading.folded, [_bounded(reading.folded, one) for one in found])

    def _said(self, match: re.Match[str]) -> Quantity:
        size = self._units[match["unit"].rstrip(".")]
        span = match.span()
        value = BEFORE_UNIT[match["word"]] * size
        return Quantity(start=span[0], end=span[1], cue=span, value=value, unit=size)

    def _plain(self, match: re.Match[str]) -> Quantity:
        number, unit = match["number"], match["unit"]
        separator = match["sep"]
        if separator or re.fullmatch(r"[\d,]*,\d{3}", number):
            number = re.sub(r"[., ']", "", number)
        size = self._units[unit.rstrip(".")] if unit else 1.0
        span = match.span()
        value = round(float(number.replace(",", ".")) * size, 2)
        return Quantity(start=span[0], end=span[1], cue=span, value=value, unit=size)


def _east(match: re.Match[str]) -> Quantity:
    value = float(east_value(match.group()))
    span = match.span()
    return Quantity(start=span[0], end=span[1], cue=span, value=value, unit=max(1.0, min(value, 1_000.0)))


def _unit_pattern(units: Mapping[str, float]) -> str:
    def joined(names: Iterable[str]) -> str:
        return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))

    latin = joined(name for name in units if name[0] <= "z")
    hindi = joined(name for name in units if "\u0900" <= name[0] <= "\u097f")
    other = joined(name for name in units if name[0] > "\u097f")
    bounded = [
        rf"(?:{latin})(?![a-z])\.?" if latin else "",
        rf"(?:{hindi})(?![\u0900-\u0963])" if hindi else "",
        other,
    ]
    return rf"\s?(?P<unit>{'|'.join(filter(None, bounded)) or '(?!)'})"


def _range(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    if first.low is not None or second.start - first.end > _LOOK_BACK:
        return None
    tied = bool(_TIE.fullmatch(text, first.end, second.start)) or bool(
        _TIE_BETWEEN.fullmatch(text, first.end, second.start)
        and _BETWEEN.search(text, max(0, first.start - _LOOK_BACK), first.start)
    )
    low = first.value
    if first.unit == 1 and low * second.unit <= second.value:
        low *= second.unit  # "10-50k" says its unit once
    if not tied or low > second.value:
        return None
    span = (first.start, second.end)
    return replace(first, end=second.end, cue=span, low=low, high=second.value, unit=second.unit)


def _paired(text: str, found: list[Quantity]) -> list[Quantity]:
    """Join a lower bound with the upper bound that follows it at once ("5千人以上3万人以下")."""
    joined: list[Quantity] = []
    for one in found:
        last = joined[-1] if joined else None
        gap = text[last.cue[1] : one.start].strip(" ,、") if last and one.start >= last.cue[1] else "?"
        if (
            last
            and last.high is None
            and last.low is not None
            and one.low is None
            and one.high
            and gap in _JOINS
        ):
            joined[-1] = replace(last, end=one.end, cue=(last.cue[0], one.cue[1]), high=one.high)
        else:
            joined.append(one)
    return joined


def _bounded(text: str, one: Quantity) -> Quantity:
    back = max(0, one.start - _LOOK_BACK)
    if one.low is not None:
        between = re.search(r"(?<!\w)(?:between|from|zwischen|von|entre|de)\s*$", text[back : one.start])
        return replace(one, cue=(back + between.start(), one.end)) if between else one
    if high := _HIGH_BEFORE.search(text, back, one.start):
        return replace(one, high=one.value, cue=(high.start(), one.end))
    if low := _LOW_BEFORE.search(text, back, one.start):
        return replace(one, low=one.value, cue=(low.start(), one.end))
    if after := _LOW_AFTER.match(text, one.end):
        return replace(one, low=one.value, cue=(one.start, after.end()))
    if after := _HIGH_AFTER.match(text, one.end):
        return replace(one, high=one.value, cue=(one.start, after.end()))
    return one
