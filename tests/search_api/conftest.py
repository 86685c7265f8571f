"""The served world as a fixture."""

from pathlib import Path
from typing import Any

import pytest

from tests.oracle import OracleEngine
from tests.search_api.reading import reader
from tests.search_api.world import Build, World, engine


@pytest.fixture(scope="session")
def oracle() -> OracleEngine:
    """The exact engine over the invented corpus, built once."""
    return engine()


@pytest.fixture
def build(tmp_path: Path, oracle: OracleEngine) -> Build:
    """Build worlds with options of their own."""

    def make(**options: Any) -> World:
        given: dict[str, Any] = {"folder": tmp_path, "engine": oracle}
        return World(**(given | options))

    return make


@pytest.fixture
def world(build: Build) -> World:
    """A world on loopback without keys."""
    return build()


@pytest.fixture
def reading(build: Build) -> World:
    """A world that reads the texts of briefs."""
    return build(read=reader())
