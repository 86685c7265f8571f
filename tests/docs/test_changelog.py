"""The changelog's newest entry is of the version that the package has."""

import re
import tomllib
from pathlib import Path

from search_api.version import VERSION

ROOT = Path(__file__).parents[2]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_newest_entry_is_of_this_version() -> None:
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = re.findall(r"^## \[(.*?)\]", CHANGELOG, re.MULTILINE)[0]
    assert newest == packaged == VERSION


def test_every_entry_has_a_version_and_a_day_or_is_unreleased() -> None:
    headings = re.findall(r"^## .*$", CHANGELOG, re.MULTILINE)
    entry = re.compile(r"## \[\d+\.\d+\.\d+\] - (?:\d{4}-\d{2}-\d{2}|Unreleased)")
    assert [heading for heading in headings if not entry.fullmatch(heading)] == []
