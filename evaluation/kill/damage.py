"""Every file of a generation, damaged in every way: it is refused by name, and never served."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from discovery.errors import IndexDamaged
from evaluation.kill.answers import Answers, answers_of, matcher_over
from evaluation.kill.checks import Violation, require
from evaluation.kill.invention import Inventor, write_lines
from evaluation.kill.work import ANALYSER, ENCODER, take_in
from indexer.build import build_index, update_index
from indexer.embedded.engine import open_generation
from indexer.embedded.files import replace_text
from indexer.embedded.generations import FolderGenerations
from indexer.embedded.layout import Layout
from indexer.embedded.manifest import NAME
from indexer.home import Home

INTERVAL = 0.005
PATIENCE = 10.0
"""Seconds within which a server must have noticed what was published."""

Damage = Callable[[bytes], bytes | None]
"""What becomes of a file's bytes; `None`: the file is gone. The same bytes: there is nothing to damage."""

DAMAGES: tuple[Damage, ...] = (
    lambda _: None,
    lambda _: b"",
    lambda content: content[: len(content) // 2],
    lambda content: content[:-1],
    lambda content: content + b"\x00",
    lambda content: flipped(content, 0),
    lambda content: flipped(content, len(content) // 2),
    lambda content: flipped(content, len(content) - 1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DamageReport:
    """How many files there were, and how many damages were refused."""

    files: int
    refused: int


def flipped(content: bytes, place: int) -> bytes:
    """Change one bit of a byte."""
    return content[:place] + bytes(byte ^ 1 for byte in content[place : place + 1]) + content[place + 1 :]


def check_damages(folder: Path, creators: int = 60) -> DamageReport:
    """Serve one generation, publish another of two segments, and damage the other file by file.

    Raises:
        Violation: a damage was not noticed, not named, or served.
    """
    home = Home(folder)
    old, new = _two_generations(home, creators)
    bystander = _Bystander(home, old, new)
    paths = sorted(path for path in new.rglob("*") if path.is_file())
    refused = sum(_check_file(path, new, bystander) for path in paths)
    bystander.takes_up_the_repaired()
    return DamageReport(files=len(paths), refused=refused)


def _two_generations(home: Home, creators: int) -> tuple[Path, Path]:
    inventor, layout = Inventor(seed=0), Layout(home.index)
    folders = []
    for lines, publish in (
        (inventor.sample(creators), build_index),
        ([inventor.newcomer() for _ in range(5)], update_index),
    ):
        home.root.mkdir(exist_ok=True)
        take_in(home, write_lines(home.root / "lines.jsonl", lines), lambda _stage, _done: None)
        folders.append(layout.generation(publish(home, ENCODER, ANALYSER).generation))
    return folders[0], folders[1]


class _Bystander:
    """A server of the old generation, to which the new one is offered."""

    def __init__(self, home: Home, old: Path, new: Path) -> None:
        self._pointer, self._old, self._new = home.index / "CURRENT", old, new
        self._generations = FolderGenerations(home.index, encoder=ENCODER.id, analyser=ANALYSER.id)
        self._point_at(old)
        self._answers = self._answer()
        self._generations.watch(INTERVAL)

    def stays_with_the_old(self, named: str) -> None:
        """Offer the damaged generation: the server says what is wrong with it and answers as before."""
        self._point_at(self._new)
        self._wait(lambda: named in str(self._generations.problem), f"the server does not name {named}")
        require(self._generations.current().info.id == self._old.name, "the server serves a damaged index")
        require(self._answer() == self._answers, "the server answers otherwise")
        self._point_at(self._old)
        self._wait(lambda: self._generations.problem is None, "the server goes on complaining")

    def takes_up_the_repaired(self) -> None:
        """Offer it again, whole."""
        self._point_at(self._new)
        self._wait(lambda: self._answer() != self._answers, "the server does not take up the repaired index")

    def _point_at(self, generation: Path) -> None:
        replace_text(self._pointer, generation.name + "\n")

    def _answer(self) -> Answers:
        return answers_of(matcher_over(self._generations.current(), lambda _: False))

    @staticmethod
    def _wait(happened: Callable[[], bool], otherwise: str) -> None:
        end = monotonic() + PATIENCE
        while not happened():
            require(monotonic() < end, otherwise)
            sleep(INTERVAL)


def _check_file(path: Path, generation: Path, bystander: _Bystander) -> int:
    """Damage one file in every way and put it back; the file itself may be shared and is not touched."""
    content = path.read_bytes()
    aside = path.rename(generation.parent.parent / "aside")
    named = str(generation if path.name == NAME else path)
    damaged = [made for damage in DAMAGES if (made := damage(content)) != content]
    for made in damaged:
        if made is not None:
            path.write_bytes(made)
        _refused(generation, named)
        path.unlink(missing_ok=True)
    bystander.stays_with_the_old(named)
    aside.rename(path)
    return len(damaged)


def _refused(generation: Path, named: str) -> None:
    try:
        open_generation(generation)
    except IndexDamaged as error:
        require(named in str(error), f"the message does not name {named}: {error}")
        return
    raise Violation(f"a generation was opened though {named} is damaged")
