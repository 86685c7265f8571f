"""How well the parser reads the invented gold briefs: F1 of slots and of exclusion spans, and the topic kept.

`python -m tests.discovery.understanding.scoring` prints figures per language and half; `--misses` also prints
what was read otherwise than written, for the half that is looked at (dev) only.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from discovery.understanding.gazetteer_sources import gazetteers
from discovery.understanding.parser import Parser
from discovery.understanding.parts import Part, PartKind, Understood

BRIEFS = Path(__file__).parents[1] / "briefs"
LANGUAGES = ("en", "de", "fr", "es", "pt", "ja", "ko", "hi")
HALVES = ("dev", "test")
_NAMED = {PartKind.BRAND, PartKind.COMPETITOR, PartKind.CITY, PartKind.PERSONAL}

Value = tuple[Any, ...]


@dataclass(slots=True)
class Score:
    """Counts over briefs; `misses` says what was read otherwise, and no failing test may print it."""

    slots: Counter[str] = field(default_factory=Counter)
    exclusions: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list, repr=False)

    @property
    def slot_f1(self) -> float:
        """F1 of parts other than topics and exclusions; kind and value must be equal."""
        return _f1(self.slots)

    @property
    def exclusion_f1(self) -> float:
        """F1 of exclusion spans; a span counts when it shares half of the characters of both."""
        return _f1(self.exclusions)

    @property
    def topic_rate(self) -> float:
        """Share of phrases that stay in the query (topic) or leave it (not topic) as written."""
        return self.topics["right"] / max(self.topics["all"], 1)


def score(language: str, half: str, parser: Parser) -> Score:
    """Score one file of gold briefs."""
    total = Score()
    for gold in _briefs(BRIEFS / half / f"{language}.jsonl"):
        _add(total, gold, parser.parse(gold["text"]))
    return total


def _briefs(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _add(total: Score, gold: dict[str, Any], read: Understood) -> None:
    wanted = Counter(_wanted(part) for part in gold["parts"] if part["kind"] != "exclusion")
    got = Counter(_value(part) for part in read.parts if _is_slot(part))
    total.slots.update(
        hit=(wanted & got).total(), missed=(wanted - got).total(), extra=(got - wanted).total()
    )
    spans = [tuple(part["spans"][0]) for part in gold["parts"] if part["kind"] == "exclusion"]
    read_spans = [part.spans[0] for part in read.of(PartKind.EXCLUSION)]
    left = list(read_spans)
    for span in spans:
        match = next((one for one in left if _shared(span, one) >= 0.5), None)
        if match:
            left.remove(match)
        total.exclusions["hit" if match else "missed"] += 1
    total.exclusions["extra"] += len(left)
    kept = [phrase for phrase in gold["topic"] if _in(phrase, read.query)]
    gone = [phrase for phrase in gold["not_topic"] if not _in(phrase, read.query)]
    total.topics.update(right=len(kept) + len(gone), all=len(gold["topic"]) + len(gold["not_topic"]))
    total.misses += [f"{gold['id']} - {one}" for one in wanted - got]
    total.misses += [f"{gold['id']} + {one}" for one in got - wanted]
    written, found = ([gold["text"][start:end] for start, end in some] for some in (spans, read_spans))
    if written != found:
        total.misses.append(f"{gold['id']} exclusions {written} read {found}")
    if wrong := [one for one in gold["topic"] if one not in kept] + [
        f"not {one}" for one in gold["not_topic"] if one not in gone
    ]:
        total.misses.append(f"{gold['id']} query {read.query!r} wrong: {wrong}")


def _is_slot(part: Part) -> bool:
    return part.kind not in (PartKind.TOPIC, PartKind.EXCLUSION) and bool(part.spans)


def _wanted(part: dict[str, Any]) -> Value:
    named = part["kind"] in {kind.value for kind in _NAMED}
    return _key(
        part["kind"],
        part.get("any_of", ()),
        part.get("min"),
        part.get("max"),
        part.get("currency"),
        part["text"] if named else None,
    )


def _value(part: Part) -> Value:
    return _key(
        part.kind.value,
        part.any_of,
        part.min,
        part.max,
        part.currency,
        part.text if part.kind in _NAMED else None,
    )


def _key(
    kind: str, any_of: Any, low: float | None, high: float | None, currency: str | None, text: str | None
) -> Value:
    return (
        kind,
        tuple(sorted(any_of)),
        low,
        high,
        currency,
        text.casefold().strip(" .,;:!?'\"") if text else None,
    )


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(both, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def _in(phrase: str, query: str) -> bool:
    return " ".join(phrase.casefold().split()) in " ".join(query.casefold().split())


def _f1(counts: Counter[str]) -> float:
    hit = counts["hit"]
    return 1.0 if not counts.total() else 2 * hit / (2 * hit + counts["missed"] + counts["extra"])


def main(arguments: list[str]) -> None:
    """Print figures for each language and half; misses only for dev."""
    parser = Parser(gazetteers())
    halves = [half for half in HALVES if half in arguments] or list(HALVES)
    print("half  lang  slot F1  exclusion F1  topic")
    for half in halves:
        for language in LANGUAGES:
            figures = score(language, half, parser)
            slot, exclusion, kept = figures.slot_f1, figures.exclusion_f1, figures.topic_rate
            print(f"{half:5} {language:4}  {slot:7.3f}  {exclusion:12.3f}  {kept:5.3f}")
            if half == "dev" and "--misses" in arguments:
                print(*figures.misses, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
