"""Handing out the current generation: opened on first use, followed, and never swapped for a worse one."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from discovery.brief import Brief
from discovery.errors import EncoderMismatch, IndexDamaged, IndexMissing
from embeddings.hashing_encoder import HashingEncoder
from indexer.build import build_index
from indexer.documents import SCHEMA
from indexer.embedded import vectors
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.files import replace_text
from indexer.embedded.generations import FolderGenerations
from indexer.home import Home
from tests.fictional import corpus, creator
from tests.indexer.installation import (
    ANALYSER,
    ENCODER,
    answers,
    build,
    crowd,
    engine,
    folder,
    generations,
    matcher,
    outline,
    stock,
    update,
)

INTERVAL = 0.02
PATIENCE = 30


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    stock(made, corpus())
    build(made)
    return made


def open_generations(home: Home) -> FolderGenerations:
    """Follow an installation."""
    return FolderGenerations(home.index, encoder=ENCODER.id, analyser=ANALYSER.id)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread is about to do."""
    pause = Event()
    for _ in range(int(PATIENCE / INTERVAL)):
        if condition():
            return
        pause.wait(INTERVAL)
    pytest.fail(f"did not happen within {PATIENCE} s")


def damage(path: Path) -> bytes:
    """Flip a bit of a file and return what was in it."""
    content = path.read_bytes()
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    return content


def test_the_first_use_opens_and_later_ones_do_not(home: Home) -> None:
    served = open_generations(home)
    first = served.current()
    assert first.info.id == folder(home).name
    assert served.current() is first
    assert not served.refresh()
    assert served.current() is first


def test_a_refresh_goes_over_to_the_new_one(home: Home) -> None:
    served = open_generations(home)
    first = served.current()
    stock(home, [creator("Newcomer", bio="Lighthouse keeper")])
    build(home)

    assert served.current() is first
    assert served.refresh()
    assert served.current().info.id == generations(home)[-1]
    assert served.current().info.creators == first.info.creators + 1


def test_nothing_published(tmp_path: Path) -> None:
    served = open_generations(Home(tmp_path))
    for _ in range(2):
        with pytest.raises(IndexMissing, match="run `nichescout index` after importing creators"):
            served.current()


def test_the_first_index_may_come_later(tmp_path: Path) -> None:
    home = Home(tmp_path)
    served = open_generations(home)
    with pytest.raises(IndexMissing):
        served.current()
    stock(home, corpus())
    build(home)
    assert served.current().info.creators == len(corpus())


def test_an_index_of_another_encoder_is_refused_by_name(home: Home) -> None:
    served = FolderGenerations(home.index, encoder="another-model/1", analyser=ANALYSER.id)
    with pytest.raises(EncoderMismatch) as caught:
        served.current()
    assert str(caught.value) == (
        f"the index was built by the encoder {ENCODER.id!r}, but 'another-model/1' is loaded; run "
        "`nichescout index` to build it anew, or start with the encoder it was built by (--encoder)"
    )


def test_a_new_index_of_another_encoder_does_not_replace_the_old(home: Home) -> None:
    served = open_generations(home)
    first = served.current()
    build_index(home, HashingEncoder(32), ANALYSER)
    with pytest.raises(EncoderMismatch, match=r"'hashing-32@v1', but 'hashing-64@v1' is loaded"):
        served.refresh()
    assert served.current() is first
    assert answers(first)


def test_another_analyser_is_refused(home: Home) -> None:
    served = FolderGenerations(home.index, encoder=ENCODER.id, analyser="other-2")
    with pytest.raises(IndexDamaged, match=rf"another version \(analyser {ANALYSER.id}, schema {SCHEMA}\)"):
        served.current()


def test_a_damaged_index_is_refused_when_there_is_no_other(home: Home) -> None:
    damage(folder(home) / "live.npy")
    with pytest.raises(IndexDamaged, match=r"live\.npy was changed"):
        open_generations(home).current()


def test_a_damaged_new_index_leaves_the_old_one_served(home: Home) -> None:
    served = open_generations(home)
    first = served.current()
    build(home)
    content = damage(folder(home) / "segment-0" / "records.zst")
    with pytest.raises(IndexDamaged, match=r"records\.zst was changed"):
        served.refresh()
    assert served.current() is first

    (folder(home) / "segment-0" / "records.zst").write_bytes(content)
    assert served.refresh()
    assert served.current() is not first


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "was changed": lambda content: bytes([content[0] ^ 1]) + content[1:],
    "bytes instead of": lambda content: content[:-1],
}


