"""Persons with several profiles on a real cluster: built, updated in place, withdrawn and forgotten."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from discovery.brief import MAX_DEPTH, Brief
from discovery.creator import CreatorId
from discovery.people import Profiles
from indexer.opensearch import people
from indexer.opensearch.generations import ClusterGenerations
from indexer.store import Store
from tests.contracts.pair import ANALYSER, ENCODER
from tests.fictional import corpus
from tests.indexer.installation import matcher, stock, suppress
from tests.indexer.test_people_in_index import BRIEF, FEDI, SITE, SKY, ZITA, relinked
from tests.opensearch.installed import Installed, installed
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch


@pytest.fixture
def place(opensearch_node: Node, tmp_path: Path) -> Iterator[Installed]:
    """The corpus and three profiles that link to each other, built."""
    with installed(opensearch_node, tmp_path / "place", [*corpus(), SITE, FEDI, SKY]) as made:
        assert made.build().people == 1
        yield made


def shown(place: Installed) -> list[set[CreatorId]]:
    """The profiles of Zita as an answer shows them, one set a place."""
    return [
        {match.creator.id, *(one.id for one in match.profiles)}
        for match in matcher(place.engine).search(BRIEF).matches
        if match.creator.id in ZITA
    ]


def test_people_are_shown_once_in_three_round_trips(place: Installed) -> None:
    search = matcher(place.engine).search
    place.connection.heard()
    (match,) = [one for one in search(BRIEF).matches if one.creator.id in ZITA]
    assert {match.creator.id, *(one.id for one in match.profiles)} == ZITA
    assert len(place.connection.heard()) == 3


def test_people_follow_an_update_in_place(place: Installed) -> None:
    serving = ClusterGenerations(place.cluster, encoder=ENCODER.id, analyser=ANALYSER.id)
    assert len(serving.current().profiles_of([SKY.id])) == 1
    stock(place.home, [relinked(SKY)])
    assert place.update().people == 1
    assert sorted(map(len, shown(place))) == [1, 2]
    assert serving.refresh()
    assert serving.current().profiles_of([SKY.id]) == {}
    stock(place.home, [relinked(SITE), relinked(FEDI)])
    assert place.update().people == 0
    assert sorted(map(len, shown(place))) == [1, 1, 1]
    assert people.documents(place.connection, place.cluster.aliases) == 0


def test_people_of_many_documents_come_and_go(place: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than one document holds, and fewer later."""
    monkeypatch.setattr(people, "CHUNK", 2)
    many: list[Profiles] = [(CreatorId(f"a:{n}"), CreatorId(f"b:{n}")) for n in range(45)]
    words = place.documents("words")
    for persons in (many, many[:3], [], many[:2]):
        with place.index.extend(place.origin(), []) as writer:
            writer.write_people(persons)
            writer.publish(1)
        assert sorted(people.load_people(place.connection, place.cluster.aliases)) == sorted(persons)
        assert place.documents("words") == words - 1 + (len(persons) + 1) // 2
        assert place.engine.related_words(ENCODER.encode_queries(["wood"])[0], 5) is not None


def test_people_are_written_into_an_index_of_before(place: Installed) -> None:
    """Its mapping knows no persons, and takes no unknown field."""
    names = place.aliases[f"{place.prefix}-words"]
    place.node.ask(f"/{names}", "DELETE").demand()
    mapping = {"place": {"type": "integer"}, "term": {"type": "keyword"}, "word": {"type": "keyword"}}
    mapping["vector"] = {"type": "binary"}
    body = {
        "aliases": {f"{place.prefix}-words": {}},
        "mappings": {"dynamic": "strict", "properties": mapping},
    }
    place.node.ask(f"/{names}", "PUT", body).demand()
    assert place.engine.profiles_of(list(ZITA)) == {}
    stock(place.home, [relinked(SKY)])
    assert place.update().people == 1
    assert sorted(map(len, shown(place))) == [1, 2]


def test_people_are_forgotten_together(place: Installed) -> None:
    report = place.forget(SKY.id)
    assert report.erased == 3
    assert set(report.linked) == ZITA - {SKY.id}
    assert place.indexed.isdisjoint(ZITA)
    assert people.documents(place.connection, place.cluster.aliases) == 0


def test_people_fall_apart_when_one_profile_asked_to_be_left_out(place: Installed) -> None:
    suppress(place.home, SKY)
    place.build()
    assert sorted(map(len, shown(place))) == [1, 1]


def test_people_whom_their_source_takes_back_are_gone_with_the_next_update(place: Installed) -> None:
    with Store(place.home.store) as store:
        assert store.withdraw("page", ZITA).erased == 3
    assert place.update().removed == 3
    assert place.indexed.isdisjoint(ZITA)
    assert matcher(place.engine).search(Brief(query="zither", limit=MAX_DEPTH)).ranked
    assert place.engine.profiles_of(list(ZITA)) == {}


def test_people_of_a_build_that_was_killed_are_replaced(
    place: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had sent them, in several documents; then somebody asked to be left out, and it went on."""
    monkeypatch.setattr(people, "CHUNK", 1)
    origin = place.origin()
    killed = place.index.begin(origin, [])
    killed.write_people([(CreatorId("a:1"), CreatorId("b:1")), (CreatorId("a:2"), CreatorId("b:2"))])
    killed._loader.flush()
    killed._loader.abandon()
    suppress(place.home, SKY)
    place.build()
    assert people.documents(place.connection, place.cluster.aliases) == 0
    assert sorted(map(len, shown(place))) == [1, 1]
