"""Manners of the whole repository: small modules, documented names, a text that speaks of itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, kept_files, modules, parse

CEILING = 500
"""Lines of a module, tests included: what is longer has more than one subject."""

UNWANTED = ("TO" + "DO", "FIX" + "ME", "/wo" + "rk/", "HOU" + "SE.md", "../sha" + "red")
NOT_PROSE = {".jsonl", ".lock", ".svg", ".png", ".zst"}
ROOMS_THAT_SAY_NOTHING = {"utils", "util", "common", "helpers", "helper", "manager", "service", "misc"}


def python_files() -> list[Path]:
    """Every Python file of the repository."""
    return [path for path in kept_files() if path.suffix == ".py"]


def undocumented(tree: ast.Module) -> Iterator[str]:
    """Yield public modules, classes, functions and methods without a docstring."""
    if not ast.get_docstring(tree):
        yield "the module"
    for node in tree.body:
        yield from _undocumented_definition(node, "")


def _undocumented_definition(node: ast.stmt, prefix: str) -> Iterator[str]:
    if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name.startswith("_"):
        return
    if not ast.get_docstring(node):
        yield prefix + node.name
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from _undocumented_definition(inner, f"{prefix}{node.name}.")


def test_the_repository_is_seen() -> None:
    assert {path.parts[0] for path in python_files()} >= {*PACKAGES, "tests"}
    assert len(python_files()) > 50


def test_no_module_is_too_long() -> None:
    lengths = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in python_files()
    }
    assert {path: length for path, length in lengths.items() if length > CEILING} == {}


def test_every_public_name_is_documented() -> None:
    missing = [f"{path}: {name}" for path in modules() for name in undocumented(parse(path))]
    assert missing == []


def test_a_missing_docstring_is_noticed() -> None:
    source = (
        '"""Doc."""\nclass A:\n    """Doc."""\n    def b(self): ...\n    def _c(self): ...\ndef d(): ...\n'
    )
    assert list(undocumented(ast.parse(source))) == ["A.b", "d"]
    assert list(undocumented(ast.parse("x = 1"))) == ["the module"]


def test_no_room_says_nothing() -> None:
    names = {part for path in python_files() for part in path.with_suffix("").parts}
    assert names & ROOMS_THAT_SAY_NOTHING == set()


@pytest.mark.parametrize("word", UNWANTED)
def test_no_text_speaks_of_anything_but_the_project(word: str) -> None:
    pattern = re.compile(rf"(?<!\w){re.escape(word)}")
    found = [
        str(path) for path in kept_files() if path.suffix not in NOT_PROSE and pattern.search(_text(path))
    ]
    assert found == []


def test_no_name_of_a_file_speaks_of_anything_else() -> None:
    assert [str(path) for path in kept_files() if any(word in str(path) for word in UNWANTED)] == []


def _text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")
