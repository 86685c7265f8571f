"""An update of a real node's indices answers like a build from scratch, and may fail at any moment."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from discovery.creator import Creator, CreatorId
from discovery.errors import EncoderMismatch, IndexMissing
from discovery.ports import Vectors
from indexer import build as build_module
from indexer.documents import document
from indexer.opensearch.generations import ClusterGenerations
from indexer.store import Store
from tests.contracts.comparison import assert_same_ranking
from tests.contracts.pair import ANALYSER, ENCODER
from tests.fictional import corpus, creator, posts
from tests.indexer.installation import BRIEFS, CountingEncoder, crowd, erase, matcher, stock, suppress
from tests.opensearch.installed import Installed, assert_same_but_for_words, installed
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch

EVERYBODY = [*corpus(), *crowd(20)]
DEFAULT = "as the cluster has it"
INTERVAL = 0.02
PATIENCE = 30


@pytest.fixture
def place(opensearch_node: Node, tmp_path: Path) -> Iterator[Installed]:
    """Sixty creators, built."""
    with installed(opensearch_node, tmp_path / "place", EVERYBODY) as made:
        made.build()
        yield made


@pytest.fixture
def clean(opensearch_node: Node, tmp_path: Path) -> Iterator[Callable[[Sequence[Creator]], Installed]]:
    """Build others beside it from scratch."""
    with installed(opensearch_node, tmp_path / "clean", []) as made:

        def build(people: Sequence[Creator]) -> Installed:
            stock(made.home, people)
            made.build()
            return made

        yield build


class FailingEncoder(CountingEncoder):
    """An encoder that breaks at the `turn`-th time that it is asked."""

    def __init__(self, turn: int) -> None:
        super().__init__()
        self._left = turn

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode, or break."""
        self._left -= 1
        if self._left <= 0:
            raise RuntimeError("the encoder broke")
        return super().encode_documents(texts)


def talker(count: int, word: str = "garden") -> Creator:
    """Return somebody with so many posts."""
    return creator(
        "Talker", bio="All day long", posts=posts(*(f"{word} diary {week}" for week in range(count)))
    )


def talkers(count: int, word: str) -> list[Creator]:
    """Return people with thirty long posts each, eight of whom are more than one bulk request takes."""
    return [
        replace(talker(30, f"{word} {number} " * 1_000), id=CreatorId(f"x:talker-{number:03}"))
        for number in range(count)
    ]


def change(place: Installed, *people: Creator) -> None:
    """Let people be what they are now, whatever was known of them."""
    with Store(place.home.store) as store:
        store.erase([one.id for one in people])
        store.upsert(people)


def intervals(place: Installed) -> set[str]:
    """Return how often the indices of what is served are refreshed."""
    return {place.settings(one).get("refresh_interval", DEFAULT) for one in place.aliases.values()}


def passages(people: Sequence[Creator]) -> int:
    """Return how many passages people have."""
    return sum(len(document(one).passages) for one in people)


# The same as a build from scratch


def test_additions_changes_and_erasures_are_a_build_from_scratch_but_for_words(
    place: Installed, clean: Callable[[Sequence[Creator]], Installed]
) -> None:
    base = place.index.info().id
    gone = {one.id for one in (*EVERYBODY[3:6], *EVERYBODY[-2:])}
    changed = [
        replace(EVERYBODY[0], bio="Lighthouse keeper", posts=posts("Counting ships")),
        replace(
            EVERYBODY[45], bio="Chess and nothing else", followers=77, country="JP", categories=("Sport",)
        ),
    ]
    newcomers = [creator("Newcomer", bio="Chess by lamplight"), *crowd(5, seed=1)]
    erase(place.home, *gone)
    change(place, *changed)
    stock(place.home, newcomers)
    report = place.update()
    assert (report.whole, report.written, report.removed) == (False, 8, 5)

    kept = {one.id: one for one in [*EVERYBODY, *changed, *newcomers] if one.id not in gone}
    people = list(kept.values())
    assert (report.creators, report.passages) == (len(people), passages(people))
    assert report.generation > base
    assert len(place.generations) == 1, "it is updated in place"
    got, wanted = place.engine, clean(people).engine
    assert got.info.id == report.generation
    assert_same_but_for_words(got, wanted, kept)
    assert got.vocabulary("category") == wanted.vocabulary("category")
    for brief in BRIEFS:
        mine, other = matcher(got).search(brief), matcher(wanted).search(brief)
        assert (mine.admitted, mine.ranked, mine.filters) == (other.admitted, other.ranked, other.filters)
        assert set(mine.ids) == set(other.ids)

    place.build()
    for brief in BRIEFS:
        wide = replace(brief, limit=500)
        assert_same_ranking(matcher(place.engine).search(wide), matcher(wanted).search(wide))


