"""Forgetting: nobody finds them, no file holds them, and they do not come back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson
import pytest
import zstandard

from discovery.brief import Brief
from discovery.creator import Contact, Creator, CreatorId, Platform, creator_id
from discovery.errors import CreatorNotFound, IndexMissing
from discovery.ports import Vectors
from indexer import forget as forget_module
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, document
from indexer.embedded.keywords import KeywordIndex, creator_key
from indexer.embedded.layout import Layout
from indexer.embedded.writer import CREATORS, PASSAGES
from indexer.embedding_cache import EmbeddingCache, text_hash
from indexer.forget import ForgetReport, forget
from indexer.home import Home
from indexer.importers.load import import_files
from indexer.index import IndexBusy
from indexer.records import to_json
from indexer.store import Store
from indexer.suppression import SuppressionList
from indexer.theme import theme
from tests.fictional import corpus, creator, post
from tests.indexer.installation import (
    ANALYSER,
    ENCODER,
    answers,
    build,
    crowd,
    engine,
    generations,
    indexed,
    matcher,
    outline,
    stock,
    update,
)

UNIQUE = "Zanthoxylumbrella"
"""A word that nobody but the forgotten person uses, anywhere."""
PERSON = creator(
    f"{UNIQUE} Inventella",
    id=f"instagram:{UNIQUE}",
    handle=UNIQUE,
    url=f"https://instagram.example/{UNIQUE}",
    bio=f"All about {UNIQUE} and vegan lamps",
    followers=4_321,
    categories=("food",),
    contacts=(Contact(type="email", value=f"{UNIQUE}@example.org"),),
    posts=(
        post(f"{UNIQUE} on Monday", id="p1", hashtags=(UNIQUE,), mentions=(UNIQUE,)),
        post(f"{UNIQUE} on Tuesday, with a very long caption " + "and more " * 60, id="p2", age=20),
    ),
)
EARLIER = replace(PERSON, bio=f"{UNIQUE} as she once was", posts=(post(f"{UNIQUE} years ago", id="p1"),))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An installation that knew an earlier state of the person, and follows by an update."""
    made = Home(tmp_path / "home")
    stock(made, [*corpus(), *crowd(40), EARLIER])
    build(made)
    stock(made, [PERSON])
    update(made)
    return made


def run(home: Home, *ids: CreatorId) -> ForgetReport:
    """Forget people."""
    return forget(home, ids, ENCODER, ANALYSER)


def words_of(creators: Iterable[Creator]) -> set[bytes]:
    """Return the unique word as files might hold it: as it is, folded, stemmed."""
    return {UNIQUE.encode(), UNIQUE.casefold().encode(), ANALYSER.terms(UNIQUE)[0].encode()}


def texts_of(*creators: Creator) -> list[str]:
    """Return the texts that were encoded for creators."""
    return [passage.text for one in creators for passage in document(one).passages if passage.text]


def theme_of(one: Creator) -> Vectors:
    """Return the theme of a creator as an index holds it."""
    return theme(ENCODER.encode_documents(texts_of(one)), ENCODER.dimension)


def contents(home: Home) -> Iterator[tuple[Path, bytes]]:
    """Yield every file as it is, and unpacked where it is packed."""
    for path in sorted(one for one in home.root.rglob("*") if one.is_file()):
        content = path.read_bytes()
        yield path, content
        if path.suffix == ".zst":
            yield path, unpacked(content)
        if path.suffix == ".npz":
            with np.load(path) as arrays:
                yield path, b"".join(arrays[name].tobytes() for name in arrays.files)


def unpacked(frames: bytes) -> bytes:
    """Unpack zstd frame after frame."""
    whole = b""
    while frames:
        frame = zstandard.ZstdDecompressor().decompressobj()
        whole += frame.decompress(frames)
        frames = frame.unused_data
    return whole


def holders(home: Home, *people: Creator) -> set[str]:
    """Return the files that hold a word, a text, its hash, its vector or the theme of people."""
    texts = texts_of(*people)
    wanted = words_of(people)
    wanted |= {vector.tobytes() for vector in ENCODER.encode_documents(texts)}
    wanted |= {theme_of(one).tobytes() for one in people}
    wanted |= {text_hash(text) for text in texts}
    found = {path for path, content in contents(home) if any(one in content for one in wanted)}
    for words, fields in ((PASSAGES, PASSAGE_FIELDS), (CREATORS, CREATOR_FIELDS)):
        for path in home.root.glob(f"index/*/*/{words}"):  # packed beyond recognition: ask
            parts = [orjson.loads(part.read_bytes()) for part in path.parent.glob("segment-*/ids.json")]
            keys = [creator_key(row) for row in range(sum(map(len, parts)))]
            asked = dict.fromkeys(ANALYSER.terms(UNIQUE), 1.0)
            if KeywordIndex(path, keys, fields).best(asked, 1).rows.size:
                found.add(path)
    return {path.relative_to(home.root).as_posix() for path in found}


