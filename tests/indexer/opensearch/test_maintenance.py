"""What is asked of a cluster about whole indices: only of those that are ours (see `faulty_node`).

What a node makes of it is tested with a real node.
"""

import json

from indexer.opensearch.connection import Connection, Credentials, addresses
from indexer.opensearch.maintenance import switch
from indexer.opensearch.names import Names
from tests.indexer.opensearch.faulty_node import Fault, Handler, Request, Server, error

ALIAS, NEW, OLD = Names("scout"), Names("scout-new"), Names("scout-old")


def standing_for(names: Names | None) -> Fault:
    """Answer as a node on which the aliases stand for the indices of a generation, or do not exist."""

    def fault(handler: Handler, request: Request) -> None:
        alias = request.path.rpartition("/")[2]
        if request.method != "GET":
            handler.reply(200, {"acknowledged": True})
        elif names is None:
            error(404, "index_not_found_exception", f"no such index [{alias}]")(handler, request)
        else:
            handler.reply(200, {alias.replace(ALIAS.base, names.base): {"aliases": {alias: {}}}})

    return fault


def switched(server: Server, before: Names | None) -> list[dict[str, dict[str, str]]]:
    """Return the actions by which the aliases go over to the new generation."""
    server.script.always = standing_for(before)
    with Connection(addresses([server.url], Credentials())) as connection:
        switch(connection, ALIAS, NEW)
    *asked, last = server.script.requests
    assert [one.path for one in asked] == [f"/{name}/_alias/{name}" for name in ALIAS]
    assert (last.method, last.path) == ("POST", "/_aliases")
    actions: list[dict[str, dict[str, str]]] = json.loads(last.body)["actions"]
    return actions


def added() -> list[dict[str, dict[str, str]]]:
    return [{"add": {"index": index, "alias": name}} for name, index in zip(ALIAS, NEW, strict=True)]


def test_the_first_generation_only_gets_the_aliases(server: Server) -> None:
    assert switched(server, None) == added()


def test_a_switch_names_the_indices_that_lose_the_aliases(server: Server) -> None:
    removed = [{"remove": {"index": index, "alias": name}} for name, index in zip(ALIAS, OLD, strict=True)]
    pairs = zip(removed, added(), strict=True)
    assert switched(server, OLD) == [action for pair in pairs for action in pair]


def test_a_switch_that_was_made_already_takes_nothing_away(server: Server) -> None:
    assert switched(server, NEW) == added()
