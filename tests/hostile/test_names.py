"""Names: every answer is checked, the connection goes to what was checked, no look-up holds anything up."""

import asyncio
import resource
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Self

import pytest

from indexer.crawl.document import Answer, Outcome
from indexer.crawl.fetching.resolving import SystemResolver
from tests.hostile.asking import PATIENT, QUICK, ROOM, fetch, fetcher, request
from tests.hostile.behaviours import page, redirect, silence
from tests.hostile.names import Changing, Names, silent
from tests.hostile.server import Server

OUTSIDE, INSIDE = "127.0.0.5", "127.0.0.6"
"""Two addresses of this machine: the tests open the first, and the second stands for a private network."""


class Full:
    """A server that takes no more connections, and does not say so."""

    def __init__(self, address: str, port: int = 0) -> None:
        self._listening = socket.socket()
        self._listening.bind((address, port))
        self._listening.listen(0)
        self.port: int = self._listening.getsockname()[1]
        self._waiting = [socket.socket() for _ in range(4)]
        for one in self._waiting:
            one.setblocking(False)
            one.connect_ex((address, self.port))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (*self._waiting, self._listening):
            one.close()


@pytest.fixture
def servers() -> Iterator[tuple[Server, Server]]:
    """Return a public and a private server, on the same port."""
    with Server(address=OUTSIDE) as outside, Server(address=INSIDE, port=outside.port) as inside:
        for server in (outside, inside):
            server.on("/", page(server.address.encode()))
            server.on("/again", redirect("/"))
        yield outside, inside


def test_names_that_change_between_look_ups_never_lead_inside(servers: tuple[Server, Server]) -> None:
    outside, inside = servers
    names = Changing([OUTSIDE], [INSIDE])
    using = fetcher(outside.port, resolve=names, networks=[f"{OUTSIDE}/32"])
    url = outside.url(host="changing.example")
    ends = [fetch(using, url) for _ in range(6)]
    assert [end.outcome for end in ends] == [Outcome.FETCHED, Outcome.PRIVATE_ADDRESS] * 3
    assert {end.document.body for end in ends if end.document} == {OUTSIDE.encode()}
    assert len(names.told) == 6, "a hop looks its name up once, and connects to what it was told"
    assert [one.headers["host"] for one in outside.seen] == [f"changing.example:{outside.port}"] * 3
    assert inside.connections == 0


def test_names_that_change_between_hops_are_checked_again(servers: tuple[Server, Server]) -> None:
    outside, inside = servers
    using = fetcher(outside.port, resolve=Changing([OUTSIDE], [INSIDE]), networks=[f"{OUTSIDE}/32"])
    end = fetch(using, outside.url("/again", host="changing.example"))
    assert end.outcome is Outcome.PRIVATE_ADDRESS
    assert f"changing.example leads to {INSIDE}" in end.detail
    assert (outside.connections, inside.connections) == (1, 0)


@pytest.mark.parametrize("answers", [[OUTSIDE, INSIDE], [INSIDE, OUTSIDE], [OUTSIDE] * 40 + ["::1"]])
def test_one_private_answer_refuses_the_host(servers: tuple[Server, Server], answers: Sequence[str]) -> None:
    outside, inside = servers
    names = Names({"both.example": answers})
    end = fetch(
        fetcher(outside.port, resolve=names, networks=[f"{OUTSIDE}/32"]), outside.url(host="both.example")
    )
    assert end.outcome is Outcome.PRIVATE_ADDRESS
    assert (outside.connections, inside.connections) == (0, 0)


def test_addresses_are_tried_in_turn(servers: tuple[Server, Server]) -> None:
    outside, _ = servers
    names = Names({"site.example": ["127.0.0.99", "::1", OUTSIDE]})
    using = fetcher(outside.port, resolve=names, networks=["127.0.0.0/8", "::1/128"])
    assert fetch(using, outside.url(host="site.example")).outcome is Outcome.FETCHED


def test_where_nobody_listens_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    end = fetch(fetcher(port), f"http://site.example:{port}/")
    assert end.outcome is Outcome.UNREACHABLE
    assert end.detail == f"127.0.0.1 port {port}: Connection refused"


def test_who_does_not_take_connections_takes_too_long() -> None:
    with Full("127.0.0.1") as full:
        began = time.monotonic()
        end = fetch(fetcher(full.port, limits=QUICK), f"http://site.example:{full.port}/")
    assert end.outcome is Outcome.TIMED_OUT
    assert end.detail == f"127.0.0.1 port {full.port} does not answer"
    assert time.monotonic() - began < QUICK.connect_seconds + ROOM


