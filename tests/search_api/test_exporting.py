"""Exports: whole, in order, and harmless in a spreadsheet."""

import csv
import io
from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Contact, DetectedLanguage
from search_api.exporting import COLUMNS, safe_cell
from tests.fictional import creator, posts
from tests.search_api.world import Build, World, engine, problem

BODY = {"query": "vegan dogs garden", "limit": 20}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sign", DANGEROUS)
def test_a_formula_becomes_a_text(sign: str) -> None:
    assert safe_cell(f'{sign}HYPERLINK("http://evil.example")') == f'\'{sign}HYPERLINK("http://evil.example")'
    assert safe_cell(f" {sign}1") == f"' {sign}1"


@given(st.text())
def test_no_text_cell_begins_like_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert isinstance(cell, str)
    assert not cell.lstrip(" ").startswith(DANGEROUS)
    assert cell in {text, "'" + text}


@pytest.mark.parametrize("value", [-1, -0.5, 3, None, "plain", "a=b", ""])
def test_numbers_and_plain_texts_stay(value: str | float | None) -> None:
    assert safe_cell(value) == value


def test_stated_and_detected_language_have_a_column_each(build: Build) -> None:
    found = DetectedLanguage(language="ko", share=1.0, captions=5)
    one = creator("Both", bio="vegan", language="en", detected_language=found)
    other = creator("Neither", bio="vegan food")
    rows = table(build(engine=engine(creators=[one, other])).post("/v1/export", {"query": "vegan"}).data)
    shown = {row["name"]: (row["language"], row["language_detected"]) for row in rows}
    assert shown == {"Both": ("en", "ko"), "Neither": ("", "")}


def test_hostile_creators_in_a_real_export(build: Build) -> None:
    hostile = creator(
        "=cmd|' /C calc'!A0",
        id="instagram:=1+1",
        handle="@SUM(A1)",
        bio="vegan",
        contacts=(Contact(type="email", value="+evil@example.org"),),
        categories=('-2+3",="x', "b"),
        posts=posts('@vegan,"quoted"\r\n=1+1', "\tdogs"),
    )
    world = build(
        engine=engine(creators=[hostile, *(replace(creator(f"Calm {n}"), bio="dogs") for n in range(3))])
    )
    data = world.post("/v1/export", {"query": "vegan", "limit": 1}).data
    (row,) = table(data)
    assert row["name"] == "'=cmd|' /C calc'!A0"
    assert row["id"] == "instagram:=1+1"
    assert row["handle"] == "'@SUM(A1)"
    assert row["contacts"] == "'+evil@example.org"
    assert row["categories"] == '\'-2+3",="x; b'
    assert row["cited_1_text"] == '\'@vegan,"quoted"\r\n=1+1'
    for text in row.values():
        assert not text.startswith(DANGEROUS) or _is_number(text)
    assert data.endswith(b"\r\n")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_csv_has_the_rows_of_the_search_in_order(world: World) -> None:
    answer = world.post("/v1/export", BODY | {"format": "csv"})
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="nichescout-oracle-1.csv"'
    assert answer.is_streamed
    rows = table(answer.data)
    found = orjson.loads(world.post("/v1/search", BODY).data)["matches"]
    assert [row["id"] for row in rows] == [match["id"] for match in found]
    assert [float(row["score"]) for row in rows] == [match["score"] for match in found]
    assert list(rows[0]) == list(COLUMNS)
    assert {row["generation"] for row in rows} == {"oracle-1"}


def test_what_the_brief_rules_out_has_a_column(reading: World) -> None:
    (row,) = table(
        reading.post("/v1/export", {"query": "vegan recipes, no dogs, female creators", "limit": 1}).data
    )
    (match,) = orjson.loads(
        reading.post("/v1/search", {"query": "vegan recipes, no dogs, female creators", "limit": 1}).data
    )["matches"]
    assert row["exclusions"] == f"dogs: met ({match['exclusions'][0]['basis']})"
    assert row["personal"] == "female: unknown"
    assert (row["fit"], row["match_probability"]) == (match["fit"], "")


def test_ndjson_has_the_matches_of_the_search(world: World) -> None:
    answer = world.post("/v1/export", BODY | {"format": "ndjson"})
    assert answer.mimetype == "application/x-ndjson"
    assert answer.headers["X-NicheScout-Generation"] == "oracle-1"
    lines = answer.data.split(b"\n")
    assert lines.pop() == b""
    assert [orjson.loads(line) for line in lines] == orjson.loads(world.post("/v1/search", BODY).data)[
        "matches"
    ]


def test_an_export_of_similar_creators(world: World) -> None:
    seeds = [{"creator": "instagram:mira.invented"}]
    rows = table(world.post("/v1/export", {"seeds": seeds, "limit": 3}).data)
    found = orjson.loads(world.post("/v1/similar", {"seeds": seeds, "limit": 3}).data)["matches"]
    assert [row["id"] for row in rows] == [match["id"] for match in found]


def test_who_asked_to_be_left_out_is_not_exported(world: World) -> None:
    first = table(world.post("/v1/export", BODY).data)[0]["id"]
    world.left_out.add(first)  # type: ignore[arg-type]
    for form in ("csv", "ndjson"):
        assert first.encode() not in world.post("/v1/export", BODY | {"format": form}).data


def test_an_error_comes_before_the_first_byte(world: World) -> None:
    problem(world.post("/v1/export", {"query": ""}), 400, "invalid_input")
    body = BODY | {"filters": [{"field": "category", "any_of": ["nothing like it"]}]}
    problem(world.post("/v1/export", body), 400, "invalid_input")


def test_an_empty_answer_is_a_table_without_rows(world: World) -> None:
    body = BODY | {"filters": [{"field": "followers", "min": 1e15}]}
    assert table(world.post("/v1/export", body).data) == []
    assert world.post("/v1/export", body | {"format": "ndjson"}).data == b""
