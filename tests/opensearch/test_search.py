"""A whole search over a real node: how often it asks, and that it answers as the other engine does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.brief import MAX_DEPTH, MAX_FILTERS, MAX_QUERY_LENGTH, Brief, Seed
from discovery.creator import creator_id
from discovery.errors import InvalidInput
from discovery.filters import Filter, Mode, Unknown
from discovery.matching import Matcher
from discovery.ports import Depth, SearchEngine
from indexer.build import build_index
from indexer.embedded.engine import EmbeddedEngine
from indexer.home import Home
from indexer.opensearch.engine import ClusterEngine
from tests import strategies
from tests.contracts.briefs import BRIEFS as TEXTS
from tests.contracts.comparison import assert_same_ranking
from tests.contracts.pair import ANALYSER, ENCODER, query_for
from tests.fictional import corpus
from tests.indexer.installation import BRIEFS, crowd, engine, matcher
from tests.opensearch.installed import Installed, installed
from tests.opensearch_node.node import Node
from tests.oracle import OracleEngine
from tests.search_api.reading import BRIEF as WORDY
from tests.search_api.reading import reader

pytestmark = pytest.mark.opensearch

EVERYBODY = [*corpus(), *crowd(60)]
SEED = Seed(creator=creator_id("instagram:mira.invented"))
SHOULD = Filter(field="country", any_of=("DE", "SE"), mode=Mode.SHOULD)
LENIENT = Filter(field="language", any_of=("en",), unknown=Unknown.INCLUDE)
MUST = Filter(field="followers", min=5_000)
NOT = Filter(field="platform", any_of=("youtube",), mode=Mode.NOT)
CATEGORY = Filter(field="category", any_of=("food",))
SHARE = Filter(field="audience_country", any_of=("DE", "US"), weight=0.3, unknown=Unknown.INCLUDE)


@pytest.fixture(scope="module")
def place(opensearch_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """An installation whose creators are on the node, and in a folder too."""
    with installed(opensearch_node, tmp_path_factory.mktemp("searched"), EVERYBODY) as made:
        made.build()
        build_index(Home(made.home.root), ENCODER, ANALYSER)
        yield made


@pytest.fixture(scope="module")
def cluster(place: Installed) -> ClusterEngine:
    return place.engine


@pytest.fixture(scope="module")
def folder(place: Installed) -> EmbeddedEngine:
    return engine(Home(place.home.root))


def reading(opened: SearchEngine) -> Matcher:
    """Put a matcher that reads briefs over an engine."""
    return replace(matcher(opened), read=reader())


# How often it asks


def asked(place: Installed, search: Matcher, brief: Brief) -> list[str]:
    """Search, and return the addresses that were asked, in order."""
    place.connection.heard()
    search.search(brief)
    return [one.path.rpartition("/")[2] for one in place.connection.heard()]


@pytest.mark.parametrize(
    "brief",
    [
        Brief(query="vegan recipes"),
        Brief(query="qqqzzz"),
        Brief(query="garden", limit=MAX_DEPTH),
        Brief(query="garden", offset=20, limit=20),
        Brief(query="chess", weights={"related_words": 0.0}),
        Brief(query="running", filters=(MUST, NOT)),
        Brief(query="running", filters=(SHOULD, LENIENT, SHARE), as_of=date(2026, 3, 1)),
        Brief(query=WORDY),
        Brief(query="garden, no dogs, no chess, no trains, no yoga", filters=(SHOULD,)),
    ],
)
def test_a_search_is_three_round_trips(place: Installed, cluster: ClusterEngine, brief: Brief) -> None:
    """Candidates, scores, page: also with exclusions, preferences and conditions."""
    assert asked(place, reading(cluster), brief) == 3 * ["_msearch"]


@given(text=strategies.briefs, filters=strategies.filter_lists(4), as_of=strategies.as_of_days)
def test_never_more_than_three_round_trips(
    place: Installed, cluster: ClusterEngine, text: str, filters: list[Filter], as_of: date | None
) -> None:
    """Where nobody is found there is no page to ask for, and perhaps nothing to score.

    There is one more when the graph of themes has lost somebody: so few as here are always all in it.
    """
    filters = [one for one in filters if one.field != "category"]
    brief = Brief(query=text, filters=tuple(filters), as_of=as_of)
    search = reading(cluster)
    place.connection.heard()
    ranking = search.search(brief)
    count = len(place.connection.heard())
    assert count == 3 if ranking.ranked else count <= 2
    assert len(asked(place, search, brief)) == count, "and so every time"


def test_the_categories_are_asked_for_once(place: Installed) -> None:
    """A wrong one is refused with the nearest right one, which takes a round trip of an engine's life."""
    search = matcher(place.engine)
    brief = Brief(query="garden", filters=(CATEGORY,))
    assert asked(place, search, brief) == ["_search", *(3 * ["_msearch"])]
    assert asked(place, search, brief) == 3 * ["_msearch"]
    with pytest.raises(InvalidInput, match=r"unknown category 'fod'\. Did you mean 'food'\?"):
        search.search(Brief(query="garden", filters=(replace(CATEGORY, any_of=("fod",)),)))


