"""The how-to page on importing: its examples are imported, its tables held against the code."""

import re
from pathlib import Path

import pytest

from discovery.creator import Creator
from indexer.importers.bad_line import BadLine
from indexer.importers.column_map import CSV_FIELDS, ColumnMap, from_options, from_toml
from indexer.importers.reading import read

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "import.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def read_example(folder: Path, text: str, name: str) -> list[Creator | BadLine]:
    (folder / name).write_text(text, encoding="utf-8")
    return list(read(folder / name))


def test_the_json_lines_are_accepted(tmp_path: Path) -> None:
    (text,) = examples("jsonl")
    found = read_example(tmp_path, text, "creators.jsonl")

    assert [one.name for one in found if isinstance(one, Creator)] == ["Mira Invented", "Joris Madeup"]


@pytest.mark.parametrize("text", examples("csv"))
def test_the_csv_is_accepted(tmp_path: Path, text: str) -> None:
    (one,) = read_example(tmp_path, text, "creators.csv")

    assert isinstance(one, Creator)


def test_the_column_maps_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(examples("toml")[0])
    options = re.findall(r'--map "(.*?)"', examples("sh")[0])

    assert from_toml(tmp_path / "map.toml").constants["platform"] == "instagram"
    assert from_options(options) == ColumnMap(
        columns={"followers": "Subs"}, constants={"platform": "instagram"}
    )


def test_the_complaint_is_the_one_that_is_made(tmp_path: Path) -> None:
    line = '{"id": "a", "platform": "tiktok", "name": "A", "folowers": 1}'
    (bad,) = read_example(tmp_path, "\n" * 6 + line, "creators.jsonl")

    assert f"{bad}\n" == examples("text")[0]


@pytest.mark.parametrize("field", CSV_FIELDS)
def test_every_column_is_described(field: str) -> None:
    assert f"`{field}`" in PAGE
