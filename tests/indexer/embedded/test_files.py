"""Durable files: replaced as a whole, summed, and shared."""

import os
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest

from indexer.embedded.files import digest, replace_text, share, sync_tree


def test_replacing_leaves_the_new_text_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "CURRENT"
    replace_text(path, "first\n")
    replace_text(path, "zweite 🌱\n")

    assert path.read_text(encoding="utf-8") == "zweite 🌱\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_replacement_keeps_the_old_text(tmp_path: Path) -> None:
    path = tmp_path / "CURRENT"
    replace_text(path, "old")

    with pytest.raises(UnicodeEncodeError):
        replace_text(path, "half a pair \ud800")
    assert path.read_text() == "old"


def test_readers_never_see_half_a_text(tmp_path: Path) -> None:
    path = tmp_path / "CURRENT"
    texts = ["a" * 50_000, "b" * 70_000]
    replace_text(path, texts[0])
    seen, done = set(), Event()

    def read() -> None:
        while not done.is_set():
            seen.add(path.read_text())

    reader = Thread(target=read)
    reader.start()
    try:
        for turn in range(100):
            replace_text(path, texts[turn % 2])
    finally:
        done.set()
        reader.join()
    assert seen <= set(texts)


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5_000_000])
def test_the_sum_is_sha256_across_blocks(tmp_path: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(1_000)) * (size // 1_000 + 1)
    path = tmp_path / "file"
    path.write_bytes(content[:size])

    assert digest(path) == sha256(content[:size]).hexdigest()


def test_a_shared_file_is_the_same_file_and_outlives_the_first_name(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"kept")
    share(first, second)

    assert second.stat().st_ino == first.stat().st_ino
    first.unlink()
    assert second.read_bytes() == b"kept"


def test_where_nothing_can_be_linked_the_file_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError("links are not supported here")

    monkeypatch.setattr(os, "link", refuse)
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"copied")
    share(first, second)

    assert second.read_bytes() == b"copied"
    assert second.stat().st_ino != first.stat().st_ino


def test_a_whole_tree_can_be_forced_to_the_disk(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "empty").touch()
    (tmp_path / "a" / "full").write_bytes(os.urandom(100))

    sync_tree(tmp_path)
    assert (tmp_path / "a" / "full").stat().st_size == 100
