"""Creators who differ from real ones in one thing, in a real index beside them.

A generation is written on top of the one that is searched, in a folder of its own: the same files, and a
segment of variants more. The background sample stays as it is, so that yardsticks do not move.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from discovery.creator import Creator, CreatorId
from discovery.matching import Matcher
from evaluation.judged.encoded import Progress, encoded
from indexer.documents import document
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.layout import Layout
from indexer.embedded.manifest import Manifest, read_manifest
from indexer.embedded.writer import GenerationWriter, grown_sample
from indexer.engines import open_generations
from indexer.home import Home
from indexer.records import to_json
from indexer.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An installation whose creators have all their posts, and what searches it."""

    home: Home
    matcher: Matcher

    def creators(self, ids: Sequence[CreatorId]) -> dict[CreatorId, Creator]:
        """Read records with every post that is known."""
        with Store(self.home.store) as store:
            return {one.id: one for one in store.creators(ids)}

    def ids(self) -> list[CreatorId]:
        """Everybody, in order."""
        with Store(self.home.store) as store:
            return list(store.ids())


def whole(home: Home, matcher: Matcher) -> Whole:
    """Search another installation with the parts that search this one."""
    generations = open_generations(home, encoder=matcher.encoder.id, analyser=matcher.analyser.id)
    return Whole(home=home, matcher=replace(matcher, engine=generations.current))


class Variants:
    """Variants in the making: each is given an id of its own."""

    def __init__(self) -> None:
        self.creators: list[Creator] = []

    def add(self, creator: Creator) -> CreatorId:
        """Take in a variant and return its id, which no import could have given."""
        identity = CreatorId(f"variant:{len(self.creators):06}")
        self.creators.append(replace(creator, id=identity))
        return identity


@contextmanager
def beside(whole: Whole, variants: Variants, progress: Progress) -> Iterator[Matcher]:
    """Search an index that holds the variants too; it is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=whole.home.root, prefix="variants-") as folder:
        engine = _write(whole, variants, Path(folder) / "generation", progress)
        yield replace(whole.matcher, engine=lambda: engine)


def _write(whole: Whole, variants: Variants, folder: Path, progress: Progress) -> EmbeddedEngine:
    layout = Layout(whole.home.index)
    base = layout.generation(layout.current())
    manifest = read_manifest(base)
    documents = [document(one) for one in variants.creators]
    counts = [sum(1 for passage in one.passages if passage.text) for one in documents]
    texts = [passage.text for one in documents for passage in one.passages if passage.text]
    vectors = encoded(texts, whole.matcher.encoder, whole.home.embeddings, progress)
    blank = Manifest.blank(replace(manifest.origin, generation=folder.name))
    with GenerationWriter(
        folder,
        blank=blank,
        analyser=whole.matcher.analyser,
        sampled=grown_sample(base, manifest, ()),
        base=base,
        base_manifest=manifest,
    ) as writer:
        start = 0
        for one, count in zip(documents, counts, strict=True):
            writer.add(one, to_json(one.creator), vectors[start : start + count])
            start += count
        writer.finish(threads=os.cpu_count() or 1)
    return open_generation(folder)
