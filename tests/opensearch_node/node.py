"""One real OpenSearch node: a process of its own, with its own folder and ports, kept over restarts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.opensearch_node.asking import Answer, ask
from tests.opensearch_node.child import Child
from tests.opensearch_node.installation import Installation, install
from tests.opensearch_node.ports import free_port
from tests.opensearch_node.readiness import NotReady, await_status, probe

HEAP = "512m"


class Node:
    """A node that is started and ended as often as a test likes; data, ports and name stay the same."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: Mapping[str, Any] | None = None,
        name: str = "node-1",
        heap: str = HEAP,
        installation: Installation | None = None,
    ) -> None:
        """Choose ports and write the settings; those given are added to the usual ones, or replace them."""
        self.name = name
        self.folder = folder
        self.http_port = free_port()
        self.transport_port = free_port()
        self.log = folder / "node.log"
        self._heap = heap
        self._installation = installation or install()
        self._child: Child | None = None
        self.settings = self._usual_settings() | dict(settings or {})

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._running().pid

    @property
    def is_running(self) -> bool:
        """Whether its process lives; a held one does."""
        return self._child is not None and self._child.is_running

    def launch(self) -> None:
        """Start the process, and return before it answers."""
        assert not self.is_running, f"{self.name} runs already"
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / "settings.json"
        file.write_text(json.dumps(self.settings, indent=1), encoding="utf-8")
        command = self._installation.command(file, self._heap, self.folder)
        self._child = Child(command, log=self.log, folder=self.folder)

    def wait(self, status: str = "green", nodes: int = 1) -> None:
        """Wait until the cluster has that status (or a better one) and as many nodes as that."""
        try:
            await_status(self.url, status=status, nodes=nodes, is_running=lambda: self.is_running)
        except NotReady as problem:
            words = self.log.read_text(encoding="utf-8", errors="replace")
            raise NotReady(f"{self.name}: {problem}; the end of {self.log}:\n{words[-6000:]}") from None

    def start(self, *, status: str = "green", check: bool = True) -> None:
        """Start, wait for the status, and see that k-NN answers (not so without check)."""
        self.launch()
        self.wait(status)
        if check:
            probe(self.url)

    def stop(self) -> None:
        """End it in good order, data flushed."""
        self._running().stop()

    def kill(self) -> None:
        """End it as kill -9 does; nothing to do when it has ended."""
        if self._child:
            self._child.kill()

    def hold(self) -> None:
        """Stop it where it stands (SIGSTOP): connections are taken, and nobody answers."""
        self._running().hold()

    def go_on(self) -> None:
        """Let it go on after hold (SIGCONT)."""
        self._running().go_on()

    def ask(self, path: str, method: str = "GET", body: Any = None, **options: Any) -> Answer:
        """Send a request to a path, such as `/_cat/indices`."""
        return ask(self.url + path, method=method, body=body, **options)

    def _running(self) -> Child:
        assert self._child, f"{self.name} was not started"
        return self._child

    def _usual_settings(self) -> dict[str, Any]:
        return {
            "cluster.name": "nichescout-tests",
            "node.name": self.name,
            "path.home": str(self.folder),
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "network.host": "127.0.0.1",
            "http.type": "netty4",
            "http.port": self.http_port,
            "transport.type": "netty4",
            "transport.port": self.transport_port,
            "discovery.type": "single-node",
            # How full the disk of a test's machine is decides nothing, unless the test is about that.
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }
