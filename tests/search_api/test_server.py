"""The real server, as a process: it loads after the fork, says when it is ready, and stops in order."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest

from search_api.hardening import LOOPBACK_HOSTS
from tests.search_api.installation import ENCODER, install, run, write_lines


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[str]:
    with served(data) as (_, address):
        yield address


@contextmanager
def served(data: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a server on a free port; yield it with its address; end it if the test did not."""
    command = [sys.executable, "-m", "search_api.cli", "--data", str(data), "--encoder", ENCODER, "serve"]
    process = subprocess.Popen(
        [*command, "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.fullmatch(r"NicheScout is ready: (http://\S+)\n", line)
        assert found, line + (process.stderr.read() if process.stderr and process.poll() is not None else "")
        yield process, found[1]
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def fetch(address: str, body: object = None, **headers: str) -> tuple[int, bytes]:
    data = None if body is None else orjson.dumps(body)
    request = urllib.request.Request(address, data, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_it_answers_follows_new_generations_and_stops(data: Path, tmp_path: Path) -> None:
    with served(data) as (process, address):
        assert fetch(f"{address}/readyz") == (200, b'{"status":"ready"}')
        status, answer = fetch(f"{address}/v1/search", {"query": "birthday cake"})
        assert status == 200
        first = orjson.loads(answer)
        assert first["matches"][0]["id"].startswith("instagram:cakes/")
        assert fetch(f"{address}/v1/creators/instagram%3Acakes%2F1")[0] == 200
        assert fetch(f"{address}/v1/search", {"query": "x"}, Host="evil.example")[0] == 421
        assert fetch(f"{address}/")[0] == 200
        assert run(data, "index").exit_code == 0
        deadline = time.monotonic() + 30
        while orjson.loads(fetch(f"{address}/v1/status")[1])["generation"]["id"] == first["generation"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0


def test_readiness_goes_off_before_the_server_stops(data: Path) -> None:
    with served(data) as (process, address):
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
        connection.request("GET", "/readyz")
        assert connection.getresponse().read() == b'{"status":"ready"}'
        process.send_signal(signal.SIGTERM)
        codes: list[int] = []
        while not codes or codes[-1] == 200:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            codes.append(answer.status)
            answer.read()
        connection.close()
        assert codes[-1] == 503
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (b"GET /" + b"x" * 9_000 + b" HTTP/1.1\r\n\r\n", 414, "uri_too_long"),
        (b"GET / HTTP/1.1\r\nA: " + b"x" * 9_000 + b"\r\n\r\n", 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 70 + b"\r\n", 431, "headers_too_large"),
        (b"GET /\r\n\r\n", 400, "bad_request"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "bad_request"),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "bad_request"),
    ],
)
def test_a_request_that_cannot_be_parsed(server: str, request_: bytes, status: int, code: str) -> None:
    host, _, port = server.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(request_)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        body = orjson.loads(answer.read())
    assert (answer.status, body["status"], body["code"]) == (status, status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Request-Id"] == body["request_id"]


def test_an_id_of_the_longest_kind_fits_into_an_address(server: str) -> None:
    status, answer = fetch(f"{server}/v1/creators/{'%F0%9F%8C%B1' * 512}")
    assert (status, orjson.loads(answer)["code"]) == (404, "creator_not_found")


def test_it_waits_for_the_first_index(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "import", str(write_lines(tmp_path / "creators.jsonl")))
    with served(home) as (_, address):
        status, answer = fetch(f"{address}/readyz")
        assert (status, orjson.loads(answer)["code"]) == (503, "index_missing")
        assert fetch(f"{address}/livez")[0] == 200
        assert run(home, "index").exit_code == 0
        deadline = time.monotonic() + 30
        while fetch(f"{address}/readyz")[0] != 200:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_with_a_key_it_serves_other_addresses_to_those_who_have_it(data: Path, tmp_path: Path) -> None:
    home = tmp_path / "copy"
    run(home, "import", str(write_lines(tmp_path / "creators.jsonl")))
    run(home, "index")
    token = run(home, "keys", "create", "test").stdout.strip()
    with served(home, "--host", "0.0.0.0") as (_, address):
        assert fetch(f"{address}/v1/status")[0] == 401
        assert fetch(f"{address}/v1/status", **{"X-API-Key": token})[0] == 200
        assert b"API key" in fetch(f"{address}/")[1]


def test_a_broken_installation_does_not_start(data: Path) -> None:
    command = [sys.executable, "-m", "search_api.cli", "--data", str(data), "--encoder", "hashing-8", "serve"]
    result = subprocess.run(
        [*command, "--port", "0"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert result.returncode == 2
    assert "Error: the index was built by the encoder" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_taken_port_is_told_at_once(data: Path) -> None:
    with served(data) as (_, address):
        port = address.rpartition(":")[2]
        result = run(data, "serve", "--port", port)
        assert result.exit_code == 2
        assert f"cannot listen on 127.0.0.1:{port}" in result.stderr


def test_the_parent_loads_nothing_heavy() -> None:
    heavy = "{'numpy', 'faiss', 'torch', 'onnxruntime', 'tantivy', 'sentence_transformers'}"
    modules = "search_api.server, search_api.commands.serving, search_api.cli"
    code = f"import sys, {modules}; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert result.stdout == "[]\n"


def test_the_module_for_other_servers(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NICHESCOUT_DATA", str(data))
    monkeypatch.setenv("NICHESCOUT_ENCODER", ENCODER)
    monkeypatch.delenv("NICHESCOUT_TRUSTED_HOSTS", raising=False)
    from discovery.errors import AccessDenied
    from search_api.wsgi import application, from_environment

    client = application.test_client()
    assert client.get("/readyz").status_code == 200
    assert client.get("/readyz", headers={"Host": "example.org"}).status_code == 421
    with pytest.raises(AccessDenied):
        from_environment({**os.environ, "NICHESCOUT_TRUSTED_HOSTS": "example.org"})
    assert LOOPBACK_HOSTS == ("127.0.0.1", "localhost", "[::1]")
