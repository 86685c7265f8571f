"""The bodies of all searches. Pure: no clock, no chance, no connection.

Hits are told by the doc value `creator`, not by their id: an id is read from the same block as the source.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from discovery.creator import CreatorId
from discovery.filters import Filter, Unknown
from discovery.interpretation import leaves_choice
from discovery.ports import Query, Vectors
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS
from indexer.opensearch.conditions import Dsl, both, either, kept, leaves, met, neither, unknown
from indexer.opensearch.documents import THEME
from indexer.opensearch.mapping import K1, SPACE

MAX_HITS = 10_000
"""What OpenSearch returns at most (index.max_result_window), and the most neighbours of a k-NN query."""
MAX_CLAUSES = 1_000
"""OpenSearch takes 1,024 clauses in a query as a whole (indices.query.bool.max_clause_count)."""
SPEAKING = "speaking"
ADMITTED = "admitted"


def admission(filters: Sequence[Filter], as_of: date | None) -> Dsl:
    """Whom all filters let through."""
    return both(*(kept(item, as_of) for item in filters))


def counts(filters: Sequence[Filter], as_of: date | None, exclude: Sequence[CreatorId] = ()) -> Dsl:
    """Count whom the filters admit, how many of them have a theme, and what each filter did on its own."""
    admitted = admission(filters, as_of)
    speaking = [admitted, {"term": {"known": THEME}}]
    asked: dict[str, Dsl] = {
        ADMITTED: admitted,
        SPEAKING: {"bool": {"filter": speaking, "must_not": _excluded(exclude)}},
    }
    for place, item in enumerate(filters):
        asked[f"met {place}"] = met(item, as_of)
        asked[f"unknown {place}"] = unknown(item, as_of)
        if item.unknown is Unknown.EXCLUDE:
            others = [kept(other, as_of) for number, other in enumerate(filters) if number != place]
            asked[f"left {place}"] = both(*others, unknown(item, as_of), neither(kept(item, as_of)))
    aggregation = {"counts": {"filters": {"filters": asked}}}
    return {"size": 0, "track_total_hits": True, "aggs": aggregation}


def nearest_themes(
    vector: Vectors,
    size: int,
    filters: Sequence[Filter],
    as_of: date | None,
    exclude: Sequence[CreatorId] = (),
) -> Dsl:
    """The creators with the nearest themes, by Lucene's graph; it compares all when few are admitted."""
    size = min(size, MAX_HITS)
    clause: Dsl = {"vector": vector.tolist(), "k": size}
    if filters or exclude:
        clause["filter"] = _allowed(filters, as_of, exclude)
    return _hits({"bool": {"must": [{"knn": {"theme": clause}}], **_wishes(filters, as_of)}}, size)


def all_themes(
    vector: Vectors,
    size: int,
    filters: Sequence[Filter],
    as_of: date | None,
    exclude: Sequence[CreatorId] = (),
) -> Dsl:
    """The same by comparing every admitted creator."""
    among = both(_allowed(filters, as_of, exclude), {"term": {"known": THEME}})
    compared = compare(among, "theme", vector)
    return _hits({"bool": {"must": [compared], **_wishes(filters, as_of)}}, min(size, MAX_HITS))


def best_words(
    query: Query,
    size: int,
    filters: Sequence[Filter],
    as_of: date | None,
    exclude: Sequence[CreatorId] = (),
) -> Dsl:
    """The admitted creators with the best words, of as many as OpenSearch takes beside the conditions."""
    conditions = _wishes(filters, as_of)
    if filters or exclude:
        conditions["filter"] = [_allowed(filters, as_of, exclude)]
    words = _heaviest(query.weights, CREATOR_FIELDS, MAX_CLAUSES - leaves({"bool": conditions}))
    wanted = {"bool": {"should": words, "minimum_should_match": 1}}
    return _hits({"bool": {"must": [wanted], **conditions}}, min(size, MAX_HITS))


def best_of_all(query: Query) -> Dsl:
    """The creator with the best words, whatever the filters."""
    return _hits({"bool": {"should": _heaviest(query.weights, CREATOR_FIELDS, MAX_CLAUSES)}}, 1)


def themes_of(creators: Sequence[CreatorId], vector: Vectors | None) -> Dsl:
    """Everybody named, scored by theme: 0 for who has none, or without a vector."""
    among = {"terms": {"creator": list(creators)}}
    return _scored(among, {"term": {"known": THEME}}, "theme", vector, len(creators), ("creator", "passages"))


def words_of(creators: Sequence[CreatorId], weights: Mapping[str, float]) -> Iterator[Dsl]:
    """Those named who say any of the words; scores of several bodies add up."""
    for clauses in _chunks(weights, CREATOR_FIELDS):
        yield _hits(_any_of(creators, clauses), len(creators))


