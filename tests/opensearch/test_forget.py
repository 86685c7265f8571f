"""Forgetting on a real node: nobody finds them, no segment holds them, and they do not come back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from discovery.brief import Brief
from discovery.creator import Contact, CreatorId, creator_id
from discovery.errors import CreatorNotFound, IndexMissing
from indexer import forget as forget_module
from indexer.documents import document
from indexer.embedding_cache import EmbeddingCache
from indexer.forget import ForgetReport
from indexer.importers.load import import_files
from indexer.index import IndexBusy
from indexer.opensearch.generations import ClusterGenerations
from indexer.records import to_json
from indexer.store import Store
from indexer.suppression import SuppressionList
from tests.contracts.pair import ANALYSER, ENCODER, query_for
from tests.fictional import corpus, creator, post
from tests.indexer.installation import crowd, matcher, stock
from tests.opensearch.installed import Installed, installed
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch

UNIQUE = "Zanthoxylumbrella"
"""A word that nobody but the forgotten person uses, anywhere."""
PERSON = creator(
    f"{UNIQUE} Inventella",
    id=f"instagram:{UNIQUE}",
    handle=UNIQUE,
    url=f"https://instagram.example/{UNIQUE}",
    bio=f"All about {UNIQUE} and vegan lamps",
    followers=4_321,
    categories=("food",),
    contacts=(Contact(type="email", value=f"{UNIQUE}@example.org"),),
    posts=(
        post(f"{UNIQUE} on Monday", id="p1", hashtags=(UNIQUE,), mentions=(UNIQUE,)),
        post(f"{UNIQUE} on Tuesday", id="p2", age=20),
    ),
)
EARLIER = replace(PERSON, bio=f"{UNIQUE} as she once was", posts=(post(f"{UNIQUE} years ago", id="p1"),))
OTHERS = [*corpus()[:10], *crowd(10)]


@pytest.fixture
def place(opensearch_node: Node, tmp_path: Path) -> Iterator[Installed]:
    """An installation that knew an earlier state of the person, and follows by an update."""
    with installed(opensearch_node, tmp_path / "home", [*OTHERS, EARLIER]) as made:
        made.build()
        stock(made.home, [PERSON])
        made.update()
        yield made


def holders(place: Installed) -> set[str]:
    """Return the indices that hold the person, by a word or by their id, or anybody who was deleted."""
    (term,) = ANALYSER.terms(UNIQUE)
    wanted = [{"query_string": {"query": f'"{term}"', "default_field": "*"}}]
    wanted += [{"term": {"creator": PERSON.id}}, {"term": {"hashtags": UNIQUE.casefold()}}]
    found = set()
    for index in place.indices:
        place.node.ask(f"/{index}/_refresh", "POST").demand()
        for query in wanted:
            if place.node.ask(f"/{index}/_count", "POST", {"query": query}).demand()["count"]:
                found.add(index)
    path = f"/_cat/segments/{place.prefix}-*?format=json&h=index,docs.deleted"
    return found | {one["index"] for one in place.node.ask(path).demand() if one["docs.deleted"] != "0"}


def files(place: Installed) -> set[str]:
    """Return the files of the node that hold the word as it is; stored records and ids are packed."""
    folder = place.node.folder / "data"
    words = {UNIQUE.encode(), UNIQUE.casefold().encode(), ANALYSER.terms(UNIQUE)[0].encode()}
    found = set()
    for path in folder.rglob("*"):
        if path.is_file() and any(word in path.read_bytes() for word in words):
            found.add(path.relative_to(folder).as_posix())
    return found


def import_again(place: Installed) -> int:
    """Import the person from a file and return how many were refused as suppressed."""
    path = place.home.root.parent / "again.jsonl"
    elsewhere = replace(PERSON, id=creator_id("other-source:77"), name="Another Name", url=None)
    path.write_bytes(to_json(PERSON) + b"\n" + to_json(elsewhere) + b"\n")
    with Store(place.home.store) as store, SuppressionList(place.home.suppression) as suppression:
        report = import_files([path], store, suppression)
    path.unlink()
    assert report.bad == 0
    return report.suppressed


def stored(place: Installed) -> set[CreatorId]:
    """Return who is in the store."""
    with Store(place.home.store) as store:
        return set(store.ids())


def test_the_search_for_traces_finds_them_before(place: Installed) -> None:
    """Otherwise finding none afterwards would prove nothing."""
    names = {index.rpartition("-")[2] for index in holders(place)}
    assert names == {"creators", "passages"}
    place.node.ask(f"/{place.prefix}-creators,{place.prefix}-passages/_flush", "POST").demand()
    assert files(place)


def test_they_are_gone_from_everywhere_whatever_interrupts_it(
    place: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older generation holds them, so does a half-built one, and what a killed update sent.

    One long story, as the cluster looks but twice a minute at what it keeps of deleted documents.
    """
    reader = ClusterGenerations(place.cluster, encoder=ENCODER.id, analyser=ANALYSER.id)
    served = place.build().generation
    half = place.kill_build_after([PERSON, *OTHERS[:3]], revision=99)
    late = replace(PERSON, id=creator_id("tiktok:late"), handle="late", url=None)
    stock(place.home, [late])
    place.kill_update_after([late])
    assert len(place.generations) == 3
    assert place.generations[1:] == [served, half]
    assert len(holders(place)) == 6
    with SuppressionList(place.home.suppression) as suppression:
        matching = replace(matcher(reader.current()), engine=reader.current)
        hiding = replace(matching, suppressed=suppression.is_suppressed)
        brief = Brief(query=UNIQUE, limit=100)
        assert PERSON.id in hiding.search(brief).ids

        # While somebody builds they are hidden, and the rest follows.
        with place.index.building(), pytest.raises(IndexBusy, match="wait for it and try again"):
            place.forget(PERSON.id, late.id)
        assert {PERSON.id, late.id} & stored(place) == set()
        assert import_again(place) == 2
        assert PERSON.id not in hiding.search(brief).ids
        assert PERSON.id in matching.search(brief).ids

        # Stopped here or there, it is completed by repeating it.
        for step in ("update_index", "EmbeddingCache"):
            with monkeypatch.context() as patched:
                patched.setattr(forget_module, step, stop)
                with pytest.raises(KeyboardInterrupt):
                    place.forget(PERSON.id)
        assert place.forget(PERSON.id) == ForgetReport(erased=0, not_stored=1)
        assert reader.refresh()
        assert PERSON.id not in matching.search(brief).ids

    check_gone(place)
    stock(place.home, [creator("Newcomer", bio="lamps")])
    for work in (place.update, place.build):
        work()
        assert place.indexed == {one.id for one in [*OTHERS, creator("Newcomer")]}
    assert holders(place) == set()


