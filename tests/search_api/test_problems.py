"""Every error has one shape, and every code a status."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import discovery
import embeddings
import indexer
import search_api
from discovery.errors import AccessDenied, IndexDamaged, IndexMissing, InvalidInput, NicheScoutError, Problem
from search_api.problems import KINDS
from tests.search_api.world import Build, World, problem


def descendants(kind: type[NicheScoutError]) -> Iterator[type[NicheScoutError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from descendants(child)


def all_errors() -> list[type[NicheScoutError]]:
    for package in (discovery, embeddings, indexer, search_api):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name != "search_api.wsgi":  # opens an installation when it is imported
                importlib.import_module(module.name)
    return list(descendants(NicheScoutError))


def test_the_table_knows_every_code() -> None:
    assert [kind.__name__ for kind in all_errors() if kind.code not in KINDS] == []


def test_codes_are_words_and_statuses_are_errors() -> None:
    assert all(code.replace("_", "").isalpha() and code == code.lower() for code in KINDS)
    assert all(400 <= kind.status < 600 and kind.title for kind in KINDS.values())


@pytest.mark.parametrize("kind", [kind for kind in all_errors() if not issubclass(kind, InvalidInput)])
def test_a_failure_behind_the_matcher_is_answered_by_its_code(
    world: World, kind: type[NicheScoutError]
) -> None:
    world.failure = kind("what happened, and the way out")
    answer = problem(world.post("/v1/search", {"query": "a"}), KINDS[kind.code].status, kind.code)
    assert answer["detail"] == "what happened, and the way out"


def test_http_errors_have_the_same_shape(world: World) -> None:
    get, post = world.client.get, world.client.post
    problem(get("/v1/nothing"), 404, "not_found")
    problem(get("/v1"), 404, "not_found")
    problem(get("/v1/"), 404, "not_found")
    problem(get("/v1/search/"), 404, "not_found")
    problem(get("/v1/creators/instagram:nobody"), 404, "creator_not_found")
    wrong = get("/v1/search")
    assert problem(wrong, 405, "method_not_allowed")["detail"] == "This address takes POST."
    assert wrong.headers["Allow"] == "POST"
    problem(post("/v1/status"), 405, "method_not_allowed")
    problem(world.client.options("/v1/search"), 405, "method_not_allowed")
    problem(world.client.delete("/v1/creators/instagram:x"), 405, "method_not_allowed")
    problem(post("/v1/search", data="x", content_type="text/plain"), 415, "unsupported_media_type")
    problem(post("/v1/search", data="x" * 70_000, content_type="application/json"), 413, "payload_too_large")


def test_an_unforeseen_failure_shows_nothing_of_itself(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.failure = RuntimeError("a secret of the inside")
    answer = world.post("/v1/search", {"query": "a"})
    body = problem(answer, 500, "internal_error")
    assert "secret" not in answer.get_data(as_text=True)
    assert body["request_id"] in caplog.text
    assert "a secret of the inside" in caplog.text


def test_readiness(world: World) -> None:
    assert world.client.get("/readyz").json == {"status": "ready"}
    for failure in (IndexMissing("nothing is published"), IndexDamaged("a file is damaged")):
        world.failure = failure
        answer = world.client.get("/readyz")
        assert problem(answer, 503, failure.code)["detail"] == str(failure)
        assert answer.headers["Retry-After"] == "5"
        assert world.client.get("/livez").json == {"status": "alive"}
    world.failure = None
    world.readiness.drain()
    problem(world.client.get("/readyz"), 503, "draining")
    assert world.client.get("/livez").status_code == 200
    assert world.post("/v1/search", {"query": "vegan"}).status_code == 200


def test_several_problems_are_counted_and_listed(world: World) -> None:
    answer = problem(world.post("/v1/search", {"query": "", "limit": 0}), 400, "invalid_input")
    assert answer["detail"] == "There are 2 problems; `problems` lists them all."
    assert [item["field"] for item in answer["problems"]] == ["query", "limit"]
    assert all(set(item) == {"field", "message", "value"} for item in answer["problems"])


def test_values_that_json_cannot_carry_are_shown_as_text(world: World) -> None:
    world.failure = InvalidInput(
        [Problem(field="a", message="b", value=float("nan")), Problem(field="c", message="d", value=[1])]
    )
    answer = problem(world.post("/v1/search", {"query": "a"}), 400, "invalid_input")
    assert [item["value"] for item in answer["problems"]] == ["nan", None]


@pytest.mark.parametrize("sent", ["abc-1.2_3", "A" * 64])
def test_a_request_id_is_taken_over(world: World, sent: str) -> None:
    assert world.client.get("/livez", headers={"X-Request-Id": sent}).headers["X-Request-Id"] == sent


@pytest.mark.parametrize("sent", ["", "A" * 65, "a b", "<script>", "é"])
def test_a_strange_request_id_is_replaced(world: World, sent: str) -> None:
    given = world.client.get("/livez", headers={"X-Request-Id": sent}).headers["X-Request-Id"]
    assert given != sent
    assert len(given) == 32


@pytest.mark.parametrize("address", ["/v1/status", "/v1/nothing", "/livez", "/", "/nothing"])
def test_security_headers_are_on_every_answer(world: World, address: str) -> None:
    headers = world.client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}


def test_a_person_gets_a_page_outside_the_api_and_json_inside(world: World) -> None:
    accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert world.client.get("/nothing", headers=accept).mimetype == "text/html"
    assert world.client.get("/nothing").status_code == 404
    problem(world.client.get("/v1/nothing", headers=accept), 404, "not_found")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "localhost:1"])
def test_trusted_hosts(world: World, host: str) -> None:
    assert world.client.get("/livez", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1", "", "localhost:x", "[::1"]
)
def test_foreign_hosts(world: World, host: str) -> None:
    problem(world.client.get("/v1/status", headers={"Host": host}), 421, "untrusted_host")


def test_loopback_names(build: Build) -> None:
    loopback = build(trusted_hosts=("127.0.0.1", "localhost", "[::1]"))
    for host in ("127.0.0.1:8000", "[::1]:8000", "localhost"):
        assert loopback.client.get("/livez", headers={"Host": host}).status_code == 200


def test_access_denied_names_the_scheme(build: Build) -> None:
    world = build()
    world.failure = AccessDenied("no")
    assert world.post("/v1/search", {"query": "a"}).headers["WWW-Authenticate"] == 'Bearer realm="nichescout"'
