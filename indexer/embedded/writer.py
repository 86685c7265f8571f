"""Write a generation: a new one from scratch, or the current one with a small segment on top."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np
import orjson

from discovery.creator import CreatorId
from discovery.people import Profiles
from discovery.ports import Analyser, Vectors
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, CreatorDocument
from indexer.embedded.files import share
from indexer.embedded.keywords import KeywordWriter
from indexer.embedded.manifest import NAME, Manifest, sums
from indexer.embedded.people import NAME as PEOPLE
from indexer.embedded.people import write_people
from indexer.embedded.segment import SegmentWriter
from indexer.embedded.words import write_words
from indexer.sample import grown
from indexer.words import WordCounter

PASSAGES = "passage-keywords"
CREATORS = "creator-keywords"
_MUTABLE = frozenset(
    {NAME, "live.npy", "sample.npy", PEOPLE}
    | {f"{folder}/{name}" for folder in (PASSAGES, CREATORS) for name in ("meta.json", ".managed.json")}
)


class GenerationWriter:
    """Adds creators to a generation folder that nobody reads yet; `finish` makes it complete.

    As a context manager it closes its files when the work was given up.
    """

    def __init__(
        self,
        folder: Path,
        *,
        blank: Manifest,
        analyser: Analyser,
        sampled: frozenset[CreatorId],
        base: Path | None = None,
        base_manifest: Manifest | None = None,
    ) -> None:
        self._folder = folder
        self._blank = blank
        self._sampled = sampled
        self._base = base_manifest
        folder.mkdir(parents=True)
        if base is not None and base_manifest is not None:
            _share_files(base, folder, base_manifest)
        self._segments = base_manifest.segments if base_manifest else ()
        self._ids: list[CreatorId] = _ids(folder, len(self._segments))
        self._live = np.load(folder / "live.npy").tolist() if base_manifest else []
        self._passages = _passages(folder, len(self._segments))
        self._rows = {one: row for row, one in enumerate(self._ids) if self._live[row]}
        self._passage_words = KeywordWriter(folder / PASSAGES, analyser, PASSAGE_FIELDS)
        self._creator_words = KeywordWriter(folder / CREATORS, analyser, CREATOR_FIELDS)
        self._counter = WordCounter(analyser) if base is None else None
        number = len(self._segments)
        self._segment = SegmentWriter(folder / f"segment-{number}", blank.dimension)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._segment.close()

    @property
    def ids(self) -> frozenset[CreatorId]:
        """Creators that are in the generation now."""
        return frozenset(self._rows)

    def add(self, document: CreatorDocument, record: bytes, vectors: Vectors) -> None:
        """Add a creator, or replace the one of the same id."""
        identity = document.creator.id
        self.remove(identity)
        row = len(self._ids)
        first = self._passages + self._segment.passages
        for place, passage in enumerate(document.passages):
            self._passage_words.add(row, first + place, passage.fields)
        self._creator_words.add(row, row, document.fields)
        if self._counter is not None:
            self._counter.add(document.fields["subject"])
        self._segment.add(document, record, vectors)
        self._ids.append(identity)
        self._live.append(True)
        self._rows[identity] = row

    def remove(self, identity: CreatorId) -> None:
        """Take a creator out; nothing happens when there is none."""
        row = self._rows.pop(identity, None)
        if row is not None:
            self._live[row] = False
            self._passage_words.delete(row)
            self._creator_words.delete(row)

    def write_words(self, encode: Callable[[list[str]], Vectors]) -> None:
        """Write the telling words with their vectors; a generation on top of another keeps the base's."""
        if self._counter is not None:
            words = self._counter.words()
            write_words(self._folder, words, encode([word for _, word in words]))

    def write_people(self, persons: Sequence[Profiles]) -> None:
        """Write who is one person; without it a generation on top of another keeps the base's."""
        write_people(self._folder, persons)

    def finish(self, threads: int) -> Manifest:
        """Write everything, the manifest last, and return it."""
        if not (self._folder / "words.json").exists():
            write_words(self._folder, [], np.empty((0, self._blank.dimension), np.float32))
        if not (self._folder / PEOPLE).exists():
            write_people(self._folder, [])
        self._passage_words.finish()
        self._creator_words.finish()
        self._segment.finish(threads)
        live = np.array(self._live, dtype=np.bool_)
        np.save(self._folder / "live.npy", live)
        sample = sorted(self._rows[one] for one in self._rows if one in self._sampled)
        np.save(self._folder / "sample.npy", np.array(sample, dtype=np.int64))
        manifest = replace(
            self._blank,
            creators=int(live.sum()),
            passages=self._passages + self._segment.passages,
            segments=(*self._segments, self._segment.creators),
            files=sums(self._folder, _immutable(self._base)),
        )
        manifest.write(self._folder)
        return manifest


def grown_sample(base: Path, manifest: Manifest, added: Iterable[CreatorId]) -> frozenset[CreatorId]:
    """The sample of a generation on top of `base`."""
    ids = _ids(base, len(manifest.segments))
    return grown([ids[row] for row in np.load(base / "sample.npy").tolist()], manifest.creators, added)


def _ids(folder: Path, segments: int) -> list[CreatorId]:
    return [
        one for n in range(segments) for one in orjson.loads((folder / f"segment-{n}/ids.json").read_bytes())
    ]


def _passages(folder: Path, segments: int) -> int:
    """Passages of all segments (rows go on counting from there)."""
    total = 0
    for number in range(segments):
        with np.load(folder / f"segment-{number}/arrays.npz", allow_pickle=False) as arrays:
            total += int(arrays["passage.offsets"][-1])
    return total


def _immutable(manifest: Manifest | None) -> dict[str, tuple[int, str]]:
    files = manifest.files if manifest else {}
    return {name: entry for name, entry in files.items() if name not in _MUTABLE}


def _share_files(base: Path, folder: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if name in _MUTABLE:
            target.write_bytes((base / name).read_bytes())
        elif not name.endswith(".lock"):
            share(base / name, target)
