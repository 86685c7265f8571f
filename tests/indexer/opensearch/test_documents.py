"""A creator as documents of the cluster: golden bodies, keys, texts, and vectors written as text."""

from dataclasses import replace
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Creator, CreatorId, creator_id
from discovery.ports import Vectors
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, document
from indexer.opensearch.bulk_requests import LONGEST_ID
from indexer.opensearch.documents import (
    Texts,
    creator_body,
    creator_key,
    packed,
    passage_bodies,
    passage_key,
    people_body,
    source,
    unpacked,
    word_body,
)
from indexer.opensearch.mapping import NOTHING, Copies, Lengths, index_bodies
from indexer.records import from_object, to_json
from indexer.theme import theme
from tests import strategies
from tests.contracts.pair import ANALYSER, ENCODER
from tests.fictional import INJECTION, creator, posts, stated
from tests.indexer.opensearch.golden_case import check

ONE = creator(
    "Ada Testperson",
    handle="ada.bakes",
    bio="Bread and #SlowFood",
    followers=1_200,
    country="DE",
    posts=posts("Rye bread", "", hashtags=("Bread",), mentions=("mill.invented",)),
    provenance=stated("followers", "posts"),
)
SILENT = creator("Nothing Said")
VECTORS = np.array([[0.6, 0.8], [0.6, 0.8], [0.8, 0.6]], dtype=np.float32)
NO_VECTORS = np.empty((0, 2), dtype=np.float32)


def creator_texts() -> Texts:
    return Texts(ANALYSER, CREATOR_FIELDS)


def passage_texts() -> Texts:
    return Texts(ANALYSER, PASSAGE_FIELDS)


def whole(one: Creator, vectors: Vectors, *, sampled: bool = False) -> Any:
    """Return the document of a creator as the cluster gets it."""
    made = document(one)
    return orjson.loads(source(creator_body(made, to_json(one), vectors, creator_texts(), sampled=sampled)))


def parts(one: Creator, vectors: Vectors) -> list[Any]:
    """Return the documents of a creator's passages as the cluster gets them."""
    return [orjson.loads(source(body)) for body in passage_bodies(document(one), vectors, passage_texts())]


def encoded(one: Creator) -> Vectors:
    """Return the vectors of a creator's passages with text."""
    return ENCODER.encode_documents([passage.text for passage in document(one).passages if passage.text])


def test_golden_documents() -> None:
    check(
        "documents",
        {
            "a creator": whole(ONE, VECTORS),
            "a creator of the sample, their record left out here": whole(ONE, VECTORS, sampled=True)
            | {"record": "…"},
            "their passages": parts(ONE, VECTORS),
            "a creator without any text": whole(SILENT, NO_VECTORS, sampled=True),
            "their only passage": parts(SILENT, NO_VECTORS),
            "a telling word": orjson.loads(source(word_body(7, "bread", "bread", VECTORS[0]))),
        },
    )


@given(strategies.creators(), st.booleans())
def test_documents_hold_what_the_mapping_knows(one: Creator, sampled: bool) -> None:
    """The mapping is strict: the cluster would refuse a document with another field."""
    mapped = index_bodies(Copies(), ENCODER.dimension, {})
    vectors = encoded(one)
    body = whole(one, vectors, sampled=sampled)
    assert body.keys() <= mapped["creators"]["mappings"]["properties"].keys()
    for passage in parts(one, vectors):
        assert passage.keys() <= mapped["passages"]["mappings"]["properties"].keys()
    word = word_body(0, "a", "b", vectors[:1] if len(vectors) else np.zeros((1, 2), np.float32))
    people = people_body(0, [(one.id, creator_id("x:other"))])
    assert word.keys() | people.keys() == mapped["words"]["mappings"]["properties"].keys()


@given(strategies.creators(), st.booleans())
def test_documents_hold_the_creator(one: Creator, sampled: bool) -> None:
    made, vectors = document(one), encoded(one)
    body, passages = whole(one, vectors, sampled=sampled), parts(one, vectors)
    assert from_object(body["record"]) == one
    assert body["creator"] == one.id
    assert body["passages"] == len(vectors)
    assert ("theme" in body) == ("theme" in body["known"]) == bool(len(vectors))
    assert [passage["position"] for passage in passages] == [passage.position for passage in made.passages]
    spoken = [passage["vector"] for passage in passages if passage.get("spoken")]
    np.testing.assert_array_equal(np.array(spoken, np.float32).reshape(-1, ENCODER.dimension), vectors)
    for passage, wanted in zip(passages, made.passages, strict=True):
        assert ("vector" in passage) == ("spoken" in passage) == bool(wanted.text)


