"""The parser with real gazetteers, and short ways to ask what it read."""

from functools import cache

from discovery.understanding.gazetteer_sources import gazetteers
from discovery.understanding.parser import Parser
from discovery.understanding.parts import Part, PartKind, Understood

Bounds = tuple[float | None, float | None]


@cache
def parser() -> Parser:
    return Parser(gazetteers())


def read(text: str) -> Understood:
    return parser().parse(text)


def stated(text: str, kind: PartKind) -> list[Part]:
    """Parts of a kind that the text states; the language that is only implied is none."""
    return [part for part in read(text).parts if part.kind is kind and part.spans]


def codes(text: str, kind: PartKind) -> list[str]:
    return [code for part in stated(text, kind) for code in part.any_of]


def words(text: str, kind: PartKind) -> list[str | None]:
    return [part.text for part in stated(text, kind)]


def bounds(text: str, kind: PartKind) -> list[Bounds]:
    return [(part.min, part.max) for part in stated(text, kind)]
