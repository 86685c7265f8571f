"""The artefacts a node is made of: a folder in Maven's layout, each file checked against its sum."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build" / "opensearch-node"
"""What is kept from run to run; `make clean` removes it."""
POM = HERE / "pom.xml"
SUMS = HERE / "SHA256SUMS"
MAVEN_SECONDS = 600


class BadArtefact(Exception):
    """A node's files are missing, or are not what SHA256SUMS says."""


def read_sums(file: Path = SUMS) -> dict[str, str]:
    """Return the sums by path, in the order of the file."""
    lines = (line.split(maxsplit=1) for line in file.read_text(encoding="utf-8").splitlines())
    return {path: digest for digest, path in lines}


def verify(folder: Path, sums: Mapping[str, str]) -> None:
    """Raise BadArtefact at the first file of a folder that is missing or has another sum."""
    for path, expected in sums.items():
        file = folder / path
        if not file.is_file():
            raise BadArtefact(f"{path} is missing in {folder}")
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
        if found != expected:
            raise BadArtefact(f"{path} in {folder} has the sum {found}; SHA256SUMS says {expected}")


def repository(sums: Mapping[str, str], variables: Mapping[str, str] = os.environ) -> Path:
    """Return the verified folder: the one OPENSEARCH_M2 names as it is, else one that Maven fills."""
    named = variables.get("OPENSEARCH_M2")
    folder = Path(named).expanduser().absolute() if named else BUILD / "m2"
    if named and not folder.is_dir():
        raise BadArtefact(f"OPENSEARCH_M2 names {named}, which is no folder")
    if not named and not all((folder / path).is_file() for path in sums):
        download(folder)
    verify(folder, sums)
    return folder


def download(folder: Path) -> None:
    """Let Maven fill a folder with what the pom asks for."""
    maven = shutil.which("mvn")
    if not maven:
        raise BadArtefact(
            "OpenSearch's artefacts are missing: set OPENSEARCH_M2 to a folder with them in Maven's layout, "
            "or install Maven (apt-get install maven) so that they can be downloaded"
        )
    command = [maven, "--batch-mode", "--quiet", "--file", str(POM), "dependency:copy-dependencies"]
    command += ["-Dmdep.useRepositoryLayout=true", f"-DoutputDirectory={folder}"]
    done = subprocess.run(
        command,
        check=False,
        timeout=MAVEN_SECONDS,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise BadArtefact(
            "Maven could not download OpenSearch's artefacts; OPENSEARCH_M2 may name a folder with them.\n"
            f"{done.stdout[:2000]}"
        )
