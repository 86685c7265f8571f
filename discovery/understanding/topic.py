"""What remains to be searched for when conditions, exclusions and boilerplate are out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from discovery.function_words import FUNCTION_WORDS
from discovery.understanding.parts import MAX_PART_TEXT, Part, PartKind, Span
from discovery.understanding.reading import fold

_NEGATIVE = "no not non nor kein keine nicht ohne sans sin sem nao ni nem नहीं"
_POLITE = """
please welcome preferred ideally only bitte willkommen gern gerne nur bienvenus bienvenues uniquement
bienvenidos bienvenidas
"""
_LOOSE = frozenset([*fold(FUNCTION_WORDS).split(), *_POLITE.split()]) - {*_NEGATIVE.split()}
_MARKS = r"\s.,;:!?。、，！？।()\[\]\"“”„«»/|–—…"
_WORD = re.compile(rf"[^{_MARKS}-]+(?:[-'.][^{_MARKS}-]+)*")
_END = re.compile(r"(?:[!?。！？।;:\n]|\.(?!\d))+")
_HANGUL_REST = re.compile(r"[가-힣]{1,4}(?![가-힣])")
_KANA_LEAD = re.compile(r"[のをがはでにとやもへ、]+(?=[^ぁ-ん]|$)|(?:さん|様)[のをがはでにと]?")
_EAST_TAIL = re.compile(
    r"(?:を|が|は|で|に|の)?(?:です|ます|ください|下さい|ほしい|欲しい|したい|方|人|の)+$"
    r"|[をがはでにのと、]+$"
)
_EAST_LOOSE = re.compile(r"(?:[ぁ-ん]{1,3}|[をがはでにのと、]+)$")


def clauses(text: str, cuts: Iterable[Span], breaks: Iterable[Span]) -> list[Part]:
    """One part for each sentence or clause that still says something, with the spans it is made of.

    `cuts` leave the topic. A clause also ends where one of `breaks` begins.
    """
    kept = bytearray(b"\1") * len(text)
    for start, end in cuts:
        rest = _HANGUL_REST.match(text, end) if text[end - 1 : end].isalnum() else None
        last = rest.end() if rest else end
        kept[start:last] = bytes(last - start)
    ends = sorted(
        {0, len(text), *(one.end() for one in _END.finditer(text)), *(start for start, _ in breaks)}
    )
    parts = []
    for start, end in pairwise(ends):
        for spans in _short(_tidied(text, _runs(kept, start, end))):
            words = " ".join(text[first:last] for first, last in spans)
            parts.append(Part(kind=PartKind.TOPIC, text=words, spans=tuple(spans), confidence=0.7))
    return parts


def query(parts: Sequence[Part]) -> str:
    """The clauses in one line."""
    return ". ".join(part.text or "" for part in parts)


def _runs(kept: bytearray, start: int, end: int) -> Iterator[Span]:
    at = start
    while 0 <= at < end:
        at = kept.find(1, at, end)
        if at < 0:
            return
        stop = kept.find(0, at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stop


def _tidied(text: str, runs: Iterable[Span]) -> list[Span]:
    """Runs without loose marks and function words at the outer ends; none when nothing else is left."""
    words = [word for start, end in runs for word in _words(text, start, end)]
    kept = [at for at, (start, end, _) in enumerate(words) if fold(text[start:end]) not in _LOOSE]
    if not kept:
        return []
    spans: list[Span] = []
    last_run = -1
    for start, end, run in words[kept[0] : kept[-1] + 1]:
        if run == last_run:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last_run = run
    return spans


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Words of a run, each with where the run begins; loose kana at its ends are left out."""
    if (lead := _KANA_LEAD.match(text, start, end)) and start > 0:
        start = lead.end()
    tail = _EAST_TAIL.search(text, max(start, end - 12), end)
    stop = tail.start() if tail else end
    for one in _WORD.finditer(text, start, stop):
        if not _EAST_LOOSE.fullmatch(one.group()) and any(map(str.isalnum, one.group())):
            yield *one.span(), start


def _short(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """A clause in pieces that a part may hold."""
    piece: list[Span] = []
    room = MAX_PART_TEXT
    for start, end in spans:
        for first in range(start, end, MAX_PART_TEXT):
            last = min(first + MAX_PART_TEXT, end)
            if last - first + 1 > room:
                yield piece
                piece, room = [], MAX_PART_TEXT
            piece.append((first, last))
            room -= last - first + 1
    if piece:
        yield piece
