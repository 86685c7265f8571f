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
EXPUNGE_SECONDS = 300.0
EXPUNGE_PAUSE = 2.0
COPY_SECONDS = 3600.0
"""How long copies may take before the generation is published without all of them."""


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
    weigh(connection, names.creators, lengths["creators"])
    weigh(connection, names.passages, lengths["passages"])


def weigh(connection: Connection, index: str, lengths: Mapping[str, Lengths]) -> None:
    """Set how text fields are weighed, which can be done only while an index is closed."""
    connection.request("POST", f"/{index}/_close", deadline=SECONDS, idempotent=True)
    body = similarity(lengths)
    connection.request("PUT", f"/{index}/_settings", body=body, deadline=SECONDS, idempotent=True)
    connection.request("POST", f"/{index}/_open", deadline=SECONDS, idempotent=True)


def make_searchable(connection: Connection, names: Names, copies: Copies) -> None:
    """Give a generation its copies and its refreshes, and wait until every shard has been copied."""
    connection.request(
        "PUT", f"/{names.all}/_settings", body=searchable(copies), deadline=SECONDS, idempotent=True
    )
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
        # By their names: of "all indices" a user may only speak with rights on those of everybody else.
        for other in sorted(_behind(connection, name) - {index}):
            actions.append({"remove": {"index": other, "alias": name}})
        actions.append({"add": {"index": index, "alias": name}})
    connection.request("POST", "/_aliases", body={"actions": actions}, deadline=SECONDS, idempotent=True)


def refresh(connection: Connection, names: Names) -> None:
    """Let searches see everything that was sent."""
    connection.request("POST", f"/{names.all}/_refresh", deadline=10 * SECONDS, idempotent=True)


def count(connection: Connection, index: str) -> int:
    """How many documents searches see."""
    return int(connection.request("GET", f"/{index}/_count", deadline=SECONDS)["count"])


def merge_deletes(connection: Connection, names: Names) -> None:
    """Rewrite every segment that holds deleted documents, and wait until none is left in any file.

    Shards keep what was deleted last for copies that may need it, and let go of it twice a minute.

    Raises:
        EngineUnavailable: they did not within `EXPUNGE_SECONDS`.
    """
    allowed = {"index.merge.policy.expunge_deletes_allowed": 0}
    path = f"/{names.all}/_settings"
    connection.request("PUT", path, body=allowed, deadline=SECONDS, idempotent=True)
    ends = time.monotonic() + EXPUNGE_SECONDS
    while True:
        flush(connection, names)
        merge(connection, names.all, {"only_expunge_deletes": "true"})
        refresh(connection, names)
        flush(connection, names)
        deleted = _deleted(connection, names)
        if not deleted:
            return
        if time.monotonic() > ends:
            raise EngineUnavailable(
                f"{deleted} deleted documents are still in files of {names.base}: a copy of a shard may be "
                "missing; they go when it is back, and the same call can be made again"
            )
        time.sleep(EXPUNGE_PAUSE)


def flush(connection: Connection, names: Names) -> None:
    """Write everything to the disk, and remove the files that merges left behind."""
    connection.request(
        "POST", f"/{names.all}/_flush", params={"force": "true"}, deadline=10 * SECONDS, idempotent=True
    )


def _deleted(connection: Connection, names: Names) -> int:
    found = connection.request("GET", f"/{names.all}/_stats/docs", deadline=SECONDS)
    return int(found["_all"]["total"]["docs"]["deleted"])


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


def _behind(connection: Connection, alias: str) -> set[str]:
    """The indices that an alias stands for."""
    try:
        return set(connection.request("GET", f"/{alias}/_alias/{alias}", deadline=SECONDS))
    except NotFound:
        return set()
