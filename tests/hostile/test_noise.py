"""Whatever a server sends, the fetch ends in a named outcome, within its deadline, and leaves no task."""

import asyncio
import gzip
import time
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.crawl.document import Answer, Outcome
from tests.hostile.asking import QUICK, ROOM, fetcher, request
from tests.hostile.behaviours import raw
from tests.hostile.server import Server

AT_ONCE = 20
ENDS = {
    Outcome.FETCHED,
    Outcome.GONE,
    Outcome.BAD_ADDRESS,
    Outcome.PRIVATE_ADDRESS,
    Outcome.UNRESOLVED,
    Outcome.UNREACHABLE,
    Outcome.TIMED_OUT,
    Outcome.BROKEN,
    Outcome.TOO_MANY_REDIRECTS,
    Outcome.TOO_LARGE,
    Outcome.BOMB,
    Outcome.ENCODED,
    Outcome.BUSY,
    Outcome.UNAUTHORISED,
    Outcome.CLIENT_ERROR,
    Outcome.SERVER_ERROR,
}

statuses = st.sampled_from(
    [b"200", b"204", b"206", b"301", b"302", b"304", b"308", b"404", b"429", b"500", b"103"]
)
names = st.sampled_from(
    [
        b"Content-Length",
        b"Transfer-Encoding",
        b"Content-Encoding",
        b"Content-Type",
        b"Location",
        b"Retry-After",
        b"Connection",
        b"X-A",
        b"",
        b" Folded",
    ]
)
values = st.one_of(
    st.sampled_from(
        [b"0", b"5", b"99999999999", b"-1", b"chunked", b"gzip", b"br", b"identity", b"application/json"]
    ),
    st.sampled_from([b"/", b"//[", b"http://127.0.0.1/", b"ftp://x", b"?\xff", b"http://\xc3\xbc.example/"]),
    st.binary(max_size=20),
)
breaks = st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r", b""])
headers = st.builds(lambda name, value, end: name + b": " + value + end, names, values, breaks)
chunks = st.builds(
    lambda size, data, end: size + b"\r\n" + data + end,
    st.sampled_from([b"5", b"0", b"f;x", b"-", b""]),
    st.binary(max_size=8),
    breaks,
)
bodies = st.one_of(
    st.binary(max_size=60),
    st.lists(chunks, max_size=4).map(b"".join),
    st.binary(max_size=60).map(gzip.compress),
)
answers = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda version, status, lines, body: version + status + b" OK\r\n" + b"".join(lines) + b"\r\n" + body,
        st.sampled_from([b"HTTP/1.1 ", b"HTTP/1.1 ", b"HTTP/1.0 ", b"HTTP/1.", b"http/1.1 "]),
        statuses,
        st.lists(headers, max_size=6),
        bodies,
    ),
)


@given(st.lists(st.lists(answers, min_size=1, max_size=2), min_size=AT_ONCE, max_size=AT_ONCE))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
def test_any_bytes_end_in_an_outcome(several: list[list[bytes]]) -> None:
    began = time.monotonic()
    ends = asyncio.run(_all(several))
    assert {end.outcome for end in ends} <= ENDS
    assert time.monotonic() - began < 1.0 + ROOM


async def _all(several: list[list[bytes]]) -> list[Answer]:
    with Server() as server:
        for place, pieces in enumerate(several):
            server.on(f"/{place}", raw(*pieces, pause=0.001))
        using = fetcher(server.port, limits=replace(QUICK, seconds=1.0))
        ends = await asyncio.gather(*(using.fetch(request(server.url(f"/{n}"))) for n in range(len(several))))
    assert asyncio.all_tasks() == {asyncio.current_task()}
    return ends
