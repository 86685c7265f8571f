"""Who of a generation is one person, as documents among the telling words: some persons each.

Their places are below 0, so that neither sees the other. An engine reads them once and keeps them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from discovery.creator import CreatorId
from discovery.people import Profiles
from indexer.opensearch.bulk_requests import Operation
from indexer.opensearch.connection import Connection, NotFound
from indexer.opensearch.documents import people_body, source
from indexer.opensearch.mapping import PEOPLE
from indexer.opensearch.names import Names
from indexer.opensearch.searching import every_hit, search

CHUNK = 2_000
"""How many persons one document holds."""
PAGE = 20
SECONDS = 10.0
_AMONG_WORDS: Mapping[str, Any] = {"range": {"place": {"lt": 0}}}


def operations(names: Names, persons: Sequence[Profiles], before: int) -> Iterator[Operation]:
    """Put the persons in place of the `before` documents that hold them now."""
    starts = range(0, len(persons), CHUNK)
    for number, start in enumerate(starts):
        body = source(people_body(number, persons[start : start + CHUNK]))
        yield Operation(action="index", index=names.words, id=_key(number), source=body)
    for number in range(len(starts), before):
        yield Operation(action="delete", index=names.words, id=_key(number))


def documents(connection: Connection, names: Names) -> int:
    """How many documents hold persons now, as searches see them."""
    body = {"size": 0, "track_total_hits": True, "query": _AMONG_WORDS}
    return int(search(connection, names.words, body)["hits"]["total"]["value"])


def sent(connection: Connection, names: Names) -> int:
    """How many such documents there are, whether or not searches see them."""
    number = 0
    with suppress(NotFound):
        while True:
            path = f"/{names.words}/_doc/{_key(number)}"
            connection.request("GET", path, params={"_source": "false"}, deadline=SECONDS)
            number += 1
    return number


def make_room(connection: Connection, names: Names) -> None:
    """Let indices of before persons were looked for take them."""
    body = {"properties": {"people": PEOPLE}}
    connection.request("PUT", f"/{names.words}/_mapping", body=body, deadline=SECONDS, idempotent=True)


def load_people(connection: Connection, names: Names) -> list[Profiles]:
    """Read the persons of a generation."""
    body = {"size": PAGE, "query": _AMONG_WORDS, "_source": ["people"]}
    return [
        tuple(map(CreatorId, profiles))
        for hit in every_hit(connection, names.words, body, "place")
        for profiles in hit["_source"]["people"]
    ]


def _key(number: int) -> str:
    return f"people-{number}"
