"""The guide to clusters names what the code reads and asks for; the design page, every module of its room."""

import re
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from indexer.opensearch import access, settings
from indexer.opensearch.names import DEFAULT_PREFIX, Names, aliases, generation, is_generation
from tests.docs.tables import rows

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "cluster.md").read_text(encoding="utf-8")
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
ROLE = yaml.safe_load((ROOT / "docker" / "opensearch" / "roles.yml").read_text(encoding="utf-8"))[
    "nichescout"
]


def test_every_variable_is_described() -> None:
    constants = {**vars(access), **vars(settings)}.values()
    read = {one for one in constants if isinstance(one, str) and one.startswith("NICHESCOUT_")}
    described = [name for name, *_ in rows(PAGE, "| variable | meaning | default |")]
    assert len(described) == len(set(described))
    assert set(described) == read | {"NICHESCOUT_INDEX"}


def test_limits_are_those_of_the_code() -> None:
    assert f"1 to {settings.MOST_SHARDS:,}" in PAGE
    assert f"0 to {settings.MOST_REPLICAS}" in PAGE


def test_the_indices_are_called_so() -> None:
    indices = [name for name, _ in rows(PAGE, "| index | holds |")]
    assert Names(indices[0].removesuffix("-creators")) == generation(
        DEFAULT_PREFIX, "20261101T093000.000000Z"
    )
    assert is_generation(DEFAULT_PREFIX, Names(indices[0].removesuffix("-creators")))
    assert tuple(indices) == tuple(generation(DEFAULT_PREFIX, "20261101T093000.000000Z"))
    assert all(f"`{alias}`" in PAGE for alias in aliases(DEFAULT_PREFIX))


def test_the_rights_on_the_cluster_are_those_of_the_role() -> None:
    before, on_indices = PAGE.split("and these, on the indices")
    right = r"^\| `([a-z:/]+)` \|"
    assert re.findall(right, before.split("## Rights")[1], re.MULTILINE) == ROLE["cluster_permissions"]
    listed = re.findall(r"`((?:indices|cluster):[^`]+)`", on_indices.split("A server that only serves")[0])
    assert len(listed) == len(set(listed)) > 10
    assert {name.partition(":")[0] for name in listed} == {"indices"}
    assert ROLE["index_permissions"][0]["allowed_actions"] == ["indices_all"]


def test_every_module_of_the_room_is_described() -> None:
    described = [
        name for cell, _ in rows(DESIGN, "| module | subject |") for name in re.findall(r"\w+\.py", cell)
    ]
    modules = {path.name for path in (ROOT / "indexer" / "opensearch").glob("*.py")} - {"__init__.py"}
    assert sorted(described) == sorted(modules)
