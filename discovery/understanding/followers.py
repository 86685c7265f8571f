"""How many followers are wanted: numbers beside a word for followers, and tier words (micro, 마이크로)."""

import re
from collections.abc import Iterator, Sequence

from discovery.understanding.numbers import Quantity
from discovery.understanding.parts import TIERS, Part, PartKind
from discovery.understanding.reading import Found, Reading

_CUE = (
    r"(?:follower(?:s|n|:innen)?|subscribers?|subs(?![a-z])|fans(?![a-z])|abonnent(?:en"
    r"|innen)?|abonnes?|abonnees?"
    r"|seguidor(?:es|as)?|suscriptor(?:es|as)?|inscritos|assinantes|suivis|フォロワー"
    r"|(?:チャンネル)?登録者|팔로워|구독자|फॉलोअर(?:्स|ों)?|फॉलोवर(?:्स|ों)?"
    r"|सब्सक्राइबर(?:्स|ों)?)"
)
_AFTER = re.compile(rf"\s*(?:\+|以上の|이상의)?[^\d,;:!?()。、]{{0,22}}?{_CUE}")
_BEFORE = re.compile(
    rf"(?:{_CUE}|community|communaute|comunidad|comunidade|audience|reichweite|अनुयायी)(?:数"
    rf"|수)?[^\d.;!?。、]{{0,16}}$"
)
_FEWEST = 100
_PEOPLE = re.compile(r"\s?(?:人|명|名)")
_NAMED = re.compile(
    r"\s?(?:人|명)?(?:の|의)?\s?(?:youtuber|유튜버|틱톡커|인플루언서|크리에이터"
    r"|インフルエンサー|クリエイター|ユーチューバー)"
)
_SIZED = re.compile(r"(?:人|명)|\s?(?:creators?|influencers?|accounts?|range|size)")
_WITH = re.compile(
    r"(?:with|having|mit|avec|ayant|con|com|de|von|의|about|around|etwa|circa|ca\.|environ"
    r"|unos|cerca de|約|약|लगभग)\s*$"
)
_TIER_WORDS = {
    "nano": "nano", "micro": "micro", "mikro": "micro", "mid": "mid", "macro": "macro", "makro": "macro",
    "mega": "mega", "ナノ": "nano", "マイクロ": "micro", "ミドル": "mid", "マクロ": "macro", "メガ": "mega",
    "나노": "nano", "마이크로": "micro", "매크로": "macro", "메가": "mega",
    "नैनो": "nano", "माइक्रो": "micro", "मैक्रो": "macro", "मेगा": "mega", "मिड": "mid", "미드": "mid",
}  # fmt: skip
_TIER = "|".join(sorted(_TIER_WORDS, key=len, reverse=True))
_TIER_HEAD = (
    r"(?:influen[cz]|creat|kreat|cread|criador|youtub|tiktok|instagram|blogg|account|kanal"
    r"|chaine|compte|cuenta|conta"
    r"|インフルエンサー|クリエイター|인플루언서|크리에이터|유튜버|इ(?:न्|ं|न)फ्ल[ुू]एंसर|क्रिएटर)"
)
_TIERS = re.compile(
    rf"(?<![a-z])(?P<first>{_TIER})(?:-?(?:\s?(?:or|and|to|oder|und|bis|ou|et|o|y|e|や|か|나|या"
    rf"|और)\s?|\s?[,/・]\s?|\s?-\s?)(?P<second>{_TIER}))?"
    rf"(?:[\s-]?(?:tier|level|size[d]?)(?![a-z]))?[\s-]?(?P<head>{_TIER_HEAD}[a-z]*(?:[-:*]innen|s)?)?"
)


def find(reading: Reading, quantities: Sequence[Quantity]) -> list[Found]:
    """Follower ranges and tiers in the order of the text."""
    return [*_ranges(reading, quantities), *_tiers(reading)]


def _ranges(reading: Reading, quantities: Sequence[Quantity]) -> Iterator[Found]:
    text, taken = reading.folded, 0
    for one in quantities:
        if max(one.low or 0, one.high or 0, one.value) < _FEWEST:
            continue
        after = _AFTER.match(text, one.end)
        before = None if after else _BEFORE.search(text, max(taken, one.start - 34), one.start)
        if after:
            start, end = one.start, after.end()
        elif before:
            counted = _PEOPLE.match(text, one.end)
            start, end = before.start(), counted.end() if counted else one.end
        elif one.unit >= 1_000 and (
            _NAMED.match(text, one.end) or ((one.low or one.high) and _SIZED.match(text, one.end))
        ):
            start, end = one.start, one.end
        else:
            continue
        taken = end
        low, high = (one.low, one.high) if one.low or one.high else (one.value, None)
        confidence = 0.95 if after or before else 0.7
        cue = (min(start, one.cue[0]), max(end, one.cue[1]))
        if tie := _WITH.search(text, max(0, cue[0] - 12), cue[0]):
            cue = (tie.start(), cue[1])
        spans = (reading.span(start, end),)
        part = Part(kind=PartKind.FOLLOWERS, min=low, max=high, spans=spans, confidence=confidence)
        yield Found(part=part, cut=(reading.span(*cue),))


def _tiers(reading: Reading) -> Iterator[Found]:
    for match in _TIERS.finditer(reading.folded):
        tiers = tuple(_TIER_WORDS[word] for word in (match["first"], match["second"]) if word)
        if not match["head"] and not re.search(r"(?:tier|level|sized?)[\s-]?$", match.group()):
            continue
        bounds = [TIERS[tier] for tier in tiers]
        lows, highs = [low for low, _ in bounds], [high for _, high in bounds]
        low = None if None in lows else min(one for one in lows if one is not None)
        high = None if None in highs else max(one for one in highs if one is not None)
        span = reading.of_match(match)
        part = Part(kind=PartKind.FOLLOWERS, any_of=tiers, min=low, max=high, spans=(span,), confidence=0.85)
        yield Found(part=part, cut=(span,))
