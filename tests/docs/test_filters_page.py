"""The page of the filters is current, and each of its examples is a filter."""

import re
from pathlib import Path

import pytest

from discovery.filters import FIELDS
from search_api.filter_syntax import parse_filter
from tests.docs.filters_page import page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "filters.md"
EXAMPLES = re.findall(r"^\| `(\w+)` \|.*\| `(.+?)` \|$", page(), re.MULTILINE)


def test_the_page_is_current() -> None:
    again = "python -m tests.docs.filters_page > docs/reference/filters.md"
    assert PAGE.read_text(encoding="utf-8") == page(), f"run: {again}"


def test_every_field_is_on_it() -> None:
    rows = [field for field, example in EXAMPLES if example.startswith(f"{field}=")]
    assert sorted(rows) == sorted(FIELDS)


@pytest.mark.parametrize(("field", "example"), [row for row in EXAMPLES if "=" in row[1]])
def test_its_examples_are_filters(field: str, example: str) -> None:
    assert parse_filter(example).field == field
