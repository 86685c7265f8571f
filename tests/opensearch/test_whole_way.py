"""The whole way on a real node: the command line in processes of its own, and the API over the same index."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from indexer.opensearch.generations import ClusterGenerations
from search_api.app import create_app
from search_api.keys import KeyRing
from tests.contracts.pair import ANALYSER, ENCODER
from tests.fictional import corpus, creator, posts
from tests.indexer.installation import erase, matcher, stock
from tests.opensearch.installed import Installed, installed
from tests.opensearch_node.node import Node
from tests.search_api.installation import ENCODER as SMALL_ENCODER
from tests.search_api.installation import lines, write_lines
from tests.search_api.world import SECRET, problem

pytestmark = pytest.mark.opensearch

ROOT = Path(__file__).parents[2]
PREFIX = "whole-way"
BRIEF = "birthday cake with cream"
Run = Callable[..., subprocess.CompletedProcess[str]]


# The command line


@pytest.fixture
def run(opensearch_node: Node, tmp_path: Path) -> Iterator[Run]:
    """Run commands on an installation whose index is on the node; its indices are dropped at the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NICHESCOUT_")}
    environment = kept | {"NICHESCOUT_OPENSEARCH_PREFIX": PREFIX, "NICHESCOUT_DATA": str(tmp_path / "data")}

    def command(name: str, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        where = [] if variables or name == "import" else ["--index", opensearch_node.url]
        return subprocess.run(
            [sys.executable, "-m", "search_api.cli", "--encoder", SMALL_ENCODER, name, *words, *where],
            env=environment | variables,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    yield command
    found = opensearch_node.ask(f"/_cat/indices/{PREFIX}-*?format=json&h=index").demand()
    for one in found:
        opensearch_node.ask(f"/{one['index']}", "DELETE").demand()


def done(result: subprocess.CompletedProcess[str]) -> str:
    """Return what a command printed that must succeed."""
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    return result.stdout


def test_import_index_search_status_export_forget(run: Run, opensearch_node: Node, tmp_path: Path) -> None:
    url = opensearch_node.url
    file = write_lines(tmp_path / "creators.jsonl")
    assert "6 new" in done(run("import", str(file)))
    early = run("search", BRIEF)
    assert early.returncode == 2
    assert early.stderr.strip() == (
        f"Error: no index behind the alias {PREFIX}-creators; run `nichescout index` after importing creators"
    )

    assert "6 creators, 24 passages" in done(run("index"))
    status = orjson.loads(done(run("status", "--json")))
    assert (status["cluster"], status["indexed creators"], status["passages"]) == (url, 6, 24)
    assert status["encoder"].startswith(SMALL_ENCODER)

    answer = orjson.loads(done(run("search", BRIEF, "--json")))
    assert answer["generation"] == status["generation"]
    assert [match["id"] for match in answer["matches"][:2]] == ["instagram:cakes/0", "instagram:cakes/1"]
    assert orjson.loads(done(run("search", BRIEF, "--json", NICHESCOUT_INDEX=url))) == answer

    rows = list(csv.DictReader(io.StringIO(done(run("export", BRIEF)))))
    assert [row["id"] for row in rows] == [match["id"] for match in answer["matches"]]

    assert (
        done(run("forget", "instagram:cakes/0", "--yes"))
        == "1 erased, 0 not stored; all are kept out from now on.\n"
    )
    answer = orjson.loads(done(run("search", BRIEF, "--json")))
    assert answer["matches"][0]["id"] == "instagram:cakes/1"
    assert "instagram:cakes/0" not in str(answer)
    path = f"/_cat/segments/{PREFIX}-*?format=json&h=docs.deleted"
    assert {one["docs.deleted"] for one in opensearch_node.ask(path).demand()} == {"0"}

    assert "1 left out on request" in done(run("import", str(file)))
    more = {**lines()[2], "id": "instagram:boats/new", "name": "Invented Newcomer", "bio": "lighthouses"}
    file.write_bytes(orjson.dumps(more) + b"\n")
    assert "1 new" in done(run("import", str(file)))
    assert " updated in " in done(run("index", "--update"))
    status = orjson.loads(done(run("status", "--json")))
    assert (status["stored creators"], status["indexed creators"]) == (6, 6)
    answer = orjson.loads(done(run("search", "lighthouses", "--json")))
    assert answer["matches"][0]["id"] == "instagram:boats/new"


# The API


@pytest.fixture
def place(opensearch_node: Node, tmp_path: Path) -> Iterator[Installed]:
    with installed(opensearch_node, tmp_path / "home", corpus()) as made:
        yield made


@pytest.fixture
def reader(place: Installed) -> ClusterGenerations:
    return ClusterGenerations(place.cluster, encoder=ENCODER.id, analyser=ANALYSER.id)


@pytest.fixture
def client(place: Installed, reader: ClusterGenerations, tmp_path: Path) -> FlaskClient:
    """The application over what is served on the node."""
    place.build()
    matching = replace(matcher(reader.current()), engine=reader.current)
    return create_app(matcher=matching, keys=KeyRing(tmp_path / "keys.json"), secret=SECRET).test_client()


def search(client: FlaskClient, address: str = "/v1/search", **body: Any) -> Any:
    """Ask for creators; the answer must be one."""
    answer = client.post(address, data=orjson.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.data
    return orjson.loads(answer.data)


def test_the_api_answers_over_the_cluster(client: FlaskClient, place: Installed) -> None:
    answer = search(client, query="vegan recipes", filters=[{"field": "category", "any_of": ["food"]}])
    assert answer["generation"] == place.index.info().id
    assert answer["matches"][0]["id"] == "instagram:mira.invented"
    assert answer["matches"][0]["evidence"]
    alike = search(client, "/v1/similar", seeds=[{"creator": "instagram:mira.invented"}])
    assert alike["matches"][0]["id"] != "instagram:mira.invented"
    record = client.get("/v1/creators/instagram:mira.invented")
    assert record.status_code == 200
    assert b'"mira.cooks"' in record.data
    problem(client.get("/v1/creators/instagram:nobody"), 404, "creator_not_found")
    assert client.get("/readyz").status_code == 200
    assert b"mira.cooks" in client.get("/", query_string={"q": "vegan recipes"}).data


@pytest.mark.parametrize("whole", [False, True])
def test_a_cursor_leads_through_one_generation_and_is_stale_in_the_next(
    client: FlaskClient, place: Installed, reader: ClusterGenerations, whole: bool
) -> None:
    """After an update too, though that is made in the same indices."""
    first = search(client, query="vegan", limit=5)
    second = search(client, query="vegan", limit=5, cursor=first["next_cursor"])
    assert [match["rank"] for match in second["matches"]] == [6, 7, 8, 9, 10]

    stock(place.home, [creator("Newcomer", bio="vegan", posts=posts("vegan"))])
    report = place.build() if whole else place.update()
    assert report.whole is whole
    assert search(client, query="vegan", limit=1)["generation"] == first["generation"]
    assert reader.refresh()
    body = orjson.dumps({"query": "vegan", "limit": 5, "cursor": second["next_cursor"]})
    told = problem(client.post("/v1/search", data=body, content_type="application/json"), 410, "stale_cursor")
    assert first["generation"] in told["detail"]
    assert report.generation in told["detail"]
    assert search(client, query="vegan", limit=5)["generation"] == report.generation


def test_a_build_after_a_removal_costs_no_search(
    client: FlaskClient, place: Installed, reader: ClusterGenerations
) -> None:
    """No earlier generation stays then; servers have the time to go over before it is dropped."""
    patient = replace(place, cluster=replace(place.cluster, handover=3.0))
    erase(place.home, corpus()[0].id)
    reader.watch(interval=0.2)
    answers = [search(client, query="vegan", limit=1)["generation"]]
    with ThreadPoolExecutor(1) as pool:
        build = pool.submit(patient.build)
        while not build.done():
            answers.append(search(client, query="vegan", limit=1)["generation"])
    assert list(dict.fromkeys(answers)) == [answers[0], build.result().generation]
    assert search(client, query="vegan", limit=1)["generation"] == build.result().generation
    assert len(place.indices) == 3