def test_telling_words_are_those_of_the_last_whole_build(place: Installed) -> None:
    before = place.index.words()
    assert before
    stock(place.home, [creator(f"Keeper {number}", bio="lighthouse") for number in range(6)])
    place.update()
    assert place.index.words() == before
    place.build()
    assert "lighthouse" in place.index.words()


def test_nothing_changed_changes_nothing(place: Installed) -> None:
    before = place.index.info()
    place.connection.heard()
    report = place.update()
    assert (report.reason, report.whole, report.written) == ("nothing changed", False, 0)
    assert (report.generation, report.creators, report.passages) == (
        before.id,
        before.creators,
        before.passages,
    )
    assert {one.method for one in place.connection.heard()} == {"GET"}
    assert place.index.info() == before


def test_who_has_fewer_posts_than_before_leaves_no_passage_behind(place: Installed) -> None:
    for count in (30, 12, 1, 0, 3):
        change(place, talker(count, f"kettle {count}"))
        assert place.update().passages == passages([*EVERYBODY, talker(count)])
        assert place.documents("passages") == passages([*EVERYBODY, talker(count)])
        (vectors,) = place.engine.passage_vectors([talker(0).id])
        assert len(vectors) == 1 + count


def test_everybody_erased_is_followed_too(place: Installed) -> None:
    erase(place.home, *(one.id for one in EVERYBODY))
    assert place.update().creators == 0
    assert (place.documents("creators"), place.documents("passages")) == (0, 0)
    assert matcher(place.engine).search(BRIEFS[0]).matches == ()


def test_who_was_suppressed_goes_with_their_next_change(place: Installed) -> None:
    one = EVERYBODY[-1]
    suppress(place.home, one)
    stock(place.home, [replace(one, bio="new words")])
    place.update()
    assert place.indexed == {other.id for other in EVERYBODY[:-1]}
    assert place.documents("passages") == passages(EVERYBODY[:-1])


def test_another_encoder_is_refused(place: Installed) -> None:
    stock(place.home, crowd(1, seed=5))
    with pytest.raises(EncoderMismatch, match="'hashing-64@v1', but 'hashing-32@v1' is loaded"):
        place.update(CountingEncoder(32))
    assert place.update().written == 1


# What an update leaves that fails


