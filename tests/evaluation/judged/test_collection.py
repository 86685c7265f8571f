"""A collection becomes an installation: chosen creators, first posts, built once and again when needed."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from discovery.creator import Creator
from discovery.errors import InvalidInput
from evaluation.judged.collection import MARK, Collection, build_collection
from indexer.analysis import StandardAnalyser
from indexer.home import Home
from indexer.store import Store
from tests.indexer.installation import CountingEncoder, build, crowd, generations, indexed, stock

POSTS = [
    {"id": "old", "text": "an old post about kites", "published_at": "2024-01-01"},
    {"id": "new", "text": "a new post about boats", "published_at": "2026-01-01"},
    {"id": "last", "text": "a post about lamps", "published_at": "2025-01-01"},
]


def line(name: str, **more: Any) -> Mapping[str, object]:
    given = {"id": f"instagram:{name}", "platform": "instagram", "name": f"Invented {name}"}
    return given | {"fictional": True, "posts": POSTS} | more


def write(folder: Path, *lines: Mapping[str, object] | bytes) -> Path:
    path = folder / "creators.jsonl"
    path.write_bytes(b"\n".join(one if isinstance(one, bytes) else orjson.dumps(one) for one in lines))
    return path


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


def make(home: Path, collection: Collection, encoder: CountingEncoder, cache: Path | None = None) -> bool:
    return build_collection(
        Home(home), collection, encoder, StandardAnalyser(), cache=cache, progress=lambda *_told: None
    )


def stored(home: Path) -> list[Creator]:
    with Store(Home(home).store) as store:
        return list(store.creators())


def chosen(folder: Path, text: str) -> Path:
    path = folder / "ids.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_listed_creators_and_their_first_posts_in_the_order_of_the_file(
    tmp_path: Path, encoder: CountingEncoder
) -> None:
    file = write(tmp_path, line("a"), line("b c"), b"  ", line("d"))
    ids = chosen(tmp_path, "instagram:d\ninstagram:b c\n")
    assert make(tmp_path / "home", Collection(file=file, ids=ids, posts=2), encoder)
    found = stored(tmp_path / "home")
    assert [one.id for one in found] == ["instagram:b c", "instagram:d"]
    assert [[post.id for post in one.posts] for one in found] == [["new", "old"]] * 2
    assert found[0].provenance["name"].source == "creators.jsonl"
    assert indexed(Home(tmp_path / "home")) == {"instagram:b c", "instagram:d"}


def test_without_a_choice_everybody_and_every_post(tmp_path: Path, encoder: CountingEncoder) -> None:
    make(tmp_path / "home", Collection(file=write(tmp_path, line("a"), line("b", posts=[]))), encoder)
    assert [len(one.posts) for one in stored(tmp_path / "home")] == [3, 0]


def test_what_fits_is_used_again(tmp_path: Path, encoder: CountingEncoder) -> None:
    collection = Collection(file=write(tmp_path, line("a"), line("b")), posts=2)
    home = tmp_path / "home"
    assert make(home, collection, encoder)
    before, texts = generations(Home(home)), list(encoder.texts)
    assert not make(home, collection, encoder)
    assert (generations(Home(home)), encoder.texts) == (before, texts)


def test_other_records_are_built_anew_from_known_vectors(tmp_path: Path, encoder: CountingEncoder) -> None:
    file, home = write(tmp_path, line("a"), line("b")), tmp_path / "home"
    make(home, Collection(file=file, posts=1), encoder)
    assert make(home, Collection(file=file, posts=2), encoder)
    assert encoder.texts == ["an old post about kites", "a new post about boats"]
    assert [len(one.posts) for one in stored(home)] == [2, 2]
    assert make(home, Collection(file=write(tmp_path, line("a")), posts=2), encoder)
    assert indexed(Home(home)) == {"instagram:a"}
    assert len(generations(Home(home))) == 1


def test_another_encoder_or_a_lost_index_is_built_anew(tmp_path: Path, encoder: CountingEncoder) -> None:
    collection, home = Collection(file=write(tmp_path, line("a"))), tmp_path / "home"
    make(home, collection, encoder)
    assert make(home, collection, CountingEncoder(32))
    shutil.rmtree(Home(home).index)
    assert make(home, collection, CountingEncoder(32))
    (home / MARK).unlink()
    Home(home).store.unlink()
    assert make(home, collection, CountingEncoder(32))


def test_vectors_of_another_installation_are_taken_over(tmp_path: Path, encoder: CountingEncoder) -> None:
    collection = Collection(file=write(tmp_path, line("a"), line("b")))
    make(tmp_path / "first", collection, encoder)
    second = CountingEncoder()
    make(tmp_path / "second", collection, second, cache=tmp_path / "first")
    assert (len(encoder.texts), second.texts) == (3, [])
    make(tmp_path / "third", collection, second, cache=tmp_path)
    assert len(second.texts) == 3


def test_an_installation_of_somebody_is_left_alone(tmp_path: Path, encoder: CountingEncoder) -> None:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    stock(home, crowd(3))
    build(home)
    before = indexed(home)
    with pytest.raises(InvalidInput, match="holds creators of its own; give a new folder"):
        make(home.root, Collection(file=write(tmp_path, line("a"))), encoder)
    assert indexed(home) == before


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"{", "creators.jsonl, line 3: is not JSON"),
        (b"[1]", "creators.jsonl, line 3: is not one JSON object; write one creator a line"),
        (line("c", platform="myspace"), "creators.jsonl, line 3: platform"),
        (line("c", posts="none"), "creators.jsonl, line 3: posts"),
    ],
)
def test_a_bad_line_is_named_by_its_number_in_the_file(
    tmp_path: Path, encoder: CountingEncoder, bad: Mapping[str, object] | bytes, told: str
) -> None:
    file = write(tmp_path, line("left out"), line("a"), bad)
    ids = chosen(tmp_path, "instagram:a\ninstagram:c\n")
    with pytest.raises(InvalidInput) as refused:
        make(tmp_path / "home", Collection(file=file, ids=ids, posts=1), encoder)
    assert str(refused.value).startswith(told)
    assert not (tmp_path / "home").exists()


def test_missing_creators_and_an_empty_file_are_refused(tmp_path: Path, encoder: CountingEncoder) -> None:
    file, ids = write(tmp_path, line("a")), chosen(tmp_path, "instagram:a\ninstagram:gone\n")
    with pytest.raises(InvalidInput, match=r"1 of its creators are not in creators.jsonl, .*instagram:gone"):
        make(tmp_path / "home", Collection(file=file, ids=ids), encoder)
    with pytest.raises(InvalidInput, match="holds no creator to search"):
        make(tmp_path / "home", Collection(file=write(tmp_path, b"")), encoder)
