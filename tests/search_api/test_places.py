"""Where an index is: read from what `--index` or NICHESCOUT_INDEX names."""

from pathlib import Path

import pytest

from discovery.errors import InvalidInput
from search_api.places import read_places
from tests.search_api.installation import install, run

NODES = ("https://one.example:9200", "https://two.example")


@pytest.mark.parametrize(
    ("where", "folder", "addresses"),
    [
        ((), None, ()),
        (("elsewhere/index",), Path("elsewhere/index"), ()),
        (("https",), Path("https"), ()),
        (("C:/index",), Path("C:/index"), ()),
        (NODES[:1], None, NODES[:1]),
        (NODES, None, NODES),
        (("ftp://one.example",), None, ("ftp://one.example",)),
    ],
)
def test_a_folder_or_addresses(
    where: tuple[str, ...], folder: Path | None, addresses: tuple[str, ...]
) -> None:
    assert read_places(where) == (folder, addresses)


@pytest.mark.parametrize("where", [("here", *NODES), (*NODES, "here"), (NODES[0], "here", NODES[1])])
def test_a_folder_and_a_cluster_at_once_are_refused(where: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_places(where)
    assert str(caught.value) == "index: names a folder and a cluster; an index is in one place"
    assert caught.value.problems[0].value == "here"


def test_several_folders_are_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_places(("one", "two", "three"))
    assert "names 3 folders; an index is in one place" in str(caught.value)
    assert caught.value.problems[0].value == "two"


def test_the_command_line_says_so(tmp_path: Path) -> None:
    data = install(tmp_path)
    for command in (["index"], ["search", "cake"], ["status"], ["forget", "x:1", "--yes"]):
        result = run(data, *command, "--index", str(tmp_path / "index"), "--index", NODES[0])
        assert result.exit_code == 2
        assert "index: names a folder and a cluster; an index is in one place" in result.stderr
        assert "Traceback" not in result.output
    assert not (tmp_path / "index").exists()


def test_another_folder_of_this_machine(tmp_path: Path) -> None:
    data, elsewhere = install(tmp_path), tmp_path / "elsewhere"
    assert run(data, "index", "--index", str(elsewhere)).exit_code == 0
    assert (elsewhere / "CURRENT").is_file()
    first = run(data, "search", "cake", "--index", str(elsewhere), "--json").stdout
    assert elsewhere.name not in first
    assert (elsewhere / "CURRENT").read_text().strip() in first
