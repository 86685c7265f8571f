"""Redirects: each hop is checked like the first, secrets stay with their origin, the end is remembered."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.crawl.document import Outcome
from tests.hostile.asking import QUICK, fetch, fetcher, request
from tests.hostile.behaviours import answer, page, raw, redirect
from tests.hostile.names import Names
from tests.hostile.server import Server
from tests.hostile.tls import make_tls

HERE = "127.0.0.5"
"""Where the servers of these tests listen: nothing else of this machine is open."""
PRIVATE = (
    "http://127.0.0.1/",
    "http://127.0.0.2/",
    "http://127.1/",
    "http://0x7f.1/",
    "http://0X7F.0.0.0x1/",
    "http://0177.0.0.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:127.0.0.5]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::127.0.0.5]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[fec0::1]/",
    "http://[fd00:ec2::254]/",
    "http://[5f00::1]/",
    "http://[ff02::1]/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://169.254.169.254/latest/meta-data/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://inside.example/",
    "//inside.example/",
    "http://both.example/",
    "http://mapped.example/",
    "http://nat64.example/",
)
NAMES = Names(
    {
        "inside.example": ["10.0.0.7"],
        "both.example": [HERE, "10.0.0.7"],
        "mapped.example": ["::ffff:10.0.0.7"],
        "nat64.example": ["64:ff9b::a00:7"],
    },
    otherwise=HERE,
)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(address=HERE) as server:
        yield server


@pytest.mark.parametrize("to", PRIVATE)
def test_no_redirect_leads_into_a_private_network(server: Server, to: str) -> None:
    server.on("/", redirect(to))
    end = fetch(fetcher(server.port, resolve=NAMES, networks=[f"{HERE}/32"]), server.url())
    assert end.outcome is Outcome.PRIVATE_ADDRESS, end
    assert len(server.seen) == 1


@pytest.mark.parametrize("to", PRIVATE)
def test_no_first_address_leads_into_a_private_network(to: str) -> None:
    end = fetch(fetcher(resolve=NAMES, networks=[f"{HERE}/32"]), f"http:{to.removeprefix('http:')}")
    assert end.outcome is Outcome.PRIVATE_ADDRESS, end


def test_a_chain_of_five_is_followed_and_a_sixth_is_not(server: Server) -> None:
    for place in range(6):
        server.on(f"/{place}", redirect(f"/{place + 1}"))
    server.on("/6", page(b"the end"))
    using = fetcher(server.port)
    assert fetch(using, server.url("/1")).outcome is Outcome.FETCHED
    end = fetch(using, server.url("/0"))
    assert (end.outcome, end.detail) == (
        Outcome.TOO_MANY_REDIRECTS,
        "more than 5 redirects (after 5 redirects)",
    )
    assert server.paths() == [f"/{place}" for place in (1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5)]


def test_an_endless_chain_of_new_addresses_ends(server: Server) -> None:
    server.otherwise = raw(answer(302, headers={"Location": "further/"}))
    end = fetch(fetcher(server.port), server.url("/"))
    assert end.outcome is Outcome.TOO_MANY_REDIRECTS
    assert len(server.seen) == 6


def test_a_circle_is_left_at_once(server: Server) -> None:
    server.on("/a", redirect("/b"))
    server.on("/b", redirect("/./a#part"))
    end = fetch(fetcher(server.port), server.url("/a"))
    assert end.outcome is Outcome.TOO_MANY_REDIRECTS
    assert end.detail == f"{HERE} redirects in a circle (after 1 redirect)"
    assert server.paths() == ["/a", "/b"]


def test_a_chain_has_one_deadline_for_all_hops(server: Server) -> None:
    for place in range(6):
        head = answer(302, headers={"Location": f"/{place + 1}"})
        server.on(f"/{place}", raw(head[:20], head[20:], pause=0.2))
    end = fetch(fetcher(server.port, limits=QUICK), server.url("/0"))
    assert end.outcome is Outcome.TIMED_OUT
    assert 1 < len(server.seen) < 5


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [((301,), 1), ((308, 301), 2), ((301, 302, 301), 1), ((302, 301), None), ((307,), None), ((303,), None)],
)
def test_where_a_document_has_moved_for_good(
    server: Server, statuses: tuple[int, ...], moved_to: int | None
) -> None:
    for place, status in enumerate(statuses):
        server.on(f"/{place}", redirect(f"/{place + 1}", status=status))
    server.on(f"/{len(statuses)}", page(b"here"))
    end = fetch(fetcher(server.port), server.url("/0"))
    assert end.document and end.document.url == server.url(f"/{len(statuses)}")
    assert end.permanent_url == (None if moved_to is None else server.url(f"/{moved_to}"))


def test_a_document_has_not_moved_to_where_nobody_may_go(server: Server) -> None:
    async def permit(url: str) -> Outcome | None:
        return Outcome.OUTSIDE if "elsewhere" in url else None

    server.on("/", redirect("http://elsewhere.example/", status=301))
    end = fetch(fetcher(server.port), request(server.url(), permit=permit))
    assert (end.outcome, end.permanent_url) == (Outcome.OUTSIDE, None)


def test_the_crawler_is_asked_before_every_hop(server: Server) -> None:
    asked = []

    async def permit(url: str) -> Outcome | None:
        asked.append((url, len(server.seen)))
        return Outcome.DISALLOWED if "/c" in url else None

    server.on("/a", redirect("/b?x=%7e&y=ü#part"))
    server.on("/b", redirect("c"))
    end = fetch(fetcher(server.port), request(server.url("/./a"), permit=permit))
    assert end.outcome is Outcome.DISALLOWED
    assert end.detail == "127.0.0.5 was not asked: disallowed by robots.txt (after 2 redirects)"
    assert asked == [(server.url("/a"), 0), (server.url("/b?x=~&y=%C3%BC"), 1), (server.url("/c"), 2)]
    assert server.paths() == ["/a", "/b"]


def test_the_time_of_the_crawler_is_not_that_of_the_host(server: Server) -> None:
    async def permit(url: str) -> Outcome | None:
        await asyncio.sleep(0.6)
        return None

    server.on("/a", redirect("/b"))
    server.on("/b", page(b"in time"))
    using = fetcher(server.port, limits=replace(QUICK, seconds=1.0))
    assert fetch(using, request(server.url("/a"), permit=permit)).outcome is Outcome.FETCHED


SECRET = "s3cret-fictional"
HEADERS = {"Authorization": SECRET, "X-Fictional-Key": SECRET, "Accept-Language": "is"}


@pytest.mark.parametrize(
    "to",
    [
        "http://other.example:{port}/b",
        "http://127.0.0.5:{other}/b",
        "//other.example:{other}/b",
    ],
)
def test_secrets_never_go_to_another_origin(server: Server, to: str) -> None:
    with Server(address=HERE) as other:
        server.on("/a", redirect(to.format(port=server.port, other=other.port)))
        server.on("/b", page(b"got them?"))
        other.on("/b", redirect("/c"))
        other.on("/c", page(b"got them?"))
        using = fetcher(server.port, other.port, resolve=NAMES)
        end = fetch(using, request(server.url("/a"), headers=HEADERS, etag='"1"'))
    first, *others = server.seen + other.seen
    assert first.headers["authorization"] == first.headers["x-fictional-key"] == SECRET
    assert first.headers["if-none-match"] == '"1"'
    assert others
    for one in others:
        assert SECRET not in "".join(one.headers.values())
        assert one.headers["accept-language"] == "is"
        assert "if-none-match" not in one.headers
    assert SECRET not in repr(end)


def test_secrets_go_along_within_their_origin(server: Server) -> None:
    server.on("/a", redirect("/b"))
    server.on("/b", page(b"got them"))
    wanted = request(server.url("/a"), headers=HEADERS)
    end = fetch(fetcher(server.port), wanted)
    assert [one.headers["x-fictional-key"] for one in server.seen] == [SECRET, SECRET]
    assert SECRET not in f"{end} {wanted}"


def test_secrets_come_back_with_their_origin(server: Server) -> None:
    with Server(address=HERE) as other:
        server.on("/a", redirect(other.url("/b")))
        other.on("/b", redirect(server.url("/c")))
        server.on("/c", page(b"home"))
        fetch(fetcher(server.port, other.port), request(server.url("/a"), headers=HEADERS))
    assert [one.headers.get("authorization") for one in server.seen + other.seen] == [SECRET, SECRET, None]


def test_no_failure_shows_what_was_asked(server: Server) -> None:
    """Queries and headers may hold keys; a detail names hosts."""
    server.on("/broken", raw(f"HTTP/1.1 200 OK\r\nX key={SECRET}\r\n\r\n".encode()))
    server.on("/away", redirect(f"gopher://x.example/?key={SECRET}"))
    server.on("/inside", redirect(f"http://10.0.0.1/{SECRET}"))
    server.on("/user", redirect(f"http://{SECRET}@x.example/"))
    server.on("/lost", redirect(f"http://nobody.example:{server.port}/?key={SECRET}"))
    for path in ("/broken", "/away", "/inside", "/user", "/lost", "/missing"):
        using = fetcher(server.port, resolve=Names())
        end = fetch(using, request(server.url(f"{path}?key={SECRET}"), headers=HEADERS))
        assert end.outcome is not Outcome.FETCHED
        assert SECRET not in repr(end)


def test_a_safe_connection_is_not_given_up(tmp_path: Path) -> None:
    tls = make_tls(tmp_path / "tls")
    with Server(address=HERE) as plain, Server(address=HERE, tls=tls.serving("site.example")) as safe:
        plain.on("/up", redirect(safe.url("/page", host="site.example")))
        plain.on("/page", page(b"plain"))
        safe.on("/down", redirect(plain.url("/page", host="site.example")))
        safe.on("/page", page(b"safe"))
        using = fetcher(plain.port, safe.port, resolve=NAMES, tls=tls.trusting())
        up = fetch(using, plain.url("/up", host="site.example"))
        down = fetch(using, safe.url("/down", host="site.example"))
    assert up.document and up.document.body == b"safe"
    assert (down.outcome, plain.paths()) == (Outcome.BAD_ADDRESS, ["/up"])
