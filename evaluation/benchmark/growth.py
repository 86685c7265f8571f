"""How the one part of a search that grows with the collection grows: finding candidates on a cluster.

Copies of real creators stand for more of them: the same texts, so that words are as frequent as before, and
themes moved a little in a random direction. Scores and pages are of a fixed size, however many there are.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from discovery.creator import CreatorId
from discovery.ports import Analyser, Depth, Encoder, Query, Vectors
from discovery.telling_terms import telling_terms
from evaluation.benchmark.briefs import SHORT
from evaluation.benchmark.figures import percentiles, say
from evaluation.judged.encoded import encoded
from indexer.documents import CREATOR_FIELDS, CreatorDocument, document
from indexer.home import Home
from indexer.opensearch.bulk import BulkLoader, Operation
from indexer.opensearch.connection import Connection, NotFound
from indexer.opensearch.documents import THEME, Texts, creator_body, creator_key, source
from indexer.opensearch.maintenance import merge
from indexer.opensearch.mapping import Copies, index_bodies
from indexer.opensearch.names import Names
from indexer.opensearch.queries import best_words, counts, nearest_themes
from indexer.opensearch.searching import Search, search_all
from indexer.store import Store

INDEX = Names("growth").creators
COPIES = (1, 2, 5)
NOISE = 0.3
"""Length of what is added to a theme, whose own is 1."""
SECONDS = 3_600.0
CHUNK = 2_000


def measure_growth(
    home: Home,
    connection: Connection,
    encoder: Encoder,
    analyser: Analyser,
    rounds: int,
    copies: Sequence[int] = COPIES,
) -> None:
    """Load more and more copies, and print the time of a search for candidates each time."""
    queries = _queries(encoder, analyser)
    _drop(connection)
    connection.request(
        "PUT", f"/{INDEX}", body=index_bodies(Copies(), encoder.dimension, {})["creators"], deadline=60.0
    )
    try:
        loaded = 0
        for wanted in copies:
            started = time.perf_counter()
            with BulkLoader(connection) as loader:
                for number in range(loaded, wanted):
                    for operation in _copies(home, encoder, analyser, number):
                        loader.add(operation)
            loaded = wanted
            connection.request("POST", f"/{INDEX}/_refresh", deadline=SECONDS)
            merge(connection, INDEX, {"max_num_segments": 1})
            connection.request("POST", f"/{INDEX}/_refresh", deadline=SECONDS)
            total = int(connection.request("GET", f"/{INDEX}/_count", deadline=60.0)["count"])
            say(f"{total} creators: seconds to load and merge", f"{time.perf_counter() - started:.0f}")
            _measure(connection, queries, rounds, total)
    finally:
        _drop(connection)


def _measure(connection: Connection, queries: Sequence[Query], rounds: int, total: int) -> None:
    """Print what one round trip takes, and each of its legs in the cluster."""
    depth, taken, legs = Depth(), [], []
    for turn in range(rounds):
        query = queries[turn % len(queries)]
        assert query.vector is not None
        bodies = (
            counts((), None),
            nearest_themes(query.vector, depth.vectors, (), None),
            best_words(query, depth.keywords, (), None),
        )
        started = time.perf_counter()
        found = search_all(connection, [Search(INDEX, body) for body in bodies], str(turn))
        taken.append(1e3 * (time.perf_counter() - started))
        legs.append([float(answer["took"]) for answer in found])
    say(f"{total} creators, candidates: p50 p95 p99 ms", percentiles(taken))
    for name, column in zip(("counts", "themes", "words"), np.array(legs).T, strict=True):
        say(f"{total} creators, {name} in the cluster: p50 p95 p99 ms", percentiles(column.tolist()))


def _queries(encoder: Encoder, analyser: Analyser) -> list[Query]:
    vectors = encoder.encode_queries(SHORT)
    return [
        Query(vector=vector, terms=telling_terms(text, analyser))
        for text, vector in zip(SHORT, vectors, strict=True)
    ]


def _copies(home: Home, encoder: Encoder, analyser: Analyser, number: int) -> Iterator[Operation]:
    """Yield every creator once, as copy number so-and-so; the first is as it is."""
    texts, random = Texts(analyser, CREATOR_FIELDS), np.random.default_rng(number)
    with Store(home.store) as store:
        chunk: list[CreatorDocument] = []
        for creator in store.creators():
            chunk.append(document(creator))
            if len(chunk) == CHUNK:
                yield from _chunk(chunk, home, encoder, texts, number, random)
                chunk = []
        yield from _chunk(chunk, home, encoder, texts, number, random)


def _chunk(
    documents: Sequence[CreatorDocument],
    home: Home,
    encoder: Encoder,
    texts: Texts,
    number: int,
    random: np.random.Generator,
) -> Iterator[Operation]:
    passages = [passage.text for one in documents for passage in one.passages if passage.text]
    vectors, start = encoded(passages, encoder, home.embeddings, lambda *_told: None), 0
    for one in documents:
        end = start + sum(1 for passage in one.passages if passage.text)
        copied = replace(one, creator=replace(one.creator, id=CreatorId(f"{one.creator.id}~{number}")))
        body = creator_body(copied, b"{}", vectors[start:end], texts, sampled=False)
        if number and THEME in body:
            body[THEME] = _moved(body[THEME], random)
        yield Operation(action="index", index=INDEX, id=creator_key(copied.creator.id), source=source(body))
        start = end


def _moved(theme: Vectors, random: np.random.Generator) -> Vectors:
    step = random.normal(size=theme.shape)
    moved = theme + NOISE * step / np.linalg.norm(step)
    return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


def _drop(connection: Connection) -> None:
    try:
        connection.request("DELETE", f"/{INDEX}", deadline=60.0, idempotent=True)
    except NotFound:
        return
