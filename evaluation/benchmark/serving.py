"""The real server over HTTP: start to ready, memory, and whole requests."""

import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from evaluation.benchmark.briefs import LONG, SHORT
from evaluation.benchmark.figures import percentiles, resident_megabytes, say
from indexer.home import Home


def measure_server(home: Home, encoder: str, rounds: int) -> None:
    """Start `nichescout serve`, search it, and stop it."""
    port = _free_port()
    command = [sys.executable, "-m", "search_api.cli", "--data", str(home.root), "--encoder", encoder]
    started = time.perf_counter()
    command += [word for address in home.cluster for word in ("--index", address)]
    server = subprocess.Popen([*command, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready(port)
        say("server: seconds from start to ready", f"{time.perf_counter() - started:.1f}")
        for name, texts in (("short", SHORT), ("long", LONG)):
            for clients in (1, 2):
                _measure_requests(port, name, texts, rounds, clients)
        for process in _family(server.pid):
            say("server: resident memory of a process, MB", f"{resident_megabytes(process):.0f}")
    finally:
        server.terminate()
        server.wait(30)


def _measure_requests(port: int, name: str, texts: Sequence[str], rounds: int, clients: int) -> None:
    whole: list[float] = []
    parts: dict[str, list[float]] = {}

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for turn in range(rounds):
            text = f"{texts[(turn * 7 + number) % len(texts)]} {turn}"
            started = time.perf_counter()
            connection.request(
                "POST", "/v1/search", json.dumps({"query": text}), {"Content-Type": "application/json"}
            )
            answer = connection.getresponse()
            answer.read()
            whole.append(1e3 * (time.perf_counter() - started))
            assert answer.status == http.HTTPStatus.OK, answer.status
            for part, value in re.findall(r"(\w+);dur=([\d.]+)", answer.headers["Server-Timing"] or ""):
                parts.setdefault(part, []).append(float(value))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    say(f"request, {name} brief, {clients} client(s): p50 p95 p99 ms", percentiles(whole))
    for part, values in parts.items():
        say(f"    of which {part}", percentiles(values))


def _wait_until_ready(port: int) -> None:
    for _ in range(2_000):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise TimeoutError("the server was not ready within 40 seconds")


def _family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [process, *map(int, children)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
