"""The API guide is true: its requests work as they stand, and its table of errors is the code's."""

import re
from collections import defaultdict
from pathlib import Path

import orjson
import pytest

from search_api.problems import KINDS
from tests.search_api.world import World, problem

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "api.md").read_text()
REQUESTS = re.findall(r"127\.0\.0\.1:8000(/v1/\w+) .*?<<'JSON'\n(.*?)\nJSON", GUIDE, re.DOTALL)


def test_it_shows_every_request_with_a_body() -> None:
    assert [address for address, _ in REQUESTS] == ["/v1/search", "/v1/similar", "/v1/export"]


@pytest.mark.parametrize(("address", "body"), REQUESTS)
def test_its_requests_work_as_they_stand(world: World, address: str, body: str) -> None:
    answer = world.post(address, body.encode())
    assert answer.status_code == 200
    assert len(answer.data) > 1_000


def test_its_error_is_the_one_that_is_given(world: World) -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    body = {"query": "a", "filters": [{"field": "folowers", "min": 1}]}
    given = problem(world.post("/v1/search", body), 400, "invalid_input")
    assert orjson.loads(shown) | {"request_id": ""} == given | {"request_id": ""}


def test_its_table_of_errors_is_complete() -> None:
    codes = defaultdict(set)
    for code, kind in KINDS.items():
        codes[kind.status].add(code)
    rows = re.findall(r"^\| (\d{3}) \| (.*) \|$", GUIDE, re.MULTILINE)
    assert {int(status): set(re.findall(r"`(\w+)`", names)) for status, names in rows} == codes


def test_it_names_every_address() -> None:
    from search_api.openapi import OPERATIONS

    for operation in OPERATIONS:
        assert operation.path in GUIDE
