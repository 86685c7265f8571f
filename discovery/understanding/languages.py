"""Languages that are asked for: "in French", "French-speaking", "auf Deutsch", "日本語で", "हिंदी में"."""

import re
from collections.abc import Iterator, Mapping

from discovery.understanding.gazetteers import Gazetteers
from discovery.understanding.parts import Part, PartKind, Span
from discovery.understanding.persons import HINDI, LATIN
from discovery.understanding.reading import Found, Reading

_WORD = re.compile(
    r"[a-z]{3,}(?:-[a-z]+)?|[가-힣]{1,8}?어(?=로|와|나|를|가|\s|권|,|\.|$)|영어|[\u0900-\u0963]{3,}"
)
_TIE = re.compile(r"\s*(?:,|/|&|and|or|und|oder|et|ou|y|o|e|や|か|と|・|、|이?나|와|과|또는|और|या)\s*")
_BEFORE = re.compile(
    r"(?<![a-z])(?:in|auf|en|em|speak(?:s|ing)?|spricht|sprechen|sprachig|parl(?:e|ent|ant)"
    r"|habl(?:e|a|en|an|antes?(?: de)?)|fal(?:e|a|am|em)"
    r"|(?:idiomas?|languages?|sprachen?|langues?|lenguas?|linguas?):?)\s+(?:einfache[mr]\s)?$"
    r"|(?:언어|言語|भाषा)\s?:\s?$"
)
_AFTER = re.compile(
    r"[\s-](?:speak(?:ing|ers?)|language|content|posts|captions|subtitles|audio)(?![a-z])|\s?sprachig\w*"
    r"|(?:圏|で(?!は)|の(?:チャンネル|アカウント|投稿|コンテンツ|動画|番組|発信|方)|話者|を話)"
    r"|(?:로|권|\s?(?:콘텐츠|채널|영상|계정|방송|사용자|유튜버|유튜브|블로거|크리에이터|팟캐스트)|를\s?(?:하는|쓰는|구사)|(?:가"
    r"|를)?\s?(?:(?:모두|다|둘 다|같이)\s)?(?:가능|되는|되시는|하시는|쓰시는|유창|잘하는|구사|자막))"
    r"|\s(?:में|भाषी|बोलने|भाषा|कंटेंट|चैनल)"
)
_PERSON_AFTER = re.compile(rf"[\s-](?:{LATIN}(?![a-z])|{HINDI})")
_COMPOUND = re.compile(
    r"(?<![a-z])(?P<tongue>[a-z]{4,})-?(?:sprachig(?:e[rnms]?)?|speaking|phones?|hablantes?"
    r"|parlantes?|falantes?|fonos?|fonas?)(?![a-z])"
)
_PREFIXES = {
    "franco": "fr",
    "hispano": "es",
    "luso": "pt",
    "germano": "de",
    "anglo": "en",
    "arabo": "ar",
    "italo": "it",
}
"""Beginnings of "-phone" words that are no language's name."""
_LEARNED = re.compile(
    r"(?:learn\w*|teach\w*|study\w*|lern\w*|lehr\w*|apprend\w*|enseign\w*|aprend\w*|ensin\w*"
    r"|ensen\w*)\s(?:[a-z]+\s){0,2}$"
)
_ALONE = re.compile(r"^[\s,;:.(]*$")


def find(reading: Reading, gazetteers: Gazetteers) -> list[Found]:
    """One part for all languages that are asked for, in the order they are named."""
    named = _compounds(reading, gazetteers.languages)
    for chain in _chains(reading, gazetteers.languages):
        national = all(reading.folded[start:end] in gazetteers.adjectives for _, (start, end) in chain)
        if cut := _asked(reading.folded, chain, national=national):
            named += [(code, reading.span(*place), reading.span(*cut)) for code, place in chain]
    if not named:
        return []
    named.sort(key=lambda one: one[1])
    codes = tuple(dict.fromkeys(code for code, _, _ in named))
    part = Part(
        kind=PartKind.LANGUAGE,
        any_of=codes,
        spans=tuple(dict.fromkeys(span for _, span, _ in named)),
        confidence=0.9,
    )
    return [Found(part=part, cut=tuple(dict.fromkeys(cut for _, _, cut in named)))]


Named = tuple[str, tuple[int, int]]


def _compounds(reading: Reading, names: Mapping[str, str]) -> list[tuple[str, Span, Span]]:
    found = []
    for match in _COMPOUND.finditer(reading.folded):
        if code := _PREFIXES.get(match["tongue"]) or names.get(match["tongue"]):
            span = reading.of_match(match)
            found.append((code, span, span))
    return found


def _chains(reading: Reading, names: Mapping[str, str]) -> list[list[Named]]:
    """Languages in a row ("Hindi or English"); each is a code and where it stands."""
    chains: list[list[Named]] = []
    for code, start, end in sorted(_words(reading.folded, names), key=lambda one: one[1]):
        if chains and _TIE.fullmatch(reading.folded, chains[-1][-1][1][1], start):
            chains[-1].append((code, (start, end)))
        else:
            chains.append([(code, (start, end))])
    return chains


def _words(text: str, names: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(text):
        if code := names.get(match.group()):
            yield code, *match.span()
    for match in re.finditer("語", text):
        for start in range(max(0, match.start() - 8), match.start()):
            if code := names.get(text[start : match.end()]):
                yield code, start, match.end()
                break


def _asked(text: str, chain: list[Named], *, national: bool) -> tuple[int, int] | None:
    """What is cut with a chain that is asked for, or `None`: "English tea", "learn Spanish"."""
    start, end = chain[0][1][0], chain[-1][1][1]
    before = _BEFORE.search(text, max(0, start - 24), start)
    after = _AFTER.match(text, end)
    if _LEARNED.search(text, max(0, start - 40), before.start() if before else start):
        return None
    if before or after:
        return before.start() if before else start, after.end() if after else end
    if not national and _PERSON_AFTER.match(text, end):
        return start, end
    left, right = _clause(text, start, end)
    return (start, end) if _ALONE.match(text[left:start]) and _ALONE.match(text[end:right]) else None


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    ends = re.compile(r"[,.;:()!?]")
    left = max((one.end() for one in ends.finditer(text, max(0, start - 60), start)), default=0)
    right = ends.search(text, end)
    return left, right.start() if right else len(text)
