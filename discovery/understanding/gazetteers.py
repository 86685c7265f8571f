"""Names that a brief may use, as plain data. All keys are folded (`reading.fold`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class City(NamedTuple):
    """A large city: its usual English name, country (ISO 3166-1 alpha-2) and population (people)."""

    name: str
    country: str
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteers:
    """What names mean, in all languages that briefs are read in.

    `countries`: name to ISO 3166-1 alpha-2. `adjectives`: word of nationality in every gender and number
    ("french", "mexicanas") to country. `languages`: name to ISO 639-1. `cities`: name to the most populous
    city of that name. `currencies`: sign, code or word to ISO 4217. `units`: word or letter after a number to
    what it multiplies by.
    """

    countries: Mapping[str, str] = field(default_factory=dict)
    adjectives: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    cities: Mapping[str, City] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)
