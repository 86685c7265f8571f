"""Rank-biased overlap by hand, and sets of paraphrases read from a file."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from discovery.creator import CreatorId
from discovery.errors import InvalidInput
from evaluation.judged.guard_report import overlap_table
from evaluation.judged.paraphrases import Overlap, Paraphrases, overlaps, rbo, read_paraphrases
from tests.evaluation.judged.invented import ids

TEN = ids(*"abcdefghij")


def test_equal_lists_overlap_wholly_and_others_not() -> None:
    assert rbo(TEN, TEN) == pytest.approx(1.0)
    assert rbo(TEN, ids(*"klmnopqrst")) == 0.0
    assert rbo(TEN, ids(*"abcdefghij", "k")) == pytest.approx(1.0)


def test_overlap_by_hand() -> None:
    # Depth 1: nothing in common; 2: both; 3: two of three.
    weights = [1, 0.5, 0.25]
    expected = (0 * weights[0] + 1 * weights[1] + 2 / 3 * weights[2]) / sum(weights)
    assert rbo(ids(*"abc"), ids(*"bad"), p=0.5, depth=3) == pytest.approx(expected)


def test_earlier_ranks_count_more() -> None:
    late, early = ids(*"abcdefghix"), ids(*"xbcdefghij")
    assert rbo(TEN, late) > rbo(TEN, early)


def test_each_paraphrase_is_compared_with_the_first() -> None:
    answers = {"one": TEN, "same": TEN, "other": ids(*"klmnopqrst")}

    def system(text: str, depth: int) -> Sequence[CreatorId]:
        return answers[text][:depth]

    (found,) = overlaps(system, [Paraphrases(id="p", briefs=("one", "same", "other"))])
    assert (found.id, found.lowest) == ("p", 0.0)
    assert found.mean == pytest.approx(0.5)


def test_the_table_says_whether_the_target_is_reached() -> None:
    table = overlap_table([Overlap(id="p", mean=0.9, lowest=0.7), Overlap(id="q", mean=0.6, lowest=0.5)])
    assert table.rows == (
        ("all", "0.750", "0.500", "0.8", "missed"),
        ("p", "0.900", "0.700", "", ""),
        ("q", "0.600", "0.500", "", ""),
    )


def test_sets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "p1", "briefs": ["Kites", "Invented kites"]}\n\n{"id": 2, "briefs": ["a", "b"]}')
    assert read_paraphrases(path) == (
        Paraphrases(id="p1", briefs=("Kites", "Invented kites")),
        Paraphrases(id="2", briefs=("a", "b")),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("no", "p.jsonl, line 1, line: is not a record with id and briefs"),
        ('{"id": "p"}', "p.jsonl, line 1, line: is not a record with id and briefs"),
        ('{"id": "p", "briefs": ["one"]}', "p.jsonl, line 1, briefs: is not a list of two or more texts"),
        (
            '{"id": "p", "briefs": ["one", " "]}',
            "p.jsonl, line 1, briefs: is not a list of two or more texts",
        ),
        ('{"id": "p", "briefs": "ab"}', "p.jsonl, line 1, briefs: is not a list of two or more texts"),
    ],
)
def test_what_is_no_set_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(line)
    with pytest.raises(InvalidInput) as refused:
        read_paraphrases(path)
    assert str(refused.value).startswith(told)
