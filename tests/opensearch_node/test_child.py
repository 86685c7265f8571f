"""A server's process can be held and killed, and is gone when the run is."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.opensearch_node.child import Child
from tests.opensearch_node.ports import RANGE, free_port

ROOT = Path(__file__).parents[2]
SECONDS = 30.0
ORPHAN = """
import os, sys
from pathlib import Path
from tests.opensearch_node.child import Child
child = Child(["sleep", "600"], log=Path(sys.argv[1], "log"), folder=Path(sys.argv[1]))
if sys.argv[2] == "held":
    child.hold()
print(child.pid, flush=True)
if sys.argv[3] == "killed":
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Child]:
    child = Child(["sh", "-c", "echo started; exec sleep 600"], log=tmp_path / "log", folder=tmp_path)
    yield child
    child.kill()


def state(pid: int) -> str:
    """Return a process's state as the kernel tells it: S sleeping, T stopped, "" gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    letter = status.rpartition(")")[2].split()[0]
    return "" if letter == "Z" else letter


def becomes(condition: Callable[[], bool]) -> bool:
    """Wait until a condition holds, for half a minute at most."""
    deadline = time.monotonic() + SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_it_is_held_and_goes_on(sleeper: Child) -> None:
    sleeper.hold()
    assert becomes(lambda: state(sleeper.pid) == "T")
    assert sleeper.is_running
    sleeper.go_on()
    assert becomes(lambda: state(sleeper.pid) in ("S", "R"))


def test_it_is_killed_though_held(sleeper: Child) -> None:
    sleeper.hold()
    sleeper.kill()
    assert not sleeper.is_running
    assert state(sleeper.pid) == ""
    sleeper.kill()


def test_what_it_says_is_kept(sleeper: Child, tmp_path: Path) -> None:
    assert becomes(lambda: (tmp_path / "log").read_text(encoding="utf-8") == "started\n")
    sleeper.stop()
    assert not sleeper.is_running


@pytest.mark.parametrize("end", ["ended", "killed"])
@pytest.mark.parametrize("how", ["held", "running"])
def test_it_does_not_outlive_the_run(tmp_path: Path, how: str, end: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", ORPHAN, str(tmp_path), how, end],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert run.returncode == (-9 if end == "killed" else 0), run.stderr
    pid = int(run.stdout)
    assert becomes(lambda: state(pid) == "")


def test_ports_are_given_once_and_not_to_outgoing_connections() -> None:
    ports = [free_port() for _ in range(200)]
    assert len(set(ports)) == 200
    assert set(ports) <= set(RANGE)
    first, _ = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="utf-8").split()
    assert RANGE.stop <= int(first)
