"""The environment of a cluster: what it says is taken over, and what is wrong names its variable."""

from collections.abc import Mapping

import pytest

from discovery.errors import InvalidInput
from indexer.opensearch.access import PASSWORD, TOKEN, USER
from indexer.opensearch.cluster import Cluster
from indexer.opensearch.mapping import Copies
from indexer.opensearch.settings import PREFIX, REPLICAS, SHARDS, open_cluster

URL = "http://localhost:9200"
"""Nobody is asked there: opening sends nothing."""


def cluster(environment: Mapping[str, str]) -> Cluster:
    """Open and close, and return what was read."""
    found = open_cluster([URL], environment)
    found.connection.close()
    return found


@pytest.mark.parametrize(
    ("environment", "prefix", "copies"),
    [
        ({}, "nichescout", Copies(shards=1, replicas=None)),
        ({PREFIX: "", SHARDS: "", REPLICAS: " "}, "nichescout", Copies(shards=1, replicas=None)),
        ({PREFIX: "shop-a", SHARDS: "3", REPLICAS: "0"}, "shop-a", Copies(shards=3, replicas=0)),
        ({SHARDS: " 1024\n", REPLICAS: "20"}, "nichescout", Copies(shards=1_024, replicas=20)),
        ({"NICHESCOUT_OPENSEARCH_OTHER": "x", "PATH": "/bin"}, "nichescout", Copies()),
    ],
)
def test_what_the_environment_says(environment: dict[str, str], prefix: str, copies: Copies) -> None:
    found = cluster(environment)
    assert (found.prefix, found.copies) == (prefix, copies)
    assert found.aliases.creators == f"{prefix}-creators"


@pytest.mark.parametrize(
    "text", ["0", "-1", "1025", "1.5", "three", "1e2", "0x10", "1 2", "²", "+1", "1_000"]
)
def test_a_wrong_number_of_shards_names_its_variable(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        cluster({SHARDS: text})
    (problem,) = caught.value.problems
    assert (problem.field, problem.value) == (SHARDS, text)
    assert problem.message == f"must be a whole number from 1 to 1024, not {text!r}"


@pytest.mark.parametrize("text", ["-1", "21", "0-1", "all"])
def test_a_wrong_number_of_copies_names_its_variable(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        cluster({REPLICAS: text})
    (problem,) = caught.value.problems
    assert (problem.field, problem.value) == (REPLICAS, text)
    assert problem.message == f"must be a whole number from 0 to 20, not {text!r}"


@pytest.mark.parametrize("prefix", ["Shop", "*", "a,b", "-a", "a/b", "ä", "a" * 101])
def test_a_wrong_prefix_names_its_variable(prefix: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        cluster({PREFIX: prefix})
    (problem,) = caught.value.problems
    assert (problem.field, problem.value) == (PREFIX, prefix)
    assert "must be lower-case letters, digits, '.', '_' and '-'" in problem.message


@pytest.mark.parametrize(
    ("environment", "variable"),
    [
        ({USER: "alice"}, PASSWORD),
        ({PASSWORD: "an invented password"}, USER),
        ({TOKEN: "t", USER: "alice", PASSWORD: "p"}, TOKEN),
    ],
)
def test_wrong_credentials_name_their_variable(environment: dict[str, str], variable: str) -> None:
    with pytest.raises(InvalidInput, match=variable) as caught:
        cluster(environment)
    assert "an invented password" not in str(caught.value)


def test_wrong_addresses_are_told() -> None:
    with pytest.raises(InvalidInput, match="opensearch address 2"):
        open_cluster([URL, "ftp://a"], {})
    with pytest.raises(InvalidInput, match="has no address"):
        open_cluster([], {})
