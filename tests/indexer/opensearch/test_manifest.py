"""What a generation says of itself: read as it was written, or refused with the way out."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import CreatorId
from discovery.errors import IndexDamaged
from indexer.documents import SCHEMA
from indexer.index import Origin, Published
from indexer.opensearch.manifest import KEY, Manifest, State, from_meta
from indexer.opensearch.mapping import FORMAT
from tests import strategies

ORIGIN = Origin(
    generation="20260301T120000.000000Z",
    built_at="2026-03-01T12:00:00+00:00",
    encoder="hashing-64@v1",
    dimension=64,
    analyser="nichescout-1",
    revision=7,
)
MANIFEST = Manifest(origin=ORIGIN, state=State.PUBLISHED, creators=3, passages=8)
WAY_OUT = "run `nichescout index` to build it anew"

origins = st.builds(
    Origin,
    generation=st.text(),
    built_at=st.text(),
    encoder=st.text(),
    dimension=st.integers(1, 4_096),
    analyser=st.text(),
    revision=st.integers(0, 2**53),
    schema=st.integers(1, 99),
)
manifests = st.builds(
    Manifest,
    origin=origins,
    state=st.sampled_from(State),
    creators=st.integers(0, 2**53),
    passages=st.integers(0, 2**53),
    after=st.none() | strategies.ids | st.just(CreatorId("")),
)


@given(manifests)
def test_what_was_written_is_read(manifest: Manifest) -> None:
    assert from_meta("an-index", orjson.loads(orjson.dumps(manifest.meta()))) == manifest


def test_other_entries_of_the_mapping_are_left_alone() -> None:
    assert from_meta("an-index", {"a tool of the cluster": 1, **MANIFEST.meta()}) == MANIFEST


def test_what_is_served_and_how_a_build_sees_it() -> None:
    info = MANIFEST.info
    assert (info.id, info.creators, info.passages) == (ORIGIN.generation, 3, 8)
    assert (info.encoder, info.analyser, info.built_at) == (ORIGIN.encoder, ORIGIN.analyser, ORIGIN.built_at)
    assert MANIFEST.published == Published(info=info, revision=7)
    assert (MANIFEST.format, ORIGIN.schema) == (FORMAT, SCHEMA)


def changed(**changes: object) -> dict[str, Any]:
    """Return what was written with some entries changed."""
    fields = orjson.loads(orjson.dumps(MANIFEST.meta()))[KEY]
    return {KEY: fields | changes}


def without(*path: str) -> dict[str, Any]:
    """Return what was written without one entry."""
    meta: dict[str, Any] = orjson.loads(orjson.dumps(MANIFEST.meta()))
    inner = meta[KEY]
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return meta


@pytest.mark.parametrize(
    ("meta", "found"),
    [
        ({}, None),
        ({KEY: None}, None),
        ({KEY: "published"}, None),
        ({KEY: [1]}, None),
        ({KEY: {}}, None),
        ({"another": MANIFEST.meta()[KEY]}, None),
        (changed(format=FORMAT + 1), FORMAT + 1),
        (changed(format=str(FORMAT)), FORMAT),
    ],
)
def test_another_version_is_refused_by_name(meta: dict[str, Any], found: object) -> None:
    with pytest.raises(IndexDamaged) as caught:
        from_meta("shop-creators", meta)
    assert str(caught.value) == (
        f"shop-creators has mapping version {found}, this version reads {FORMAT}; {WAY_OUT}"
    )


@pytest.mark.parametrize(
    "meta",
    [
        changed(origin=None),
        changed(origin="x"),
        changed(origin={}),
        changed(state="half"),
        changed(state=None),
        changed(unheard="of"),
        without("origin"),
        without("state"),
        without("origin", "revision"),
        without("origin", "dimension"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(meta: dict[str, Any]) -> None:
    with pytest.raises(IndexDamaged, match="what shop-creators says of itself cannot be read") as caught:
        from_meta("shop-creators", meta)
    assert WAY_OUT in str(caught.value)


def test_reading_leaves_what_was_read_as_it_is() -> None:
    meta = MANIFEST.meta()
    assert from_meta("x", meta) == from_meta("x", meta) == MANIFEST
