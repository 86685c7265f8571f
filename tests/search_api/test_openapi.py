"""The OpenAPI document is true: it lists what is served, and every answer is as it says."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from discovery.errors import IndexMissing
from search_api.openapi import OPERATIONS, document, openapi_json
from search_api.problems import KINDS
from tests.search_api.world import Build, World, engine

DOCUMENT: dict[str, Any] = orjson.loads(openapi_json())
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


def validator(reference: dict[str, Any]) -> Draft202012Validator:
    schema = {"components": {"schemas": SCHEMAS}, **reference}
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def check(answer: TestResponse, path: str, method: str) -> None:
    """Assert that the document announces this answer: its status, its media type and its shape."""
    responses = DOCUMENT["paths"][path][method]["responses"]
    assert str(answer.status_code) in responses, answer.get_data(as_text=True)
    content = responses[str(answer.status_code)]["content"]
    assert answer.mimetype in content
    if answer.is_json:
        validator(content[answer.mimetype]["schema"]).validate(orjson.loads(answer.data))


def test_it_lists_exactly_what_is_served(world: World) -> None:
    served = {
        (rule.rule.replace("<creator_id:wanted>", "{id}"), method.lower())
        for rule in world.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) - {"HEAD"}
    }
    assert served == {(path, method) for path, entry in DOCUMENT["paths"].items() for method in entry}


def test_every_schema_is_sound_and_every_reference_leads_somewhere() -> None:
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)
    text = openapi_json().decode()
    referred = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert referred == set(SCHEMAS)
    assert all(code in KINDS for operation in OPERATIONS for code in operation.errors)


def test_it_is_the_same_every_time(world: World) -> None:
    assert orjson.dumps(document()) == orjson.dumps(document())
    assert world.client.get("/v1/openapi.json").data == openapi_json()


def test_objects_take_no_unknown_keys() -> None:
    assert [name for name, schema in SCHEMAS.items() if schema.get("additionalProperties") is not False] == []


SEARCH = {
    "query": "vegan",
    "filters": [
        {"field": "followers", "min": 1},
        {"field": "category", "any_of": ["food"], "mode": "should"},
        {"field": "audience_country", "any_of": ["GB"], "mode": "not"},
        {"field": "verified", "is": True, "mode": "should"},
    ],
    "weights": {"theme": 1},
    "as_of": "2026-03-01",
    "limit": 5,
}
SEEDS = {"seeds": [{"creator": "instagram:mira.invented", "weight": 2}]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/search", SEARCH),
        ("/v1/search", {"query": "nothing like it at all", "limit": 100}),
        ("/v1/search", {"query": ""}),
        ("/v1/search", b"{"),
        ("/v1/search", b"x" * 70_000),
        ("/v1/search", {"query": "a", "cursor": "x"}),
        ("/v1/similar", SEEDS),
        ("/v1/similar", {"seeds": []}),
        ("/v1/export", {"query": "vegan"}),
        ("/v1/export", {"query": "vegan", "format": "ndjson"}),
        ("/v1/export", {}),
    ],
)
def test_answers_to_post_are_as_documented(world: World, path: str, body: Any) -> None:
    answer = world.post(path, body)
    check(answer, path, "post")
    if answer.status_code == 200 and isinstance(body, dict):
        reference = DOCUMENT["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        validator(reference).validate(body)


def test_every_creator_is_as_documented(world: World) -> None:
    found = orjson.loads(world.post("/v1/search", {"query": "vegan", "limit": 100}).data)["matches"]
    assert len(found) > 20
    for match in found:
        wanted = "".join(f"%{byte:02X}" for byte in match["id"].encode())
        check(world.client.get(f"/v1/creators/{wanted}"), "/v1/creators/{id}", "get")


@pytest.mark.parametrize(
    "path", [item.path for item in OPERATIONS if item.method == "get" and "{" not in item.path]
)
def test_answers_to_get_are_as_documented(world: World, path: str) -> None:
    check(world.client.get(path), path, "get")
    world.failure = IndexMissing("nothing yet")
    check(world.client.get(path), path, "get")
    check(world.client.get(path, headers={"Host": "evil.example"}), path, "get")


def test_errors_that_need_a_special_world_are_as_documented(build: Build) -> None:
    world = build()
    cursor = orjson.loads(world.post("/v1/search", SEARCH).data)["next_cursor"]
    world.engine = engine("another")
    check(world.post("/v1/search", SEARCH | {"cursor": cursor}), "/v1/search", "post")
    check(world.post("/v1/search", SEARCH, content_type="text/plain"), "/v1/search", "post")
    check(world.client.get("/v1/creators/nobody"), "/v1/creators/{id}", "get")
    world.failure = RuntimeError("unforeseen")
    check(world.post("/v1/search", SEARCH), "/v1/search", "post")
    world.readiness.drain()
    check(world.client.get("/readyz"), "/readyz", "get")
    world.token()
    for operation in OPERATIONS:
        check(
            world.client.open(operation.path.replace("{id}", "x"), method=operation.method),
            operation.path,
            operation.method,
        )


def test_ndjson_lines_have_the_documented_shape(world: World) -> None:
    lines = world.post("/v1/export", SEARCH | {"format": "ndjson"}).data.splitlines()
    assert lines
    for line in lines:
        validator({"$ref": "#/components/schemas/MatchRow"}).validate(orjson.loads(line))


def test_the_published_document_is_current() -> None:
    published = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"
    assert published.read_bytes() == openapi_json(), "run `make docs`"
