"""One request within one deadline, over several nodes, some of which misbehave (see `faulty_node`)."""

import logging
import random
import ssl
import subprocess
from itertools import pairwise
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.errors import EngineRefused, EngineUnavailable
from indexer.opensearch.backoff import pause
from indexer.opensearch.connection import (
    BadRequest,
    Connection,
    Credentials,
    NotFound,
    addresses,
    encode,
    quoted,
)
from indexer.opensearch.failures import Failure
from tests.indexer.opensearch.faulty_node import (
    Fault,
    Handler,
    Server,
    answer,
    drip,
    drop,
    error,
    serving,
    stall,
)

SECRET = "zürich 🌱 invented"
ALICE = Credentials(user="alice", password=SECRET)
NOWHERE = "http://127.0.0.1:1"


def connect(*nodes: Server | str, who: Credentials | None = None, first: float = 0.0) -> Connection:
    """Reach the nodes, the first one first, with pauses of nearly no length."""
    urls = [node if isinstance(node, str) else node.url for node in nodes]
    return Connection(
        addresses(urls, who or Credentials()), who, sleep=lambda seconds: None, chance=lambda: first
    )


def paths(server: Server) -> list[str]:
    return [f"{request.method} {request.path}" for request in server.script.requests]


def test_an_answer_is_parsed(server: Server) -> None:
    with connect(server) as connection:
        found = connection.request(
            "GET", "/x/_search", body={"size": 1}, params={"a": True, "b": 3}, deadline=5
        )
    assert found == {"path": "/x/_search?a=true&b=3", "method": "GET"}
    assert server.script.requests[0].body == b'{"size":1}'
    assert server.script.requests[0].headers["Content-Type"] == "application/json"


def test_lines_are_sent_as_lines(server: Server) -> None:
    with connect(server) as connection:
        connection.request("POST", "/_msearch", body=[{"index": "ä"}, {"size": 0}], deadline=5)
    assert server.script.requests[0].body == '{"index":"ä"}\n{"size":0}\n'.encode()
    assert server.script.requests[0].headers["Content-Type"] == "application/x-ndjson"


def test_server_side_time_outs_are_left_to_the_server(server: Server) -> None:
    with connect(server) as connection:
        found = connection.request("GET", "/_cluster/health", params={"timeout": "60s"}, deadline=5)
    assert found["path"] == "/_cluster/health?timeout=60s"


def test_bodies_and_paths() -> None:
    assert encode(None) is None
    assert encode(b"as it is") == b"as it is"
    assert quoted("a/b ü?") == "a%2Fb%20%C3%BC%3F"


@pytest.mark.parametrize(
    ("who", "header"),
    [
        (ALICE, "Basic YWxpY2U6esO8cmljaCDwn4yxIGludmVudGVk"),
        (Credentials(token="an.invented.token"), "Bearer an.invented.token"),
        (Credentials(), None),
    ],
)
def test_who_asks_is_told(server: Server, who: Credentials, header: str | None) -> None:
    with connect(server, who=who) as connection:
        connection.request("GET", "/", deadline=5)
    assert server.script.requests[0].headers["Authorization"] == header


def test_head(server: Server) -> None:
    server.script.faults.extend([answer(200), answer(404)])
    with connect(server) as connection:
        assert connection.request("HEAD", "/x", deadline=5) is None
        with pytest.raises(NotFound):
            connection.request("HEAD", "/x", deadline=5)


@pytest.mark.parametrize(
    ("fault", "kind", "message"),
    [
        (error(401, "security_exception", "no"), EngineRefused, "not accept the credentials; check .*_USER"),
        (answer(401, "<html>nginx</html>", "text/html"), EngineRefused, "does not accept the credentials"),
        (error(403, "security_exception", "no permissions for [indices:data/read]"), EngineRefused,
         r"does not allow this \(no permissions for \[indices:data/read\]\)"),
        (error(403, "cluster_block_exception", "blocked by: [FORBIDDEN/8/index write (api)]"), EngineRefused,
         "takes no writes: .*index write.*remove it"),
        (error(429, "cluster_block_exception", "[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage]"),
         EngineRefused, "takes no writes: .*flood-stage.*free some disk space"),
        (error(404, "index_not_found_exception", "no such index [x]"), NotFound, r"no such index \[x\]"),
        (error(400, "parsing_exception", "unknown query [x]"), BadRequest, "400 parsing_exception: unknown"),
        (answer(400, [1], "application/json"), EngineRefused, "without a word of OpenSearch"),
        (answer(400, {"error": "no handler found", "status": 400}), BadRequest, "400 : no handler found"),
        (answer(413, "<html>", "text/html"), BadRequest, "413"),
        (error(409, "version_conflict_engine_exception", "newer"), BadRequest, "409 version_conflict"),
        (answer(408, {"timed_out": True}), EngineUnavailable, "answers 408"),
        (answer(429, "", "text/plain"), EngineUnavailable, "too busy"),
        (answer(500, {"error": "words", "status": 500}), EngineUnavailable, r"answers 500 \(words\)"),
        (answer(302, ""), EngineUnavailable, "answers 302"),
        (answer(502, "<html>Bad Gateway</html>", "text/html"), EngineUnavailable, r"502 \(HTTP 502\)"),
        (error(503, "no_shard_available_action_exception", "none"), EngineUnavailable, r"503 \(none\)"),
        (error(503, "cluster_block_exception", "state not recovered"), EngineUnavailable, r"503 \(state not"),
        (answer(200, "<html>hello</html>", "text/html"), EngineUnavailable, "not JSON; is it a node"),
        (answer(200, "{", "application/json"), EngineUnavailable, "not JSON; is it a node"),
        (drop, EngineUnavailable, r"did not answer \(Connection reset by peer\)"),
        (stall, EngineUnavailable, r"did not answer \(timed out\)"),
        (drip, EngineUnavailable, r"did not answer \(timed out\)"),
    ],
)  # fmt: skip
def test_every_failure_has_its_error(
    server: Server, fault: Fault, kind: type[Exception], message: str
) -> None:
    server.script.always = fault
    with connect(server, who=ALICE, first=0.5) as connection, pytest.raises(kind, match=message) as caught:
        connection.request("GET", "/x", deadline=0.3)
    assert "html" not in str(caught.value)


