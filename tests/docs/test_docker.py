"""The container's files hold together, and its entrypoint works as far as that shows without an engine."""

import json
import re
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import yaml  # type: ignore[import-untyped]

from tests.docs.console import environment
from tests.docs.serving import free_port, served

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
DOCKERFILE = (DOCKER / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COPIES = [line.split()[1:] for line in re.findall(r"^COPY .*$", DOCKERFILE, re.MULTILINE)]
ENTRYPOINT = "docker/entrypoint.sh"


def test_it_is_no_package() -> None:
    assert not (DOCKER / "__init__.py").exists(), "it would shadow the docker package"


@pytest.mark.parametrize("source", [source for *sources, _ in COPIES for source in sources])
def test_what_is_copied_exists_and_reaches_the_build(source: str) -> None:
    assert (ROOT / source).exists()
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert f"!{source}" in ignored


def test_every_package_is_copied() -> None:
    packages = re.search(r"^packages = (\[.*\])$", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert packages
    assert set(json.loads(packages[1])) <= {source for *sources, _ in COPIES for source in sources}


def test_it_runs_without_rights_and_without_a_network() -> None:
    directives = [line.split() for line in DOCKERFILE.splitlines() if line[:1].isupper()]
    assert directives[0][:2] == ["FROM", "python:3.12-slim"]
    assert [words[1] for words in directives if words[0] == "USER"] == ["nichescout"]
    assert "HF_HUB_OFFLINE=1" in DOCKERFILE
    assert "/readyz" in next(" ".join(words) for words in directives if words[0] == "HEALTHCHECK")
    assert directives[-1] == ["ENTRYPOINT", '["sh",', f'"{ENTRYPOINT}"]']


def test_compose_publishes_to_this_machine_only() -> None:
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
    (service,) = compose["services"].values()
    build = service["build"]
    assert (DOCKER / build["context"] / build["dockerfile"]).resolve() == DOCKER / "Dockerfile"
    assert service["ports"] == ["127.0.0.1:8000:8000"]
    (volume,) = service["volumes"]
    assert volume.split(":") == [*compose["volumes"], "/data"]
    assert service["read_only"] is True


def test_the_entrypoint_is_a_shell_script() -> None:
    subprocess.run(["sh", "-n", ENTRYPOINT], cwd=ROOT, check=True)


def test_the_first_start_makes_all_and_the_next_ones_keep_it(tmp_path: Path) -> None:
    port = free_port()
    variables = environment(NICHESCOUT_DATA=str(tmp_path), NICHESCOUT_ENCODER="hashing-32", PORT=str(port))
    with served(["sh", ENTRYPOINT], ROOT, variables) as printed:
        (key,) = [line for line in printed if line.startswith("ns_")]
        assert [line for line in printed if line.startswith("252 lines read: 252 new")]
        assert _status(port, "/readyz") == 200
        assert _status(port, "/v1/status") == 401
        assert _status(port, "/v1/status", key) == 200
    with served(["sh", ENTRYPOINT], ROOT, variables) as printed:
        assert not [line for line in printed if "lines read" in line or line.startswith("ns_")]
        assert _status(port, "/v1/status", key) == 200
    told = subprocess.run(
        ["sh", ENTRYPOINT, "status", "--json"],
        cwd=ROOT,
        env=variables,
        check=True,
        capture_output=True,
        text=True,
    )
    state = json.loads(told.stdout)
    assert (state["stored creators"], state["indexed creators"], state["active keys"]) == (252, 252, 1)


def _status(port: int, address: str, key: str = "") -> int:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        with urlopen(Request(f"http://127.0.0.1:{port}{address}", headers=headers), timeout=30) as answer:
            status: int = answer.status
            return status
    except HTTPError as error:
        with error:
            return error.code
