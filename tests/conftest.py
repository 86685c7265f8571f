"""Fixtures that several packages' tests share, and how thoroughly properties are checked."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.opensearch_node.fixtures import (
    make_node,
    make_proxy,
    opensearch_installation,
    opensearch_node,
    three_nodes,
    tls_proxy,
)
from tests.opensearch_node.required import pytest_runtest_makereport

__all__ = [
    "make_node",
    "make_proxy",
    "models_dir",
    "opensearch_installation",
    "opensearch_node",
    "pytest_runtest_makereport",
    "three_nodes",
    "tls_proxy",
]

_COMMON = {
    "deadline": None,
    "phases": set(Phase) - {Phase.explain},  # the explanation costs more than it says
    "suppress_health_check": [HealthCheck.differing_executors],  # contracts are inherited on purpose
}
settings.register_profile("check", max_examples=50, derandomize=True, **_COMMON)  # type: ignore[arg-type]
settings.register_profile("thorough", max_examples=1_000, print_blob=True, **_COMMON)  # type: ignore[arg-type]
settings.load_profile("check")  # pytest --hypothesis-profile=thorough


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """Return the folder of exported models, kept from run to run (elsewhere: NICHESCOUT_TEST_MODELS)."""
    kept = os.environ.get("NICHESCOUT_TEST_MODELS")
    return Path(kept) if kept else Path(__file__).parents[1] / "build" / "test-models"