def test_an_update_that_fails_leaves_what_was_served_and_the_next_one_completes_it(
    place: Installed,
    clean: Callable[[Sequence[Creator]], Installed],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The encoder breaks after a part of the changes is on the cluster already."""
    before = place.index.published(ENCODER.id, ANALYSER.id)
    monkeypatch.setattr(build_module, "CHUNK", 8)
    stock(place.home, talkers(9, "garden"))
    place.connection.heard()
    with pytest.raises(RuntimeError, match="the encoder broke"):
        place.update(FailingEncoder(2))
    assert "/_bulk" in {one.path for one in place.connection.heard()}
    assert place.index.published(ENCODER.id, ANALYSER.id) == before
    assert intervals(place) == {DEFAULT}

    people = talkers(9, "kettle")
    change(place, *(replace(one, posts=one.posts[:3]) for one in people))
    report = place.update()
    shorter = [replace(one, posts=one.posts[:3]) for one in people]
    assert report.written == 9
    assert place.documents("passages") == passages([*EVERYBODY, *shorter])
    assert intervals(place) == {DEFAULT}
    wanted = clean([*EVERYBODY, *shorter]).engine
    assert_same_but_for_words(place.engine, wanted, [one.id for one in (*EVERYBODY, *shorter)])


def test_while_it_goes_on_searches_see_what_was_there(place: Installed) -> None:
    before = place.indexed
    place.kill_update_after([talker(30), *crowd(3, seed=7)])
    assert intervals(place) == {"-1"}
    assert place.indexed == before
    assert place.documents("passages") == passages(EVERYBODY)


def test_after_a_kill_the_next_update_leaves_nothing_of_it_behind(place: Installed) -> None:
    """What the killed one sent is on the cluster, and searches have not seen it yet."""
    stock(place.home, [talker(30), creator("Short Stay", bio="periscope")])
    place.kill_update_after([talker(30), creator("Short Stay", bio="periscope")])
    change(place, talker(2))
    erase(place.home, creator("Short Stay").id)
    report = place.update()
    people = [*EVERYBODY, talker(2)]
    assert place.indexed == {one.id for one in people}
    assert (report.creators, report.passages) == (len(people), passages(people))
    assert place.documents("passages") == passages(people)
    assert intervals(place) == {DEFAULT}


# Readers


def generations(place: Installed) -> ClusterGenerations:
    """Follow what is served, as a server does."""
    return ClusterGenerations(place.cluster, encoder=ENCODER.id, analyser=ANALYSER.id)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread is about to do."""
    pause = Event()
    for _ in range(int(PATIENCE / INTERVAL)):
        if condition():
            return
        pause.wait(INTERVAL)
    pytest.fail(f"did not happen within {PATIENCE} s")


def test_a_reader_goes_over_to_what_is_published(place: Installed) -> None:
    reader = generations(place)
    first = reader.current()
    assert reader.current() is first
    assert not reader.refresh()
    newcomer = creator("Newcomer", bio="Lighthouse keeper")
    stock(place.home, [newcomer])
    for work, in_place in ((place.update, True), (place.build, False)):
        served = reader.current()
        report = work()
        assert reader.current() is served
        assert reader.refresh()
        assert not reader.refresh()
        assert reader.current().info.id == report.generation
        assert reader.current().read([newcomer.id])[0].bio == "Lighthouse keeper"
        assert served.info.id < report.generation
        assert in_place is not report.whole


def test_the_watch_follows_and_says_what_is_wrong(place: Installed) -> None:
    reader = generations(place)
    first = reader.current()
    reader.watch(INTERVAL)
    stock(place.home, crowd(1, seed=3))
    updated = place.update().generation
    wait_until(lambda: reader.current().info.id == updated)
    assert reader.problem is None
    place.index.withdraw()
    wait_until(lambda: reader.problem is not None)
    assert "run `nichescout index` after importing creators" in str(reader.problem)
    assert reader.current().info.id == updated != first.info.id
    built = place.build().generation
    wait_until(lambda: reader.current().info.id == built)
    wait_until(lambda: reader.problem is None)
    reader.refresh = lambda: False  # type: ignore[method-assign]  # its thread outlives the node


def test_a_reader_of_another_encoder_is_refused(place: Installed) -> None:
    other = ClusterGenerations(place.cluster, encoder="another-model/1", analyser=ANALYSER.id)
    with pytest.raises(EncoderMismatch, match="'another-model/1' is loaded; run `nichescout index`"):
        other.current()


def test_nothing_published(opensearch_node: Node, tmp_path: Path) -> None:
    with installed(opensearch_node, tmp_path, corpus()[:2]) as place:
        reader = generations(place)
        for _ in range(2):
            with pytest.raises(IndexMissing, match="run `nichescout index` after importing creators"):
                reader.current()
        place.build()
        assert reader.current().info.creators == 2
