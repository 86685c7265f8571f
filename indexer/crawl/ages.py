"""Whether somebody states an age below 18: such people are not listed. Only what is said outright is read."""

import re
from datetime import date

ADULT = 18

_AGE = r"(?:\d|1[0-7])"
_OF_ONESELF = (
    rf"(?:\bi['’]?m|\bi am|\bmy age is|^age:?) {_AGE}(?: ?(?:years? old|yrs? old|y/?o)\b| ?$| and\b| ?&)",
    rf"^{_AGE} ?(?:years? old|yrs? old|y/?o)$",
    rf"\bich bin {_AGE}(?: ?jahre (?:alt|jung)\b| ?$| und\b)",
    rf"\bj['’]ai {_AGE} ans(?! d)\b",
    rf"\btengo {_AGE} años(?! d)\b",
    rf"\btenho {_AGE} anos(?! d)\b",
    rf"(?<!\d){_AGE} ?[歳才](?:です|$)",
    rf"(?<!\d){_AGE} ?살(?:이에요|입니다|$)",
    rf"मैं {_AGE} साल (?:का|की) ह",
)
_STATEMENT = re.compile("|".join(_OF_ONESELF))
_PIECES = re.compile(r"[\n\r|•·,;.!/–—]+(?!o\b)")


def says_below_18(text: object) -> bool:
    """Tell whether a profile's own text says outright that its owner is below 18, as `15 y/o` or `I'm 15`.

    An age of somebody else ("mum of a 15 year old") is not one's own; a text that leaves doubt says nothing.
    """
    return isinstance(text, str) and any(
        _STATEMENT.search(piece.strip()) for piece in _PIECES.split(text.casefold())
    )


def born_below_18(born: object, on: date) -> bool:
    """Tell whether a stated day of birth makes somebody younger than 18 on a day.

    Of a date without a day or a month the latest possible is taken; what is no date says nothing.
    """
    latest = _latest(born)
    if latest is None or latest > on:
        return False
    return on.year - latest.year - ((on.month, on.day) < (latest.month, latest.day)) < ADULT


def _latest(born: object) -> date | None:
    if isinstance(born, int) and not isinstance(born, bool):
        born = str(born)
    if not isinstance(born, str):
        return None
    stated = re.match(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ]|\s*$)", born, re.ASCII)
    if stated is None:
        return None
    year, month, day = stated.groups()
    try:
        return date(int(year), int(month or 12), int(day or (31 if month is None else 28)))
    except ValueError:
        return None
