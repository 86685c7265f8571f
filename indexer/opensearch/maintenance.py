"""What is done to whole indices: create, make ready to be searched, switch, drop."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from discovery.errors import EngineUnavailable
from indexer.opensearch.connection import Connection, NotFound
from indexer.opensearch.manifest import Manifest
from indexer.opensearch.mapping import Copies, Lengths, index_bodies, searchable, similarity
from indexer.opensearch.names import PARTS, Names

T = TypeVar("T")

SECONDS = 60.0
MERGE_SECONDS = 24 * 3600.0
COPY_SECONDS = 3600.0
"""How long copies may take before the generation is published without all of them."""
RELEASE_SECONDS = 120.0
RELEASE_PAUSE = 0.5


def create(connection: Connection, names: Names, manifest: Manifest, copies: Copies) -> None:
    """Create the indices of a generation, ready to be loaded."""
    bodies = index_bodies(copies, manifest.origin.dimension, manifest.meta())
    for part, index in zip(PARTS, names, strict=True):
        connection.request("PUT", f"/{index}", body=bodies[part], deadline=SECONDS)


def drop(connection: Connection, generations: Iterable[Names]) -> None:
    """Delete generations; those that are gone already are fine.

    The three indices of one go together: without the first the others would never be found again.
    """
    for names in generations:
        connection.request(
            "DELETE",
            f"/{names.all}",
            params={"ignore_unavailable": True},
            deadline=SECONDS,
            idempotent=True,
        )


def reopen(connection: Connection, names: Names) -> bool:
    """Open what a killed build left closed; return whether all three indices are there."""
    try:
        connection.request("POST", f"/{names.all}/_open", deadline=SECONDS, idempotent=True)
    except NotFound:
        return False
    return True


def settle(connection: Connection, names: Names, lengths: Mapping[str, Mapping[str, Lengths]]) -> None:
    """Make a loaded generation exact: merged, so that counts are of what is there, and weighed right.

    `lengths` are those of the text fields of creators and of passages.
    """
    refresh(connection, names)
    release(connection, names)
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
        EngineUnavailable: they cannot, or the cluster is away, after so many seconds.
    """
    ends = time.monotonic() + seconds
    while True:
        params = {"wait_for_status": "yellow", "wait_for_no_initializing_shards": "true", "timeout": "10s"}
        try:
            health = connection.request(
                "GET", f"/_cluster/health/{index}", params=params, deadline=30.0, idempotent=True
            )
        except EngineUnavailable:
            if time.monotonic() > ends:
                raise
            continue
        if not health["timed_out"]:
            return
        if time.monotonic() > ends:
            raise EngineUnavailable(
                f"{index} is {health['status']} after {seconds:.0f} s; see GET /_cluster/allocation/explain"
            )


def persist(connection: Connection, names: Names, seconds: float, work: Callable[[], T]) -> T:
    """Do work of which every step can be done again: once more when a node was lost and is back in time.

    Raises:
        EngineUnavailable: it is not back after so many seconds, or was lost again.
    """
    try:
        return work()
    except (EngineUnavailable, NotFound):  # a node that has just come back knows its indices a little later
        wait_for(connection, names.all, seconds)
        return work()


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


def release(connection: Connection, names: Names, seconds: float = RELEASE_SECONDS) -> None:
    """Wait until deleted documents are kept for no copy any more; nothing is waited for when there are none.

    Until then a merge keeps them, too, and words are weighed as if they were still there. A shard keeps what
    was deleted as far back as the leases of its copies say. These are looked at twice a minute, and renewed
    when half their time is over, which is after six hours, or at once when they have none.
    """
    if not _deleted(connection, names):
        return
    lease = "index.soft_deletes.retention_lease.period"
    _set(connection, names, {lease: "0s"})
    try:
        flush(connection, names)
        ends = time.monotonic() + seconds
        while _retained(connection, names) and time.monotonic() < ends:
            time.sleep(RELEASE_PAUSE)
    finally:
        _set(connection, names, {lease: None})


def merge_deletes(connection: Connection, names: Names) -> None:
    """Rewrite every segment that holds deleted documents; takes up to half a minute more than the merge.

    Raises:
        EngineUnavailable: there are deleted documents still.
    """
    if not _deleted(connection, names):
        return
    release(connection, names)
    _set(connection, names, {"index.merge.policy.expunge_deletes_allowed": 0})
    merge(connection, names.all, {"only_expunge_deletes": "true"})
    refresh(connection, names)  # else the old files stay open
    flush(connection, names)
    if left := _deleted(connection, names):
        raise EngineUnavailable(
            f"{left} deleted documents are still in files of {names.base}, because a copy is away; repeat "
            "the call once GET /_cluster/health is green"
        )


def flush(connection: Connection, names: Names) -> None:
    """Write everything to the disk, and drop the files that nobody needs any more."""
    params = {"force": True, "wait_if_ongoing": True}
    connection.request("POST", f"/{names.all}/_flush", params=params, deadline=10 * SECONDS, idempotent=True)


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
        try:
            found: Mapping[str, Any] = connection.request("GET", f"/_tasks/{task}", deadline=SECONDS)
        except NotFound:
            raise EngineUnavailable(f"the node that ran the task {task} was lost; try again") from None
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
    """Whether any copy keeps what was deleted, for another that may not have heard of it."""
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


def _behind(connection: Connection, alias: str) -> set[str]:
    """The indices that an alias stands for."""
    try:
        return set(connection.request("GET", f"/{alias}/_alias/{alias}", deadline=SECONDS))
    except NotFound:
        return set()
