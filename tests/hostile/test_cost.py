"""What a process pays for fetching everything that means harm: memory, time, threads, tasks, open files."""

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from indexer.crawl.document import Outcome
from tests.hostile.behaviours import MEBI, page, patient_bomb, raw, reset_after, silence, when_greeted
from tests.hostile.cases import CASES, PACKED
from tests.hostile.server import Behaviour, Server

MOST_MIB = 200
ROOM = 5.0
HOSTS = 100


def fetch_in_a_process(*servers: Server, rounds: list[list[str]], **limits: float) -> dict[str, Any]:
    orders = {"ports": [server.port for server in servers], "rounds": rounds, "limits": limits}
    done = subprocess.run(
        [sys.executable, "-P", "-W", "error", "-m", "tests.hostile.fetch_all"],
        input=json.dumps(orders),
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    cost: dict[str, Any] = json.loads(done.stdout)
    return cost


def see(cost: dict[str, Any], seconds: float) -> None:
    assert {name: cost[name] for name in ("files", "tasks", "threads")} == {
        "files": 0,
        "tasks": 0,
        "threads": 0,
    }
    assert max(took for ends in cost["ends"] for _, took in ends) < seconds + ROOM
    assert cost["peak_mib"] < MOST_MIB


@pytest.mark.slow
def test_everything_that_means_harm_costs_little() -> None:
    """One after the other what is large, all the others at once; then everything at once."""
    with Server() as server:
        for case in CASES:
            server.on(f"/{case.name}", case.behaviour)
        urls = {case: server.url(f"/{case.name}") for case in CASES}
        heavy = [[urls[case]] for case in CASES if case.outcome in {Outcome.TOO_LARGE, Outcome.BOMB}]
        rounds = [*heavy, list(urls.values())]
        cost = fetch_in_a_process(server, rounds=rounds, seconds=4.0)
    see(cost, 4.0)
    assert [[name for name, _ in ends] for ends in cost["ends"][:-1]] == [
        [case.outcome.name] for case in CASES if case.outcome in {Outcome.TOO_LARGE, Outcome.BOMB}
    ]
    assert [name for name, _ in cost["ends"][-1]] == [case.outcome.name for case in CASES]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "limits", "outcome"),
    [
        (page(bytes(4 * MEBI)), {}, Outcome.FETCHED),
        (page(patient_bomb(), headers=PACKED), {}, Outcome.BOMB),
        (page(patient_bomb(52 * MEBI), headers=PACKED), {"unpacked_bytes": 50 * MEBI}, Outcome.BOMB),
    ],
    ids=["plain", "packed", "packed with wide limits"],
)
def test_many_hosts_together_cannot_fill_the_memory(
    body: Behaviour, limits: dict[str, int], outcome: Outcome
) -> None:
    """Each sends as much as one fetch may take; they take turns."""
    with Server() as server:
        server.otherwise = body
        hosts = HOSTS // 4 if limits else HOSTS
        urls = [server.url(host=f"h{n}.example") for n in range(hosts)]
        cost = fetch_in_a_process(server, rounds=[urls], seconds=30.0, **limits)
    see(cost, 30.0)
    assert [name for name, _ in cost["ends"][0]] == [outcome.name] * hosts


def test_nothing_is_left_of_greetings_that_fail() -> None:
    greetings = [
        silence(),
        silence(b"\x16\x03\x03\x40\x00"),
        raw(b"no TLS\r\n"),
        raw(b""),
        when_greeted(reset_after()),
    ]
    with ExitStack() as running:
        servers = [running.enter_context(Server(on_connect=greeting)) for greeting in greetings]
        urls = [server.url().replace("http:", "https:") for server in servers]
        cost = fetch_in_a_process(*servers, rounds=[urls * 10], seconds=1.0)
    see(cost, 1.0)
    assert [name for name, _ in cost["ends"][0]] == ["TIMED_OUT", "TIMED_OUT", "TLS", "TLS", "TLS"] * 10
