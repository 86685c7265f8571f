"""The sources that come with the program: examples that load, and that ask nobody anything."""

import re
from pathlib import Path

import pytest

from crawl_config.hosts import is_fictional
from crawl_config.interfaces import INTERFACES
from crawl_config.loader import load_folder
from crawl_config.packaged import PACKAGED
from crawl_config.parts import CREATOR_FIELDS, POST_FIELDS, TOP_KEYS
from crawl_config.source import Parser, Source
from discovery.creator import Creator, Post

README = (PACKAGED.parent / "README.md").read_text(encoding="utf-8")
SOURCES = load_folder()


def test_there_is_one_for_every_parser() -> None:
    assert {source.parser for source in SOURCES} == set(Parser)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_none_is_enabled_and_contact_and_hosts_are_to_be_filled_in(source: Source) -> None:
    assert not source.enabled
    assert source.manners.contact.endswith(".example")
    own = set(source.allowed.hosts) - set(INTERFACES[source.parser].hosts if source.parser.is_api else ())
    assert all(map(is_fictional, own))


@pytest.mark.parametrize("path", sorted(PACKAGED.iterdir()), ids=lambda path: path.name)
def test_every_example_is_annotated(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert path.suffix == ".toml"
    assert lines[0].startswith("# ")
    assert sum(line.startswith("#") for line in lines) >= 3


def test_every_api_is_described_and_nothing_else() -> None:
    assert set(INTERFACES) == {parser for parser in Parser if parser.is_api}


def test_selectors_name_fields_that_exist() -> None:
    assert set(CREATOR_FIELDS) <= set(Creator.__dataclass_fields__)
    assert set(POST_FIELDS) <= set(Post.__dataclass_fields__)


def test_the_readme_names_every_key() -> None:
    keys = [
        *TOP_KEYS,
        "hosts",
        "paths",
        "contact",
        "product",
        "delay_seconds",
        "connections",
        "refresh_hours",
    ]
    keys += [*CREATOR_FIELDS, *POST_FIELDS, "each", *Parser]
    keys += [key for interface in INTERFACES.values() for key in interface.keys]
    assert [key for key in keys if not re.search(rf"`{re.escape(key)}`", README)] == []
