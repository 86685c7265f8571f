"""Consoles in pages: `$ ` begins a command, `> ` goes on with it, and what follows is what it prints.

In what is printed `...`, with the gaps beside it, stands for any text, line ends included; the width of gaps
is not compared. A command without output prints nothing.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_GAP = re.compile("[ \N{NO-BREAK SPACE}]+")
_ANYTHING = re.compile(r" ?\.\.\. ?")
_MARK = "=== end of command, status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command of a page, the line it stands in, and what it is said to print."""

    line: int
    command: str
    expected: str


def steps(page: str) -> Iterator[Step]:
    """Yield the commands of a page's `console` blocks in order."""
    for block in _BLOCK.finditer(page):
        first = page.count("\n", 0, block.start(1)) + 1
        lines = block[1].splitlines()
        starts = [place for place, line in enumerate(lines) if line.startswith("$ ")]
        assert not starts or starts[0] == 0, f"line {first}: a console begins with a command"
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            rest = start + 1
            while rest < end and lines[rest].startswith("> "):
                rest += 1
            command = "\n".join(line[2:] for line in lines[start:rest])
            yield Step(line=first + start, command=command, expected=tidy("\n".join(lines[rest:end])))


def tidy(text: str) -> str:
    """Return a text without white space at the ends of its lines and of itself."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def fits(expected: str, printed: str) -> bool:
    """Whether a text is what was expected, where `...` stands for anything."""
    known = map(re.escape, _ANYTHING.split(_GAP.sub(" ", expected)))
    return re.fullmatch(".*".join(known), _GAP.sub(" ", printed), re.DOTALL) is not None


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which the commands of this installation are found, and no setting is left."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NICHESCOUT_")}
    found = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])
    return kept | {"PATH": found, "LC_ALL": "C.UTF-8", "HF_HUB_OFFLINE": "1"} | more


class Shell:
    """One bash that runs commands one after the other, as somebody types them."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            cwd=folder,
            env=dict(variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> "Shell":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, command: str, seconds: float = 120) -> tuple[str, int]:
        """Run a command and return what it printed with its exit status; `$?` is as the command left it."""
        assert self._process.stdin
        assert self._process.stdout
        deadline = Timer(seconds, self._process.kill)
        deadline.start()
        try:
            self._process.stdin.write(
                f"{command}\n{{ _s=$?; printf '\\n%s %d\\n' '{_MARK}' $_s; (exit $_s); }}\n"
            )
            self._process.stdin.flush()
            printed: list[str] = []
            for line in self._process.stdout:
                if line.startswith(_MARK):
                    return tidy("".join(printed)), int(line.rsplit(" ", 1)[1])
                printed.append(line)
        finally:
            deadline.cancel()
        raise AssertionError(f"the shell ended in {command!r} after it printed:\n{''.join(printed)}")
