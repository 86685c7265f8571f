"""What indices are created with, and the weighing of words that makes Lucene agree with the other engine."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS
from indexer.opensearch.mapping import K1, B, Copies, Lengths, index_bodies, searchable, similarity
from tests.indexer.opensearch.golden_case import check

TEXTS = {"creators": CREATOR_FIELDS, "passages": PASSAGE_FIELDS, "words": {}}


def test_golden_bodies() -> None:
    check("index_bodies", index_bodies(Copies(shards=3, replicas=2), 64, {"said": "of itself"}))
    served = {"copies not said": searchable(Copies())}
    check("searchable", served | {f"{count} copies": searchable(Copies(replicas=count)) for count in (0, 2)})
    check("similarity", similarity({"bio": Lengths(terms=300, empty=100), "caption": Lengths(empty=7)}))


@pytest.mark.parametrize("part", TEXTS)
def test_an_index_is_loaded_without_copies_and_without_refreshes(part: str) -> None:
    """Whatever it is served with later; but the number of shards is for good."""
    for copies in (Copies(shards=3), Copies(shards=3, replicas=0), Copies(shards=3, replicas=5)):
        settings = index_bodies(copies, 8, {})[part]["settings"]
        assert settings["index.number_of_replicas"] == 0
        assert settings["index.auto_expand_replicas"] == "false"
        assert settings["index.refresh_interval"] == "-1"
        assert settings["index.number_of_shards"] == (1 if part == "words" else 3)


@pytest.mark.parametrize("part", TEXTS)
def test_every_text_field_has_a_similarity_of_its_own(part: str) -> None:
    body = index_bodies(Copies(), 8, {})[part]
    fields = body["mappings"]["properties"]
    texts = {name for name, field in fields.items() if field.get("type") == "text"}
    assert texts == set(TEXTS[part])
    for name in texts:
        assert fields[name]["similarity"] == name
        assert body["settings"][f"index.similarity.{name}.k1"] == K1
        assert body["settings"][f"index.similarity.{name}.b"] == B


@pytest.mark.parametrize("part", ["creators", "passages", "words"])
def test_nothing_is_taken_out_of_the_source(part: str) -> None:
    """OpenSearch would then keep every vector in it, as text."""
    assert "_source" not in index_bodies(Copies(), 8, {})[part]["mappings"]


def test_bodies_share_nothing_that_one_could_change_for_another() -> None:
    first, second = (index_bodies(Copies(), 8, {}) for _ in range(2))
    first["creators"]["mappings"]["properties"]["theme"]["method"]["parameters"]["m"] = 1
    assert second["creators"]["mappings"]["properties"]["theme"]["method"]["parameters"]["m"] == 16


# How words are weighed


@given(
    terms=st.integers(1, 10**9),
    empty=st.integers(0, 10**7),
    filled=st.integers(1, 10**7),
    length=st.integers(1, 5_000),
)
def test_lucene_divides_by_what_the_other_engine_divides_by(
    terms: int, empty: int, filled: int, length: int
) -> None:
    """BM25 of a term is idf · tf / (tf + k1 (1 - b + b length / mean)), so this part must be the same.

    The mean length of the embedded engine is over all documents, the empty ones too; that of Lucene counts
    the one term that an empty document holds here.
    """
    documents = filled + empty
    mean, raised = terms / documents, (terms + empty) / documents
    settings = similarity({"bio": Lengths(terms=terms, empty=empty)})
    k1, b = settings["index.similarity.bio.k1"], settings["index.similarity.bio.b"]
    wanted = K1 * (1 - B + B * length / mean)
    assert k1 * (1 - b + b * length / raised) == pytest.approx(wanted, rel=1e-9)
    assert k1 >= K1 - 1e-9
    assert 0 <= b <= 1  # Lucene takes no other


@pytest.mark.parametrize("length", [Lengths(), Lengths(empty=9), Lengths(terms=50)])
def test_without_empty_documents_or_without_any_words_nothing_is_moved(length: Lengths) -> None:
    settings = similarity({"bio": length})
    assert settings["index.similarity.bio.k1"] == pytest.approx(K1)
    assert settings["index.similarity.bio.b"] == pytest.approx(B)


@given(st.lists(st.integers(0, 50)))
def test_lengths_count_terms_and_documents_without_any(counts: list[int]) -> None:
    length = Lengths()
    for count in counts:
        length.add(count)
    assert (length.terms, length.empty) == (sum(counts), counts.count(0))


@given(shards=st.integers(1, 1_024), replicas=st.none() | st.integers(0, 20))
def test_copies_are_a_matter_of_serving(shards: int, replicas: int | None) -> None:
    copies = Copies(shards=shards, replicas=replicas)
    served = searchable(copies)
    assert served["index.refresh_interval"] is None, "as the cluster has it"
    assert served.get("index.number_of_replicas") == replicas
    assert served["index.auto_expand_replicas"] == ("0-1" if replicas is None else "false")
    assert index_bodies(copies, 8, {}) == index_bodies(replace(copies, replicas=None), 8, {})
