"""What checks a change: the project's own verbs, in time, up to the first failure."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".ci" / "run"
OPENSEARCH = "test-opensearch:\n\t@echo artefacts in [$$OPENSEARCH_M2]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    (project / ".ci").mkdir(parents=True)
    (project / ".ci" / "run").write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "python $*"\n', encoding="utf-8")
    python.chmod(0o755)
    return project


def test_its_verbs_are_those_of_the_makefile() -> None:
    verbs = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    called = set(re.findall(r"make ([a-z-]+)$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE))
    assert called == {"test", "test-browser", "test-opensearch"}
    assert called <= set(verbs)


def test_its_steps_take_75_minutes_at_most() -> None:
    minutes = re.findall(r'^ *step "[^"]+" (\d+) ', SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    assert sum(map(int, minutes)) <= 75


def test_it_runs_every_step(folder: Path) -> None:
    (folder / "Makefile").write_text("test:\n\t@echo tested\ntest-browser:\n\t@echo clicked\n" + OPENSEARCH)
    printed, status = _run(folder)
    assert status == 0
    assert [line for line in printed.splitlines() if not line.startswith("==")][:4] == [
        "tested",
        "clicked",
        "artefacts in []",
        "python -m evaluation.kill --rounds 12",
    ]
    assert "All passed" in printed


def test_artefacts_beside_the_project_are_used_unless_others_are_named(folder: Path) -> None:
    (folder / "Makefile").write_text("test:\ntest-browser:\n" + OPENSEARCH)
    beside = folder.parent / "things" / "opensearch" / "m2"
    beside.mkdir(parents=True)
    assert f"artefacts in [{beside}]" in _run(folder)[0]
    assert "artefacts in [/named]" in _run(folder, OPENSEARCH_M2="/named")[0]


def test_it_stops_at_the_first_failure(folder: Path) -> None:
    (folder / "Makefile").write_text("test:\n\t@false\ntest-browser:\n\t@echo clicked\n" + OPENSEARCH)
    printed, status = _run(folder)
    assert status == 2
    assert "== make test FAILED with status 2" in printed
    assert "clicked" not in printed


def _run(folder: Path, **variables: str) -> tuple[str, int]:
    """Run the script over stand-ins for what it calls; the programs are taken to be there."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    for name in ("chromium", "curl", "nginx", "openssl"):
        (programs / name).write_text("#!/bin/sh\n")
        (programs / name).chmod(0o755)
    done = subprocess.run(
        ["bash", ".ci/run"],
        cwd=folder,
        env={"PATH": f"{programs}:/usr/bin:/bin"} | variables,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return done.stdout, done.returncode
