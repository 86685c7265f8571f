"""The tutorial is true: every command is run with the real encoder and prints what the page says."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.docs.console import Shell, Step, environment, fits, steps
from tests.docs.serving import free_port, served

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
SERVE = "nichescout serve"
TOLD_PORT = 8_000
PATIENCE_SECONDS = 20.0
"""How long a running server may take, on a busy machine, to go over to what was published."""


@pytest.mark.slow
def test_the_tutorial_is_true(tmp_path: Path, models_dir: Path) -> None:
    assert shutil.which("curl"), "the tutorial needs curl: install it (Debian: apt-get install curl)"
    (tmp_path / "sample").symlink_to(ROOT / "sample")
    _keep_models(tmp_path / "first-hour" / "data" / "models", models_dir)
    port = free_port()
    commands = list(steps(TUTORIAL.read_text(encoding="utf-8")))
    alone, beside = _parted(commands)
    untrue: list[str] = []
    with Shell(tmp_path, environment()) as shell:
        untrue += _told_otherwise(shell, alone, port)
        folder, _ = shell.run("pwd")
        serve, *beside = beside
        command = [*serve.command.split(), "--port", str(port)]
        with served(command, Path(folder), environment()) as greeting:
            assert [line.replace(f":{port}", f":{TOLD_PORT}") for line in greeting] == [serve.expected]
            untrue += _told_otherwise(shell, beside, port)
    if untrue:
        pytest.fail("\n\n".join(untrue), pytrace=False)
    assert [path.name for path in tmp_path.iterdir()] == ["sample"]


def _parted(commands: list[Step]) -> tuple[list[Step], list[Step]]:
    """Split the commands before the server is started from that one and those beside it."""
    place = [step.command for step in commands].index(SERVE)
    return commands[:place], commands[place:]


def _told_otherwise(shell: Shell, commands: list[Step], port: int) -> Iterator[str]:
    """Run commands; yield where the page is wrong."""
    for step, following in zip(commands, [*commands[1:], None], strict=True):
        printed, status = _do(shell, step, port)
        where = f"{TUTORIAL.name}, line {step.line}: {step.command}"
        if not fits(step.expected, printed):
            yield f"{where}\n--- the page says\n{step.expected}\n--- it prints\n{printed}"
        elif status and not (following and following.command == "echo $?"):
            yield f"{where}\n--- ends with status {status}, which the page does not tell"


def _do(shell: Shell, step: Step, port: int) -> tuple[str, int]:
    """Run a step; what is asked of the running server may become true a little later."""
    deadline = monotonic() + PATIENCE_SECONDS
    while True:
        printed, status = shell.run(step.command.replace(f":{TOLD_PORT}", f":{port}"))
        printed = printed.replace(f":{port}", f":{TOLD_PORT}")
        if fits(step.expected, printed) or not step.command.startswith("curl") or monotonic() > deadline:
            return printed, status
        sleep(0.2)


def _keep_models(folder: Path, models_dir: Path) -> None:
    """Let the encoder be exported once for all tests; nothing else is prepared."""
    models_dir.mkdir(parents=True, exist_ok=True)
    folder.parent.mkdir(parents=True)
    folder.symlink_to(models_dir)
