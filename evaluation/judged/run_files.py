"""Runs in the TREC form: who was found for each brief, best first."""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from discovery.creator import CreatorId
from evaluation.judged.lines import BadField, read_items
from evaluation.judged.trec import decode_id, encode_id, fields

Run = Mapping[str, Sequence[CreatorId]]
"""The creators of each brief, best first."""

COLUMNS = ("brief", "Q0", "id", "rank", "score", "name")


def write_run(path: Path, run: Run, name: str) -> None:
    """Write a run under a name.

    Scores fall by one from rank to rank: programs that read runs order them by score alone, and order equal
    scores by rules of their own.
    """
    path.write_text("".join(f"{line}\n" for line in _lines(run, name)), encoding="utf-8")


def read_run(path: Path) -> Run:
    """Read a run in the order of its scores; as in trec_eval ranks do not count, equal scores fall by id.

    Raises:
        InvalidInput: with file, line and field of what cannot be read.
    """
    found: dict[str, dict[str, tuple[float, CreatorId]]] = {}

    def parse(line: str) -> None:
        brief, _, text, _, score, _ = fields(line, COLUMNS)
        identity = decode_id(text)
        key = encode_id(identity)
        if key in found.setdefault(brief, {}):
            raise BadField("id", f"{text!r} comes twice for brief {brief}; keep one of the lines", text)
        found[brief][key] = (_score(score), identity)

    read_items(path, parse)
    return {brief: _ordered(rows) for brief, rows in found.items()}


def _lines(run: Run, name: str) -> Iterable[str]:
    for brief, creators in run.items():
        for place, identity in enumerate(creators):
            yield f"{brief} Q0 {encode_id(identity)} {place + 1} {len(creators) - place} {name}"


def _ordered(rows: Mapping[str, tuple[float, CreatorId]]) -> tuple[CreatorId, ...]:
    by_id = sorted(rows.items(), reverse=True)
    return tuple(identity for _, (_, identity) in sorted(by_id, key=lambda item: -item[1][0]))


def _score(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = math.nan
    if not math.isfinite(score):
        raise BadField("score", f"{text!r} is not a number", text)
    return score
