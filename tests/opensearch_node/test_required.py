"""Tests that need a node fail where there is none; they are never skipped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SKIPPED = """
import pytest

@pytest.mark.opensearch
def test_with_a_node():
    pytest.skip("no server here")

def test_without():
    pytest.skip("for another reason")
"""


def run(*arguments: str, **variables: str) -> tuple[int, str]:
    """Run pytest in a process of its own; return its status and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env=os.environ | variables,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("required", ["0", "1"])
def test_a_node_that_cannot_be_had_is_a_failure(required: str) -> None:
    status, printed = run(
        "tests/opensearch_node/test_node.py",
        "-k",
        "answers",
        OPENSEARCH_M2="/nowhere",
        REQUIRE_OPENSEARCH=required,
    )
    assert status == 1
    assert "A real OpenSearch node is needed: " in printed  # for want of artefacts, or of a Java before them
    assert "1 error" in printed
    assert "skipped" not in printed


@pytest.mark.parametrize(("required", "counts"), [("0", "2 skipped"), ("1", "1 failed, 1 skipped")])
def test_a_skip_is_a_failure_where_a_node_is_required(tmp_path: Path, required: str, counts: str) -> None:
    file = tmp_path / "test_skipped.py"
    file.write_text(SKIPPED, encoding="utf-8")
    options = ("-p", "tests.opensearch_node.required", "-c", str(ROOT / "pyproject.toml"))
    status, printed = run(*options, str(file), REQUIRE_OPENSEARCH=required)
    assert counts in printed
    assert status == int(required)
