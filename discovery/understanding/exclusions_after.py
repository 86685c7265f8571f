"""What is not wanted in Japanese, Korean and Hindi: the cue stands after it (〜は除く, 〜말고)."""

import re
from collections.abc import Iterator, Sequence

from discovery.understanding.exclusion_cues_hindi import BARE_WITHOUT, HINDI, LEADING, NEITHER
from discovery.understanding.exclusion_cues_japanese import JAPANESE
from discovery.understanding.exclusion_cues_korean import KOREAN
from discovery.understanding.exclusion_script import Script
from discovery.understanding.korean_particles import ties, without_particle
from discovery.understanding.reading import overlaps

Place = tuple[int, int]
Row = tuple[Place, list[Place]]
"""Where a cue stands, and the things that it excludes."""

_SCRIPTS = (JAPANESE, KOREAN, HINDI)
_COPULA = re.compile(r"(?:입니다|이에요|예요|です|である|हैं|है)\s*$")
_SENTENCE = re.compile(r"[。！？!?;\n।]|\.(?!\d)|\x00|$")
_START = re.compile(r"[。．！？!?;:\n।]|\.(?!\d)|\x00+")
_COMMA = re.compile(r"[,、，。।]|\.(?!\d)")
_COMMAS = {",", "、", "，"}
_EDGE = " ,、\x00'\"()"
_FARTHEST = 300


def find(text: str, barriers: Sequence[Place], asides: Sequence[Place]) -> Iterator[Row]:
    """Cues and the things that they exclude, as places in a folded text."""
    for script in _SCRIPTS:
        if script.letters.search(text):
            headed = [*_headed(text, script), *(_leading(text) if script is HINDI else ())]
            yield from headed
            yield from _cued(text, script, barriers, asides, headed)


def _cued(
    text: str, script: Script, barriers: Sequence[Place], asides: Sequence[Place], headed: Sequence[Row]
) -> Iterator[Row]:
    done = 0
    for cue in script.cues.finditer(text):
        said = [*barriers, *((place[0], items[-1][1]) for place, items in headed)]
        if overlaps(cue.span(), said):
            continue
        start = _start(text, script, cue, done, barriers)
        if script.harmless.search(text, start, cue.start()):
            continue
        items = _items(text, (start, cue.start()), script, asides)
        done = _end(text, cue)
        if items:
            yield cue.span(), items


def _start(text: str, script: Script, cue: re.Match[str], done: int, barriers: Sequence[Place]) -> int:
    """Where the row before a cue can begin at the earliest."""
    start = max(done, cue.start() - _FARTHEST)
    ends = (_START, script.start)
    start = max([start, *(one.end() for end in ends for one in end.finditer(text, start, cue.start()))])
    start = max([start, *(last for _, last in barriers if last <= cue.start())])
    if cue.groupdict().get("near"):
        start = max(start, text.rfind("、", start, cue.start()) + 1, text.rfind(",", start, cue.start()) + 1)
    return start


def _end(text: str, cue: re.Match[str]) -> int:
    """Where the next row may begin: after "not A but B" behind what is wanted instead."""
    if cue.groupdict().get("not"):
        comma = _COMMA.search(text, cue.end())
        return comma.end() if comma else cue.end()
    return cue.end()


def _headed(text: str, script: Script) -> Iterator[Row]:
    """Things that stand after a heading ("NG：政治、宗教", "제외 대상: 도박, 정치")."""
    for heading in script.headings.finditer(text):
        farthest = min(len(text), heading.end() + _FARTHEST)
        sentence = _SENTENCE.search(text, heading.end(), farthest)
        end = sentence.start() if sentence else farthest
        if copula := _COPULA.search(text, heading.end(), end):
            end = copula.start()
        pieces = _pieces(text, (heading.end(), end), script)
        items = [_trimmed(text, first, last, script) for first, last, _ in pieces]
        if items := [place for place in items if place[0] < place[1]]:
            yield heading.span(), items


def _leading(text: str) -> Iterator[Row]:
    """Hindi things that stand after their cue: "न कि ...", "न ..., न ...", "..., बिना ... के"."""
    neither = list(NEITHER.finditer(text))
    for cue in [*LEADING.finditer(text), *(neither if len(neither) > 1 else ())]:
        farthest = min(len(text), cue.end() + _FARTHEST)
        end = _COMMA.search(text, cue.end(), farthest)
        place = _trimmed(text, cue.end(), end.start() if end else farthest, HINDI)
        if place[0] < place[1]:
            yield cue.span(), [place]
    for without in BARE_WITHOUT.finditer(text):
        if not HINDI.harmless.search(without["thing"]):
            yield without.span("cue"), [without.span("thing")]


def _pieces(text: str, scope: Place, script: Script) -> list[tuple[int, int, bool]]:
    """What ties part, each with whether a comma stands after it."""
    pieces: list[tuple[int, int, bool]] = []
    at, end = scope
    for one in script.tie.finditer(text, *scope):
        if ties(text, one):
            pieces.append((at, one.start(), one.group().strip() in _COMMAS))
            at = one.end()
    return [*pieces, (at, end, False)]


def _items(text: str, scope: Place, script: Script, asides: Sequence[Place]) -> list[Place]:
    """The last thing before a cue and what stands in a row with it; a piece with a verb ends the row."""
    items: list[Place] = []
    for first, last, comma in reversed(_pieces(text, scope, script)):
        clauses = [one.end() for one in script.left.finditer(text, first, last)]
        start = max([first, *clauses])
        said = text[start:last].strip()
        verb = script.verb.search(said) and not script.harm.search(said)
        if comma and (verb or overlaps((start, last), asides)):
            break
        place = _trimmed(text, start, last, script)
        if place[0] < place[1]:
            items.append(place)
        if clauses:
            break
    return items[::-1]


def _trimmed(text: str, start: int, end: int, script: Script) -> Place:
    """A thing without particles, adverbs and the words for what is done with it."""
    end = _last(text, start, end)
    if script is KOREAN:
        end = without_particle(text, start, end)
    while match := script.tail.search(text, start, end):
        end = _last(text, start, match.start())
        if script is KOREAN and match.group().startswith(" "):
            end = without_particle(text, start, end)
    if head := script.head.match(text[start:end]):
        start += head.end()
    while start < end and text[start] in _EDGE:
        start += 1
    return start, end


def _last(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return end
