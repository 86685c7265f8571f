"""A cluster that takes no writes for now: a block that somebody set, a full disk, too much at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from discovery.errors import EngineRefused
from indexer.home import Home
from tests.indexer.installation import crowd, stock
from tests.opensearch.conftest import MakePlace, MakeSite
from tests.opensearch.places import answers, contents
from tests.opensearch_node.fixtures import MakeNode
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch

OLD, NEW = crowd(100, seed=5), crowd(700, seed=6)
PRESSURE = "300kb"
"""Less than one group of documents."""
DISK = "cluster.routing.allocation.disk"
FULL = {f"{DISK}.watermark.{stage}": "100000gb" for stage in ("low", "high", "flood_stage")}
"""More than any disk has."""
IMPATIENT = 3.0
EASED_SECONDS = 120.0
WAY_OUT = "free some disk space"


@contextmanager
def blocked(node: Node, prefix: str, block: str) -> Iterator[None]:
    """Set a block on the indices of a prefix, as an operator does."""
    path = f"/{prefix}-*/_settings"
    node.ask(path, "PUT", {f"index.blocks.{block}": True}).demand()
    try:
        yield
    finally:
        node.ask(path, "PUT", {f"index.blocks.{block}": None}).demand()


@pytest.mark.parametrize(
    ("block", "way_out"),
    [
        ("write", "remove it (index.blocks.write"),
        ("read_only", "remove it (index.blocks.write, index.blocks.read_only"),
        ("read_only_allow_delete", WAY_OUT),
    ],
)
def test_a_block(opensearch_node: Node, make_place: MakePlace, block: str, way_out: str) -> None:
    place = make_place(opensearch_node, OLD)
    place.build()
    before = answers(place)
    stock(Home(place.home), NEW[:10])
    with blocked(opensearch_node, place.prefix, block):
        with pytest.raises(EngineRefused, match="takes no writes: ") as told:
            replace(place, patience=IMPATIENT).build(update=True)
        assert place.prefix in str(told.value) and way_out in str(told.value)
        assert answers(place) == before
    assert place.build(update=True).creators == len(OLD) + 10
    assert answers(place) != before


def test_the_command_line_says_it_in_a_line(opensearch_node: Node, make_site: MakeSite) -> None:
    site = make_site(opensearch_node.url)
    site.done("index")
    found = site.found()
    stock(Home(site.data), NEW[:1])
    with blocked(opensearch_node, site.prefix, "read_only"):
        assert "takes no writes" in site.refused("index", "--update")
        assert site.found() == found
    assert "updated" in site.done("index", "--update")


def test_too_much_at_a_time_and_a_full_disk(make_node: MakeNode, make_place: MakePlace) -> None:
    node = make_node(
        {
            "indexing_pressure.memory.limit": PRESSURE,
            f"{DISK}.threshold_enabled": True,
            "cluster.info.update.interval": "10s",
        }
    )
    place = make_place(node, NEW)
    assert place.build().creators == len(NEW)
    before = answers(place)
    stock(Home(place.home), OLD[:10])
    node.ask("/_cluster/settings", "PUT", {"transient": FULL}).demand()
    wait_until(node, place.prefix, full=True)
    for update in (True, False):
        with pytest.raises(EngineRefused, match="takes no writes") as told:
            replace(place, patience=IMPATIENT).build(update=update)
        assert "if the disk is full, free some space" in str(told.value) or WAY_OUT in str(told.value)
        assert answers(place) == before
    node.ask("/_cluster/settings", "PUT", {"transient": dict.fromkeys(FULL)}).demand()
    wait_until(node, place.prefix, full=False)
    assert place.build(update=True).creators == len(NEW) + 10
    assert len(contents(place)[0]) == len(NEW) + 10


def wait_until(node: Node, prefix: str, *, full: bool) -> None:
    """Wait until a full disk, or room on it, is noticed."""
    deadline = time.monotonic() + EASED_SECONDS
    while True:
        indices = node.ask(f"/{prefix}-*/_settings").demand().values()
        if all(("blocks" in entry["settings"]["index"]) == full for entry in indices):
            return
        assert time.monotonic() < deadline
        time.sleep(0.2)
