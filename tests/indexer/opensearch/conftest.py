"""Servers that misbehave."""

from collections.abc import Iterator

import pytest

from tests.indexer.opensearch.faulty_node import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture
def second() -> Iterator[Server]:
    with serving() as one:
        yield one
