"""The folder of generations as a build sees it."""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from discovery.creator import CreatorId
from discovery.ports import Analyser, GenerationInfo
from indexer.embedded.layout import Layout
from indexer.embedded.manifest import Manifest, read_manifest, verify
from indexer.embedded.words import read_words
from indexer.embedded.writer import GenerationWriter, grown_sample
from indexer.home import Home
from indexer.index import Origin, Published, check_fit, too_much_growth
from indexer.sample import sample_of

MAX_SEGMENTS = 8
"""An update that would leave more segments than this builds anew."""


class EmbeddedIndex:
    """An `Index` in a folder of this machine."""

    in_place = False

    def __init__(self, root: Path, analyser: Analyser) -> None:
        self._layout = Layout(root)
        self._analyser = analyser

    def building(self) -> AbstractContextManager[None]:
        """Hold the right to build in the folder."""
        return self._layout.building_lock()

    def info(self) -> GenerationInfo:
        """What is served; the files are not checked."""
        return self._current()[1].info

    def published(self, encoder: str, analyser: str) -> Published:
        """Return the current generation, every file of it checked."""
        base, manifest = self._current()
        check_fit(manifest.origin, encoder, analyser)
        verify(base, manifest)
        return Published(info=manifest.info, revision=manifest.revision)

    def why_anew(self, changed: int) -> str:
        """Return why an update should rather build anew, or ''."""
        _, manifest = self._current()
        if len(manifest.segments) >= MAX_SEGMENTS:
            return f"{len(manifest.segments)} segments have piled up"
        base, *later = manifest.segments
        return too_much_growth(base, sum(later) + changed)

    def begin(self, origin: Origin, ids: Sequence[CreatorId]) -> "FolderWriter":
        """Begin a folder with one segment."""
        return FolderWriter(self._layout, origin, self._analyser, frozenset(sample_of(ids)))

    def extend(self, origin: Origin, changed: Sequence[CreatorId]) -> "FolderWriter":
        """Begin a folder with the current segments and one more."""
        base, manifest = self._current()
        sampled = grown_sample(base, manifest, changed)
        return FolderWriter(self._layout, origin, self._analyser, sampled, base=(base, manifest))

    def expunge(self) -> None:
        """Do nothing: a build from scratch holds nobody who was removed."""

    def withdraw(self) -> None:
        """Drop every generation."""
        self._layout.withdraw()

    def words(self) -> list[str]:
        """The telling words of the current generation."""
        return [word for _, word in read_words(self._layout.generation(self._layout.current()))]

    def _current(self) -> tuple[Path, Manifest]:
        base = self._layout.generation(self._layout.current())
        return base, read_manifest(base)


class FolderWriter(GenerationWriter):
    """A `Writer` of one generation folder."""

    def __init__(
        self,
        layout: Layout,
        origin: Origin,
        analyser: Analyser,
        sampled: frozenset[CreatorId],
        base: tuple[Path, Manifest] | None = None,
    ) -> None:
        self._layout = layout
        folder, manifest = base or (None, None)
        super().__init__(
            layout.building(origin.generation),
            blank=Manifest.blank(origin),
            analyser=analyser,
            sampled=sampled,
            base=folder,
            base_manifest=manifest,
        )

    def publish(self, keep: int) -> Published:
        """Write the rest and switch to it."""
        manifest = self.finish(threads=os.cpu_count() or 1)
        self._layout.publish(manifest.generation, keep)
        return Published(info=manifest.info, revision=manifest.revision)


def verify_index(home: Home) -> Manifest:
    """Check every file of the published generation and return its manifest.

    Raises:
        IndexMissing: nothing has been published.
        IndexDamaged: naming the file that is missing or changed.
    """
    layout = Layout(home.index)
    folder = layout.generation(layout.current())
    manifest = read_manifest(folder)
    verify(folder, manifest)
    return manifest
