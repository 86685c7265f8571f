"""The answer to a search, whole: against a golden file, byte by byte, and by its own promises."""

import os
from math import fsum
from pathlib import Path

import orjson
import pytest

from discovery.matching import Matcher
from search_api.rendering import search_response
from tests.search_api.world import Build, World, engine

GOLDEN = Path(__file__).parent / "golden" / "search.json"
BODY = {
    "query": "vegan café 🌱",
    "filters": [
        {"field": "followers", "min": 1000, "unknown": "include"},
        {"field": "language", "any_of": ["en", "fr"], "mode": "should"},
        {"field": "audience_country", "any_of": ["GB"], "weight": 0.5, "mode": "should"},
        {"field": "has_sponsored_posts", "is": True, "mode": "not"},
    ],
    "weights": {"keywords": 0.3},
    "as_of": "2026-03-01",
    "limit": 3,
}


def test_the_golden_answer(world: World) -> None:
    """Set NICHESCOUT_WRITE_GOLDEN=1 to write the file anew; then read what changed."""
    answer = orjson.loads(world.post("/v1/search", BODY).data)
    answer["next_cursor"] = None if answer["next_cursor"] is None else "a cursor"
    written = orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    if os.environ.get("NICHESCOUT_WRITE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_bytes(written)
    assert written.decode() == GOLDEN.read_text()


def test_the_same_request_gives_the_same_bytes(build: Build) -> None:
    first, second = build(), build(engine=engine())
    answers = {world.post("/v1/search", BODY).data for world in (first, second) for _ in range(3)}
    assert len(answers) == 1


def test_times_are_in_a_header_and_not_in_the_body(world: World) -> None:
    answer = world.post("/v1/search", BODY)
    assert answer.headers["Server-Timing"].startswith("encode;dur=")
    assert b"timings" not in answer.data


def test_points_sum_to_the_score(world: World) -> None:
    for match in orjson.loads(world.post("/v1/search", BODY | {"limit": 100}).data)["matches"]:
        assert round(fsum(part["points"] for part in match["contributions"]), 4) == match["score"]


def test_ranks_and_order(world: World) -> None:
    matches = orjson.loads(world.post("/v1/search", BODY | {"limit": 100}).data)["matches"]
    assert [match["rank"] for match in matches] == list(range(1, len(matches) + 1))
    assert matches == sorted(matches, key=lambda match: (-match["score"], match["id"]))


def test_highlights_are_code_points_of_the_text(world: World) -> None:
    marked = [
        cited["text"][start:end]
        for match in orjson.loads(world.post("/v1/search", BODY | {"limit": 100}).data)["matches"]
        for cited in match["evidence"]
        for start, end in cited["highlights"]
    ]
    assert marked
    assert {text.casefold() for text in marked} <= {
        "vegan",
        "vegans",
        "végane",
        "véganes",
        "café",
        "cafe",
        "cafés",
        "🌱",
    }


def test_there_is_a_verdict_for_every_filter_in_their_order(world: World) -> None:
    answer = orjson.loads(world.post("/v1/search", BODY | {"limit": 100}).data)
    for match in answer["matches"]:
        assert [item["position"] for item in match["verdicts"]] == [0, 1, 2, 3]
        assert [item["mode"] for item in match["verdicts"]] == ["must", "should", "should", "not"]
        assert match["verdicts"][3]["status"] in {"met", "unknown"}
    assert [item["position"] for item in answer["filters"]] == [0, 1, 2, 3]


def test_left_out_for_want_of_a_value_is_counted_and_can_be_brought_back(world: World) -> None:
    strict = {"query": "vegan", "filters": [{"field": "country", "any_of": ["GB"]}], "limit": 100}
    first = orjson.loads(world.post("/v1/search", strict).data)
    lenient = {
        "query": "vegan",
        "filters": [{"field": "country", "any_of": ["GB"], "unknown": "include"}],
        "limit": 100,
    }
    second = orjson.loads(world.post("/v1/search", lenient).data)
    left_out = first["filters"][0]["unknown_left_out"]
    assert left_out > 0
    assert second["totals"]["admitted"] == first["totals"]["admitted"] + left_out
    assert second["filters"][0]["unknown_left_out"] == 0


def test_seeds_are_not_part_of_the_answer(world: World) -> None:
    chosen = ("instagram:mira.invented", "youtube:joris.madeup")
    seeds = [{"creator": chosen[0]}, {"creator": chosen[1], "weight": 0.5}]
    answer = orjson.loads(world.post("/v1/similar", {"seeds": seeds, "limit": 100}).data)
    found = {match["id"] for match in answer["matches"]}
    assert found
    assert not found & set(chosen)
    assert answer["request"]["seeds"] == [
        {"creator": "instagram:mira.invented", "weight": 1.0},
        {"creator": "youtube:joris.madeup", "weight": 0.5},
    ]


@pytest.mark.parametrize("limit", [1, 100])
def test_every_face_renders_the_same_payload(world: World, limit: int) -> None:
    from search_api.schema import SearchRequest
    from search_api.validation import validate

    matcher: Matcher = world.matcher
    brief = validate(SearchRequest, BODY | {"limit": limit}).to_brief()
    told = orjson.loads(search_response(matcher.search(brief), None).to_json())
    served = orjson.loads(world.post("/v1/search", BODY | {"limit": limit}).data)
    assert told | {"next_cursor": None} == served | {"next_cursor": None}
