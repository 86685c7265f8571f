"""Bodies are read within bounds, and what is refused says why."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.errors import InvalidInput
from search_api.json_body import MAX_BYTES, MAX_JSON_DEPTH, MalformedJson, depth, parse_object
from tests.search_api.world import World, problem


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the body is empty"),
        (b"  \n", "the body is empty"),
        (b"{", "is not JSON"),
        (b"{'query': 1}", "is not JSON"),
        (b'{"query": "a",}', "is not JSON"),
        (b'{"query": "a"} {}', "is not JSON"),
        (b"[]", "must be a JSON object"),
        (b'"a"', "must be a JSON object"),
        (b"null", "must be a JSON object"),
        (b'{"limit": NaN}', "holds NaN"),
        (b'{"limit": Infinity}', "holds Infinity"),
        (b'{"limit": -Infinity}', "holds -Infinity"),
        (b'{"query": "a", "query": "b"}', "has the key 'query' twice"),
        (b'{"filters": [{"field": "a", "field": "b"}]}', "has the key 'field' twice"),
        (b'{"query": "\\ud800"}', "half of a surrogate pair"),
        (b'{"\\udc00": 1}', "half of a surrogate pair"),
        (b'{"query": "\xff"}', "is not UTF-8 (byte 11)"),
        ('{"query": "a"}'.encode("utf-16"), "is not UTF-8"),
        (b'{"limit": ' + b"1" * 5_000 + b"}", "a number that is too long"),
        (b"[" * 30_000, "nested more than 12 levels"),
        (b'{"a":' * 13 + b"1" + b"}" * 13, "nested more than 12 levels"),
    ],
)
def test_refused(body: bytes, message: str) -> None:
    with pytest.raises(MalformedJson) as caught:
        parse_object(body)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("body", "parsed"),
    [
        (b'{"query": "\\ud83d\\ude00"}', {"query": "😀"}),
        ('{"query": "😀[[[[[[[[[[[[[[["}'.encode(), {"query": "😀[[[[[[[[[[[[[[["}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": 1e3}', {"a": 1000.0}),
        (b'{"a":' * 12 + b"1" + b"}" * 12, None),
    ],
)
def test_accepted(body: bytes, parsed: object) -> None:
    found = parse_object(body)
    assert parsed is None or found == parsed


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=30,
)


def real_depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(real_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(real_depth, value), default=0)
    return 0


@given(json_values)
def test_depth_is_measured_without_parsing(value: object) -> None:
    assert depth(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")) == real_depth(value)


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:\\u0aeE1-.ntf ', max_size=60).map(str.encode))
def test_any_bytes_are_an_object_or_a_refusal(body: bytes) -> None:
    try:
        assert isinstance(parse_object(body), dict)
    except MalformedJson as refused:
        assert isinstance(refused, InvalidInput)


def test_the_limits_over_http(world: World) -> None:
    problem(world.post("/v1/search", b"[" * 1_000), 400, "malformed_json")
    problem(world.post("/v1/search", b" " * (MAX_BYTES + 1)), 413, "payload_too_large")
    assert world.post("/v1/search", b'{"query": "vegan"}'.ljust(MAX_BYTES)).status_code == 200
    assert MAX_JSON_DEPTH == 12


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
def test_other_content_types_are_refused_with_the_right_one(world: World, kind: str) -> None:
    answer = problem(
        world.post("/v1/search", {"query": "a"}, content_type=kind), 415, "unsupported_media_type"
    )
    assert "Content-Type: application/json" in answer["detail"]


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "Application/JSON", "application/x+json"]
)
def test_json_content_types(world: World, kind: str) -> None:
    assert world.post("/v1/search", {"query": "vegan"}, content_type=kind).status_code == 200


def test_a_get_with_a_body_is_fine(world: World) -> None:
    assert world.client.get("/v1/status", data=b"whatever", content_type="text/plain").status_code == 200
