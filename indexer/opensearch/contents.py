"""What a generation holds, as far as an update needs to know it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from discovery.creator import CreatorId
from indexer.opensearch.connection import Connection
from indexer.opensearch.names import Names
from indexer.opensearch.passages import CHUNK
from indexer.opensearch.queries import MAX_HITS
from indexer.opensearch.searching import creators_of, every_hit, search, values_of


def everybody(connection: Connection, names: Names) -> Iterator[CreatorId]:
    """Yield the ids of all creators."""
    return _ids(connection, names, {"match_all": {}})


def sampled_ids(connection: Connection, names: Names) -> frozenset[CreatorId]:
    """The creators of the background sample."""
    return frozenset(_ids(connection, names, {"term": {"sampled": True}}))


def passage_counts(
    connection: Connection, names: Names, creators: Sequence[CreatorId]
) -> dict[CreatorId, int]:
    """How many passages there are of each of some creators, as searches see them.

    Counted in the passages themselves: an update that was killed may have changed only one of the two.
    """
    counts: dict[CreatorId, int] = {}
    for start in range(0, len(creators), CHUNK):
        body = {
            "size": MAX_HITS,
            "track_total_hits": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["creator", "position"],
            "query": {"terms": {"creator": list(creators[start : start + CHUNK])}},
        }
        answer = search(connection, names.passages, body)
        for one, position in zip(creators_of(answer), values_of(answer, "position").tolist(), strict=True):
            counts[one] = max(counts.get(one, 0), position + 2)  # the profile is at -1
    return counts


def _ids(connection: Connection, names: Names, query: Mapping[str, Any]) -> Iterator[CreatorId]:
    body = {
        "size": MAX_HITS,
        "stored_fields": "_none_",
        "docvalue_fields": ["creator"],
        "query": query,
    }
    for hit in every_hit(connection, names.creators, body, "creator"):
        yield CreatorId(hit["fields"]["creator"][0])
