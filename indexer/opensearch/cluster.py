"""Which cluster, and what an installation's indices are called there."""

from dataclasses import dataclass, field

from indexer.opensearch.bulk import DEADLINE_SECONDS
from indexer.opensearch.connection import Connection
from indexer.opensearch.mapping import Copies
from indexer.opensearch.names import DEFAULT_PREFIX, Names, aliases

HANDOVER_SECONDS = 10.0
"""Servers look for a new generation every two seconds, and open it in about as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A cluster and the names by which an installation has its indices there.

    `patience` is how long, in seconds, a build waits for a cluster that is away, too busy or blocked;
    `handover` how long servers have to go over to a new generation before the one they serve is dropped.
    """

    connection: Connection
    prefix: str = DEFAULT_PREFIX
    copies: Copies = field(default_factory=Copies)
    patience: float = DEADLINE_SECONDS
    handover: float = HANDOVER_SECONDS

    @property
    def aliases(self) -> Names:
        """The aliases of what is served."""
        return aliases(self.prefix)