def passages_of(creators: Sequence[CreatorId], vector: Vectors | None, size: int) -> Dsl:
    """All passages of those named, scored by vector: 0 for who has none, or without a vector."""
    among = {"terms": {"creator": list(creators)}}
    return _scored(among, {"term": {"spoken": True}}, "vector", vector, size, ("creator", "position"))


def passage_words_of(creators: Sequence[CreatorId], weights: Mapping[str, float], size: int) -> Iterator[Dsl]:
    """Their passages that say any of the words; scores of several bodies add up."""
    for clauses in _chunks(weights, PASSAGE_FIELDS):
        yield _hits(_any_of(creators, clauses), size, ("creator", "position"))


def who_meets(creators: Sequence[CreatorId], item: Filter, as_of: date | None) -> Dsl:
    """Those named who are known to meet a condition."""
    return _hits(both({"terms": {"creator": list(creators)}}, met(item, as_of)), len(creators))


def sources(creators: Sequence[CreatorId], fields: Sequence[str], size: int) -> Dsl:
    """What is kept of those named."""
    return {
        "size": size,
        "track_total_hits": False,
        "_source": list(fields),
        "query": both({"terms": {"creator": list(creators)}}),
    }


def compare(among: Dsl, field: str, vector: Vectors) -> Dsl:
    """Compare vectors one by one; who is among them must have one."""
    params = {"field": field, "query_value": vector.tolist(), "space_type": SPACE}
    script = {"lang": "knn", "source": "knn_score", "params": params}
    return {"script_score": {"query": among, "script": script}}


def cosine_of(score: float) -> float:
    """The inner product behind a k-NN score, which is 1 + d for d >= 0, and 1 / (1 - d) below."""
    return score - 1.0 if score >= 1.0 else 1.0 - 1.0 / score


def wish(place: int) -> str:
    """The name under which a hit says that it meets the filter of that number."""
    return f"wish {place}"


def _wishes(filters: Sequence[Filter], as_of: date | None) -> Dsl:
    """Ask, beside the search and without a score, who meets the conditions that are only preferred."""
    named = [
        {"constant_score": {"filter": met(item, as_of), "boost": 0.0, "_name": wish(place)}}
        for place, item in enumerate(filters)
        if leaves_choice(item)
    ]
    return {"should": named} if named else {}


def _allowed(filters: Sequence[Filter], as_of: date | None, exclude: Sequence[CreatorId]) -> Dsl:
    parts: Dsl = {"filter": [kept(item, as_of) for item in filters]}
    if exclude:
        parts["must_not"] = _excluded(exclude)
    return {"bool": parts}


def _excluded(exclude: Sequence[CreatorId]) -> list[Dsl]:
    return [{"terms": {"creator": list(exclude)}}] if exclude else []


def _scored(
    among: Dsl, known: Dsl, field: str, vector: Vectors | None, size: int, told: tuple[str, ...]
) -> Dsl:
    query: Dsl = {"bool": {"filter": [among]}}
    if vector is not None:
        query["bool"]["should"] = [compare(both(among, known), field, vector)]
    return _hits(query, size, told)


def _any_of(creators: Sequence[CreatorId], clauses: list[Dsl]) -> Dsl:
    return {"bool": {"filter": [{"terms": {"creator": list(creators)}}], "must": [either(*clauses)]}}


def _hits(query: Dsl, size: int, told: tuple[str, ...] = ("creator",)) -> Dsl:
    return {
        "size": size,
        "track_total_hits": False,
        "stored_fields": "_none_",
        "docvalue_fields": list(told),
        "query": query,
    }


def _heaviest(weights: Mapping[str, float], fields: Mapping[str, float], room: int) -> list[Dsl]:
    """Clauses of the heaviest terms, as many as there is room for."""
    most = room // len(fields)
    terms = (
        sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        if len(weights) > most
        else weights.items()
    )
    return _clauses(list(terms)[:most], fields)


def _chunks(weights: Mapping[str, float], fields: Mapping[str, float]) -> Iterator[list[Dsl]]:
    terms, most = list(weights.items()), MAX_CLAUSES // len(fields)
    for start in range(0, len(terms), most):
        yield _clauses(terms[start : start + most], fields)


def _clauses(terms: Sequence[tuple[str, float]], fields: Mapping[str, float]) -> list[Dsl]:
    """One clause a term and field; k1 + 1 is the factor that Lucene's BM25 leaves out."""
    return [
        {"term": {name: {"value": term, "boost": (K1 + 1.0) * weight * boost}}}
        for term, weight in terms
        for name, boost in fields.items()
    ]
