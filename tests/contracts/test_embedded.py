"""The embedded engine keeps the contract: as it is built, with its legs forced, and after an update."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from discovery.creator import Creator
from discovery.errors import CreatorNotFound
from discovery.people import Profiles
from discovery.ports import Depth
from indexer.documents import document
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.manifest import Manifest, read_manifest
from indexer.embedded.planner import Path as Plan
from indexer.embedded.writer import GenerationWriter, grown_sample
from indexer.index import origin
from indexer.records import to_json
from indexer.sample import sample_of
from tests.contracts.comparison import assert_same_sample
from tests.contracts.pair import ANALYSER, ENCODER, Pair, found, query_for
from tests.contracts.search_engine import SearchEngineContract
from tests.fictional import corpus, creator
from tests.oracle import OracleEngine


def blank(name: str) -> Manifest:
    """Return the manifest of a generation that is yet to be written."""
    return Manifest.blank(
        replace(origin(ENCODER, ANALYSER.id, 1), generation=name, built_at="2026-03-01T00:00:00+00:00")
    )


def add(writer: GenerationWriter, creators: Sequence[Creator]) -> None:
    """Add creators to a generation."""
    for one in creators:
        made = document(one)
        vectors = ENCODER.encode_documents([passage.text for passage in made.passages if passage.text])
        writer.add(made, to_json(replace(one, posts=one.kept_posts)), vectors)


def build(folder: Path, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> None:
    """Write a generation from scratch."""
    sampled = frozenset(sample_of([one.id for one in creators]))
    writer = GenerationWriter(folder, blank=blank("g1"), analyser=ANALYSER, sampled=sampled)
    add(writer, creators)
    writer.write_words(ENCODER.encode_documents)
    writer.write_people(persons)
    writer.finish(threads=1)


def update(
    base: Path,
    folder: Path,
    changed: Sequence[Creator],
    gone: Sequence[Creator] = (),
    persons: Sequence[Profiles] = (),
) -> None:
    """Write a generation that is another one with changes on top."""
    manifest = read_manifest(base)
    writer = GenerationWriter(
        folder,
        blank=blank("g2"),
        analyser=ANALYSER,
        sampled=grown_sample(base, manifest, [one.id for one in changed]),
        base=base,
        base_manifest=manifest,
    )
    for one in gone:
        writer.remove(one.id)
    add(writer, changed)
    writer.write_people(persons)
    writer.finish(threads=1)


class EmbeddedContract(SearchEngineContract):
    """Folders for generations."""

    root: ClassVar[Path]
    numbers: ClassVar = count()

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _root(cls, tmp_path_factory: pytest.TempPathFactory) -> None:
        cls.root = tmp_path_factory.mktemp("generations")

    @classmethod
    def folder(cls) -> Path:
        """Return a folder that does not exist yet."""
        return cls.root / str(next(cls.numbers))


class TestEmbeddedEngine(EmbeddedContract):
    """A generation built from scratch."""

    @classmethod
    def make_engine(cls, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> EmbeddedEngine:
        """Build and open."""
        folder = cls.folder()
        build(folder, creators, persons)
        return open_generation(folder)


class TestEmbeddedLegs(EmbeddedContract):
    """The same generation, made to search by its legs even where it could score everybody."""

    @classmethod
    def make_engine(cls, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> EmbeddedEngine:
        """Build and open with the exact path forced."""
        folder = cls.folder()
        build(folder, creators, persons)
        return open_generation(folder, force=Plan.EXACT)

    def test_who_has_no_theme_is_no_candidate_by_meaning(self) -> None:
        """Nor is anybody a candidate by word who says none of them, however deep the legs reach."""
        keeper = creator("Lighthouse Keeper")
        pair = self.make_pair([*corpus(), keeper])
        query = query_for("lighthouse")
        assert found(pair.engine, replace(query, vector=None)) == {keeper.id}
        by_meaning = found(pair.engine, replace(query, terms=()))
        themes = pair.oracle.themes(query, pair.ids)
        spoken = {one for one, score in zip(pair.ids, themes.cosine, strict=True) if not np.isnan(score)}
        assert by_meaning == spoken
        assert keeper.id not in spoken
        assert found(pair.engine, query) == spoken | {keeper.id}


class TestEmbeddedUpdate(EmbeddedContract):
    """A generation of two segments: half of the creators came with an update."""

    @classmethod
    def make_engine(cls, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> EmbeddedEngine:
        """Build a base, put the rest on top, and open."""
        base, folder = cls.folder(), cls.folder()
        build(base, creators[::2])
        update(base, folder, creators[1::2], persons=persons)
        return open_generation(folder, force=Plan.EXACT)

    def whose_words_tell(self, creators: Sequence[Creator]) -> Sequence[Creator]:
        """An update leaves the telling words of its base as they are, until the next build."""
        return creators[::2]

    def test_who_is_gone_is_nowhere(self) -> None:
        everybody = corpus()
        gone, left = everybody[::3], [one for place, one in enumerate(everybody) if place % 3]
        base, folder = self.folder(), self.folder()
        build(base, everybody)
        update(base, folder, [], gone)
        engine, oracle = open_generation(folder), OracleEngine(left, ENCODER, ANALYSER)
        query, ids = query_for("vegan recipes 🌱"), sorted(one.id for one in left)
        self.check_admission(Pair(creators=tuple(left), engine=engine, oracle=oracle), [], None)
        assert_same_sample(engine.background(query), oracle.background(query))
        for term in query.terms:
            every = engine.themes(query_for(term), ids).keyword
            assert engine.best_keyword_score(query_for(term)) == pytest.approx(float(every.max()), rel=1e-6)
        for one in gone:
            with pytest.raises(CreatorNotFound):
                engine.themes(query, [one.id])
        assert engine.info.creators == len(left)
        assert not found(engine, query) & {one.id for one in gone}
        for depth in (Depth(), Depth(vectors=5, keywords=5, creators=4)):
            assert not found(engine, query, depth=depth) & {one.id for one in gone}

    def test_who_changed_is_found_by_the_new_text_only(self) -> None:
        everybody = corpus()
        changed = replace(everybody[0], bio="Lighthouse keeper", posts=(), name="Keeper", handle=None)
        base, folder = self.folder(), self.folder()
        build(base, everybody)
        update(base, folder, [changed])
        engine = open_generation(folder)
        (record,) = engine.read([changed.id])
        assert record == changed
        windows = engine.windows(query_for("lentils lighthouse"), [changed.id])
        assert windows.post.tolist() == [-1]
        assert windows.keyword[0] > 0
        assert engine.windows(query_for("lentils"), [changed.id]).keyword.tolist() == [0.0]
        themes = engine.themes(query_for("Lighthouse keeper"), [changed.id])
        assert themes.cosine[0] == pytest.approx(1.0, abs=1e-6)
        assert themes.keyword[0] > 0
        assert themes.passages.tolist() == [1]
        assert engine.themes(query_for("lentils"), [changed.id]).keyword.tolist() == [0.0]
        assert engine.best_keyword_score(query_for("mira.cooks")) == 0.0