def test_without_credentials_the_way_out_is_to_set_them(server: Server) -> None:
    server.script.always = answer(401)
    with (
        connect(server) as connection,
        pytest.raises(EngineRefused, match="asks for credentials; set"),
    ):
        connection.request("GET", "/", deadline=5)


def test_what_the_other_side_repeats_is_hidden(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    def parrot(handler: Handler, request: object) -> None:
        said = f"got {handler.headers['Authorization']} that is {SECRET} " + "x" * 900
        error(400, "parrot", said)(handler, request)  # type: ignore[arg-type]

    server.script.always = parrot
    caplog.set_level(logging.DEBUG)
    with connect(server, who=ALICE) as connection, pytest.raises(BadRequest) as caught:
        connection.request("POST", "/x", body={"query": "private words"}, deadline=5)
    assert "got Basic [hidden] that is [hidden]" in str(caught.value)
    assert len(str(caught.value)) < 500
    shown = f"{caplog.text} {connection!r} {caught.getrepr(style='long', showlocals=False)}"
    assert SECRET not in shown and "YWxpY2U6" not in shown


def test_bodies_and_headers_are_not_logged_at_any_level(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script.faults.extend([answer(503, "{not json"), drop, error(400, "x", "y")])
    with connect(server, who=ALICE) as connection:
        for _ in range(3):
            with pytest.raises((BadRequest, EngineUnavailable)):
                connection.request("POST", "/x", body={"query": "private words"}, deadline=5)
        connection.request("POST", "/x", body={"query": "private words"}, deadline=5)
    assert "POST" in caplog.text
    for private in ("private words", "YWxpY2U6", SECRET):
        assert private not in caplog.text
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(
    "fault",
    [answer(502), answer(503), answer(504), answer(429), drop, stall, drip],
    ids=["502", "503", "504", "429", "drop", "stall", "drip"],
)
def test_a_read_is_asked_of_the_next_node(server: Server, second: Server, fault: Fault) -> None:
    server.script.always = fault
    with connect(server, second) as connection:
        began = monotonic()
        assert connection.request("GET", "/x", deadline=2) == {"path": "/x", "method": "GET"}
        assert monotonic() - began < 1.9
    assert paths(server) == ["GET /x"]


def test_a_node_that_failed_rests(server: Server, second: Server) -> None:
    server.script.always = answer(503)
    now = [0.0]
    nodes = addresses([server.url, second.url], Credentials())
    with Connection(nodes, clock=lambda: now[0], sleep=lambda s: None, chance=lambda: 0.0) as connection:
        for _ in range(6):
            connection.request("GET", "/x", deadline=5)
        assert (len(paths(server)), len(paths(second))) == (1, 6)
        now[0] = 11.0
        server.script.always = None
        for _ in range(6):
            connection.request("GET", "/x", deadline=5)
        assert (len(paths(server)), len(paths(second))) == (4, 9)


def test_work_is_shared_evenly(server: Server, second: Server) -> None:
    with connect(server, second) as connection:
        for _ in range(10):
            connection.request("GET", "/x", deadline=5)
    assert (len(paths(server)), len(paths(second))) == (5, 5)


def test_a_write_is_sent_once_when_it_may_have_been_done(server: Server, second: Server) -> None:
    for fault in (drop, answer(503)):
        server.script.requests.clear()
        server.script.always = fault
        with connect(server, second) as connection, pytest.raises(EngineUnavailable):
            connection.request("PUT", "/x", deadline=5)
        assert (paths(server), paths(second)) == (["PUT /x"], [])


def test_a_write_goes_on_when_nothing_was_sent_or_it_is_idempotent(server: Server) -> None:
    with connect(NOWHERE, server) as connection:
        connection.request("PUT", "/x", deadline=5)
    server.script.faults.extend([answer(429), answer(429), drop])
    with connect(server) as connection:
        connection.request("PUT", "/y", deadline=5, idempotent=True)
    assert paths(server) == ["PUT /x"] + ["PUT /y"] * 4


def test_nothing_that_can_be_reached_fails_soon() -> None:
    began = monotonic()
    with (
        connect(NOWHERE, "http://127.0.0.1:2") as connection,
        pytest.raises(EngineUnavailable, match=r"cannot be reached \(Connection refused\)"),
    ):
        connection.request("GET", "/", deadline=60)
    assert monotonic() - began < 30


def test_stopped_nodes_share_the_deadline() -> None:
    with serving() as one, serving() as two, serving() as three:
        one.script.always = two.script.always = stall
        with connect(one, two, three) as connection:
            connection.request("GET", "/x", deadline=1.5)
        assert paths(three) == ["GET /x"]


def test_the_deadline_holds_over_tries(server: Server) -> None:
    server.script.always = answer(503)
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    nodes = addresses([server.url], Credentials())
    with (
        Connection(nodes, clock=lambda: now[0], sleep=sleep, chance=lambda: 1.0) as connection,
        pytest.raises(EngineUnavailable, match=r"after 7\.8 s of trying"),
    ):
        connection.request("GET", "/x", deadline=8)
    assert slept == [0.25, 0.5, 1.0, 2.0, 2.0, 2.0]


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True), st.floats(0.1, 100))
def test_pauses_are_bounded(retries: int, chance: float, longest: float) -> None:
    assert 0 <= pause(retries, chance, longest=longest) <= longest


