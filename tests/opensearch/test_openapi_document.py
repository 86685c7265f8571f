"""Requests drawn from the OpenAPI document, and a little beyond it: each is answered as the document says."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import schemathesis
from hypothesis import settings
from schemathesis import HookContext
from schemathesis.checks import (
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.checks import content_type_conformance

from search_api.openapi import openapi_json
from tests.opensearch.site import Server, Site
from tests.opensearch_node.node import Node
from tests.search_api.installation import run, write_lines

KNOWN = "instagram:boats/0"

pytestmark = pytest.mark.opensearch

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(orjson.loads(openapi_json()))


@pytest.fixture(scope="module")
def server(opensearch_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the cluster, for all requests."""
    folder = tmp_path_factory.mktemp("document")
    data = folder / "data"
    assert run(data, "import", str(write_lines(folder / "creators.jsonl"))).exit_code == 0
    site = Site(data=data, urls=(opensearch_node.url,))
    site.done("index")
    with site.served() as started:
        yield started


@SCHEMA.hook
def map_body(_context: HookContext, body: Any) -> Any:
    """Name creators whom there are: nearly all requests for similar ones would ask for nobody otherwise."""
    seeds = body.get("seeds") if isinstance(body, dict) else None
    for seed in seeds if isinstance(seeds, list) else ():
        if isinstance(seed, dict) and "creator" in seed:
            seed["creator"] = KNOWN
    return body


@SCHEMA.hook
def map_path_parameters(_context: HookContext, parameters: Any) -> Any:
    """Ask for somebody known, now and then."""
    known = isinstance(parameters, dict) and len(str(parameters.get("id"))) % 2
    return parameters | {"id": KNOWN} if known else parameters


@SCHEMA.parametrize()
@settings(max_examples=100)
def test_it_is_true(case: schemathesis.Case[Any], server: Server) -> None:
    case.call_and_validate(base_url=server.address, checks=CHECKS)