@pytest.mark.parametrize("words", DAMAGES)
@pytest.mark.parametrize("name", ["themes.f32", "themes.ivf", "costs.json", "vectors.f32"])
def test_damaged_vectors_are_refused_by_name(
    home: Home, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    """Themes decide the order: not one bit of them may differ, nor of the index over them."""
    served = open_generations(home)
    first = served.current()
    monkeypatch.setattr(vectors, "MIN_APPROXIMATE", 100)
    stock(home, crowd(100))
    build(home)
    path = folder(home) / "segment-0" / name
    content = path.read_bytes()
    path.write_bytes(DAMAGES[words](content))
    for attempt in (served.refresh, lambda: open_generation(folder(home))):
        with pytest.raises(IndexDamaged, match=words) as caught:
            attempt()
        assert str(path) in str(caught.value)
    assert served.current() is first
    path.unlink()
    with pytest.raises(IndexDamaged, match=f"{path} is missing"):
        served.refresh()
    path.write_bytes(content)
    assert served.refresh()
    assert served.current() is not first


def test_the_watch_says_what_is_wrong_and_goes_on(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    served = open_generations(home)
    first = served.current()
    with caplog.at_level(logging.INFO):
        served.watch(INTERVAL)
        stock(home, [creator("Newcomer")])
        pointer = (home.index / "CURRENT").read_text()
        (home.index / "CURRENT").write_bytes(b"\xff")
        wait_until(lambda: served.problem is not None)
        assert "CURRENT cannot be read" in str(served.problem)
        assert served.current() is first

        replace_text(home.index / "CURRENT", "20200101T000000.000000Z\n")
        wait_until(lambda: "20200101T000000" in str(served.problem))
        assert served.current() is first

        replace_text(home.index / "CURRENT", pointer)
        wait_until(lambda: served.problem is None)
        assert served.current() is first

        build(home)
        wait_until(lambda: served.current() is not first)
    assert caplog.text.count("CURRENT cannot be read") == 1
    assert f"serving generation {folder(home).name}" in caplog.text


def test_no_request_fails_while_generations_come_and_go(home: Home) -> None:
    """Searches in threads, while the index is built, updated and pruned under them."""
    served = open_generations(home)
    served.current()
    served.watch(INTERVAL)
    search = replace(matcher(served.current()), engine=served.current).search
    brief = Brief(query="vegan recipes", limit=100)
    everybody = set(search(brief).ids)
    done, failures, seen = Event(), list[str](), set[str]()

    def ask() -> None:
        while not (done.is_set() or failures):
            try:
                ranking = search(brief)
                seen.add(ranking.generation)
                assert everybody <= set(ranking.ids)
            except Exception as error:  # any failure of a request is what this looks for
                failures.append(repr(error))

    threads = [Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for turn in range(4):
            stock(home, crowd(5, seed=turn))
            (build if turn % 2 else update)(home)
            wait_until(lambda: folder(home).name in seen or bool(failures))
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert len(everybody) > 30
    assert len(seen) == 5
    assert len(generations(home)) == 2


def test_an_engine_answers_on_after_its_files_are_gone(home: Home) -> None:
    old = engine(home)
    before = answers(old)
    first = generations(home)[0]
    for seed in range(3):
        stock(home, crowd(3, seed))
        build(home)
    assert len(generations(home)) == 2
    assert first not in generations(home)

    after = answers(old)
    assert outline(after) == outline(before)
    assert [ranking.matches for ranking in after] == [ranking.matches for ranking in before]
    assert [one.id for one in old.read([one.id for one in corpus()])] == [one.id for one in corpus()]


def test_the_files_of_an_open_generation_are_checked_first(home: Home) -> None:
    """Every listed file, whichever it is; the engine is not even begun."""
    for path in sorted(one for one in folder(home).rglob("*") if one.is_file()):
        content = path.read_bytes()
        path.unlink()
        with pytest.raises(IndexDamaged) as caught:
            open_generation(folder(home))
        assert str(path if path.name != "manifest.json" else path.parent) in str(caught.value)
        path.write_bytes(content)
    assert isinstance(open_generation(folder(home)), EmbeddedEngine)
