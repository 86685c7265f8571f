"""What checks a change: the project's own verbs, in time, up to the first failure."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".ci" / "run"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "python $*"\n', encoding="utf-8")
    python.chmod(0o755)
    return tmp_path


def test_its_verbs_are_those_of_the_makefile() -> None:
    verbs = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"make ([a-z-]+)$", SCRIPT.read_text(), re.MULTILINE)) == {"test", "test-browser"}
    assert {"test", "test-browser"} <= set(verbs)


def test_its_steps_take_50_minutes_at_most() -> None:
    minutes = re.findall(r'^ *step "[^"]+" (\d+) ', SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    assert sum(map(int, minutes)) <= 50


def test_it_runs_every_step(folder: Path) -> None:
    (folder / "Makefile").write_text("test:\n\t@echo tested\ntest-browser:\n\t@echo clicked\n")
    printed, status = _run(folder)
    assert status == 0
    assert [line for line in printed.splitlines() if not line.startswith("==")][:3] == [
        "tested",
        "clicked",
        "python -m evaluation.kill --rounds 12",
    ]
    assert "All passed" in printed


def test_it_stops_at_the_first_failure(folder: Path) -> None:
    (folder / "Makefile").write_text("test:\n\t@false\ntest-browser:\n\t@echo clicked\n")
    printed, status = _run(folder)
    assert status == 2
    assert "== make test FAILED with status 2" in printed
    assert "clicked" not in printed


def _run(folder: Path) -> tuple[str, int]:
    """Run the script over stand-ins for what it calls; chromium and curl are taken to be there."""
    programs = folder / "programs"
    programs.mkdir()
    for name in ("chromium", "curl"):
        (programs / name).write_text("#!/bin/sh\n")
        (programs / name).chmod(0o755)
    done = subprocess.run(
        ["bash", ".ci/run"],
        cwd=folder,
        env={"PATH": f"{programs}:/usr/bin:/bin"},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return done.stdout, done.returncode