def import_again(home: Home, *people: Creator) -> int:
    """Import people from a file and return how many were refused as suppressed."""
    path = home.root.parent / "again.jsonl"
    path.write_bytes(b"".join(to_json(one) + b"\n" for one in people))
    with Store(home.store) as store, SuppressionList(home.suppression) as suppression:
        report = import_files([path], store, suppression)
    path.unlink()
    assert report.bad == 0
    return report.suppressed


def stored(home: Home) -> set[CreatorId]:
    """Return who is in the store."""
    with Store(home.store) as store:
        return set(store.ids())


def test_the_search_for_traces_finds_them_before(home: Home) -> None:
    """Otherwise finding none afterwards would prove nothing."""
    found = holders(home, PERSON, EARLIER)
    assert {"store.sqlite3", "embeddings.sqlite3"} <= found
    names = ("records.zst", "vectors.f32", "themes.f32", "ids.json", "arrays.npz", PASSAGES, CREATORS)
    for name in names:
        assert {path for path in found if path.endswith(name)}, name
    assert len({path.split("/")[2] for path in found if path.startswith("index/")}) == 2


def test_no_file_holds_them_afterwards(home: Home) -> None:
    assert run(home, PERSON.id) == ForgetReport(erased=1, not_stored=0)
    assert holders(home, PERSON, EARLIER) == set()
    assert stored(home) == indexed(home) == {one.id for one in [*corpus(), *crowd(40)]}
    assert len(generations(home)) == 1


def test_the_others_are_all_there(home: Home) -> None:
    run(home, PERSON.id)
    clean = Home(home.root.parent / "clean")
    stock(clean, [*corpus(), *crowd(40)])
    build(clean)
    assert outline(answers(engine(home))) == outline(answers(engine(clean)))
    assert build(home).encoded == 0  # the cache kept what is theirs


def test_they_do_not_come_back(home: Home) -> None:
    run(home, PERSON.id)
    elsewhere = replace(PERSON, id=creator_id("other-source:77"), name="Another Name", url=None)
    by_address = creator(
        "Third Name", id="third:1", url=f"https://www.instagram.example/{UNIQUE}/?igsh=1", bio="x"
    )
    assert import_again(home, PERSON, elsewhere, by_address, crowd(1, seed=9)[0]) == 3
    for work in (update, build):
        work(home)
        assert indexed(home) == {one.id for one in [*corpus(), *crowd(40), *crowd(1, seed=9)]}
    assert holders(home, PERSON, EARLIER) == set()


def test_they_are_hidden_from_an_index_that_still_holds_them(home: Home) -> None:
    """A server that has the old generation open asks the suppression list."""
    old = engine(home)
    found = replace(matcher(old), suppressed=lambda _: False).search(Brief(query=UNIQUE, limit=5))
    assert found.ids[0] == PERSON.id
    run(home, PERSON.id)
    with SuppressionList(home.suppression) as suppression:
        hiding = replace(matcher(old), suppressed=suppression.is_suppressed)
        assert PERSON.id not in hiding.search(Brief(query=UNIQUE, limit=100)).ids
        with pytest.raises(CreatorNotFound):
            hiding.creator(PERSON.id)


def test_stored_under_another_id_they_go_too(home: Home) -> None:
    """The same handle on the same platform; and the same address as that record."""
    by_handle = creator(
        "Second Record",
        id="agency:5",
        handle=f"@{UNIQUE.upper()}",
        url="https://links.example/second",
        bio="a",
    )
    by_its_address = creator("Third Record", id="agency:6", url="http://links.example/second/", bio="b")
    other_platform = creator("Namesake", id="agency:7", platform=Platform.YOUTUBE, handle=UNIQUE, bio="c")
    stock(home, [by_handle, by_its_address, other_platform])
    update(home)

    assert run(home, PERSON.id) == ForgetReport(erased=3, not_stored=0)
    assert {by_handle.id, by_its_address.id, PERSON.id} & (stored(home) | indexed(home)) == set()
    assert other_platform.id in stored(home) & indexed(home)
    assert import_again(home, by_its_address, by_handle, other_platform) == 2


