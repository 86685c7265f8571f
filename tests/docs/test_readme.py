"""The first page is true: its verbs exist, and its commands and its request work as they stand."""

import re
import shutil
import subprocess
from pathlib import Path

import orjson

from tests.docs.console import environment
from tests.docs.serving import free_port, served

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^(nichescout .*?)(?:\s+#.*)?$", README, re.MULTILINE)
CURL = re.findall(r"^curl .*?\n}'$", README, re.DOTALL | re.MULTILINE)


def test_its_verbs_exist() -> None:
    verbs = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test"} <= set(re.findall(r"make ([a-z-]+)", README)) <= verbs


def test_its_commands_and_its_request_work(tmp_path: Path) -> None:
    shutil.copy(ROOT / "sample" / "creators.jsonl", tmp_path)
    variables = environment(NICHESCOUT_ENCODER="hashing-32")
    port, asked = free_port(), []
    for command in COMMANDS:
        if command == "nichescout serve":
            with served([*command.split(), "--port", str(port)], tmp_path, variables):
                asked += [_run(curl.replace(":8000", f":{port}"), tmp_path, variables) for curl in CURL]
        else:
            _run(command, tmp_path, variables)
    assert [len(orjson.loads(answer)["matches"]) for answer in asked] == [10]
    assert [command.split()[1] for command in COMMANDS] == ["import", "index", "search", "serve", "forget"]


def _run(command: str, folder: Path, variables: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=variables,
        input="y\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout
