"""Folders and the switch: one builder at a time, nothing half-built is ever served."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from discovery.errors import IndexDamaged, IndexMissing
from indexer.embedded.layout import Layout
from indexer.index import IndexBusy

ROOT = Path(__file__).parents[3]
HOLDER = """
import sys
from pathlib import Path
from indexer.embedded.layout import Layout
with Layout(Path(sys.argv[1])).building_lock():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "index")


def built(layout: Layout, name: str, content: str = "x") -> None:
    """Put a generation of one file where builders put theirs."""
    layout.building(name).mkdir(parents=True)
    (layout.building(name) / "file").write_text(content)


def publish(layout: Layout, name: str, keep: int = 2) -> None:
    """Build and publish."""
    with layout.building_lock():
        built(layout, name)
        layout.publish(name, keep)


def published(layout: Layout) -> list[str]:
    """Return the names of all generations on the disk."""
    return sorted(path.name for path in (layout.root / "generations").iterdir())


@contextmanager
def another_builder(layout: Layout) -> Iterator[subprocess.Popen[str]]:
    """Hold the lock in another process."""
    command = [sys.executable, "-c", HOLDER, str(layout.root)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_nothing_published_says_what_to_do(layout: Layout) -> None:
    with pytest.raises(IndexMissing, match=r"no index in .*; run `nichescout index` after importing"):
        layout.current()
    with layout.building_lock(), pytest.raises(IndexMissing):
        layout.current()


def test_the_second_builder_is_sent_away(layout: Layout) -> None:
    with (
        another_builder(layout),
        pytest.raises(IndexBusy, match=r"another process is building in .*; wait for it and try again"),
        layout.building_lock(),
    ):
        pytest.fail("both hold it")
    publish(layout, "g1")
    assert layout.current() == "g1"


def test_within_one_process_too(layout: Layout) -> None:
    with layout.building_lock():
        with pytest.raises(IndexBusy), layout.building_lock():
            pytest.fail("both hold it")
        built(layout, "g1")
        layout.publish("g1", keep=2)
    with layout.building_lock():
        pass


def test_who_is_sent_away_sweeps_nothing(layout: Layout) -> None:
    with layout.building_lock():
        built(layout, "g1")
        with pytest.raises(IndexBusy), layout.building_lock():
            pytest.fail("both hold it")
        assert (layout.building("g1") / "file").read_text() == "x"


def test_the_lock_goes_with_its_process(layout: Layout) -> None:
    with another_builder(layout) as process:
        built(layout, "left-behind")
        process.kill()
        process.wait()
        with layout.building_lock():
            assert list((layout.root / "building").iterdir()) == []


def test_an_error_releases_the_lock_and_the_next_builder_sweeps(layout: Layout) -> None:
    with pytest.raises(ZeroDivisionError), layout.building_lock():
        built(layout, "half")
        raise ZeroDivisionError
    assert layout.building("half").is_dir()
    with layout.building_lock():
        assert not layout.building("half").exists()


def test_publishing_switches_and_keeps_as_many_as_asked(layout: Layout) -> None:
    for number in range(4):
        publish(layout, f"g{number}")
        assert layout.current() == f"g{number}"
        assert published(layout) == [f"g{one}" for one in range(max(0, number - 1), number + 1)]
    assert list((layout.root / "building").iterdir()) == []
    publish(layout, "g4", keep=1)
    assert published(layout) == ["g4"]
    publish(layout, "g5", keep=3)
    publish(layout, "g6", keep=3)
    assert published(layout) == ["g4", "g5", "g6"]


def test_the_published_one_stays_even_if_its_name_sorts_first(layout: Layout) -> None:
    """A clock may have been set back."""
    publish(layout, "g5")
    publish(layout, "g1")
    publish(layout, "g0")
    assert layout.current() == "g0"
    assert published(layout) == ["g0", "g5"]


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\n", b"../../etc\n", b"a/b\n", b"..\n", b".\n"])
def test_a_damaged_pointer_is_refused(layout: Layout, content: bytes) -> None:
    publish(layout, "g1")
    (layout.root / "CURRENT").write_bytes(content)

    with pytest.raises(IndexDamaged, match=r"CURRENT .*run `nichescout index` to build the index anew"):
        layout.current()


def test_a_folder_in_place_of_the_pointer_is_refused(layout: Layout) -> None:
    (layout.root / "CURRENT").mkdir(parents=True)

    with pytest.raises(IndexDamaged, match="cannot be read"):
        layout.current()


def test_withdrawing_leaves_no_generation(layout: Layout) -> None:
    publish(layout, "g1")
    publish(layout, "g2")
    built(layout, "half")
    layout.withdraw()

    assert published(layout) == []
    assert list((layout.root / "building").iterdir()) == []
    with pytest.raises(IndexMissing):
        layout.current()
    layout.withdraw()
    publish(layout, "g3")
    assert layout.current() == "g3"


def test_nobody_withdraws_under_a_builder(layout: Layout) -> None:
    publish(layout, "g1")
    with layout.building_lock(), pytest.raises(IndexBusy):
        layout.withdraw()
    assert layout.current() == "g1"
