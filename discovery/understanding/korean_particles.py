"""Korean particles on nouns; most have one form after a consonant and another after a vowel.

A syllable in the wrong form belongs to the word: 과 in 달콤제과, 가 in 작가.
"""

import re

_AFTER_CONSONANT = {
    "과": True, "와": False, "이나": True, "나": False, "은": True, "는": False, "을": True, "를": False,
    "이": True, "가": False, "이랑": True, "이든": True, "이라든지": True, "이라든가": True,
}  # fmt: skip
_PARTICLE = re.compile(r"(?:은|는|을|를|이|가|도|만은|만을)$")
_NAME_END = re.compile(r"(?:이에요|예요|입니다|이며|이고|인데|이랑|이나|[과와의랑을를은는이가나])$")
_WORD_IN_DO = re.compile(
    r"(?<![가-힣])(?:유|보|지|온|속|태|제|강|포|시|전|수|파|정|각|농|밀|고|인|의|독|용|빈|난)도$"
)
"""Words of two syllables that end like the particle 도 (also)."""
_WORD_IN_I = re.compile(
    r"(?:이야기|어린이|젊은이|놀이|먹이|종이|떡볶이|고양이|호랑이|목걸이|귀걸이|다이어트|차이|높이|깊이|사이|오이|먹방이|풀이|끼리|베이)$"
)
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = ord("가"), ord("힣"), 28


def _has_final(char: str) -> bool:
    return (ord(char) - _FIRST_SYLLABLE) % _FINALS != 0


def fits(text: str, at: int, particle: str) -> bool:
    """Whether a particle that begins at a place has the form that the syllable before it asks for."""
    wanted = _AFTER_CONSONANT.get(particle)
    if wanted is None or at == 0:
        return True
    before = text[at - 1]
    if not _FIRST_SYLLABLE <= ord(before) <= _LAST_SYLLABLE:
        return True
    return _has_final(before) == wanted


def named(name: str, *, tied: bool) -> str:
    """A name without the particle or copula after it; "or" is one only where another name follows."""
    match = _NAME_END.search(name)
    if match and not tied and match.group() in ("나", "이나"):
        return name
    return name[: match.start()] if match and fits(name, match.start(), match.group()) else name


def ties(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like "and" or "or" is it, and no part of a word."""
    return fits(text, match.start(), match.group().strip())


def without_particle(text: str, start: int, end: int) -> int:
    """Where a noun ends whose particle is left out."""
    match = _PARTICLE.search(text, start, end)
    if not match or match.start() <= start or not ("가" <= text[match.start() - 1] <= "힣"):
        return end
    if _WORD_IN_DO.search(text, start, end) or _WORD_IN_I.search(text, start, end):
        return end
    return match.start() if fits(text, match.start(), match.group()) else end