@given(strategies.creators())
def test_the_sample_can_be_read_without_the_passages(one: Creator) -> None:
    made, vectors = document(one), encoded(one)
    body = whole(one, vectors, sampled=True)
    assert body["sampled"] is True
    assert ("sample" in body) == bool(len(vectors))
    if "sample" in body:
        kept = body["sample"]
        wanted = theme(vectors, ENCODER.dimension)
        np.testing.assert_array_equal(unpacked(kept["theme"], ENCODER.dimension), [wanted])
        spoken = [passage for passage in made.passages if passage.text]
        ofposts = vectors[[place for place, passage in enumerate(spoken) if passage.position >= 0]]
        np.testing.assert_array_equal(unpacked(kept["posts"], ENCODER.dimension), ofposts)
        assert kept["passages"] == len(vectors)
    assert "sample" not in whole(one, vectors)


def test_who_is_not_of_the_sample_does_not_say_so() -> None:
    assert "sampled" not in whole(ONE, VECTORS)


# Texts


@given(st.lists(st.dictionaries(st.sampled_from(list(PASSAGE_FIELDS)), strategies.texts), max_size=5))
def test_texts_are_terms_split_by_spaces_and_counted(given_texts: list[dict[str, str]]) -> None:
    texts = passage_texts()
    wanted = {name: Lengths() for name in PASSAGE_FIELDS}
    for fields in given_texts:
        stored = texts.stored(fields)
        assert stored.keys() == PASSAGE_FIELDS.keys()
        for name in PASSAGE_FIELDS:
            terms = ANALYSER.terms(fields.get(name, ""))
            wanted[name].add(len(terms))
            assert stored[name].split(" ") == (terms or [NOTHING])
    assert texts.lengths == wanted


@given(st.one_of(strategies.texts, st.text(), st.just(f"{NOTHING} {NOTHING}a"), st.just(INJECTION)))
def test_no_text_has_the_term_that_stands_for_none_and_no_term_a_space(text: str) -> None:
    """Else "nothing" would be found by a brief, or a term be split by the cluster."""
    for term in ANALYSER.terms(text):
        assert NOTHING not in term
        assert term.split() == [term]


# Keys


@given(strategies.ids | st.text(min_size=1, max_size=5_000).map(CreatorId))
def test_keys_fit_whatever_the_id(wanted: CreatorId) -> None:
    assert len(creator_key(wanted).encode()) == 32
    assert creator_key(wanted).isascii()
    assert len(passage_key(wanted, 61).encode()) <= LONGEST_ID


@given(
    st.lists(strategies.ids, min_size=2, max_size=2, unique=True),
    st.tuples(st.integers(0, 99), st.integers(0, 99)),
)
def test_no_two_documents_share_a_key(owners: list[CreatorId], places: tuple[int, int]) -> None:
    keys = {passage_key(owner, place) for owner in owners for place in places}
    assert len(keys) == 2 * len(set(places))
    assert creator_key(owners[0]) != creator_key(owners[1])


def test_keys_stay_as_they_are() -> None:
    """An update finds the documents of an older version by them."""
    assert creator_key(creator_id("instagram:ada")) == "162483632203020d138a30ef7b1538cb"
    assert passage_key(creator_id("instagram:ada"), 3) == "162483632203020d138a30ef7b1538cb-3"


# Vectors as text

ROWS = st.lists(st.lists(st.floats(width=32, allow_nan=False), min_size=3, max_size=3), max_size=4).map(
    lambda rows: np.array(rows, dtype=np.float32).reshape(-1, 3)
)


@given(ROWS)
def test_vectors_are_packed_bit_by_bit(vectors: Vectors) -> None:
    got = unpacked(packed(vectors), 3)
    assert got.dtype == np.float32
    assert got.shape == vectors.shape
    assert got.tobytes() == vectors.tobytes()
    assert got.flags.writeable


def test_a_part_of_a_table_is_packed_like_a_copy_of_it() -> None:
    table = np.arange(12, dtype=np.float32).reshape(4, 3)
    assert packed(table[::2, ::-1]) == packed(table[::2, ::-1].copy())


@pytest.mark.parametrize("sampled", [True, False])
def test_a_document_is_one_line(sampled: bool) -> None:
    """As bulk requests send it; whatever line breaks are in the texts."""
    one = replace(ONE, bio="two\nlines\r\nand\u2028more", name="a\nb")
    made = document(one)
    body = creator_body(made, to_json(one), VECTORS, creator_texts(), sampled=sampled)
    for data in (source(body), *map(source, passage_bodies(made, VECTORS, passage_texts()))):
        assert b"\n" not in data
        assert b"\r" not in data
