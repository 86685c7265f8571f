"""One builder at a time: while the lock is held, and not after its process is gone."""

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.index import IndexBusy
from indexer.lock import held

HOLDER = """
import sys
from pathlib import Path
from indexer.lock import held
with held(Path(sys.argv[1]), "somewhere"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_one_is_told_where_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    message = r"another process is building in the cluster \(prefix a\); wait for it and try again"
    with held(path, "the first"):
        for _ in range(2):
            with pytest.raises(IndexBusy, match=message), held(path, "the cluster (prefix a)"):
                pytest.fail("it is held twice")
    with held(path, "again"):
        pass


def test_it_is_let_go_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with pytest.raises(RuntimeError), held(path, "one"):
        raise RuntimeError
    with held(path, "another"):
        pass


def test_another_lock_is_another(tmp_path: Path) -> None:
    with held(tmp_path / "one", "one"), held(tmp_path / "two", "two"):
        pass


@pytest.mark.parametrize("kill", [True, False])
def test_it_goes_with_its_process_however_it_ends(tmp_path: Path, kill: bool) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexBusy), held(path, "here"):
            pytest.fail("another process holds it")
        if kill:
            holder.kill()
        holder.communicate()
    with held(path, "here"):
        pass
