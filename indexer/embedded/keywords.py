"""A keyword index: tantivy documents whose fields hold the terms of the one analyser.

BM25 with k1 = 1.2 and b = 0.75 in every field, summed with the weights of the fields. A generation has two,
each over all its segments, so a word weighs the same in an update as in the base: one document a passage, and
one document a creator.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur

from discovery.ports import Analyser

HEAP_BYTES = 512_000_000
Query = tantivy.Query


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents with a hit, best first: global rows and BM25 scores, shape [hits]."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]


def schema(fields: Mapping[str, float]) -> tantivy.Schema:
    """Fields of a keyword document; `row` and `creator` are numbers of the generation."""
    builder = tantivy.SchemaBuilder()
    for name in fields:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("row", fast=True)
    builder.add_text_field("creator", tokenizer_name="raw", index_option="basic")
    return builder.build()


def creator_key(row: int) -> str:
    """The term that marks a creator's documents. Short words are looked up in a third of a number's time."""
    return np.base_repr(row, 36)


class KeywordWriter:
    """Adds and deletes documents; nothing is visible before `finish`. One thread, so rows stay in order."""

    def __init__(self, folder: Path, analyser: Analyser, fields: Mapping[str, float]) -> None:
        folder.mkdir(exist_ok=True)
        self._schema = schema(fields)
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        self._analyser = analyser

    def add(self, creator: int, row: int, texts: Mapping[str, str]) -> None:
        """Add one document of a creator; `texts` is the raw text of its fields."""
        fields: dict[str, object] = {"row": row, "creator": creator_key(creator)}
        for name, text in texts.items():
            if text:
                fields[name] = " ".join(self._analyser.terms(text))
        self._writer.add_document(tantivy.Document.from_dict(fields, self._schema))

    def delete(self, creator: int) -> None:
        """Take all documents of a creator out."""
        self._writer.delete_documents_by_term("creator", creator_key(creator))

    def finish(self) -> None:
        """Commit and wait until every file is written."""
        self._writer.commit()
        self._writer.wait_merging_threads()


class KeywordIndex:
    """Read side. Safe from several threads. `keys` are the creators' keys by row."""

    def __init__(self, folder: Path, keys: Sequence[str], fields: Mapping[str, float]) -> None:
        self._keys = keys
        self._fields = fields
        self._index = tantivy.Index.open(str(folder))
        self._index.config_reader(reload_policy="manual")
        self._index.reload()
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def best(self, terms: Mapping[str, float], limit: int) -> Hits:
        """Return the best documents for weighted terms (any of them)."""
        return self._run(self._any_term(terms), limit)

    def among_creators(self, terms: Mapping[str, float], creators: Sequence[int], limit: int) -> Hits:
        """Return the best documents of some creators (generation rows)."""
        keys = [self._keys[row] for row in creators]
        return self._within(terms, Query.term_set_query(self._schema, "creator", keys), limit)

    def _within(self, terms: Mapping[str, float], allowed: Query, limit: int) -> Hits:
        silent = Query.const_score_query(allowed, 0.0)
        both = [(Occur.Must, self._any_term(terms)), (Occur.Must, silent)]
        return self._run(Query.boolean_query(both), limit)

    def _any_term(self, terms: Mapping[str, float]) -> Query:
        parts = [
            (
                Occur.Should,
                Query.boost_query(Query.term_query(self._schema, name, term, "freq"), boost * weight),
            )
            for term, weight in terms.items()
            for name, boost in self._fields.items()
        ]
        return Query.boolean_query(parts)

    def _run(self, query: Query, limit: int) -> Hits:
        if limit < 1:
            return Hits(np.empty(0, np.int64), np.empty(0, np.float32))
        hits = self._searcher.search(query, limit=limit, count=False).hits
        if not hits:
            return Hits(np.empty(0, np.int64), np.empty(0, np.float32))
        scores, addresses = zip(*hits, strict=True)
        rows = self._searcher.fast_field_values("row", list(addresses))
        return Hits(np.array(rows, dtype=np.int64), np.array(scores, dtype=np.float32))
