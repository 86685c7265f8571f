"""The cache of vectors: exact, durable, and never in the way of a build."""

import logging
from collections.abc import Iterator
from pathlib import Path

import apsw
import numpy as np
import pytest
from numpy.typing import NDArray

from discovery.errors import StoreDamaged
from indexer import sqlite_file
from indexer.embedding_cache import EmbeddingCache, text_hash

ENCODER = "invented-model/abc/onnx/fp32"
TEXTS = [f"caption {number} 🌱" for number in range(50)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "embeddings.sqlite3"


@pytest.fixture
def cache(path: Path) -> Iterator[EmbeddingCache]:
    with EmbeddingCache(path) as opened:
        yield opened


def vectors(count: int, dimension: int = 8, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)


def test_gives_back_the_very_numbers(cache: EmbeddingCache) -> None:
    cache.put(ENCODER, TEXTS, vectors(50))

    found, known = cache.get(ENCODER, TEXTS[::-1])
    np.testing.assert_array_equal(found, vectors(50)[::-1])
    assert known.all()
    assert found.dtype == np.float32


def test_what_is_missing_is_marked_and_zero(cache: EmbeddingCache) -> None:
    cache.put(ENCODER, TEXTS[:1], vectors(1))

    found, known = cache.get(ENCODER, ["new", TEXTS[0], "new", TEXTS[0]])
    assert known.tolist() == [False, True, False, True]
    np.testing.assert_array_equal(found[[0, 2]], 0)
    np.testing.assert_array_equal(found[[1, 3]], vectors(1)[[0, 0]])


def test_shapes_when_nothing_is_known(cache: EmbeddingCache) -> None:
    assert cache.get(ENCODER, TEXTS)[0].shape == (50, 0)
    assert cache.get(ENCODER, TEXTS, 8)[0].shape == (50, 8)
    assert cache.get(ENCODER, [])[0].shape == (0, 0)
    cache.put(ENCODER, [], vectors(0))
    assert cache.count == 0


def test_encoders_do_not_see_each_other(cache: EmbeddingCache) -> None:
    cache.put("one", TEXTS, vectors(50))
    cache.put("two", TEXTS, vectors(50, dimension=3, seed=1))

    np.testing.assert_array_equal(cache.get("one", TEXTS)[0], vectors(50))
    np.testing.assert_array_equal(cache.get("two", TEXTS)[0], vectors(50, dimension=3, seed=1))
    assert not cache.get("three", TEXTS)[1].any()
    assert cache.count == 100


def test_putting_again_replaces(cache: EmbeddingCache) -> None:
    cache.put(ENCODER, ["a", "a"], vectors(2))
    cache.put(ENCODER, ["a"], vectors(1, seed=5))

    np.testing.assert_array_equal(cache.get(ENCODER, ["a"])[0], vectors(1, seed=5))
    assert cache.count == 1


def test_another_dimension_is_missing_and_then_replaces(cache: EmbeddingCache) -> None:
    cache.put(ENCODER, TEXTS, vectors(50))

    found, known = cache.get(ENCODER, TEXTS, 3)
    assert found.shape == (50, 3)
    assert not known.any()
    cache.put(ENCODER, TEXTS[:1], vectors(1, dimension=3))
    assert cache.get(ENCODER, TEXTS)[1].tolist() == [True] + [False] * 49


def test_survives_closing(path: Path) -> None:
    with EmbeddingCache(path) as cache:
        cache.put(ENCODER, TEXTS, vectors(50))
    with EmbeddingCache(path) as again:
        assert again.get(ENCODER, TEXTS)[1].all()


def test_as_many_vectors_as_texts(cache: EmbeddingCache) -> None:
    with pytest.raises(ValueError, match=r"2 texts need as many vectors, not an array of shape \(1, 8\)"):
        cache.put(ENCODER, ["a", "b"], vectors(1))


def test_the_hash_is_sixteen_bytes_of_blake2b() -> None:
    assert len(text_hash("")) == 16
    assert text_hash("a") != text_hash("b")
    assert len(text_hash("\ud800")) == 16


def test_what_is_not_kept_leaves_no_byte(cache: EmbeddingCache, path: Path) -> None:
    cache.put("one", TEXTS, vectors(50, dimension=384))
    cache.put("two", TEXTS, vectors(50, dimension=16, seed=1))

    assert cache.keep_only([*TEXTS[:10], *TEXTS[20:], "never cached"]) == 20
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for row, text in enumerate(TEXTS):
        gone = 10 <= row < 20
        assert (vectors(50, dimension=384)[row].tobytes() in left) is not gone
        assert (text_hash(text) in left) is not gone
    assert cache.get("one", TEXTS)[1].tolist() == [not 10 <= row < 20 for row in range(50)]
    np.testing.assert_array_equal(cache.get("two", TEXTS[:10])[0], vectors(50, dimension=16, seed=1)[:10])


def damage(path: Path) -> None:
    with EmbeddingCache(path) as cache:
        cache.put(ENCODER, TEXTS, vectors(50, dimension=384))
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


def test_a_damaged_file_is_set_aside_with_a_warning(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    damage(path)

    with caplog.at_level(logging.WARNING), EmbeddingCache(path) as cache:
        assert not cache.get(ENCODER, TEXTS, 384)[1].any()
        cache.put(ENCODER, TEXTS, vectors(50, dimension=384))
        assert cache.get(ENCODER, TEXTS, 384)[1].all()
    assert "set aside as embeddings.sqlite3.damaged" in caplog.text
    assert len(cache.warnings) == 1
    assert path.with_name("embeddings.sqlite3.damaged").exists()


def test_a_file_of_another_kind_is_set_aside(path: Path) -> None:
    path.write_text("not a database at all " * 100)

    with EmbeddingCache(path) as cache:
        cache.put(ENCODER, TEXTS, vectors(50))
        assert cache.get(ENCODER, TEXTS)[1].all()
    assert len(cache.warnings) == 1


def test_damage_found_while_in_use(path: Path) -> None:
    with EmbeddingCache(path) as cache:
        cache.put(ENCODER, [f"{number}" for number in range(3_000)], vectors(3_000, dimension=384))
    content = bytearray(path.read_bytes())
    content[16_384:] = b"\xa5" * (len(content) - 16_384)
    path.write_bytes(content)

    with EmbeddingCache(path) as cache:
        assert not cache.get(ENCODER, ["1"], 384)[1].any()
        cache.put(ENCODER, ["1"], vectors(1, dimension=384))
        assert cache.get(ENCODER, ["1"], 384)[1].all()
        assert len(cache.warnings) == 1


def test_a_flipped_bit_in_a_vector_makes_it_missing(path: Path) -> None:
    with EmbeddingCache(path) as cache:
        cache.put(ENCODER, TEXTS, vectors(50))
    connection = apsw.Connection(str(path))
    query = "UPDATE vector SET numbers = zeroblob(length(numbers)) WHERE text_hash = ?"
    connection.execute(query, (text_hash(TEXTS[3]),))
    connection.close()

    with EmbeddingCache(path) as cache:
        assert np.flatnonzero(~cache.get(ENCODER, TEXTS)[1]).tolist() == [3]


def test_keeping_only_some_deletes_what_was_set_aside(path: Path) -> None:
    damage(path)

    with EmbeddingCache(path) as cache:
        assert cache.keep_only(TEXTS) == 0
    assert not path.with_name("embeddings.sqlite3.damaged").exists()


def test_a_busy_file_delays_nobody_but_forgetting_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_TIMEOUT_MS", 10)
    with EmbeddingCache(path) as cache:
        holder = apsw.Connection(str(path))
        holder.execute("BEGIN IMMEDIATE")
        cache.put(ENCODER, TEXTS, vectors(50))
        assert "was not used" in cache.warnings[0]
        with pytest.raises(StoreDamaged, match="in use by another process"):
            cache.keep_only([])
        holder.close()
        cache.put(ENCODER, TEXTS, vectors(50))
        assert cache.get(ENCODER, TEXTS)[1].all()


def test_a_folder_in_its_place_is_an_error(path: Path) -> None:
    path.mkdir()

    with pytest.raises(StoreDamaged, match="cannot be used"):
        EmbeddingCache(path)
