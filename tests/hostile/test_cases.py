"""Every misbehaviour of a server ends in its named outcome, within the deadline, and leaves no task."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.crawl.document import Outcome
from tests.hostile.asking import PATIENT, QUICK, ROOM, fetch, fetcher, limits_until
from tests.hostile.behaviours import MEBI, answer, raw
from tests.hostile.cases import CASES, Case
from tests.hostile.server import Server

BUFFERS = 16 * MEBI
"""What the system of both sides may hold that nobody has read."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        for case in CASES:
            server.on(f"/{case.name}", case.behaviour)
        yield server


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_misbehaviour_ends_in_its_named_outcome(server: Server, case: Case) -> None:
    began = time.monotonic()
    end = fetch(fetcher(server.port, limits=limits_until(case.outcome)), server.url(f"/{case.name}"))
    assert end.outcome is case.outcome, end
    assert time.monotonic() - began < QUICK.seconds + ROOM
    assert end.document is None or end.document.url.endswith(f"/{case.name}")
    assert bool(end.detail) == (end.document is None)


@pytest.mark.parametrize(
    "case", [case for case in CASES if "gigabyte" in case.name], ids=lambda case: case.name
)
def test_nobody_sends_a_gigabyte(case: Case) -> None:
    with Server() as server:
        server.on("/", case.behaviour)
        assert fetch(fetcher(server.port), server.url()).outcome is Outcome.TOO_LARGE
    assert server.sent < 5 * MEBI + BUFFERS


def test_a_head_may_be_as_large_as_allowed_and_no_larger() -> None:
    whole = answer(200, b"the body is not counted" * 10, {"X-Long": "a" * 100})
    size = whole.index(b"\r\n\r\n") + 4
    interim = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    with Server() as server:
        server.on("/", raw(whole))
        server.on("/interim", raw(interim + whole))
        for path, limit in (("/", size), ("/interim", size + len(interim))):
            for less, outcome in ((0, Outcome.FETCHED), (1, Outcome.TOO_LARGE)):
                using = fetcher(server.port, limits=replace(PATIENT, header_bytes=limit - less))
                assert fetch(using, server.url(path)).outcome is outcome