def test_an_address_that_is_silent_leaves_time_for_the_next(servers: tuple[Server, Server]) -> None:
    outside, _ = servers
    with Full("127.0.0.7", outside.port):
        names = Names({"site.example": ["127.0.0.7", OUTSIDE]})
        using = fetcher(outside.port, resolve=names, limits=replace(PATIENT, connect_seconds=1.0))
        assert fetch(using, outside.url(host="site.example")).outcome is Outcome.FETCHED


def test_a_process_without_free_files_says_so() -> None:
    async def starved() -> Answer:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        try:
            return await fetcher().fetch(request("http://site.example/"))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    end = asyncio.run(starved())
    assert (end.outcome, end.detail) == (Outcome.UNREACHABLE, "127.0.0.1 port 80: Too many open files")


@pytest.mark.parametrize(
    ("answers", "detail"),
    [([], "has no address"), (["what.example"], "leads to what is no address"), (["1.2.3"], "no address")],
)
def test_names_without_addresses_are_unresolved(answers: Sequence[str], detail: str) -> None:
    end = fetch(fetcher(resolve=Names({"site.example": answers})), "http://site.example/")
    assert end.outcome is Outcome.UNRESOLVED
    assert detail in end.detail


def test_names_that_nobody_has_are_unresolved() -> None:
    end = fetch(fetcher(resolve=Names()), "http://nobody.example/")
    assert (end.outcome, end.detail) == (
        Outcome.UNRESOLVED,
        "the name nobody.example has no address: nobody is called nobody.example",
    )


def test_a_name_server_that_is_silent_takes_too_long() -> None:
    began = time.monotonic()
    end = fetch(fetcher(resolve=silent, limits=QUICK), "http://site.example/")
    assert end.outcome is Outcome.TIMED_OUT
    assert end.detail == "no name server answers for site.example"
    assert time.monotonic() - began < QUICK.seconds + ROOM


def test_the_resolver_of_the_system_knows_this_machine() -> None:
    async def ask() -> Sequence[str]:
        return await SystemResolver()("localhost")

    assert "127.0.0.1" in asyncio.run(ask())


def test_the_resolver_of_the_system_says_who_is_nobody() -> None:
    async def ask() -> Sequence[str]:
        return await SystemResolver()("a..b")

    with pytest.raises(OSError):
        asyncio.run(ask())


def test_a_look_up_that_fails_in_its_own_way_gives_its_place_back() -> None:
    def failing(host: str) -> Sequence[str]:
        raise UnicodeError(f"{host} cannot be written")

    async def ask() -> list[Answer]:
        using = fetcher(resolve=SystemResolver(threads=1, look_up=failing))
        return [await using.fetch(request("http://site.example/")) for _ in range(3)]

    ends = asyncio.run(ask())
    assert {end.outcome for end in ends} == {Outcome.UNRESOLVED}
    assert "site.example cannot be written" in ends[-1].detail


def test_look_ups_that_hang_never_pile_up() -> None:
    release = threading.Event()
    running: list[str] = []

    def hanging(host: str) -> Sequence[str]:
        running.append(host)
        release.wait(10)
        return []

    async def ask() -> None:
        resolver = SystemResolver(threads=3, look_up=hanging)
        using = fetcher(resolve=resolver, limits=replace(QUICK, seconds=0.3))
        asked = (using.fetch(request(f"http://site{place}.example/")) for place in range(20))
        assert {end.outcome for end in await asyncio.gather(*asked)} == {Outcome.TIMED_OUT}
        assert len(running) == 3
        release.set()
        end = await using.fetch(request("http://later.example/"))
        assert end.outcome is Outcome.UNRESOLVED

    asyncio.run(ask())
    assert running[3:] == ["later.example"]
    left = [thread for thread in threading.enumerate() if thread.name == "look-up"]
    for thread in left:
        thread.join(5)
    assert not any(thread.is_alive() for thread in left)


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with Server(on_connect=silence()) as proxy, Server() as server:
        server.on("/", page(b"direct"))
        monkeypatch.setenv(name, proxy.url())
        assert fetch(fetcher(server.port), server.url(host="site.example")).outcome is Outcome.FETCHED
        assert proxy.connections == 0
