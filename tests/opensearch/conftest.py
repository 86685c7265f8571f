"""Installations on a cluster, and a node that tests may kill and hold."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from discovery.creator import Creator
from indexer.opensearch import whole
from tests.opensearch.doomed import Place
from tests.opensearch.places import place_in
from tests.opensearch.site import Site
from tests.opensearch_node.fixtures import discard
from tests.opensearch_node.installation import Installation
from tests.opensearch_node.node import Node
from tests.search_api.installation import run, write_lines

MakeSite = Callable[..., Site]
MakePlace = Callable[..., Place]

_NUMBERS = count()


@pytest.fixture(scope="session")
def _mortal(
    tmp_path_factory: pytest.TempPathFactory, opensearch_installation: Installation
) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("mortal"), installation=opensearch_installation)
    yield node
    discard(node)


@pytest.fixture
def mortal_node(_mortal: Node) -> Iterator[Node]:
    """A green node that a test may kill, hold and start again; its data are kept from test to test."""
    if not _mortal.is_running:
        _mortal.start(check=False)
    yield _mortal
    if _mortal.is_running:
        _mortal.go_on()


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Make installations with a few creators in the store: `make_site(url, ..., VARIABLE="value")`."""

    def make(*urls: str, **variables: str) -> Site:
        data = tmp_path / f"site-{len(list(tmp_path.glob('site-*')))}"
        result = run(data, "import", str(write_lines(tmp_path / "creators.jsonl")))
        assert result.exit_code == 0, result.output
        return Site(data=data, urls=urls, variables=variables)

    return make


@pytest.fixture
def make_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakePlace:
    """Make stores with creators, and a prefix for each; builds note at once how far they are."""
    monkeypatch.setattr(whole, "NOTE_SECONDS", 0.0)

    def make(node: Node, *creators: Sequence[Creator]) -> Place:
        return place_in(tmp_path / f"home-{next(_NUMBERS)}", node, *creators)

    return make
