"""A local server, and an installation that crawls it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.server import Server
from tests.indexer.crawl.crawling import Crawls


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def crawls(tmp_path: Path, server: Server) -> Crawls:
    return Crawls(tmp_path / "home", server)