def test_an_unknown_id_is_suppressed_all_the_same(home: Home) -> None:
    later = creator("Later Person", id="tiktok:later", platform=Platform.TIKTOK, bio="soon")
    other_id = replace(later, id=creator_id("agency:9"), handle="@Later")
    before = indexed(home)
    assert run(home, later.id) == ForgetReport(erased=0, not_stored=1)
    assert indexed(home) == before
    assert import_again(home, later, other_id) == 2
    assert stored(home) == before


def test_an_unknown_id_finds_who_is_stored_by_that_handle(home: Home) -> None:
    stock(home, [creator("Handled", id="agency:1", handle="hand.led", bio="x")])
    update(home)
    assert run(home, creator_id("instagram:hand.led")) == ForgetReport(erased=1, not_stored=1)
    assert creator_id("agency:1") not in stored(home) | indexed(home)


def test_several_at_once(home: Home) -> None:
    others = [crowd(40)[0], crowd(40)[5]]
    report = run(home, PERSON.id, others[0].id, creator_id("x:nobody"), others[1].id, PERSON.id)
    assert report == ForgetReport(erased=3, not_stored=1)
    assert holders(home, PERSON, EARLIER) == set()
    left = {one.id for one in [*corpus(), *crowd(40)]} - {one.id for one in others}
    assert stored(home) == indexed(home) == left
    assert import_again(home, PERSON, *others) == 3


def test_the_same_again(home: Home) -> None:
    run(home, PERSON.id)
    assert run(home, PERSON.id) == ForgetReport(erased=0, not_stored=1)
    assert holders(home, PERSON, EARLIER) == set()
    assert import_again(home, PERSON) == 1


def test_the_only_creator_takes_the_index_along(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    stock(home, [EARLIER])
    build(home)
    stock(home, [PERSON])
    update(home)
    old = engine(home)
    assert run(home, PERSON.id) == ForgetReport(erased=1, not_stored=0)

    assert holders(home, PERSON, EARLIER) == set()
    assert generations(home) == []
    with EmbeddingCache(home.embeddings) as cache:
        assert cache.count == 0
    with pytest.raises(IndexMissing):
        Layout(home.index).current()
    with SuppressionList(home.suppression) as suppression:
        hiding = replace(matcher(old), suppressed=suppression.is_suppressed)
        assert hiding.search(Brief(query=UNIQUE)).ids == []
    with pytest.raises(IndexMissing, match="the store is empty"):
        build(home)

    assert run(home, PERSON.id) == ForgetReport(erased=0, not_stored=1)
    assert import_again(home, PERSON, *corpus()[:3]) == 1
    build(home)
    assert indexed(home) == {one.id for one in corpus()[:3]}


def test_before_there_is_any_index(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert run(home, PERSON.id) == ForgetReport(erased=0, not_stored=1)
    assert import_again(home, PERSON, corpus()[0]) == 1
    build(home)
    assert indexed(home) == {corpus()[0].id}


def test_leftovers_of_an_interrupted_build_go_too(home: Home) -> None:
    half = Layout(home.index).building("half")
    half.mkdir()
    (half / "records.zst").write_bytes(zstandard.ZstdCompressor().compress(to_json(PERSON)))
    (half / "ids.json").write_text(UNIQUE)
    run(home, PERSON.id)
    assert holders(home, PERSON, EARLIER) == set()


def test_a_cache_that_was_set_aside_goes_too(home: Home) -> None:
    home.embeddings.with_name("embeddings.sqlite3.damaged").write_bytes(home.embeddings.read_bytes())
    run(home, PERSON.id)
    assert holders(home, PERSON, EARLIER) == set()


def test_while_somebody_builds_they_are_hidden_and_the_rest_follows(home: Home) -> None:
    with Layout(home.index).building_lock(), pytest.raises(IndexBusy, match="wait for it and try again"):
        run(home, PERSON.id)
    assert PERSON.id not in stored(home)
    assert import_again(home, PERSON) == 1
    assert run(home, PERSON.id) == ForgetReport(erased=0, not_stored=1)
    assert holders(home, PERSON, EARLIER) == set()


@pytest.mark.parametrize("step", ["_erase_suppressed", "build_index", "EmbeddingCache"])
def test_repeating_completes_what_was_stopped(home: Home, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def stop(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(forget_module, step, stop)
        with pytest.raises(KeyboardInterrupt):
            run(home, PERSON.id)
    with SuppressionList(home.suppression) as suppression:
        assert suppression.is_suppressed(PERSON)
    run(home, PERSON.id)
    assert holders(home, PERSON, EARLIER) == set()
    assert PERSON.id not in indexed(home)
