"""From the store to a generation: what is encoded, what is left out, and what an interruption leaves."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from discovery.errors import EncoderMismatch, IndexDamaged, IndexMissing
from indexer import build as build_module
from indexer.build import BuildReport, build_index, update_index
from indexer.documents import document
from indexer.embedded.index import verify_index
from indexer.embedded.layout import Layout
from indexer.embedded.manifest import read_manifest
from indexer.embedding_cache import EmbeddingCache
from indexer.home import Home
from indexer.index import IndexBusy
from indexer.store import Store
from indexer.words import WordCounter
from tests.contracts.pair import query_for
from tests.fictional import corpus, creator, post
from tests.indexer.installation import (
    ANALYSER,
    ENCODER,
    CountingEncoder,
    answers,
    build,
    crowd,
    engine,
    folder,
    generations,
    indexed,
    outline,
    stock,
    suppress,
    update,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    stock(made, corpus())
    return made


class Recorder:
    """Progress that is kept, and stopped at a chosen step as Ctrl-C would stop it."""

    def __init__(self, stop_at: tuple[str, int] | None = None) -> None:
        self.steps: list[tuple[str, int, int]] = []
        self._stop_at = stop_at

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.steps.append((stage, done, total))
        if (stage, done) == self._stop_at:
            raise KeyboardInterrupt


def texts_of(home: Home) -> set[str]:
    """Return the distinct texts that a build of the store would encode: of passages, and telling words."""
    counter = WordCounter(ANALYSER)
    with Store(home.store) as store:
        documents = [document(one) for one in store.creators()]
    for one in documents:
        counter.add(one.fields["subject"])
    texts = {passage.text for one in documents for passage in one.passages if passage.text}
    return texts | {word for _, word in counter.words()}


# What a build makes


def test_the_report_says_what_was_built(home: Home) -> None:
    report = build(home)
    passages = sum(len(document(one).passages) for one in corpus())
    assert (report.creators, report.written, report.passages) == (len(corpus()), len(corpus()), passages)
    assert (report.removed, report.whole, report.reason) == (0, True, "asked for")
    assert report.seconds >= report.encoding > 0
    assert generations(home) == [report.generation]


def test_the_index_holds_the_store(home: Home) -> None:
    build(home)
    opened = engine(home)
    wanted = sorted(corpus(), key=lambda one: one.id)
    assert opened.read([one.id for one in wanted]) == [replace(one, posts=one.kept_posts) for one in wanted]
    assert opened.info.encoder == ENCODER.id
    with Store(home.store) as store:
        assert read_manifest(folder(home)).revision == store.revision


def test_two_builds_of_one_store_answer_alike(home: Home) -> None:
    build(home)
    first = engine(home)
    build(home)
    second = engine(home)
    assert first.info.id != second.info.id
    assert [one.matches for one in answers(first)] == [one.matches for one in answers(second)]
    query, ids = query_for("vegan"), sorted(indexed(home))
    np.testing.assert_array_equal(first.windows(query, ids).keyword, second.windows(query, ids).keyword)


def test_progress_counts_creators_chunk_by_chunk(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_module, "CHUNK", 15)
    progress = Recorder()
    build_index(home, ENCODER, ANALYSER, progress)
    count = len(corpus())
    steps = [("indexing", done, count) for done in [*range(15, count, 15), count]]
    assert progress.steps == [*steps, ("finishing", 0, 1), ("finishing", 1, 1)]
    assert [one.matches for one in answers(engine(home))]


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for work in (build, update):
        with pytest.raises(
            IndexMissing, match="the store is empty; import creators first: nichescout import"
        ):
            work(home)


@pytest.mark.parametrize("work", [build, update])
def test_two_cannot_build_at_once(home: Home, work: Callable[[Home], BuildReport]) -> None:
    with Layout(home.index).building_lock(), pytest.raises(IndexBusy, match="another process is building"):
        work(home)
    assert work(home).creators == len(corpus())


def test_older_generations_are_dropped(home: Home) -> None:
    names = [build(home).generation for _ in range(4)]
    assert generations(home) == names[-2:]
    last = build_index(home, ENCODER, ANALYSER, keep=1).generation
    assert generations(home) == [last]


# What is encoded


def test_a_cold_build_encodes_each_text_once_and_the_next_none(home: Home) -> None:
    twin = replace(corpus()[0], id=creator("Twin").id)
    stock(home, [twin])
    cold, warm = CountingEncoder(), CountingEncoder()
    report = build_index(home, cold, ANALYSER)
    assert sorted(cold.texts) == sorted(texts_of(home))
    assert report.encoded == len(cold.texts)

    again = build_index(home, warm, ANALYSER)
    assert (warm.texts, again.encoded, again.encoding) == ([], 0, 0.0)


def test_texts_are_encoded_once_across_chunks(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_module, "CHUNK", 1)
    stock(home, [replace(corpus()[0], id=creator("Twin").id)])
    encoder = CountingEncoder()
    build_index(home, encoder, ANALYSER)
    assert sorted(encoder.texts) == sorted(texts_of(home))


def test_cached_vectors_are_the_encoded_ones(home: Home) -> None:
    build(home)
    cold = engine(home)
    build(home)
    warm = engine(home)
    for mine, other in zip(
        cold.passage_vectors(sorted(indexed(home))), warm.passage_vectors(sorted(indexed(home))), strict=True
    ):
        np.testing.assert_array_equal(mine, other)


@pytest.mark.parametrize("work", [build_index, update_index])
def test_a_changed_creator_encodes_only_the_new_text(home: Home, work: Callable[..., BuildReport]) -> None:
    build(home)
    with_new_post = replace(corpus()[0], posts=(post("A caption nobody has written before", id="new"),))
    stock(home, [with_new_post])
    encoder = CountingEncoder()
    report = work(home, encoder, ANALYSER)
    assert encoder.texts == ["A caption nobody has written before"]
    assert report.encoded == 1


def test_without_its_cache_a_build_encodes_everything_anew(home: Home) -> None:
    build(home)
    for path in home.root.glob("embeddings*"):
        path.unlink()
    assert build(home).encoded == len(texts_of(home))


def test_a_damaged_cache_costs_an_encoding_and_nothing_else(home: Home) -> None:
    build(home)
    wanted = outline(answers(engine(home)))
    home.embeddings.write_bytes(b"\xa5" * home.embeddings.stat().st_size)
    assert build(home).encoded == len(texts_of(home))
    assert outline(answers(engine(home))) == wanted


def test_another_encoder_has_its_own_vectors(home: Home) -> None:
    build(home)
    other = CountingEncoder(32)
    build_index(home, other, ANALYSER)
    assert sorted(other.texts) == sorted(texts_of(home))
    assert build(home).encoded == 0
    with EmbeddingCache(home.embeddings) as cache:
        assert cache.count == 2 * len(texts_of(home))


def test_an_update_with_another_encoder_is_refused(home: Home) -> None:
    build(home)
    stock(home, crowd(1))
    message = "the index was built by the encoder 'hashing-64@v1', but 'hashing-32@v1' is loaded"
    with pytest.raises(EncoderMismatch, match=message):
        update_index(home, CountingEncoder(32), ANALYSER)
    assert engine(home).info.encoder == ENCODER.id
    assert update(home).written == 1


# Who is left out


def test_the_suppressed_are_left_out(home: Home) -> None:
    one, handled = corpus()[1], next(one for one in corpus() if one.handle == "mira.cooks")
    suppress(home, one, replace(handled, id=creator("Known Elsewhere").id))  # the same handle
    report = build(home)
    assert indexed(home) == {other.id for other in corpus()} - {one.id, handled.id}
    assert report.creators == len(corpus()) - 2


def test_everybody_suppressed_is_an_empty_index(tmp_path: Path) -> None:
    home = Home(tmp_path)
    stock(home, corpus()[:2])
    suppress(home, *corpus()[:2])
    assert build(home).creators == 0
    assert indexed(home) == set()


# What an interruption leaves


@pytest.mark.parametrize("step", [("indexing", 15), ("indexing", 30), ("finishing", 0)])
def test_an_interruption_leaves_what_was_served(
    home: Home, step: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(home)
    served, wanted = folder(home), outline(answers(engine(home)))
    everybody = [*corpus(), creator("Newcomer", bio="Chess by lamplight")]
    stock(home, everybody)
    monkeypatch.setattr(build_module, "CHUNK", 15)
    with pytest.raises(KeyboardInterrupt):
        build_index(home, ENCODER, ANALYSER, Recorder(step))

    assert folder(home) == served
    assert outline(answers(engine(home))) == wanted
    report = build(home)
    assert report.creators == len(everybody)
    assert list((home.index / "building").iterdir()) == []
    assert indexed(home) == {one.id for one in everybody}


def test_an_interrupted_update_leaves_what_was_served(home: Home) -> None:
    build(home)
    served = folder(home)
    stock(home, crowd(4))
    for step in (("indexing", 4), ("finishing", 0)):
        with pytest.raises(KeyboardInterrupt):
            update_index(home, ENCODER, ANALYSER, Recorder(step))
        assert folder(home) == served
        verify_index(home)
    assert update(home).written == 4


def test_an_interruption_after_the_switch_leaves_the_new_one(home: Home) -> None:
    before = build(home).generation
    with pytest.raises(KeyboardInterrupt):
        build_index(home, ENCODER, ANALYSER, Recorder(("finishing", 1)))
    assert folder(home).name > before
    verify_index(home)


def test_what_was_encoded_before_an_interruption_is_not_encoded_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module, "CHUNK", 15)
    first, second = CountingEncoder(), CountingEncoder()
    with pytest.raises(KeyboardInterrupt):
        build_index(home, first, ANALYSER, Recorder(("indexing", 15)))
    build_index(home, second, ANALYSER)
    assert first.texts
    assert sorted(first.texts + second.texts) == sorted(texts_of(home))


def test_a_first_build_that_was_interrupted_publishes_nothing(home: Home) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_index(home, ENCODER, ANALYSER, Recorder(("finishing", 0)))
    with pytest.raises(IndexMissing):
        verify_index(home)
    assert build(home).whole


# Verifying


def test_verifying_returns_the_manifest(home: Home) -> None:
    with pytest.raises(IndexMissing):
        verify_index(home)
    report = build(home)
    assert verify_index(home).generation == report.generation


def test_verifying_names_the_damaged_file(home: Home) -> None:
    build(home)
    (folder(home) / "segment-0" / "ids.json").write_text("[]")
    with pytest.raises(IndexDamaged, match=r"segment-0/ids\.json has 2 bytes instead of"):
        verify_index(home)
