"""Tables of briefs: read in order, and refused with file, line, field and the way out."""

from pathlib import Path

import pytest

from discovery.errors import InvalidInput
from evaluation.judged.briefs import JudgedBrief, read_briefs


def write(folder: Path, text: str) -> Path:
    path = folder / "briefs.tsv"
    path.write_bytes(text.encode())
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        read_briefs(path)
    return [str(problem) for problem in refused.value.problems]


def test_briefs_are_read_in_order(tmp_path: Path) -> None:
    text = "brief_id\tslice\ttext\nb2\tnarrow\tInvented kites.\n\nb1\tliteral\tTee für alle 🍵\n"
    assert read_briefs(write(tmp_path, text)) == (
        JudgedBrief(id="b2", slice="narrow", text="Invented kites."),
        JudgedBrief(id="b1", slice="literal", text="Tee für alle 🍵"),
    )


def test_columns_may_stand_in_any_order_and_lines_may_end_as_in_windows(tmp_path: Path) -> None:
    text = "\ufefftext\tnote\tbrief_id\tslice\r\nKites\tmine\tb1\tnarrow\r\n"
    assert read_briefs(write(tmp_path, text)) == (JudgedBrief(id="b1", slice="narrow", text="Kites"),)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "brief_id\ttext\nb1\tKites\n")
    assert problems(path) == [
        "briefs.tsv, line 1: has no column slice; begin with the line brief_id slice text, parted by tabs"
    ]


def test_every_bad_line_is_told(tmp_path: Path) -> None:
    lines = ["brief_id\tslice\ttext", "b1\tnarrow\tKites", "b1\tnarrow\tMore kites", "b 2\tnarrow\tKites"]
    lines += ["b3\tnarrow", "b4\tnarrow\t" + "k" * 2_001]
    assert problems(write(tmp_path, "\n".join(lines))) == [
        "briefs.tsv, line 3, brief_id: 'b1' comes twice; give each brief an id of its own",
        "briefs.tsv, line 4, brief_id: 'b 2' holds white space, which TREC files cannot carry",
        "briefs.tsv, line 5, text: is empty; part the columns by tabs",
        "briefs.tsv, line 6, text: is 2001 characters long; at most 2000 are read",
    ]


def test_many_bad_lines_are_counted(tmp_path: Path) -> None:
    told = problems(write(tmp_path, "brief_id\tslice\ttext\n" + "b\n" * 30))
    assert len(told) == 21
    assert told[-1] == "briefs.tsv: and 10 more bad lines"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.tsv") == [
        f"file: {tmp_path / 'none.tsv'} cannot be read: No such file or directory; check the path"
    ]
    assert problems(write(tmp_path, "brief_id\tslice\ttext\n")) == [
        "briefs.tsv: holds nothing to read; check the path"
    ]
    (tmp_path / "latin.tsv").write_bytes("brief_id\tslice\ttext\nb\tnarrow\tcafé".encode("latin-1"))
    (told,) = problems(tmp_path / "latin.tsv")
    assert told.endswith("save it as UTF-8")
