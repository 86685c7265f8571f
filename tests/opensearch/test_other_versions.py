"""An index of another version, encoder or analyser: refused with the way out, or built anew."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.opensearch.conftest import MakeSite
from tests.opensearch.site import Site
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch

ANEW = "run `nichescout index` to build it anew"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def site(make_site: MakeSite, opensearch_node: Node) -> Site:
    made = make_site(opensearch_node.url)
    made.done("index")
    return made


def alter(site: Site, node: Node, change: Change) -> None:
    """Change what the published generation says of itself."""
    ((index, entry),) = node.ask(f"/{site.prefix}-creators/_mapping").demand().items()
    meta = entry["mappings"]["_meta"]
    change(meta["nichescout"])
    node.ask(f"/{index}/_mapping", "PUT", {"_meta": meta}).demand()


def indices(site: Site, node: Node) -> set[str]:
    """Return the indices of a site."""
    listed = node.ask(f"/_cat/indices/{site.prefix}-*?format=json&expand_wildcards=all").demand()
    return {one["index"] for one in listed}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda said: said.update(format=2), "has mapping version 2, this version reads 1"),
        (lambda said: said.clear(), "has mapping version None, this version reads 1"),
        (lambda said: said.pop("origin"), "says of itself cannot be read"),
        (lambda said: said["origin"].update(analyser="analyser-0"), "another version (analyser analyser-0,"),
        (lambda said: said["origin"].update(schema=0), "schema 0"),
    ],
    ids=["format", "nothing", "unreadable", "analyser", "schema"],
)
def test_another_version_is_refused(site: Site, opensearch_node: Node, change: Change, words: str) -> None:
    alter(site, opensearch_node, change)
    said = site.refused("search", "cake")
    assert words in said and ANEW in said


def test_an_update_of_another_version_builds_anew(site: Site, opensearch_node: Node) -> None:
    found = site.found()
    alter(site, opensearch_node, lambda said: said.update(format=2))
    assert "Built anew instead of updated" in site.done("index", "--update")
    assert site.found() == found
    old = indices(site, opensearch_node)
    assert len(old) == 6  # the one before is kept
    assert "Built anew" not in site.done("index", "--update")
    site.done("index")
    assert len(indices(site, opensearch_node) & old) == 3


def test_another_encoder_is_refused(site: Site, opensearch_node: Node) -> None:
    found = site.found()
    built = indices(site, opensearch_node)
    other = replace(site, encoder="hashing-8")
    for command in (("search", "cake"), ("index", "--update")):
        said = other.refused(*command)
        assert "the index was built by the encoder 'hashing-32" in said
        assert ANEW in said and "(--encoder)" in said
    assert site.found() == found
    assert indices(site, opensearch_node) == built
    other.done("index")
    assert "built by the encoder 'hashing-8" in site.refused("search", "cake")


def test_a_server_does_not_start_on_them(site: Site, opensearch_node: Node) -> None:
    refusals = [replace(site, encoder="hashing-8").run("serve", "--port", "0")]
    alter(site, opensearch_node, lambda said: said.update(format=2))
    refusals.append(site.run("serve", "--port", "0"))
    for result, words in zip(refusals, ("built by the encoder", "mapping version 2"), strict=True):
        assert (result.returncode, result.stdout) == (2, "")
        assert "Traceback" not in result.stderr
        (reason,) = (line for line in result.stderr.splitlines() if words in line)
        assert reason.startswith("Error: ") and ANEW in reason


def test_a_server_goes_on_with_what_it_has(site: Site, opensearch_node: Node) -> None:
    with site.served() as server:
        found = server.search().body
        replace(site, encoder="hashing-8").done("index")
        said = server.await_words("built by the encoder 'hashing-8")
        assert ANEW in said
        assert server.search().body == found
        assert server.ask("/readyz").status == 200
