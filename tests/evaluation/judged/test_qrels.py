"""Judgments: graded, by brief, with ids decoded; what cannot be used is named."""

from pathlib import Path

import pytest

from discovery.errors import InvalidInput
from evaluation.judged.qrels import read_judgments


def write(folder: Path, text: str) -> Path:
    path = folder / "judged.qrels"
    path.write_text(text, encoding="utf-8")
    return path


def test_grades_by_brief(tmp_path: Path) -> None:
    text = "b1 0 ig:a 3\nb1\t0\tpodcast:Two%20words%2FOne 0\n\nb2 0 ig:a 1\n"
    assert read_judgments(write(tmp_path, text)) == {
        "b1": {"ig:a": 3, "podcast:Two words/One": 0},
        "b2": {"ig:a": 1},
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("b1 0 ig:a", "line 2, line: 3 fields instead of 4; write brief 0 id grade, ids percent-encoded"),
        ("b1 0 ig:b good", "line 2, grade: 'good' is not a whole number from 0 to 100"),
        ("b1 0 ig:b -1", "line 2, grade: '-1' is not a whole number from 0 to 100"),
        ("b1 0 ig:b 101", "line 2, grade: '101' is not a whole number from 0 to 100"),
        ("b1 0 ig:b ٣", "line 2, grade: '٣' is not a whole number from 0 to 100"),
        ("b1 0 ig:b/c 1", "line 2, id: 'ig:b/c' is not percent-encoded; write 'ig:b%2Fc'"),
        ("b1 0 ig:a 2", "line 2, id: 'ig:a' is judged twice for brief b1; keep one of the lines"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_judgments(write(tmp_path, f"b1 0 ig:a 3\n{line}\n"))
    assert str(refused.value) == f"judged.qrels, {told}"
