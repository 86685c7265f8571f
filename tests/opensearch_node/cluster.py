"""Several real nodes that form one cluster, each in a process of its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.opensearch_node.installation import Installation
from tests.opensearch_node.node import HEAP, Node
from tests.opensearch_node.readiness import probe

SIZE = 3
"""The fewest of which one can be lost while the others still elect a manager."""


class Cluster:
    """Nodes that know each other; killing, holding and starting one again is done on the node."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: Mapping[str, Any] | None = None,
        size: int = SIZE,
        heap: str = HEAP,
        installation: Installation | None = None,
    ) -> None:
        """Make the nodes, not yet started; the settings are added to those of every node."""
        names = [f"node-{number}" for number in range(1, size + 1)]
        self.nodes = tuple(
            Node(folder / name, name=name, heap=heap, installation=installation) for name in names
        )
        together = {
            "discovery.type": "zen",
            "discovery.seed_hosts": [f"127.0.0.1:{node.transport_port}" for node in self.nodes],
            "cluster.initial_cluster_manager_nodes": names,
        }
        for node in self.nodes:
            node.settings |= together | dict(settings or {})

    @property
    def urls(self) -> list[str]:
        """Where the nodes answer, in their order."""
        return [node.url for node in self.nodes]

    def start(self, *, status: str = "green", check: bool = True) -> None:
        """Start all side by side, and wait until every node sees all of them."""
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.wait(status, len(self.nodes))
        if check:
            probe(self.urls[0])

    def kill(self) -> None:
        """Kill every node."""
        for node in self.nodes:
            node.kill()