def test_pauses_grow() -> None:
    bounds = [pause(retries, 1.0, longest=30) for retries in range(12)]
    assert all(later >= earlier for earlier, later in pairwise(bounds))
    assert (bounds[0], bounds[3], bounds[-1]) == (0.25, 2.0, 30)


def test_one_attempt_is_one_request(server: Server) -> None:
    server.script.always = answer(503)
    with connect(server) as connection, pytest.raises(Failure, match="503"):
        connection.attempt("GET", "/x", seconds=5)
    assert paths(server) == ["GET /x"]


def test_many_threads_use_one_connection(server: Server, second: Server) -> None:
    rng = random.Random(0)
    server.script.faults.extend(rng.choice([drop, answer(429)]) for _ in range(20))
    wrong: list[object] = []
    with connect(server, second) as connection:

        def work(name: str) -> None:
            for number in range(20):
                found = connection.request("GET", f"/{name}/{number}", deadline=20)
                if found["path"] != f"/{name}/{number}":
                    wrong.append(found)

        threads = [Thread(target=work, args=(str(number),)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert sum(len(paths(one)) for one in (server, second)) >= 120


def tls_url(server: Server) -> str:
    return server.url.replace("http://127.0.0.1", "https://localhost")


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two self-signed pairs, a and b, for localhost."""
    folder = tmp_path_factory.mktemp("pem")
    for name in "ab":
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}"]
        command += ["-addext", "subjectAltName=DNS:localhost", "-days", "2"]
        files = ["-out", str(folder / f"{name}.pem"), "-keyout", str(folder / f"{name}.key")]
        subprocess.run([*command, *files], check=True, capture_output=True)
    return folder


def test_tls(pem: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem / "a.pem", pem / "a.key")
    trusting = Credentials(user="alice", password=SECRET, authority=pem / "a.pem")
    with serving(context) as server:
        url = tls_url(server)
        with connect(url, who=trusting) as connection:
            assert connection.request("GET", "/x", deadline=5)["path"] == "/x"
        elsewhere = url.replace("localhost", "127.0.0.1")
        for who, where in (
            (Credentials(), url),
            (Credentials(authority=pem / "b.pem"), url),
            (trusting, elsewhere),
        ):
            with (
                connect(where, who=who) as connection,
                pytest.raises(EngineRefused, match="do not trust"),
            ):
                connection.request("GET", "/x", deadline=5)
        with connect(url.replace("https", "http")) as connection, pytest.raises(EngineUnavailable):
            connection.request("GET", "/x", deadline=0.5)


def test_tls_to_a_plain_port(server: Server) -> None:
    with (
        connect(tls_url(server)) as connection,
        pytest.raises(EngineRefused, match="that it speaks TLS"),
    ):
        connection.request("GET", "/x", deadline=5)


def test_a_client_certificate(pem: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem / "a.pem", pem / "a.key")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(pem / "b.pem")
    known = Credentials(authority=pem / "a.pem", certificate=pem / "b.pem", key=pem / "b.key")
    with serving(context) as server:
        url = tls_url(server)
        with connect(url, who=known) as connection:
            assert connection.request("GET", "/x", deadline=5)["path"] == "/x"
        strangers = (
            Credentials(authority=pem / "a.pem"),
            Credentials(authority=pem / "a.pem", certificate=pem / "a.pem", key=pem / "a.key"),
        )
        for who in strangers:
            with connect(url, who=who) as connection, pytest.raises((EngineRefused, EngineUnavailable)):
                connection.request("GET", "/x", deadline=1)