def stop(*_arguments: object, **_options: object) -> None:
    """Stop as Ctrl-C would."""
    raise KeyboardInterrupt


def check_gone(place: Installed) -> None:
    """Look for the person in every way: in indices, files, counts, searches, records, and in the sample."""
    assert holders(place) == set()
    assert files(place) == set()
    left = {one.id for one in OTHERS}
    assert stored(place) == place.indexed == left
    info = place.index.info()
    assert place.generations == [place.aliases[f"{place.prefix}-words"][len(place.prefix) + 1 : -6].upper()]
    passages = [passage for one in OTHERS for passage in document(one).passages]
    assert (info.creators, info.passages) == (len(OTHERS), len(passages))
    assert (place.documents("creators"), place.documents("passages")) == (info.creators, info.passages)
    engine = place.engine
    ranking = matcher(engine).search(Brief(query=f"{UNIQUE} lamps", limit=100))
    assert set(ranking.ids) <= left
    assert engine.best_keyword_score(query_for(UNIQUE)) == 0.0
    with pytest.raises(CreatorNotFound):
        engine.read([PERSON.id])
    speaking = [one for one in OTHERS if any(passage.text for passage in document(one).passages)]
    assert len(engine.background(query_for("x")).themes) == len(speaking)
    for index in place.indices:
        settings = place.settings(index)
        assert "soft_deletes.retention_lease.period" not in settings, "as it was before"
        assert "refresh_interval" not in settings


def test_an_unknown_id_is_suppressed_all_the_same(opensearch_node: Node, tmp_path: Path) -> None:
    with installed(opensearch_node, tmp_path / "home", OTHERS) as place:
        before = place.build()
        assert place.forget(PERSON.id) == ForgetReport(erased=0, not_stored=1)
        assert place.generations == [before.generation]
        assert place.indexed == {one.id for one in OTHERS}
        assert import_again(place) == 2


def test_the_only_creator_takes_the_index_along(opensearch_node: Node, tmp_path: Path) -> None:
    with installed(opensearch_node, tmp_path / "home", [EARLIER]) as place:
        place.build()
        stock(place.home, [PERSON])
        place.update()
        place.build()
        place.kill_build_after([PERSON], revision=99)
        assert place.forget(PERSON.id) == ForgetReport(erased=1, not_stored=0)
        assert (place.indices, place.aliases) == ([], {})
        assert files(place) == set()
        with EmbeddingCache(place.home.embeddings) as cache:
            assert cache.count == 0
        with pytest.raises(IndexMissing, match="no index behind the alias"):
            place.index.info()
        assert import_again(place) == 2
        with pytest.raises(IndexMissing, match="the store is empty"):
            place.build()
        assert place.forget(PERSON.id) == ForgetReport(erased=0, not_stored=1)

        stock(place.home, OTHERS)
        place.build()
        assert place.indexed == {one.id for one in OTHERS}


def test_before_there_is_any_index(opensearch_node: Node, tmp_path: Path) -> None:
    with installed(opensearch_node, tmp_path / "home", []) as place:
        assert place.forget(PERSON.id) == ForgetReport(erased=0, not_stored=1)
        assert import_again(place) == 2
        assert place.indices == []
