"""From the store to a generation on a real node: what is published, and what is left of older ones."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from discovery.errors import IndexMissing
from indexer import build as build_module
from indexer.documents import document
from indexer.index import IndexBusy
from indexer.opensearch.mapping import Copies
from tests.contracts.comparison import assert_same_ranking
from tests.contracts.pair import ANALYSER, ENCODER
from tests.fictional import corpus, creator, posts
from tests.indexer.installation import BRIEFS, crowd, erase, matcher, stock, suppress
from tests.opensearch.installed import Installed, installed
from tests.opensearch_node.node import Node
from tests.oracle import OracleEngine

pytestmark = pytest.mark.opensearch

EVERYBODY = [*corpus(), *crowd(20)]
PARTS = ("creators", "passages", "words")


@pytest.fixture
def place(opensearch_node: Node, tmp_path: Path) -> Iterator[Installed]:
    with installed(opensearch_node, tmp_path, EVERYBODY) as made:
        yield made


class Stop:
    """Progress that is stopped at a chosen step as Ctrl-C would stop it."""

    def __init__(self, stage: str, done: int) -> None:
        self._step = stage, done

    def __call__(self, stage: str, done: int, _total: int) -> None:
        if (stage, done) == self._step:
            raise KeyboardInterrupt


# What is published


def test_the_report_the_manifest_and_the_node_count_alike(place: Installed) -> None:
    report = place.build()
    passages = sum(len(document(one).passages) for one in EVERYBODY)
    assert (report.creators, report.written, report.passages) == (len(EVERYBODY), len(EVERYBODY), passages)
    assert (report.removed, report.whole, report.reason) == (0, True, "asked for")
    assert (place.documents("creators"), place.documents("passages")) == (len(EVERYBODY), passages)
    assert place.documents("words") == len(place.index.words()) > 0
    info = place.index.info()
    assert (info.id, info.creators, info.passages) == (report.generation, len(EVERYBODY), passages)
    assert place.generations == [report.generation]


def test_the_index_holds_the_store_and_answers_as_the_exact_engine_does(place: Installed) -> None:
    place.build()
    engine = place.engine
    ids = sorted(one.id for one in EVERYBODY)
    by_id = {one.id: replace(one, posts=one.kept_posts) for one in EVERYBODY}
    assert engine.read(ids) == [by_id[one] for one in ids]
    oracle = matcher(OracleEngine(EVERYBODY, ENCODER, ANALYSER))
    for brief in BRIEFS:
        wide = replace(brief, limit=500)
        assert_same_ranking(matcher(engine).search(wide), oracle.search(wide))


def test_a_loaded_generation_is_one_segment_a_shard(place: Installed) -> None:
    """Then counts of words are of what is there."""
    place.build()
    segments = place.node.ask(f"/_cat/segments/{place.prefix}-*?format=json&h=index,docs.deleted").demand()
    assert sorted(one["index"].rpartition("-")[2] for one in segments) == sorted(PARTS)
    assert {one["docs.deleted"] for one in segments} == {"0"}


def test_one_call_switches_all_three_aliases(place: Installed) -> None:
    for _ in range(2):
        place.connection.heard()
        report = place.build()
        switches = [one for one in place.connection.heard() if one.path == "/_aliases"]
        (switch,) = switches
        assert switch.body
        actions = orjson.loads(switch.body)["actions"]
        added = {one["add"]["alias"]: one["add"]["index"] for one in actions if "add" in one}
        wanted = {f"{place.prefix}-{part}": index_of(place, report.generation, part) for part in PARTS}
        assert added == place.aliases == wanted
    removed = {one["remove"]["alias"] for one in actions if "remove" in one}
    assert removed == wanted.keys()


def index_of(place: Installed, generation: str, part: str) -> str:
    """Return the name of an index."""
    return f"{place.prefix}-{generation.lower()}-{part}"


@pytest.mark.parametrize(
    ("copies", "expanded", "replicas"),
    [
        (Copies(), "0-1", "0"),
        (Copies(replicas=0), "false", "0"),
        (Copies(shards=2, replicas=1), "false", "1"),
    ],
)
def test_copies_and_refreshes_come_with_publishing(
    opensearch_node: Node, tmp_path: Path, copies: Copies, expanded: str, replicas: str
) -> None:
    """While it is loaded there are none of either."""
    with installed(opensearch_node, tmp_path, corpus(), copies=copies) as place:
        half = place.kill_build_after(corpus()[:3], revision=99)
        for part in PARTS:
            settings = place.settings(index_of(place, half, part))
            assert settings["refresh_interval"] == "-1"
            assert (settings["number_of_replicas"], settings["auto_expand_replicas"]) == ("0", "false")
        generation = place.build().generation
        for part in PARTS:
            settings = place.settings(index_of(place, generation, part))
            assert "refresh_interval" not in settings
            assert (settings["number_of_replicas"], settings["auto_expand_replicas"]) == (replicas, expanded)
            assert settings["number_of_shards"] == ("1" if part == "words" else str(copies.shards))


def test_an_empty_store_says_what_to_do(opensearch_node: Node, tmp_path: Path) -> None:
    with installed(opensearch_node, tmp_path, []) as place:
        for work in (place.build, place.update):
            with pytest.raises(IndexMissing, match="the store is empty; import creators first"):
                work()
        assert place.indices == []


def test_before_anything_is_published(place: Installed) -> None:
    with pytest.raises(IndexMissing, match=f"no index behind the alias {place.prefix}-creators; run"):
        place.index.info()
    report = place.update()
    assert report.whole
    assert report.reason.startswith("no index to update (no index behind the alias")


def test_the_suppressed_are_left_out(place: Installed) -> None:
    one, handled = EVERYBODY[1], next(one for one in EVERYBODY if one.handle == "mira.cooks")
    suppress(place.home, one, replace(handled, id=creator("Known Elsewhere").id))
    assert place.build().creators == len(EVERYBODY) - 2
    assert place.indexed == {other.id for other in EVERYBODY} - {one.id, handled.id}


def test_everybody_suppressed_is_an_empty_index(opensearch_node: Node, tmp_path: Path) -> None:
    with installed(opensearch_node, tmp_path, corpus()[:2]) as place:
        suppress(place.home, *corpus()[:2])
        assert place.build().creators == 0
        assert place.indexed == set()
        assert matcher(place.engine).search(BRIEFS[0]).matches == ()


# What is left of others


def test_older_generations_are_dropped(place: Installed) -> None:
    names = [place.build().generation for _ in range(3)]
    assert place.generations == names[-2:]
    last = place.build(keep=1).generation
    assert place.generations == [last]


def test_a_half_built_generation_of_another_origin_is_dropped(place: Installed) -> None:
    served = place.build().generation
    place.kill_build_after(EVERYBODY[:5], revision=99)
    place.kill_build_after(EVERYBODY[:5], encoder="another-encoder/1")
    assert len(place.generations) == 2, "the second has dropped the first"
    assert place.index.info().id == served
    last = place.build().generation
    assert place.generations == [served, last]
    assert place.indexed == {one.id for one in EVERYBODY}


def test_a_half_built_generation_of_the_same_origin_is_gone_on_with(place: Installed) -> None:
    """But without who is suppressed since: the cluster may hold more than the killed build has noted."""
    talker = creator("Talker", bio="garden", posts=posts(*(f"garden diary {week}" for week in range(30))))
    stock(place.home, [talker])
    half = place.kill_build_after([*EVERYBODY[:30], talker])
    with pytest.raises(IndexMissing):
        place.index.info()
    suppress(place.home, talker, EVERYBODY[0])
    report = place.build()
    left = EVERYBODY[1:]
    assert report.generation == half
    assert place.generations == [half]
    assert place.indexed == {one.id for one in left}
    assert report.creators == place.documents("creators") == len(left)
    assert report.passages == place.documents("passages") == sum(len(document(one).passages) for one in left)


def test_installations_of_prefixes_that_begin_alike_do_not_touch_each_other(
    opensearch_node: Node, tmp_path: Path
) -> None:
    people = {"alike": corpus()[:3], "alike-b": corpus()[3:8], "alike-creators": corpus()[8:15]}
    wanted = {prefix: {one.id for one in some} for prefix, some in people.items()}
    with (
        installed(opensearch_node, tmp_path / "1", people["alike"], prefix="alike") as first,
        installed(opensearch_node, tmp_path / "2", people["alike-b"], prefix="alike-b") as second,
        installed(
            opensearch_node, tmp_path / "3", people["alike-creators"], prefix="alike-creators"
        ) as third,
    ):
        for place in (first, second, third):
            place.kill_build_after(EVERYBODY[:1], revision=99)
        assert len(first.indices) == 9, "of all three"
        for place in (first, second, third, first):
            place.build()
            assert place.update().reason == "nothing changed"
        assert len(first.indices) == 12, "two generations and two, and no half ones"
        for place in (first, second, third):
            assert place.indexed == wanted[place.prefix]
            assert place.index.info().creators == len(wanted[place.prefix])
        first.index.withdraw()
        with pytest.raises(IndexMissing):
            first.index.info()
        assert len(first.indices) == 6
        for place in (second, third):
            assert place.indexed == wanted[place.prefix]
        third.index.withdraw()
        assert second.indexed == wanted["alike-b"]
        assert first.indices == second.indices


# One at a time, and interruptions


def test_two_cannot_build_at_once(place: Installed) -> None:
    message = rf"another process is building in the cluster \(prefix {place.prefix}\); wait for it"
    for work in (place.build, place.update, place.index.withdraw):
        with place.index.building(), pytest.raises(IndexBusy, match=message):
            work()
    assert place.indices == []
    assert place.build().creators == len(EVERYBODY)


def test_an_interruption_leaves_what_was_served(place: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    served = place.build().generation
    aliases = place.aliases
    stock(place.home, [creator("Newcomer", bio="Chess by lamplight")])
    erase(place.home, EVERYBODY[0].id)
    monkeypatch.setattr(build_module, "CHUNK", 15)
    for step in (("indexing", 15), ("finishing", 0)):
        with pytest.raises(KeyboardInterrupt):
            place.build(Stop(*step))
        assert (place.aliases, place.index.info().id) == (aliases, served)
        assert place.indexed == {one.id for one in EVERYBODY}

    report = place.build()
    assert report.creators == len(EVERYBODY)
    assert place.generations == [report.generation]  # somebody was erased: no earlier one stays
    assert creator("Newcomer").id in place.indexed
    assert EVERYBODY[0].id not in place.indexed
