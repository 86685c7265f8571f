"""Passages as documents of their own, or nested in their creator's? Both, side by side on a cluster.

What is compared is what a search asks: exact scores of every passage of the ten creators of a page, and of
some hundred candidates that an exclusion is held against. The indices are dropped again.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from discovery.creator import WINDOW, CreatorId
from discovery.ports import Analyser, Encoder, Vectors
from evaluation.benchmark.briefs import SHORT
from evaluation.benchmark.figures import percentiles, say
from evaluation.judged.encoded import encoded
from indexer.documents import PASSAGE_FIELDS, CreatorDocument, document
from indexer.home import Home
from indexer.opensearch.bulk import BulkLoader, Operation
from indexer.opensearch.connection import Connection, NotFound
from indexer.opensearch.documents import Texts, creator_key, passage_bodies, passage_key, source
from indexer.opensearch.maintenance import merge
from indexer.opensearch.mapping import Copies, index_bodies
from indexer.opensearch.names import Names
from indexer.opensearch.queries import MAX_HITS, compare, passages_of
from indexer.opensearch.searching import Search, search_all
from indexer.store import Store

CREATORS = 10_000
CANDIDATES = 300
NAMES = Names("layout")
NESTED = "layout-nested"
SECONDS = 600.0

Body = dict[str, Any]


def measure_layouts(
    home: Home, connection: Connection, encoder: Encoder, analyser: Analyser, rounds: int
) -> None:
    """Load both layouts, and print their size, their time to load, and that of exact scores."""
    with Store(home.store) as store:
        documents = [document(one) for one in islice(store.creators(), CREATORS)]
    texts = [passage.text for one in documents for passage in one.passages if passage.text]
    vectors = encoded(texts, encoder, home.embeddings, lambda *_told: None)
    try:
        for index, load in ((NAMES.passages, _flat), (NESTED, _nested)):
            started = time.perf_counter()
            _create(connection, index, encoder.dimension)
            with BulkLoader(connection) as loader:
                for operation in load(documents, vectors, analyser):
                    loader.add(operation)
            say(f"{index}: seconds to load {len(documents)} creators", f"{time.perf_counter() - started:.1f}")
            started = time.perf_counter()
            connection.request("POST", f"/{index}/_refresh", deadline=SECONDS)
            merge(connection, index, {"max_num_segments": 1})
            say(f"{index}: seconds to merge", f"{time.perf_counter() - started:.1f}")
            connection.request("POST", f"/{index}/_refresh", deadline=SECONDS)
            connection.request("POST", f"/{index}/_flush", deadline=SECONDS, idempotent=True)
            stats = connection.request("GET", f"/{index}/_stats/store", deadline=SECONDS)
            say(f"{index}: MB", f"{stats['_all']['primaries']['store']['size_in_bytes'] / 1e6:.0f}")
        ids = [one.creator.id for one in documents]
        queries = encoder.encode_queries(SHORT)
        for count in (10, CANDIDATES):
            for name, body in (("flat", _flat_search), ("nested", _nested_search)):
                taken = list(_times(connection, body, ids, queries, count, rounds))
                say(f"passages of {count} creators, {name}: p50 p95 p99 ms", percentiles(taken))
    finally:
        for index in (NAMES.passages, NESTED):
            _drop(connection, index)


def _flat(documents: Sequence[CreatorDocument], vectors: Vectors, analyser: Analyser) -> Iterator[Operation]:
    for one, passages in _bodies(documents, vectors, analyser):
        for place, body in enumerate(passages):
            yield Operation(
                action="index",
                index=NAMES.passages,
                id=passage_key(one.creator.id, place),
                source=source(body),
            )


def _nested(
    documents: Sequence[CreatorDocument], vectors: Vectors, analyser: Analyser
) -> Iterator[Operation]:
    for one, passages in _bodies(documents, vectors, analyser):
        nested = [{name: value for name, value in each.items() if name != "creator"} for each in passages]
        body = {"creator": one.creator.id, "passages": nested}
        yield Operation(action="index", index=NESTED, id=creator_key(one.creator.id), source=source(body))


def _bodies(
    documents: Sequence[CreatorDocument], vectors: Vectors, analyser: Analyser
) -> Iterator[tuple[CreatorDocument, list[Body]]]:
    texts, start = Texts(analyser, PASSAGE_FIELDS), 0
    for one in documents:
        count = sum(1 for passage in one.passages if passage.text)
        yield one, passage_bodies(one, vectors[start : start + count], texts)
        start += count


def _create(connection: Connection, index: str, dimension: int) -> None:
    _drop(connection, index)
    body = index_bodies(Copies(), dimension, {})["passages"]
    if index == NESTED:
        fields = body["mappings"]["properties"]
        nested = {"type": "nested", "properties": {k: v for k, v in fields.items() if k != "creator"}}
        body["mappings"]["properties"] = {"creator": {"type": "keyword"}, "passages": nested}
    connection.request("PUT", f"/{index}", body=body, deadline=SECONDS)


def _drop(connection: Connection, index: str) -> None:
    try:
        connection.request("DELETE", f"/{index}", deadline=SECONDS, idempotent=True)
    except NotFound:
        return


def _flat_search(creators: Sequence[CreatorId], vector: Vectors) -> Search:
    return Search(NAMES.passages, passages_of(creators, vector, MAX_HITS))


def _nested_search(creators: Sequence[CreatorId], vector: Vectors) -> Search:
    scored = compare({"term": {"passages.spoken": True}}, "passages.vector", vector)
    hits = {"size": WINDOW + 1, "_source": False, "docvalue_fields": ["passages.position"]}
    nested = {"nested": {"path": "passages", "score_mode": "max", "query": scored, "inner_hits": hits}}
    among = {"terms": {"creator": list(creators)}}
    return Search(
        NESTED,
        {
            "size": len(creators),
            "track_total_hits": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["creator"],
            "query": {"bool": {"filter": [among], "should": [nested]}},
        },
    )


def _times(
    connection: Connection,
    body: Callable[[Sequence[CreatorId], Vectors], Search],
    ids: Sequence[CreatorId],
    queries: Vectors,
    count: int,
    rounds: int,
) -> Iterator[float]:
    random = np.random.default_rng(7)
    for turn in range(rounds):
        some = [ids[place] for place in random.choice(len(ids), count, replace=False).tolist()]
        search = body(some, queries[turn % len(queries)])
        started = time.perf_counter()
        found: Sequence[Mapping[str, Any]] = search_all(connection, [search], "layout")
        taken = 1e3 * (time.perf_counter() - started)
        assert len(found[0]["hits"]["hits"]) >= count
        yield taken
