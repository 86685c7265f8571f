"""Reads briefs in tests: the real parser over a handful of names, so that nothing large is loaded."""

import json
from functools import cache
from pathlib import Path

from discovery.matching import Reader
from discovery.understanding.gazetteers import City, Gazetteers
from discovery.understanding.parser import Parser

GOLD = Path(__file__).parents[1] / "discovery" / "briefs" / "dev"
BRIEF = (
    "Vegan recipes for students in Germany, 1k-50k followers, no dogs. Female creators, English, 2 reels, "
    "budget 500 EUR"
)
"""A brief with a part of nearly every kind; the invented corpus answers it, and has a dog to leave out."""
NAMES = Gazetteers(
    countries={"germany": "DE", "united kingdom": "GB", "uk": "GB", "india": "IN", "japan": "JP"},
    adjectives={"german": "DE", "indian": "IN"},
    languages={"english": "en", "german": "de", "deutsch": "de", "hindi": "hi"},
    cities={"leipzig": City("Leipzig", "DE", 600_000)},
    currencies={"EUR": "EUR", "eur": "EUR", "€": "EUR", "$": "USD"},
    units={"k": 1e3, "m": 1e6},
)


@cache
def reader() -> Reader:
    """Return the reader."""
    return Parser(NAMES).parse


def gold_briefs() -> list[str]:
    """Return the texts of the invented briefs that may be looked at, all languages."""
    return [
        json.loads(line)["text"]
        for path in sorted(GOLD.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
