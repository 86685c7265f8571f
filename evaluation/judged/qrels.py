"""Judgments in the TREC form: brief, an unused column, percent-encoded id, grade (0: not relevant, up)."""

from collections.abc import Mapping
from pathlib import Path

from discovery.creator import CreatorId
from evaluation.judged.lines import BadField, read_items
from evaluation.judged.trec import decode_id, fields

Grades = Mapping[CreatorId, int]
Judgments = Mapping[str, Grades]
"""Grades of the judged creators, by brief. Who is not in it is unjudged, which is not the same as 0."""

COLUMNS = ("brief", "0", "id", "grade")
MAX_GRADE = 100


def read_judgments(path: Path) -> Judgments:
    """Read graded judgments.

    Raises:
        InvalidInput: with file, line and field of what cannot be read.
    """
    judgments: dict[str, dict[CreatorId, int]] = {}

    def parse(line: str) -> None:
        brief, _, text, grade = fields(line, COLUMNS)
        identity = decode_id(text)
        if identity in judgments.setdefault(brief, {}):
            raise BadField("id", f"{text!r} is judged twice for brief {brief}; keep one of the lines", text)
        judgments[brief][identity] = _grade(grade)

    read_items(path, parse)
    return judgments


def _grade(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > MAX_GRADE:
        raise BadField("grade", f"{text!r} is not a whole number from 0 to {MAX_GRADE}", text)
    return int(text)
