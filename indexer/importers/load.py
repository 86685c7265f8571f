"""Files into the store: checked line by line, suppressed creators left out, committed batch by batch.

The language that a creator writes in is detected in the merged record, before it is stored.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from discovery.creator import Creator
from discovery.errors import InvalidInput, Problem
from indexer.importers.bad_line import BadLine
from indexer.importers.byte_lines import STDIN
from indexer.importers.column_map import ColumnMap
from indexer.importers.reading import read
from indexer.languages import with_detected_language
from indexer.store import Store
from indexer.suppression import SuppressionList

BATCH = 500
"""How many creators are committed at once."""
BATCH_POSTS = 20_000
"""A batch ends early with this many posts, so that memory stays bounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did so far, all of it committed. `lines` is the sum of all the others.

    Lines are creators and refused lines: blank lines do not count, CSV rows of one creator count once.
    """

    lines: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: int = 0
    suppressed: int = 0


def import_files(
    paths: Sequence[Path | str],
    store: Store,
    suppression: SuppressionList,
    *,
    strict: bool = False,
    column_map: ColumnMap | None = None,
    source: str | None = None,
    on_progress: Callable[[ImportReport], None] | None = None,
    on_bad_line: Callable[[BadLine], None] | None = None,
) -> ImportReport:
    """Import files in order, merging creators into what is known of them.

    `strict` stops at the first refused line, after committing what was accepted before it; the report then
    has `bad == 1`. `on_progress` is called after each commit, `on_bad_line` for each refused line.

    Raises:
        InvalidInput: a file cannot be read as a whole; none of a later file was imported.
        StoreDamaged: the store or the suppression list cannot be used.
    """
    _require_files(paths)
    run = _Import(store, suppression, on_progress)
    for path in paths:
        for parsed in run.guarded(read(path, column_map=column_map, source=source)):
            if isinstance(parsed, Creator):
                run.accept(parsed)
                continue
            run.refuse()
            if on_bad_line is not None:
                on_bad_line(parsed)
            if strict:
                run.commit()
                return run.report
    run.commit()
    return run.report


class _Import:
    """One import: the batch that waits, and the report of what is committed."""

    def __init__(
        self, store: Store, suppression: SuppressionList, on_progress: Callable[[ImportReport], None] | None
    ) -> None:
        self.report = ImportReport()
        self._store = store
        self._suppression = suppression
        self._on_progress = on_progress
        self._batch: list[Creator] = []
        self._posts = self._bad = 0

    def guarded(self, lines: Iterable[Creator | BadLine]) -> Iterator[Creator | BadLine]:
        """Pass lines on, and commit what was accepted when the file turns out to be unreadable."""
        try:
            yield from lines
        except InvalidInput:
            self.commit()
            raise

    def accept(self, creator: Creator) -> None:
        self._batch.append(creator)
        self._posts += len(creator.posts)
        if len(self._batch) >= BATCH or self._posts >= BATCH_POSTS:
            self.commit()

    def refuse(self) -> None:
        self._bad += 1
        if self._bad >= BATCH:
            self.commit()

    def commit(self) -> None:
        done = self._store.upsert(self._batch, self._suppression.is_suppressed, with_detected_language)
        self.report = replace(
            self.report,
            lines=self.report.lines + len(self._batch) + self._bad,
            added=self.report.added + done.added,
            changed=self.report.changed + done.changed,
            unchanged=self.report.unchanged + done.unchanged,
            bad=self.report.bad + self._bad,
            suppressed=self.report.suppressed + done.suppressed,
        )
        self._batch = []
        self._posts = self._bad = 0
        if self._on_progress is not None:
            self._on_progress(self.report)


def _require_files(paths: Sequence[Path | str]) -> None:
    problems = [
        Problem(field="file", message=f"{path} is not there; check the path", value=str(path))
        for path in paths
        if str(path) != STDIN and not Path(path).exists()
    ]
    if problems:
        raise InvalidInput(problems)
