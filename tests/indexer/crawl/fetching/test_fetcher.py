"""One document over a real connection: what is sent, what comes of it, what is remembered of it."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from discovery.errors import InvalidInput
from indexer.crawl.document import Answer, Document, Outcome
from indexer.crawl.fetching.fetcher import Fetcher, Limits, Request
from tests.hostile.asking import LOOPBACK, QUICK, USER_AGENT, anywhere, fetch, fetcher, request
from tests.hostile.behaviours import answer, conditional, flood, page, raw, redirect, silence
from tests.hostile.names import Names
from tests.hostile.server import Server

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


def test_a_document_comes_as_it_was_sent(server: Server) -> None:
    headers = {"X-Robots-Tag": "noindex", "Content-Type": "text/plain", "Date": "a day"}
    server.on("/page", raw(answer(200, b"\xff\x00", headers).replace(b"Date", b"X-Robots-Tag: \xe4\r\nDate")))
    names = Names({"site.example": ["127.0.0.1"]})
    using = Fetcher(resolve=names, now=lambda: NOW, open_networks=LOOPBACK, open_ports=[server.port])
    end = fetch(using, server.url("/x/../page#here", host="SITE.example"))
    assert end == Answer(
        outcome=Outcome.FETCHED,
        status=200,
        document=Document(
            url=server.url("/page", host="site.example"),
            status=200,
            headers={
                "content-type": "text/plain",
                "content-length": "2",
                "x-robots-tag": "\xe4, noindex",
                "date": "a day",
                "connection": "close",
            },
            body=b"\xff\x00",
            fetched_at=NOW,
        ),
    )
    assert names.asked == ["site.example"]


def test_a_request_says_who_asks_and_what_is_understood(server: Server) -> None:
    server.on("/page", page(b"here"))
    fetch(fetcher(server.port), request(server.url("/page?a=1"), headers={"accept": "text/html"}))
    (seen,) = server.seen
    assert seen.target == "/page?a=1"
    assert seen.headers == {
        "host": f"127.0.0.1:{server.port}",
        "connection": "close",
        "accept-encoding": "gzip",
        "user-agent": USER_AGENT,
        "accept": "text/html",
    }


def test_what_is_known_is_not_sent_again(server: Server) -> None:
    day = "Sun, 01 Mar 2026 12:00:00 GMT"
    server.on("/page", conditional(b"here", etag='W/"1"', last_modified=day))
    using, url = fetcher(server.port), server.url("/page")
    assert fetch(using, request(url, etag='W/"1"')).outcome is Outcome.NOT_MODIFIED
    assert fetch(using, request(url, last_modified=day)).outcome is Outcome.NOT_MODIFIED
    assert fetch(using, request(url, etag='"2"', last_modified=day)).outcome is Outcome.FETCHED
    assert fetch(using, request(url, etag='"1"\r\nX: y')).outcome is Outcome.FETCHED
    assert [one.headers.get("if-none-match") for one in server.seen] == ['W/"1"', None, '"2"', None]


def test_the_condition_is_for_the_first_address_alone(server: Server) -> None:
    server.on("/old", redirect("/page"))
    server.on("/page", conditional(b"here", etag='"1"'))
    end = fetch(fetcher(server.port), request(server.url("/old"), etag='"1"'))
    assert end.outcome is Outcome.FETCHED
    server.on("/page", page(status=304))
    end = fetch(fetcher(server.port), request(server.url("/old"), etag='"1"'))
    assert end.outcome is Outcome.BROKEN


def test_an_error_in_json_is_kept_for_its_reader(server: Server) -> None:
    server.on("/error", page(b'{"error": "quota"}', status=403, headers={**JSON, "Retry-After": "60"}))
    end = fetch(fetcher(server.port), server.url("/error"))
    assert (end.outcome, end.status, end.retry_after) == (Outcome.UNAUTHORISED, 403, 60.0)
    assert end.document and (end.document.status, end.document.body) == (403, b'{"error": "quota"}')
    assert end.detail == "127.0.0.1 answered 403"


def test_an_error_is_told_also_when_its_words_do_not_come(server: Server) -> None:
    head = answer(500, headers={**JSON, "Content-Length": "100"})
    endless = b"HTTP/1.1 500 Fictional\r\nContent-Type: application/json\r\n\r\n"
    for behaviour in (silence(head), raw(head + b"{"), flood(endless, b"a" * 4096)):
        server.on("/error", behaviour)
        end = fetch(fetcher(server.port, limits=QUICK), server.url("/error"))
        assert (end.outcome, end.status, end.document) == (Outcome.SERVER_ERROR, 500, None)


def test_errors_of_pages_are_not_read(server: Server) -> None:
    server.on("/error", page(b"<h1>no</h1>", status=404, headers={"Retry-After": "soon"}))
    end = fetch(fetcher(server.port), server.url("/error"))
    assert end == Answer(outcome=Outcome.GONE, status=404, detail="127.0.0.1 answered 404")


def test_a_busy_host_says_when_to_come_back(server: Server) -> None:
    server.on("/", page(status=503, headers={"Retry-After": "Sun, 01 Mar 2026 12:10:00 GMT"}))
    using = Fetcher(now=lambda: NOW, open_networks=LOOPBACK, open_ports=[server.port])
    end = fetch(using, server.url())
    assert (end.outcome, end.retry_after) == (Outcome.BUSY, 600.0)


def test_nobody_is_asked_who_may_not_be(server: Server) -> None:
    async def permit(url: str) -> Outcome | None:
        return Outcome.SUPPRESSED

    end = fetch(fetcher(server.port), request(server.url(), permit=permit))
    assert end == Answer(outcome=Outcome.SUPPRESSED, detail="127.0.0.1 was not asked: asked to be left out")
    assert server.connections == 0


def test_what_the_crawler_raises_is_raised() -> None:
    async def permit(url: str) -> Outcome | None:
        raise LookupError(url)

    with pytest.raises(LookupError, match=r"^http://site\.example/$"):
        fetch(fetcher(), request("http://site.example", permit=permit))


def test_a_fetch_can_be_cancelled_at_any_time(server: Server) -> None:
    server.on("/", silence(b"HTTP/1.1 200 OK\r\n"))

    async def cancel(after: float) -> None:
        task = asyncio.create_task(fetcher(server.port).fetch(request(server.url())))
        await asyncio.sleep(after)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert asyncio.all_tasks() == {asyncio.current_task()}

    for after in (0.0, 0.001, 0.01, 0.1):
        asyncio.run(cancel(after))


def test_many_fetches_go_on_at_once(server: Server) -> None:
    server.otherwise = page(b"here")

    async def all_of_them() -> list[Answer]:
        using = fetcher(server.port, limits=Limits())
        asked = (
            using.fetch(request(server.url(f"/{place}", host=f"h{place}.example"))) for place in range(100)
        )
        return await asyncio.gather(*asked)

    ends = asyncio.run(all_of_them())
    assert [end.document.url for end in ends if end.document] == [
        server.url(f"/{place}", host=f"h{place}.example") for place in range(100)
    ]


def test_a_body_in_small_pieces_does_not_hold_up_the_others(server: Server) -> None:
    chunks = b"8\r\n12345678\r\n" * 50_000
    server.on("/", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"))

    async def turns_of_another() -> int:
        task = asyncio.create_task(fetcher(server.port).fetch(request(server.url())))
        turns = 0
        while not task.done():
            turns += 1
            await asyncio.sleep(0)
        assert (await task).outcome is Outcome.FETCHED
        return turns

    assert asyncio.run(turns_of_another()) > len(chunks) / 4096


def test_limits_of_a_request_go_before_those_of_the_fetcher(server: Server) -> None:
    server.on("/", page(b"a" * 100))
    wanted = Request(
        url=server.url(), user_agent=USER_AGENT, permit=anywhere, limits=Limits(body_bytes=99, seconds=5)
    )
    end = fetch(fetcher(server.port), wanted)
    assert (end.outcome, end.detail) == (Outcome.TOO_LARGE, "the body is larger than 99 bytes")


def test_nothing_but_the_public_internet_is_open_by_default(server: Server) -> None:
    end = fetch(Fetcher(open_ports=[server.port]), server.url())
    assert end.outcome is Outcome.PRIVATE_ADDRESS
    assert end.detail == "the address is 127.0.0.1 of 127.0.0.0/8 (loopback)"
    end = fetch(Fetcher(open_networks=LOOPBACK), server.url())
    assert end.outcome is Outcome.BAD_ADDRESS
    assert f"port {server.port} is not open; 80, 443 are" in end.detail
    assert server.connections == 0


@pytest.mark.parametrize(
    ("field", "headers", "user_agent"),
    [
        ("user_agent", {}, ""),
        ("user_agent", {}, "two\r\nlines"),
        ("user_agent", {}, "ü"),
        ("headers['X A']", {"X A": "b"}, "a"),
        ("headers['X-A']", {"X-A": "b\r\nX-B: c"}, "a"),
        ("headers['X-A']", {"X-A": " b"}, "a"),
        ("headers['host']", {"host": "other.example"}, "a"),
        ("headers['Accept-Encoding']", {"Accept-Encoding": "br"}, "a"),
        ("headers['Cookie']", {"Cookie": "a=b"}, "a"),
    ],
)
def test_a_request_that_cannot_be_sent_is_not_made(
    field: str, headers: dict[str, str], user_agent: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        Request(url="http://site.example/", user_agent=user_agent, permit=anywhere, headers=headers)
    assert [problem.field for problem in error.value.problems] == [field]
