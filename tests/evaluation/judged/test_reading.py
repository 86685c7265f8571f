"""Answers to be read by a person: what is shown, and tables that cannot be read."""

from dataclasses import replace
from pathlib import Path

import pytest

from discovery.errors import InvalidInput
from discovery.match import ExclusionVerdict
from discovery.understanding.parts import Part, PartKind, Understood
from discovery.verdicts import Status
from evaluation.judged.reading import Page, Shown, ToRead, page_table, pages, read_to_read
from indexer.home import Home
from tests.evaluation.judged.prolific import prolific, whole_of

BRIEF = ToRead(id="x1", text="bread, no chess", exclusion="chess")


def test_the_top_of_an_answer(tmp_path: Path) -> None:
    installed = whole_of(Home(tmp_path), prolific(40))
    read = Understood(query="bread", parts=(Part(kind=PartKind.EXCLUSION, text="chess"),))
    (page,) = pages(replace(installed.matcher, read=lambda _: read), [BRIEF])
    assert (page.brief, page.understood, len(page.creators)) == (BRIEF, ("chess",), 10)
    assert page.ruled_out > 0
    first = page.creators[0]
    assert (first.rank, len(first.posts), len(first.exclusions)) == (1, 5, 1)
    assert first.exclusions[0].text == "chess"


def test_the_table_of_a_page() -> None:
    verdict = ExclusionVerdict(text="chess", status=Status.NOT_MET, count=1, seen=12)
    shown = Shown(rank=1, name="Ada", bio="Bakes", posts=("Bread", "Rolls"), exclusions=(verdict,))
    table = page_table(Page(brief=BRIEF, understood=("chess",), ruled_out=3, creators=(shown,)))
    assert table.title == ("x1: bread, no chess (ruled out: chess); read as ruled out: chess; left out: 3")
    assert table.rows == (("1", "Ada", "Bakes", "Bread | Rolls", "not_met, 1 of 12"),)


def test_tables_of_either_kind_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("id\ttext\texclusion\nx1\tbread, no chess\tchess\n")
    assert read_to_read(path) == (BRIEF,)
    path.write_text("brief_id\tslice\ttext\nb1\tnarrow\tbread\n")
    assert read_to_read(path) == (ToRead(id="b1", text="bread", exclusion=None),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name\ttext\nx\ty\n", "x.tsv, line 1: has no columns id and text"),
        ("id\ttext\nx1\n", "x.tsv, line 2, text: is empty; part the columns by tabs"),
        ("id\ttext\n\tbread\n", "x.tsv, line 2, id: is empty"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(text)
    with pytest.raises(InvalidInput) as refused:
        read_to_read(path)
    assert str(refused.value).startswith(told)
