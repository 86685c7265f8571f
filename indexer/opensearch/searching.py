"""Several searches in one request, and their hits as arrays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.creator import CreatorId
from discovery.errors import EngineUnavailable
from indexer.opensearch.connection import BadRequest, Connection, NotFound
from indexer.opensearch.queries import cosine_of

Answer = Mapping[str, Any]
Floats = NDArray[np.float32]

SECONDS = 10.0
"""A search is given up after this time."""
SCAN_SECONDS = 60.0
"""A page of everything is given up after this time."""


@dataclass(frozen=True, slots=True)
class Search:
    """One search body and the index that it goes to."""

    index: str
    body: Mapping[str, Any]


def search_all(
    connection: Connection, searches: Sequence[Search], preference: str, seconds: float = SECONDS
) -> list[Answer]:
    """Run searches side by side, in one round trip.

    `preference` is a text by which the same search goes to the same copies of the index, so that equal scores
    keep their order from page to page. When one of these copies stays silent, others are searched.

    Raises:
        EngineUnavailable: no answer in time, or only of some shards; or the generation went away.
    """
    if not searches:
        return []

    def lines(preference: str) -> list[Mapping[str, Any]]:
        return _lines(searches, preference, seconds)

    found = connection.request(
        "POST",
        "/_msearch",
        body=lines(preference),
        around=lambda nodes: lines(f"_prefer_nodes:{','.join(nodes)}"),
        deadline=seconds,
    )
    return [_whole(answer) for answer in found["responses"]]


def search(connection: Connection, index: str, body: Mapping[str, Any], seconds: float = SECONDS) -> Answer:
    """Run one search.

    Raises:
        EngineUnavailable: as `search_all`.
    """
    try:
        return _whole(connection.request("POST", f"/{index}/_search", body=body, deadline=seconds))
    except NotFound as error:
        raise _gone(index) from error


def every_hit(
    connection: Connection, index: str, body: Mapping[str, Any], order: str
) -> Iterator[Mapping[str, Any]]:
    """Yield all hits of a search, page by page, ordered by a field that no two documents share."""
    page: dict[str, Any] = {**body, "track_total_hits": False, "sort": [{order: "asc"}]}
    while True:
        hits = search(connection, index, page, SCAN_SECONDS)["hits"]["hits"]
        yield from hits
        if len(hits) < page["size"]:
            return
        page["search_after"] = hits[-1]["sort"]


def creators_of(answer: Answer) -> list[CreatorId]:
    """The creators of the hits, in their order."""
    return [CreatorId(hit["fields"]["creator"][0]) for hit in answer["hits"]["hits"]]


def scores_of(answer: Answer) -> Floats:
    """Scores of the hits, in their order."""
    return np.array([hit["_score"] for hit in answer["hits"]["hits"]], dtype=np.float32)


def cosines_of(answer: Answer) -> Floats:
    """Inner products of the hits of a k-NN search; NaN where there was no vector to compare."""
    scores = (hit["_score"] for hit in answer["hits"]["hits"])
    return np.array([cosine_of(score) if score else np.nan for score in scores], dtype=np.float32)


def values_of(answer: Answer, field: str) -> NDArray[np.int64]:
    """A whole number that every hit tells."""
    return np.array([hit["fields"][field][0] for hit in answer["hits"]["hits"]], dtype=np.int64)


def _lines(searches: Sequence[Search], preference: str, seconds: float) -> list[Mapping[str, Any]]:
    """Write the lines of one request."""
    lines: list[Mapping[str, Any]] = []
    for search in searches:
        # Words are weighed by the counts of all shards, not by each shard's own.
        head = {"index": search.index, "search_type": "dfs_query_then_fetch", "preference": preference}
        lines += [head, {**search.body, "timeout": f"{int(1000 * seconds)}ms"}]
    return lines


def _whole(answer: Answer) -> Answer:
    """Refuse an answer that is an error, or of some of the shards only: a ranking must not depend on luck."""
    if "error" in answer:
        error = answer["error"]
        if answer.get("status") == 404:
            raise _gone(error.get("index", "the index"))
        reason = error.get("reason", error) if isinstance(error, Mapping) else error
        if answer.get("status", 500) >= 429:
            raise EngineUnavailable(f"the cluster could not search: {reason}")
        raise BadRequest(int(answer.get("status", 400)), str(error.get("type", "error")), str(reason))
    shards = answer["_shards"]
    if answer.get("timed_out") or shards["failed"] or shards["successful"] < shards["total"]:
        raise EngineUnavailable(
            f"only {shards['successful']} of {shards['total']} shards answered in time; try again"
        )
    return answer


def _gone(index: str) -> EngineUnavailable:
    return EngineUnavailable(f"the index {index} is gone; a newer generation is taken over within seconds")
