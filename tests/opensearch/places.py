"""What a watched place serves: its answers and its contents."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from discovery.creator import Creator
from indexer.home import Home
from indexer.opensearch.contents import everybody
from indexer.opensearch.manifest import served
from tests.indexer.installation import BRIEFS, matcher, stock
from tests.opensearch.doomed import Place
from tests.opensearch.generations import opened
from tests.opensearch_node.node import Node

BRIEF = replace(BRIEFS[2], limit=100, weights={"related_words": 0.0})
"""By the words said alone: related words stay those of the last whole build."""

Scores = dict[str, float]
Contents = tuple[Sequence[str], Sequence[tuple[str, int]]]
_NUMBERS = count()


def place_in(folder: Path, node: Node, *creators: Sequence[Creator]) -> Place:
    """Make a store with creators, and a prefix of its own."""
    folder.mkdir()
    for some in creators:
        stock(Home(folder), some)
    return Place(home=folder, url=node.url, prefix=f"doomed{next(_NUMBERS)}", notes=folder / "notes")


def answers(place: Place) -> Scores:
    """Search what is served."""
    found = matcher(opened(place.cluster())).search(BRIEF)
    assert len(found.matches) > 5
    return {match.creator.id: match.score for match in found.matches}


def contents(place: Place) -> Contents:
    """Return the creators and the passages that are served; each pair but once."""
    cluster = place.cluster()
    names, manifest = served(cluster.connection, cluster.aliases)
    body = {"size": 5_000, "_source": ["creator", "position"]}
    order = {"creator": "asc"}
    hits = cluster.connection.request(
        "POST", f"/{names.passages}/_search", body=body | {"sort": [order, {"position": "asc"}]}, deadline=30
    )["hits"]["hits"]
    passages = [(hit["_source"]["creator"], hit["_source"]["position"]) for hit in hits]
    creators = list(everybody(cluster.connection, names))
    assert (manifest.creators, manifest.passages) == (len(creators), len(passages))
    return creators, passages
