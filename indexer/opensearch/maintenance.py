"""What is done to whole indices: create, make ready to be searched, switch, drop."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from discovery.errors import EngineUnavailable
from indexer.opensearch.connection import Connection, NotFound
from indexer.opensearch.manifest import Manifest
from indexer.opensearch.mapping import Copies, Lengths, index_bodies, searchable, similarity
from indexer.opensearch.names import PARTS, Names

SECONDS = 60.0
MERGE_SECONDS = 24 * 3600.0
COPY_SECONDS = 3600.0
"""How long copies may take before the generation is published without all of them."""
LEASE_SECONDS = 120.0
"""How long is waited until no copy keeps deleted documents for another one."""


def create(connection: Connection, names: Names, manifest: Manifest, copies: Copies) -> None:
    """Create the indices of a generation, ready to be loaded."""
    bodies = index_bodies(copies, manifest.origin.dimension, manifest.meta())
    for part, index in zip(PARTS, names, strict=True):
        connection.request("PUT", f"/{index}", body=bodies[part], deadline=SECONDS)


def drop(connection: Connection, generations: Iterable[Names]) -> None:
    """Delete generations; those that are gone already are fine."""
    for names in generations:
        for index in names:
            try:
                connection.request("DELETE", f"/{index}", deadline=SECONDS, idempotent=True)
            except NotFound:
                continue


def settle(connection: Connection, names: Names, lengths: Mapping[str, Mapping[str, Lengths]]) -> None:
    """Make a loaded generation exact: merged, so that counts are of what is there, and weighed right.

    `lengths` are those of the text fields of creators and of passages.
    """
    refresh(connection, names)
    merge(connection, names.all, {"max_num_segments": 1})
    for index, fields in ((names.creators, lengths["creators"]), (names.passages, lengths["passages"])):
        # How a field is weighed can be set only on a closed index; nobody searches this one yet.
        connection.request("POST", f"/{index}/_close", deadline=SECONDS, idempotent=True)
        connection.request(
            "PUT", f"/{index}/_settings", body=similarity(fields), deadline=SECONDS, idempotent=True
        )
        connection.request("POST", f"/{index}/_open", deadline=SECONDS, idempotent=True)


def make_searchable(connection: Connection, names: Names, copies: Copies) -> None:
    """Give a generation its copies and its refreshes, and wait until every shard has been copied."""
    _set(connection, names, searchable(copies))
    wait_for(connection, names.all, COPY_SECONDS)


def wait_for(connection: Connection, index: str, seconds: float) -> None:
    """Wait until the primary shards can be searched and no copy is on its way.

    Raises:
        EngineUnavailable: they cannot, after so many seconds.
    """
    ends = time.monotonic() + seconds
    while True:
        params = {"wait_for_status": "yellow", "wait_for_no_initializing_shards": "true", "timeout": "10s"}
        try:
            health = connection.request(
                "GET", f"/_cluster/health/{index}", params=params, deadline=30.0, idempotent=True
            )
        except EngineUnavailable:
            health = {"timed_out": True, "status": "unknown"}
        if not health["timed_out"]:
            return
        if time.monotonic() > ends:
            raise EngineUnavailable(
                f"{index} is {health['status']} after {seconds:.0f} s; see GET /_cluster/allocation/explain"
            )


def switch(connection: Connection, alias: Names, names: Names) -> None:
    """Serve a generation: one call, all three aliases or none."""
    actions: list[Mapping[str, Any]] = []
    for name, index in zip(alias, names, strict=True):
        if _exists(connection, name):
            actions.append({"remove": {"index": "*", "alias": name}})
        actions.append({"add": {"index": index, "alias": name}})
    connection.request("POST", "/_aliases", body={"actions": actions}, deadline=SECONDS, idempotent=True)


def refresh(connection: Connection, names: Names) -> None:
    """Let searches see everything that was sent."""
    connection.request("POST", f"/{names.all}/_refresh", deadline=10 * SECONDS, idempotent=True)


def count(connection: Connection, index: str) -> int:
    """How many documents searches see."""
    return int(connection.request("GET", f"/{index}/_count", deadline=SECONDS)["count"])


def merge_deletes(connection: Connection, names: Names) -> None:
    """Rewrite every segment that holds deleted documents; takes up to half a minute more than the merge.

    A cluster keeps what was deleted for copies that were away, as far back as their leases say. These are
    looked at twice a minute, and renewed when half their time is over, which is after six hours, or at once
    when they have none.

    Raises:
        EngineUnavailable: there are deleted documents still.
    """
    if not _deleted(connection, names):
        return
    allowed, lease = "index.merge.policy.expunge_deletes_allowed", "index.soft_deletes.retention_lease.period"
    _set(connection, names, {allowed: 0, lease: "0s"})
    try:
        _flush(connection, names)
        ends = time.monotonic() + LEASE_SECONDS
        while _retained(connection, names) and time.monotonic() < ends:
            time.sleep(0.5)
        merge(connection, names.all, {"only_expunge_deletes": "true"})
        _flush(connection, names)
    finally:
        _set(connection, names, {lease: None})
    if left := _deleted(connection, names):
        raise EngineUnavailable(
            f"{names.all} still hold {left} deleted documents; repeat this when all copies are there"
        )


def merge(connection: Connection, index: str, params: Mapping[str, object]) -> None:
    """Merge segments, however long it takes.

    Raises:
        EngineUnavailable: it failed.
    """
    started = connection.request(
        "POST",
        f"/{index}/_forcemerge",
        params={**params, "wait_for_completion": "false"},
        deadline=SECONDS,
        idempotent=True,
    )
    done = finished(connection, started["task"], MERGE_SECONDS)
    failures = done.get("response", {}).get("_shards", {}).get("failures") or done.get("error")
    if failures:
        raise EngineUnavailable(f"{index} could not be merged: {failures}")


def finished(
    connection: Connection, task: str, seconds: float, sleep: Callable[[float], object] = time.sleep
) -> Mapping[str, Any]:
    """Wait for a task of the cluster and return what came of it.

    Raises:
        EngineUnavailable: it goes on after so many seconds.
    """
    ends, pause = time.monotonic() + seconds, 0.02
    while time.monotonic() < ends:
        found: Mapping[str, Any] = connection.request("GET", f"/_tasks/{task}", deadline=SECONDS)
        if found["completed"]:
            return found
        sleep(pause)
        pause = min(2.0 * pause, 2.0)
    raise EngineUnavailable(f"the task {task} of the cluster goes on after {seconds:.0f} s")


def _deleted(connection: Connection, names: Names) -> int:
    """How many deleted documents there are in segments, over all copies."""
    refresh(connection, names)
    stats = connection.request("GET", f"/{names.all}/_stats/docs", deadline=SECONDS)
    return int(stats["_all"]["total"]["docs"]["deleted"])


def _retained(connection: Connection, names: Names) -> bool:
    """Whether any copy keeps what was deleted from another one."""
    stats = connection.request("GET", f"/{names.all}/_stats", params={"level": "shards"}, deadline=SECONDS)
    copies = [
        one for index in stats["indices"].values() for shard in index["shards"].values() for one in shard
    ]
    return any(
        lease["retaining_seq_no"] <= copy["seq_no"]["max_seq_no"]
        for copy in copies
        for lease in copy["retention_leases"]["leases"]
    )


def _set(connection: Connection, names: Names, settings: Mapping[str, Any]) -> None:
    connection.request("PUT", f"/{names.all}/_settings", body=settings, deadline=SECONDS, idempotent=True)


def _flush(connection: Connection, names: Names) -> None:
    connection.request("POST", f"/{names.all}/_flush", deadline=10 * SECONDS, idempotent=True)


def _exists(connection: Connection, alias: str) -> bool:
    try:
        connection.request("GET", f"/_alias/{alias}", deadline=SECONDS)
    except NotFound:
        return False
    return True
