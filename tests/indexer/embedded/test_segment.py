"""A segment gives back what was put in: ids, columns, places of passages, vectors and records."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings

from discovery.creator import Creator
from discovery.filters import Filter
from indexer.documents import PROFILE, document
from indexer.embedded.segment import Segment, SegmentWriter
from indexer.records import to_json
from tests import strategies
from tests.fictional import corpus, creator, posts
from tests.indexer.installation import ENCODER

DIMENSION = ENCODER.dimension


def write(folder: Path, creators: Sequence[Creator]) -> SegmentWriter:
    """Write a segment of some creators."""
    writer = SegmentWriter(folder, DIMENSION)
    for one in creators:
        made = document(one)
        vectors = ENCODER.encode_documents([passage.text for passage in made.passages if passage.text])
        writer.add(made, to_json(one), vectors)
    writer.finish(threads=1)
    return writer


def check(folder: Path, creators: Sequence[Creator]) -> None:
    """Write, open, and compare everything."""
    writer = write(folder, creators)
    segment = Segment(folder, DIMENSION)
    documents = [document(one) for one in creators]
    passages = [passage for one in documents for passage in one.passages]
    texts = [passage.text for passage in passages if passage.text]

    assert segment.ids == [one.id for one in creators]
    assert [segment.record(row) for row in range(len(creators))] == list(creators)
    assert (writer.creators, writer.passages) == (len(creators), len(passages))
    assert np.diff(segment.passages.offsets).tolist() == [len(one.passages) for one in documents]
    assert segment.passages.position.tolist() == [passage.position for passage in passages]
    assert segment.passages.has_vector.tolist() == [bool(passage.text) for passage in passages]
    np.testing.assert_array_equal(segment.vectors.matrix, ENCODER.encode_documents(texts), strict=True)
    assert segment.columns.rows == len(creators)
    assert segment.costs is None


def test_the_invented_corpus(tmp_path: Path) -> None:
    check(tmp_path / "segment", corpus())


@settings(max_examples=25)
@given(strategies.corpora())
def test_arbitrary_creators(creators: list[Creator]) -> None:
    with TemporaryDirectory() as folder:
        check(Path(folder) / "segment", creators)


def test_nobody(tmp_path: Path) -> None:
    check(tmp_path / "segment", [])
    segment = Segment(tmp_path / "segment", DIMENSION)
    assert segment.passages.offsets.tolist() == [0]
    assert segment.vectors.matrix.shape == (0, DIMENSION)
    assert segment.vectors.scores(np.zeros(DIMENSION, np.float32), np.empty(0, np.int64)).shape == (0,)


def test_creators_without_a_word(tmp_path: Path) -> None:
    silent = [creator("Nobody", id=f"x:{number}") for number in range(3)]
    check(tmp_path / "segment", silent)
    segment = Segment(tmp_path / "segment", DIMENSION)
    assert segment.passages.position.tolist() == [PROFILE] * 3
    assert segment.vectors.matrix.shape == (0, DIMENSION)


def test_columns_survive_the_file(tmp_path: Path) -> None:
    write(tmp_path / "segment", corpus())
    columns = Segment(tmp_path / "segment", DIMENSION).columns
    assert columns.values("category") == ["food", "home", "outdoor", "sport", "vegan"]
    german = columns.answer(Filter(field="country", any_of=("DE",)), None)
    assert [one.id for one, met in zip(corpus(), german.met, strict=True) if met] == [
        one.id for one in corpus() if one.country == "DE"
    ]


def test_records_are_read_one_by_one(tmp_path: Path) -> None:
    """A long record between short ones, read backwards."""
    people = [creator("A"), creator("B", bio="x" * 200_000, posts=posts(*["y" * 9_000] * 9)), creator("C")]
    write(tmp_path / "segment", people)
    segment = Segment(tmp_path / "segment", DIMENSION)
    assert [segment.record(row) for row in (2, 1, 0, 1)] == [people[2], people[1], people[0], people[1]]


def test_a_place_that_is_taken_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "segment", [creator("A")])
    with pytest.raises(FileExistsError):
        write(tmp_path / "segment", [replace(creator("A"), bio="other")])
