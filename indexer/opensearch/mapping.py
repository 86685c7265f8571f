"""Settings and mappings of the three indices of a generation. Pure.

Every text field holds the terms of the one analyser, joined by spaces, and is split at white space only. BM25
as Lucene has it differs from the embedded engine's in what it divides by: it counts only documents that have
the field at all. So a document without any term holds the term `NOTHING`, which no text has; documents are
then counted alike, and the mean length, which that term raises, is set right by `similarity`. What Lucene
leaves out of the formula, the factor k1 + 1, is in the boosts of the queries.

The source is kept whole: to leave anything out of it would keep every vector in it once more, as text, since
OpenSearch takes vectors out by itself only from a source that nothing else is taken out of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS
from indexer.opensearch.conditions import facet_fields

FORMAT = 1
"""Version of the mappings; an index of another one is built anew."""
NOTHING = "∅"
K1, B = 1.2, 0.75
HNSW = {"m": 16, "ef_construction": 128}
"""Lucene's graph over the themes: links of a node, and width of the search when it is built."""
SPACE = "innerproduct"

Dsl = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """How an index is spread: primary shards, and further copies of each (`None`: one if there is a node)."""

    shards: int = 1
    replicas: int | None = None


@dataclass(slots=True)
class Lengths:
    """Terms of one text field over all documents, and how many documents have none."""

    terms: int = 0
    empty: int = 0

    def add(self, count: int) -> None:
        """Count a document."""
        self.terms += count
        self.empty += not count


def index_bodies(copies: Copies, dimension: int, meta: Mapping[str, Any]) -> dict[str, Dsl]:
    """Return the bodies that create the indices of a generation, by part."""
    return {
        "creators": _index(_creators(dimension), CREATOR_FIELDS, copies.shards, meta),
        "passages": _index(_passages(dimension), PASSAGE_FIELDS, copies.shards, {}),
        "words": _index(_WORDS, {}, 1, {}),
    }


def similarity(lengths: Mapping[str, Lengths]) -> Dsl:
    """Return the settings that make Lucene's BM25 of each field that of the embedded engine.

    With r = (terms + empty) / terms, by which `NOTHING` raises the mean length, k1 (1 - b + b length / mean)
    keeps its value for k1' = k1 (1 - b + b r) and b' = b r / (1 - b + b r).
    """
    settings: Dsl = {}
    for name, length in lengths.items():
        raised = (length.terms + length.empty) / length.terms if length.terms else 1.0
        factor = 1.0 - B + B * raised
        settings |= _bm25(name, K1 * factor, B * raised / factor)
    return settings


def searchable(copies: Copies) -> Dsl:
    """Return the settings of an index that is served."""
    replicas: Dsl = (
        {"index.auto_expand_replicas": "0-1"}
        if copies.replicas is None
        else {"index.auto_expand_replicas": "false", "index.number_of_replicas": copies.replicas}
    )
    return {"index.refresh_interval": None, **replicas}


def _index(fields: Dsl, texts: Mapping[str, float], shards: int, meta: Mapping[str, Any]) -> Dsl:
    settings: Dsl = {
        "index.knn": True,
        "index.number_of_shards": shards,
        # While it is loaded: no copies, and no searcher opened.
        "index.number_of_replicas": 0,
        "index.auto_expand_replicas": "false",
        "index.refresh_interval": "-1",
    }
    for name in texts:
        settings |= _bm25(name, K1, B)
    properties = fields | {name: _text(name) for name in texts}
    mappings: Dsl = {"dynamic": "strict", "_meta": dict(meta), "properties": properties}
    return {"settings": settings, "mappings": mappings}


def _creators(dimension: int) -> Dsl:
    return {
        "creator": {"type": "keyword"},
        "passages": {"type": "integer"},
        "theme": _vector(dimension, {"name": "hnsw", "engine": "lucene", "parameters": dict(HNSW)}),
        "sampled": {"type": "boolean"},
        "sample": {"type": "object", "enabled": False},
        "record": {"type": "object", "enabled": False},
        **facet_fields(),
    }


def _passages(dimension: int) -> Dsl:
    return {
        "creator": {"type": "keyword"},
        "position": {"type": "short"},
        "spoken": {"type": "boolean"},
        # Passages are compared exactly, and only those of few creators: a graph over them would not be read.
        "vector": _vector(dimension, {"name": "flat", "engine": "lucene"}),
    }


PEOPLE: Dsl = {"type": "object", "enabled": False}
_WORDS: Dsl = {
    "place": {"type": "integer"},
    "term": {"type": "keyword", "index": False},
    "word": {"type": "keyword", "index": False},
    "vector": {"type": "binary"},
    "people": PEOPLE,
}


def _vector(dimension: int, method: Dsl) -> Dsl:
    return {"type": "knn_vector", "dimension": dimension, "method": method | {"space_type": SPACE}}


def _text(name: str) -> Dsl:
    return {"type": "text", "analyzer": "whitespace", "similarity": name, "index_options": "freqs"}


def _bm25(name: str, k1: float, b: float) -> Dsl:
    prefix = f"index.similarity.{name}"
    return {f"{prefix}.type": "BM25", f"{prefix}.k1": k1, f"{prefix}.b": b}
