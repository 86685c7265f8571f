"""Every misbehaviour of a server ends in its named outcome, within the deadline, and leaves no task."""

import time
from collections.abc import Iterator

import pytest

from tests.hostile.asking import QUICK, fetch, fetcher
from tests.hostile.cases import CASES, Case
from tests.hostile.server import Server

ROOM = 3.0
"""Seconds beyond the deadline that a busy machine may need; what hangs takes far longer."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        for case in CASES:
            server.on(f"/{case.name}", case.behaviour)
        yield server


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_misbehaviour_ends_in_its_named_outcome(server: Server, case: Case) -> None:
    began = time.monotonic()
    answer = fetch(fetcher(server.port), server.url(f"/{case.name}"))
    assert answer.outcome is case.outcome, answer
    assert time.monotonic() - began < QUICK.seconds + ROOM
    assert answer.document is None or answer.document.url.endswith(f"/{case.name}")
    assert bool(answer.detail) == (answer.document is None)
