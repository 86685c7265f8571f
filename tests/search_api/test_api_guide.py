"""The API guide is true: its requests work as they stand, and its table of errors is the code's."""

import re
from collections import defaultdict
from pathlib import Path

import orjson
import pytest

from discovery.interpretation import LIKELY, SURE
from discovery.ranking.exclusions import HARD
from discovery.understanding.parts import PartKind
from search_api.problems import KINDS
from tests.search_api.world import World, problem

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "api.md").read_text()
BRIEFS = (Path(__file__).parents[2] / "docs" / "how-to" / "briefs.md").read_text()
REQUEST = re.compile(r"127\.0\.0\.1:8000(/v1/\w+) .*?<<'JSON'\n(.*?)\nJSON", re.DOTALL)
REQUESTS = REQUEST.findall(GUIDE)


def test_it_shows_every_request_with_a_body() -> None:
    assert [address for address, _ in REQUESTS] == ["/v1/search", "/v1/similar", "/v1/export"]


@pytest.mark.parametrize(("address", "body"), REQUESTS)
def test_its_requests_work_as_they_stand(world: World, address: str, body: str) -> None:
    answer = world.post(address, body.encode())
    assert answer.status_code == 200
    assert len(answer.data) > 1_000


def test_the_guide_to_briefs_tells_every_kind_and_its_request_works(reading: World) -> None:
    rows = re.findall(r"^\| (`.*?) \|", BRIEFS, re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(PartKind)
    ((address, body),) = REQUEST.findall(BRIEFS)
    answer = reading.post(address, body.encode())
    assert answer.status_code == 200
    sent, told = orjson.loads(body)["understood"], orjson.loads(answer.data)["understood"]
    for one, part in zip(told["parts"], sent["parts"], strict=True):
        assert one | part == one
    assert (told["query"], told["language"]) == (sent["query"], sent["language"])


def test_the_numbers_of_the_guide_to_briefs_are_the_codes() -> None:
    assert f"with a confidence under {SURE} are\nonly preferred, those under {LIKELY} only answered" in BRIEFS
    assert "from a fifth of the passages on" in BRIEFS
    assert HARD == 1 / 5


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
