"""The manifest: read back as written, refused when anything is wrong, and every damage to a file found."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from discovery.errors import IndexDamaged
from indexer.embedded.manifest import FORMAT, NAME, Manifest, read_manifest, sums, verify

FILES = {"live.npy": b"live", "segment-0/vectors.f32": b"\x00" * 64, "keywords/ü 🌱.idx": b"x", "empty": b""}


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    made = Manifest(
        generation="20260301T000000.000000Z",
        built_at="2026-03-01T00:00:00+00:00",
        encoder="hashing-64@v1",
        dimension=64,
        analyser="nichescout-1",
        schema=1,
        revision=7,
        creators=5,
        passages=9,
        segments=(3, 2),
        files=sums(tmp_path),
    )
    made.write(tmp_path)
    return made


def test_what_was_written_is_read(tmp_path: Path, manifest: Manifest) -> None:
    assert read_manifest(tmp_path) == manifest
    verify(tmp_path, manifest)


def test_every_file_is_listed_but_the_manifest_itself(tmp_path: Path, manifest: Manifest) -> None:
    assert set(manifest.files) == set(FILES)
    assert {name: size for name, (size, _) in manifest.files.items()} == {
        name: len(content) for name, content in FILES.items()
    }
    assert manifest.files["keywords/ü 🌱.idx"][1] == (
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    )
    assert sums(tmp_path) == manifest.files


def test_a_shared_file_keeps_its_sum_without_being_read(tmp_path: Path, manifest: Manifest) -> None:
    assert sums(tmp_path, {"live.npy": (4, "known")}) == manifest.files | {"live.npy": (4, "known")}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"7", b'"text"', b"{}", b"\xff\xfe", b'{"format": 1}', b'{"format": null}'],
)
def test_nonsense_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)

    with pytest.raises(IndexDamaged, match="run `nichescout index` to build it anew"):
        read_manifest(tmp_path)


def test_a_missing_manifest_is_no_generation(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match=r"the manifest of .* cannot be read .*No such file"):
        read_manifest(tmp_path)


def test_another_format_says_which(tmp_path: Path, manifest: Manifest) -> None:
    replace(manifest, format=FORMAT + 1).write(tmp_path)

    with pytest.raises(IndexDamaged, match=rf"has index format {FORMAT + 1}, this version reads {FORMAT}"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [("creators", 6), ("revision", 8), ("segments", [3, 3]), ("encoder", "other"), ("files", {})],
)
def test_a_changed_statement_is_refused(tmp_path: Path, manifest: Manifest, name: str, value: Any) -> None:
    raw = orjson.loads((tmp_path / NAME).read_bytes())
    (tmp_path / NAME).write_bytes(orjson.dumps(raw | {name: value}))

    with pytest.raises(IndexDamaged, match="was changed"):
        read_manifest(tmp_path)


def test_no_flipped_bit_changes_what_is_read(tmp_path: Path, manifest: Manifest) -> None:
    content = (tmp_path / NAME).read_bytes()
    for place in range(len(content)):
        damaged = bytearray(content)
        damaged[place] ^= 1 << place % 8
        (tmp_path / NAME).write_bytes(damaged)
        try:
            assert read_manifest(tmp_path) == manifest  # white space that became other white space
        except IndexDamaged as error:
            assert str(tmp_path) in str(error)


def test_no_cut_is_read(tmp_path: Path, manifest: Manifest) -> None:
    content = (tmp_path / NAME).read_bytes()
    for size in range(len(content)):
        (tmp_path / NAME).write_bytes(content[:size])
        with pytest.raises(IndexDamaged, match="the manifest of"):
            read_manifest(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, manifest: Manifest, name: str) -> None:
    (tmp_path / name).unlink()

    with pytest.raises(IndexDamaged, match="is missing; this generation is not served") as caught:
        verify(tmp_path, manifest)
    assert str(tmp_path / name) in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_longer_file_is_named(tmp_path: Path, manifest: Manifest, name: str) -> None:
    size = len(FILES[name])
    (tmp_path / name).write_bytes(FILES[name] + b"!")

    with pytest.raises(IndexDamaged, match=rf"has {size + 1} bytes instead of {size}") as caught:
        verify(tmp_path, manifest)
    assert str(tmp_path / name) in str(caught.value)


@pytest.mark.parametrize("name", [name for name, content in FILES.items() if content])
def test_a_changed_file_is_named(tmp_path: Path, manifest: Manifest, name: str) -> None:
    content = bytearray(FILES[name])
    content[-1] ^= 0x80
    (tmp_path / name).write_bytes(content)

    with pytest.raises(IndexDamaged, match=r"was changed \(sha256 differs\)") as caught:
        verify(tmp_path, manifest)
    assert str(tmp_path / name) in str(caught.value)


def test_a_folder_in_the_place_of_a_file_is_damage(tmp_path: Path, manifest: Manifest) -> None:
    (tmp_path / "live.npy").unlink()
    (tmp_path / "live.npy").mkdir()

    with pytest.raises(IndexDamaged, match="is missing"):
        verify(tmp_path, manifest)
