"""Files packed with zstd or gzip: told by their content, damaged ones reported, bombs bounded."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from discovery.creator import Creator
from indexer.importers.bad_line import BadLine
from indexer.importers.reading import read

LINES = b"".join(
    b'{"id":"id-%05d","platform":"tiktok","name":"Nobody"}\n' % number for number in range(20_000)
)
PACKERS: dict[str, Callable[[bytes], bytes]] = {"zst": zstandard.compress, "gz": gzip.compress}


def read_bytes(path: Path, content: bytes) -> list[Creator | BadLine]:
    path.write_bytes(content)
    return list(read(path))


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("name", ["creators.jsonl.{}", "creators.jsonl", "creators"])
def test_packed_lines(tmp_path: Path, packer: str, name: str) -> None:
    found = read_bytes(tmp_path / name.format(packer), PACKERS[packer](LINES))

    assert [one.id for one in found if isinstance(one, Creator)] == [
        f"id-{number:05d}" for number in range(20_000)
    ]


def test_packed_csv(tmp_path: Path) -> None:
    (one,) = read_bytes(tmp_path / "a.csv.gz", gzip.compress(b"id,platform,name\na,tiktok,Ada\n"))

    assert isinstance(one, Creator)


def test_frames_one_after_the_other(tmp_path: Path) -> None:
    half = len(LINES) // 2
    packed = zstandard.compress(LINES[:half]) + zstandard.compress(LINES[half:])

    assert len(read_bytes(tmp_path / "a.jsonl.zst", packed)) == 20_000


@pytest.mark.parametrize("packer", PACKERS)
def test_a_file_that_is_cut_off_says_so(tmp_path: Path, packer: str) -> None:
    packed = PACKERS[packer](LINES)
    *good, last = read_bytes(tmp_path / "a.jsonl", packed[: len(packed) * 2 // 3])

    assert all(isinstance(one, Creator) for one in good)
    assert isinstance(last, BadLine)
    assert last.number == len(good) + 1
    assert "damaged or cut off here" in last.reason


@pytest.mark.parametrize("packer", PACKERS)
def test_a_damaged_file_says_so(tmp_path: Path, packer: str) -> None:
    packed = bytearray(PACKERS[packer](LINES))
    packed[20 : len(packed) - 8] = b"\xff" * (len(packed) - 28)
    found = read_bytes(tmp_path / "a.jsonl", bytes(packed))

    assert isinstance(found[-1], BadLine)
    assert "damaged or cut off here" in found[-1].reason


def test_a_bomb_is_a_line_that_is_too_long(tmp_path: Path) -> None:
    (bad,) = read_bytes(tmp_path / "bomb.jsonl.zst", zstandard.compress(bytes(1 << 28)))

    assert isinstance(bad, BadLine)
    assert "is longer than 8 MiB" in bad.reason
