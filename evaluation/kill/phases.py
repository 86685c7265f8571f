"""Where a kill hit, told from what the process said last and from what lies on the disk."""

from dataclasses import dataclass
from pathlib import Path

from discovery.errors import IndexDamaged, IndexMissing
from evaluation.kill.doomed import Course
from evaluation.kill.work import Task, Verb
from indexer.embedded.layout import Layout
from indexer.embedded.manifest import read_manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Names on the disk: the generation that is served (`None`: none), and all that are complete."""

    served: str | None
    complete: frozenset[str]


def disk(layout: Layout) -> Disk:
    """Look at an index as it lies there."""
    folders = [*layout.root.glob("generations/*"), *layout.root.glob("building/*")]
    try:
        served = layout.current()
    except IndexMissing:
        served = None
    return Disk(served=served, complete=frozenset(path.name for path in folders if _complete(path)))


def _complete(folder: Path) -> bool:
    try:
        read_manifest(folder)
    except IndexDamaged:
        return False
    return True


def phase(task: Task, course: Course, lines: int, before: Disk, after: Disk) -> str:
    """Name the phase in which a process ended."""
    if task.verb is Verb.IMPORT:
        return _import_phase(course.done("committed"), lines)
    return _index_phase(course.stage, before, after, forgetting=task.verb is Verb.FORGET)


def _index_phase(stage: str, before: Disk, after: Disk, *, forgetting: bool) -> str:
    if stage in {"nothing", "started"}:
        return "hiding and erasing" if forgetting else "before indexing"
    if stage == "indexing":
        return "indexing"
    if stage != "finishing 0":
        return "cleaning the cache" if forgetting else "after publishing"
    if after.served != before.served:
        return "dropping old generations"
    return "publishing" if after.complete - before.complete else "finishing files"


def _import_phase(committed: int, lines: int) -> str:
    if not committed:
        return "before the first commit"
    return "between commits" if committed < lines else "after the last commit"
