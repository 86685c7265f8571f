"""Runs: written so that every program reads the same order, and read by the rules of trec_eval."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import CreatorId
from discovery.errors import InvalidInput
from evaluation.judged.run_files import Run, read_run, write_run
from tests.evaluation.judged.invented import ids
from tests.evaluation.judged.test_trec import IDS

RUNS = st.dictionaries(
    st.text("bd0123456789", min_size=1, max_size=4),
    st.lists(IDS.map(CreatorId), min_size=1, max_size=8, unique=True).map(tuple),
    min_size=1,
    max_size=3,
)


def test_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "run.trec"
    write_run(path, {"b1": ids("ig:z", "ig:a b"), "b2": ids("ig:z")}, "Invented")
    assert path.read_text().splitlines() == [
        "b1 Q0 ig:z 1 2 Invented",
        "b1 Q0 ig:a%20b 2 1 Invented",
        "b2 Q0 ig:z 1 1 Invented",
    ]


@given(RUNS)
def test_a_run_comes_back(tmp_path_factory: pytest.TempPathFactory, run: Run) -> None:
    path = tmp_path_factory.mktemp("run") / "run.trec"
    write_run(path, run, "Invented")
    assert read_run(path) == run


def test_scores_order_and_equal_ones_fall_by_id(tmp_path: Path) -> None:
    path = tmp_path / "run.trec"
    path.write_text("b Q0 a 1 0.5 x\nb Q0 c 2 0.5 x\nb Q0 d 3 1e1 x\nb Q0 b 4 -3 x\n")
    assert read_run(path) == {"b": ids("d", "c", "a", "b")}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("b Q0 a 1 nan x", "score: 'nan' is not a number"),
        ("b Q0 a 1 high x", "score: 'high' is not a number"),
        ("b Q0 z 2 1 x", "id: 'z' comes twice for brief b; keep one of the lines"),
        ("b a 1", "line: 3 fields instead of 6; write brief Q0 id rank score name, ids percent-encoded"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "run.trec"
    path.write_text(f"b Q0 z 1 2 x\n{line}\n")
    with pytest.raises(InvalidInput) as refused:
        read_run(path)
    assert str(refused.value) == f"run.trec, line 2, {told}"
