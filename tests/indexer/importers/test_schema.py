"""The published JSON Schema is the one of the code, and agrees with what the import accepts."""

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from discovery.creator import Creator
from indexer.importers.json_lines import parse_line
from indexer.importers.schema import json_schema, schema_text
from tests.indexer.importers.test_json_lines import LEAST, REFUSALS

PUBLISHED = Path(__file__).parents[3] / "docs" / "reference" / "creator.schema.json"
NEEDS_THE_VOCABULARY = (
    "country",
    "language",
    "shares add up",
    "provenance",
    "'..'",
    "must lie between",
    "yesterday",
)


def test_the_published_schema_is_current() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text(), "write schema_text() to the file anew"


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_it_names_every_field_of_a_creator_that_a_source_can_state() -> None:
    fields = {*Creator.__dataclass_fields__, "observed_at", "source"} - {"detected_language", "also_stated"}

    assert set(json_schema()["properties"]) == fields
    assert json_schema()["required"] == ["id", "platform", "name"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"followers": None, "posts": [], "contacts": []},
        {"audience": {"countries": {"DE": 0.5}, "ages": {"65+": 1}}, "country": "de"},
        {"posts": [{"id": "p", "published_at": "2026-01-31", "hashtags": ["a"], "likes": 0}]},
        {"provenance": {"bio": {"source": "x", "observed_at": "2026-01-31"}}, "bio": "Hi"},
    ],
)
def test_what_the_import_accepts_is_valid(fields: dict[str, Any]) -> None:
    assert isinstance(parse_line(json.dumps(LEAST | fields).encode(), "f"), Creator)
    jsonschema.validate(LEAST | fields, json_schema())


@pytest.mark.parametrize(
    "fields",
    [fields for fields, complaint in REFUSALS if not any(word in complaint for word in NEEDS_THE_VOCABULARY)],
)
def test_what_the_schema_can_refuse_it_refuses(fields: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(LEAST | fields)
