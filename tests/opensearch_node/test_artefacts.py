"""A node's files are used only when each is there and is what its sum says."""

import hashlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.opensearch_node import artefacts
from tests.opensearch_node.artefacts import POM, BadArtefact, read_sums, repository, verify

SUMS = {
    "org/one/1/one-1.jar": hashlib.sha256(b"one").hexdigest(),
    "org/two/2/two-2.zip": hashlib.sha256(b"two").hexdigest(),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in SUMS:
        file = tmp_path / "m2" / path
        file.parent.mkdir(parents=True)
        file.write_text(path.split("/")[1])
    return tmp_path / "m2"


def test_what_is_as_it_should_be_passes(folder: Path) -> None:
    verify(folder, SUMS)
    (folder / "org" / "another.jar").write_text("not asked for, not looked at")
    verify(folder, SUMS)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "org/two/2/two-2.zip").unlink()
    with pytest.raises(BadArtefact, match=r"^org/two/2/two-2\.zip is missing in "):
        verify(folder, SUMS)


@pytest.mark.parametrize("content", [b"", b"onE", b"one "])
def test_a_changed_file_is_named(folder: Path, content: bytes) -> None:
    (folder / "org/one/1/one-1.jar").write_bytes(content)
    with pytest.raises(BadArtefact, match=rf"^org/one/1/one-1\.jar in .* says {SUMS['org/one/1/one-1.jar']}"):
        verify(folder, SUMS)


def test_the_named_folder_is_used_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repository(SUMS, {"OPENSEARCH_M2": str(folder)}) == folder
    monkeypatch.chdir(folder.parent)
    assert repository(SUMS, {"OPENSEARCH_M2": "m2"}) == folder
    (folder / "org/one/1/one-1.jar").unlink()
    with pytest.raises(BadArtefact, match="is missing"):
        repository(SUMS, {"OPENSEARCH_M2": str(folder)})


def test_a_named_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadArtefact, match=r"OPENSEARCH_M2 names .*/none, which is no folder"):
        repository(SUMS, {"OPENSEARCH_M2": f"{tmp_path}/none"})


def test_what_maven_brought_is_verified_and_not_fetched_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artefacts, "BUILD", folder.parent)
    monkeypatch.setenv("PATH", "")
    assert repository(SUMS, {}) == folder
    (folder / "org/one/1/one-1.jar").write_text("another")
    with pytest.raises(BadArtefact, match="has the sum"):
        repository(SUMS, {})


def test_without_maven_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artefacts, "BUILD", tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BadArtefact, match=r"set OPENSEARCH_M2 to a folder .* or install Maven"):
        repository(SUMS, {})


def test_maven_is_asked_for_the_layout_and_heard_when_it_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for mvn copies what the real one would download, or fails in its words."""
    maven = folder.parent / "programs" / "mvn"
    maven.parent.mkdir()
    target = folder.parent / "build"
    maven.write_text(f'#!/bin/sh\necho "$@" > {target}.words\ncp -R {folder} {target}/m2\n')
    maven.chmod(0o755)
    target.mkdir()
    monkeypatch.setattr(artefacts, "BUILD", target)
    monkeypatch.setenv("PATH", f"{maven.parent}:/usr/bin:/bin")
    assert repository(SUMS, {}) == target / "m2"
    words = Path(f"{target}.words").read_text(encoding="utf-8").split()
    assert {str(POM), "dependency:copy-dependencies", "-Dmdep.useRepositoryLayout=true"} <= set(words)
    assert words[-1] == f"-DoutputDirectory={target}/m2"
    (target / "m2/org/one/1/one-1.jar").unlink()
    maven.write_text("#!/bin/sh\necho Unknown host\nexit 1\n")
    with pytest.raises(BadArtefact, match=r"OPENSEARCH_M2[^$]*Unknown host"):
        repository(SUMS, {})


def test_the_sums_cover_what_the_pom_names() -> None:
    sums = read_sums()
    assert len(sums) == 98
    assert all(len(digest) == 64 for digest in sums.values())
    space = {"m": "http://maven.apache.org/POM/4.0.0"}
    root = ElementTree.parse(POM).getroot()
    version = root.findtext("m:properties/m:v", namespaces=space) or ""
    for one in root.findall("m:dependencies/m:dependency", space):
        group, artifact, number, kind = (
            one.findtext(f"m:{name}", default="jar", namespaces=space)
            for name in ("groupId", "artifactId", "version", "type")
        )
        number = number.replace("${v}", version)
        assert f"{group.replace('.', '/')}/{artifact}/{number}/{artifact}-{number}.{kind}" in sums