@pytest.mark.parametrize("count", [1, 2])
def test_each_seed_is_two_more_round_trips(place: Installed, cluster: ClusterEngine, count: int) -> None:
    """Its record, for whoever asked to be left out, and the vectors of its passages."""
    seeds = (SEED, Seed(creator=EVERYBODY[-1].id, weight=2.0))[:count]
    for query in ("", "garden"):
        brief = Brief(query=query, seeds=seeds, filters=(SHOULD,))
        wanted = [*(count * ["_msearch", "_search"]), *(3 * ["_msearch"])]
        assert asked(place, matcher(cluster), brief) == wanted


def test_a_single_record_is_one_round_trip(place: Installed, cluster: ClusterEngine) -> None:
    place.connection.heard()
    assert matcher(cluster).creator(SEED.creator).id == SEED.creator
    assert len(place.connection.heard()) == 1


def test_opening_and_checking(place: Installed) -> None:
    """A server asks so every few seconds: what is served, and whether a search could be answered."""
    opened = place.engine
    place.connection.heard()
    opened.check()
    assert [one.path for one in place.connection.heard()] == [f"/{opened._names.all}/_search"]


# The same answers as the other engine


@pytest.mark.parametrize(
    "brief",
    [
        *BRIEFS,
        Brief(query=WORDY),
        Brief(query="garden, no dogs"),
        Brief(seeds=(SEED,)),
        Brief(query="bread and cheese", seeds=(SEED, Seed(creator=EVERYBODY[-1].id, weight=0.5))),
        Brief(query="pottery", filters=(SHOULD, LENIENT, NOT, SHARE), as_of=date(2026, 3, 1)),
        *(Brief(query=text) for text in TEXTS if text.strip()),
    ],
)
def test_the_same_ranking_over_both_engines(
    cluster: ClusterEngine, folder: EmbeddedEngine, brief: Brief
) -> None:
    """Also as a whole search reads it: exclusions, preferences, probability, citations."""
    wide = replace(brief, limit=MAX_DEPTH)
    got, wanted = reading(cluster).search(wide), reading(folder).search(wide)
    assert_same_ranking(got, wanted)
    assert (got.understood, got.read, got.ruled_out) == (wanted.understood, wanted.read, wanted.ruled_out)
    assert (got.weights, got.probability_basis) == (wanted.weights, wanted.probability_basis)


def test_pages_are_cuts_of_one_ranking(cluster: ClusterEngine) -> None:
    brief = Brief(query="garden and pottery", filters=(SHOULD,), limit=MAX_DEPTH)
    whole = matcher(cluster).search(brief)
    pages = [
        matcher(cluster).search(brief.page(offset=start, limit=13)) for start in range(0, whole.ranked, 13)
    ]
    assert [match.creator.id for page in pages for match in page.matches] == whole.ids
    assert [match for page in pages for match in page.matches] == list(whole.matches)


def test_the_longest_brief_with_the_most_conditions(cluster: ClusterEngine) -> None:
    """OpenSearch takes 1,024 clauses; this brief has more words and conditions than that."""
    text = "".join(chr(0x4E00 + 7 * place) for place in range(MAX_QUERY_LENGTH))
    filters = tuple(replace(SHARE, weight=(place + 1) / 100) for place in range(MAX_FILTERS))
    brief = Brief(query=f"{text[:-6]} chess", filters=filters, limit=MAX_DEPTH)
    assert len(ANALYSER.terms(brief.query)) > 1_500
    oracle = matcher(OracleEngine(EVERYBODY, ENCODER, ANALYSER))
    for asked_brief in (brief, replace(brief, filters=())):
        assert_same_ranking(matcher(cluster).search(asked_brief), oracle.search(asked_brief))


@given(
    filters=st.lists(strategies.filters(), min_size=1, max_size=3),
    as_of=strategies.as_of_days,
    text=strategies.briefs,
    data=st.data(),
)
def test_who_meets_a_condition_from_the_hits_and_by_asking(
    cluster: ClusterEngine, filters: list[Filter], as_of: date | None, text: str, data: st.DataObject
) -> None:
    """The hits of a search tell it of whom it found; of others it is asked."""
    oracle = OracleEngine(EVERYBODY, ENCODER, ANALYSER).admit(filters, as_of)
    fresh, after = cluster.admit(filters, as_of), cluster.admit(filters, as_of)
    found = cluster.candidates(query_for(text), after, Depth()).creators
    some = data.draw(strategies.picks(sorted(one.id for one in EVERYBODY)))
    for position in range(len(filters)):
        for creators in (found, some):
            wanted = oracle.met(position, creators)
            np.testing.assert_array_equal(after.met(position, creators), wanted)
            np.testing.assert_array_equal(fresh.met(position, creators), wanted)
    assert (after.count, after.reports) == (fresh.count, fresh.reports) == (oracle.count, oracle.reports)
