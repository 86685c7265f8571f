"""Builds and updates that are killed, or lose their node: what was served stays, the next one finishes."""

from dataclasses import dataclass, replace

import pytest

from discovery.errors import EngineUnavailable
from indexer.home import Home
from tests.fictional import posts
from tests.indexer.installation import crowd, erase, stock
from tests.opensearch.conftest import MakePlace
from tests.opensearch.doomed import Moment, Place
from tests.opensearch.places import Contents, Scores, answers, contents, place_in
from tests.opensearch_node.node import Node

pytestmark = pytest.mark.opensearch

STEPS = (
    Moment("PUT /[^/]*-passages"),
    Moment("PUT /[^/]*-words"),
    Moment("POST /_bulk"),
    Moment("POST /.*/_refresh"),
    Moment("POST /.*/_forcemerge"),
    Moment("POST /[^/]*-creators/_open"),
    Moment("POST /[^/]*-passages/_close"),
    Moment("POST /[^/]*-passages/_open"),
    Moment("PUT /[^/]*-words/_settings"),
    Moment("GET /_cluster/health/.*"),
    Moment("POST /_aliases"),
    Moment("DELETE .*"),
)
"""Every change that a build makes to the cluster, in their order, is preceded by one of these."""
OLD, MANY, NEW = crowd(30, seed=5), crowd(200, seed=5), crowd(700, seed=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """What a build in one go of everybody serves, and how much it sent."""

    scores: Scores
    contents: Contents
    sent: int


@pytest.fixture(scope="module")
def clean(opensearch_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Clean:
    """Build once, without any fault."""
    place = place_in(tmp_path_factory.mktemp("clean") / "home", opensearch_node, OLD, NEW)
    place.build()
    return Clean(scores=answers(place), contents=contents(place), sent=place.sent)


def indices(node: Node, place: Place) -> set[str]:
    """Return the indices of a place, closed ones too."""
    found = node.ask(f"/_cat/indices/{place.prefix}-*?format=json&expand_wildcards=all").demand()
    return {one["index"] for one in found}


def test_a_build_that_is_killed_before_every_step(
    opensearch_node: Node, make_place: MakePlace, clean: Clean
) -> None:
    place = make_place(opensearch_node, OLD)
    place.build()
    before, old = answers(place), indices(opensearch_node, place)
    stock(Home(place.home), NEW)
    sent = []
    for step in STEPS[:-1]:
        place.killed(step)
        sent.append(place.sent)
        assert answers(place) == before
        assert len(indices(opensearch_node, place) - old) <= 3  # one half-built generation, gone on with
    noted = STEPS.index(Moment("POST /.*/_refresh"))
    assert sent[noted] > 0.5 * clean.sent
    assert all(lines < 0.1 * clean.sent for lines in sent[noted + 1 :])  # nothing but the words
    place.killed(STEPS[-1])
    place.build()
    assert answers(place) == clean.scores
    assert contents(place) == clean.contents
    assert len(indices(opensearch_node, place)) == 6


def test_a_killed_update_leaves_nothing_behind(opensearch_node: Node, make_place: MakePlace) -> None:
    """What a killed update wrote is not searchable yet; the next one must find it all the same."""
    place = make_place(opensearch_node, MANY)
    place.build()
    before = answers(place)
    longer = [replace(one, posts=posts(*["garden and pottery"] * 12)) for one in MANY[:10]]
    stock(Home(place.home), [*longer, *crowd(5, seed=7)])
    place.killed(Moment("POST /.*/_refresh", 2), update=True)
    assert refresh_interval(opensearch_node, place) == {"-1"}
    assert answers(place) == before

    erase(Home(place.home), *(one.id for one in crowd(5, seed=7)), MANY[11].id)
    shorter = [replace(one, posts=one.posts[:1]) for one in MANY[:10]]
    erase(Home(place.home), *(one.id for one in shorter))
    stock(Home(place.home), shorter)
    place.killed(Moment("POST /_bulk"), update=True)
    report = place.build(update=True)
    assert (report.whole, report.removed) == (False, 6)
    assert refresh_interval(opensearch_node, place) == {None}
    clean = make_place(opensearch_node, shorter, [one for one in MANY[10:] if one is not MANY[11]])
    clean.build()
    assert contents(place) == contents(clean)
    # What was replaced weighs a little until it is merged, as words and lengths of the whole build do.
    assert answers(place) == pytest.approx(answers(clean), abs=0.5)


def test_what_was_sent_twice_weighs_once(opensearch_node: Node, make_place: MakePlace, clean: Clean) -> None:
    place = make_place(opensearch_node, OLD, NEW)
    place.killed(Moment("PUT /[^/]*-creators/_mapping", 2))
    half = indices(opensearch_node, place)
    place.build()
    assert 0 < place.sent < 0.7 * clean.sent  # only what came after the first note
    assert indices(opensearch_node, place) == half
    assert segments(opensearch_node, place) == {"0"}
    assert contents(place) == clean.contents
    assert answers(place) == clean.scores


def segments(node: Node, place: Place) -> set[str]:
    """Return how many deleted documents the segments of people and passages have."""
    found = node.ask(f"/_cat/segments/{place.prefix}-creators,{place.prefix}-passages?format=json").demand()
    return {one["docs.deleted"] for one in found}


def refresh_interval(node: Node, place: Place) -> set[str | None]:
    """Return how often the indices that are served are refreshed."""
    found = node.ask(f"/{place.prefix}-creators,{place.prefix}-passages/_settings").demand()
    return {entry["settings"]["index"].get("refresh_interval") for entry in found.values()}


def test_a_build_goes_on_when_its_node_is_back(
    mortal_node: Node, make_place: MakePlace, clean: Clean
) -> None:
    place = make_place(mortal_node, OLD, NEW)

    def die_and_rise() -> None:
        mortal_node.kill()
        mortal_node.launch()

    place.build(at=Moment("PUT /[^/]*-creators/_mapping"), act=die_and_rise)
    assert answers(place) == clean.scores
    assert contents(place) == clean.contents


def test_a_build_whose_node_stays_away_is_finished_later(
    mortal_node: Node, make_place: MakePlace, clean: Clean
) -> None:
    place = make_place(mortal_node, OLD)
    place.build()
    before = answers(place)
    stock(Home(place.home), NEW)
    with pytest.raises(EngineUnavailable, match="check that it runs, then try again"):
        replace(place, patience=8.0).build(at=Moment("POST /.*/_forcemerge"), act=mortal_node.kill)
    mortal_node.start(check=False)
    assert answers(place) == before
    half = indices(mortal_node, place)
    place.build()
    assert place.sent < 0.1 * clean.sent
    assert indices(mortal_node, place) == half
    assert answers(place) == clean.scores
    assert contents(place) == clean.contents
