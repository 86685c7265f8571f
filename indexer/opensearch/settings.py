"""The environment of a cluster: credentials, prefix of the names, shards and copies."""

from collections.abc import Mapping, Sequence

from discovery.errors import InvalidInput, Problem
from indexer.opensearch.access import addresses, credentials
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.connection import Connection
from indexer.opensearch.mapping import Copies
from indexer.opensearch.names import DEFAULT_PREFIX, aliases

PREFIX = "NICHESCOUT_OPENSEARCH_PREFIX"
SHARDS = "NICHESCOUT_OPENSEARCH_SHARDS"
REPLICAS = "NICHESCOUT_OPENSEARCH_REPLICAS"
MOST_SHARDS, MOST_REPLICAS = 1_024, 20


def open_cluster(urls: Sequence[str], environment: Mapping[str, str]) -> Cluster:
    """Return the cluster at some addresses; nothing is sent yet.

    Raises:
        InvalidInput: an address, a credential or another variable that cannot be used.
    """
    given = credentials(environment)
    prefix = environment.get(PREFIX) or DEFAULT_PREFIX
    try:
        aliases(prefix)
    except InvalidInput as error:
        raise InvalidInput([Problem(field=PREFIX, message=error.problems[0].message, value=prefix)]) from None
    return Cluster(
        connection=Connection(addresses(urls, given), given, pool=32),
        prefix=prefix,
        copies=Copies(
            shards=_number(environment, SHARDS, 1, MOST_SHARDS) or 1,
            replicas=_number(environment, REPLICAS, 0, MOST_REPLICAS),
        ),
    )


def _number(environment: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    text = environment.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal() or not least <= int(text) <= most:
        message = f"must be a whole number from {least} to {most}, not {text!r}"
        raise InvalidInput([Problem(field=name, message=message, value=text)])
    return int(text)
