"""What every search engine must do, whatever is inside it. Each engine's tests subclass the contract."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.brief import MAX_DEPTH, Brief, Seed
from discovery.creator import Creator, CreatorId, creator_id
from discovery.errors import CreatorNotFound
from discovery.filters import Filter, Mode, Unknown
from discovery.ports import Depth, Query
from discovery.ranking.weights import DEFAULT_WEIGHTS
from tests import strategies
from tests.contracts.briefs import BRIEFS
from tests.contracts.comparison import (
    assert_same_bytes,
    assert_same_ranking,
    assert_same_sample,
    assert_same_themes,
    assert_same_windows,
)
from tests.contracts.pair import (
    ANALYSER,
    ENCODER,
    EVERYTHING,
    Pair,
    found,
    matcher,
    query_for,
    widest_query,
)
from tests.contracts.people import PeopleContract
from tests.contracts.scores import ScoresContract
from tests.fictional import INJECTION, corpus, creator, posts
from tests.indexer.installation import WORDS
from tests.oracle import OracleEngine

CLEAR = 1e-4
"""By how much a creator must beat the cut before an engine may not miss them (relative for keywords)."""


class SearchEngineContract(ScoresContract, PeopleContract):
    """Subclass this, implement `make_engine`, and every promise of the protocol is checked."""

    # What is served

    def test_info(self, pair: Pair) -> None:
        got, wanted = pair.engine.info, pair.oracle.info
        assert (got.creators, got.passages) == (wanted.creators, wanted.passages)
        assert (got.encoder, got.analyser) == (ENCODER.id, ANALYSER.id)
        assert got.id
        assert got.built_at

    def test_vocabulary(self, pair: Pair) -> None:
        assert list(pair.engine.vocabulary("category")) == ["food", "home", "outdoor", "sport", "vegan"]

    # Filters

    @given(filters=strategies.filter_lists(), as_of=strategies.as_of_days)
    def test_admission_agrees_with_the_verdicts(
        self, pair: Pair, filters: list[Filter], as_of: date | None
    ) -> None:
        self.check_admission(pair, filters, as_of)

    @settings(max_examples=12)
    @given(data=st.data())
    def test_admission_over_arbitrary_creators(self, data: st.DataObject) -> None:
        pair = self.make_pair(data.draw(strategies.corpora()))
        for _ in range(8):
            self.check_admission(pair, data.draw(strategies.filter_lists()), data.draw(strategies.as_of_days))

    @given(filters=strategies.filter_lists(), as_of=strategies.as_of_days)
    def test_left_out_as_unknown_are_those_who_would_come_back(
        self, pair: Pair, filters: list[Filter], as_of: date | None
    ) -> None:
        """As many as are admitted more when that filter alone keeps the unknown."""
        admission = pair.engine.admit(filters, as_of)
        for position, report in enumerate(admission.reports):
            if report.filter.unknown is not Unknown.EXCLUDE:
                assert report.unknown_left_out == 0
                continue
            kept = list(filters)
            kept[position] = replace(report.filter, unknown=Unknown.INCLUDE)
            assert pair.engine.admit(kept, as_of).count == admission.count + report.unknown_left_out

    def check_admission(self, pair: Pair, filters: list[Filter], as_of: date | None) -> None:
        """Compare ids, counts, reports and single answers with the oracle."""
        got, wanted = pair.engine.admit(filters, as_of), pair.oracle.admit(filters, as_of)
        assert got.count == wanted.count
        assert got.reports == wanted.reports
        self.check_everybody_found(pair, widest_query(pair.creators), filters, as_of)
        for position in range(len(filters)):
            np.testing.assert_array_equal(
                got.met(position, pair.ids), wanted.met(position, pair.ids), strict=True
            )

    def check_everybody_found(
        self,
        pair: Pair,
        query: Query,
        filters: Sequence[Filter] = (),
        as_of: date | None = None,
        exclude: Sequence[CreatorId] = (),
    ) -> None:
        """All who are admitted and have a hit are found; nobody is found who is not admitted."""
        got = found(pair.engine, query, filters, as_of, exclude=exclude)
        assert found(pair.oracle, query, filters, as_of, exclude=exclude) <= got
        assert got <= pair.oracle.admitted(filters, as_of) - set(exclude)

    def test_no_filter_admits_everybody(self, pair: Pair) -> None:
        admission = pair.engine.admit([], None)
        assert admission.count == len(pair.creators)
        assert admission.reports == ()

    def test_one_value_met_by_nobody(self, pair: Pair) -> None:
        nobody = Filter(field="hashtags", any_of=("nobody-uses-this",))
        assert found(pair.engine, query_for("vegan"), [nobody]) == set()

    @pytest.mark.parametrize("value", ['" OR "1', "a*", "食", "🌱", "\\", "%", "vegan\x00", INJECTION])
    def test_values_are_never_parsed(self, pair: Pair, value: str) -> None:
        self.check_admission(pair, [Filter(field="hashtags", any_of=(value,))], None)
        self.check_admission(pair, [Filter(field="mentions", any_of=(value, "friend"), mode=Mode.NOT)], None)

    # Candidates

    @pytest.mark.parametrize("brief", BRIEFS)
    def test_over_full_depth_finds_everybody_with_a_hit(self, pair: Pair, brief: str) -> None:
        self.check_everybody_found(pair, query_for(brief))

    @given(
        brief=strategies.briefs,
        filters=strategies.filter_lists(1),
        as_of=strategies.as_of_days,
        depth=st.builds(
            Depth, vectors=st.integers(1, 30), keywords=st.integers(1, 30), creators=st.integers(1, 30)
        ),
        data=st.data(),
    )
    def test_shallow_depth_keeps_the_best(
        self,
        pair: Pair,
        brief: str,
        filters: list[Filter],
        as_of: date | None,
        depth: Depth,
        data: st.DataObject,
    ) -> None:
        """Nobody is missing who clearly beats the cut of a leg, unless so many do that creators are cut."""
        query, seeds = query_for(brief), data.draw(strategies.picks(pair.ids))
        got = found(pair.engine, query, filters, as_of, depth=depth, exclude=seeds)
        allowed = pair.oracle.admitted(filters, as_of) - set(seeds)
        needed = must_find(pair.oracle, query, sorted(allowed), depth)
        assert got <= allowed
        assert len(got) <= depth.creators
        assert len(got) >= min(len(needed), depth.creators)
        reachable = found(
            pair.oracle, query, filters, as_of, depth=replace(depth, creators=100_000), exclude=seeds
        )
        if len(reachable) <= depth.creators:
            assert needed <= got

    @pytest.mark.parametrize("limit", [1, 2, 5, 20])
    @pytest.mark.parametrize("brief", ["vegan recipes", "night train travel", "ヴィーガンカフェ"])
    def test_creators_are_cut_but_never_short(self, pair: Pair, brief: str, limit: int) -> None:
        got = found(pair.engine, query_for(brief), depth=replace(EVERYTHING, creators=limit))
        assert len(got) == limit

    def test_no_depth_finds_nobody(self, pair: Pair) -> None:
        depth = Depth(vectors=0, keywords=0, creators=0)
        assert found(pair.engine, query_for("vegan"), depth=depth) == set()

    def test_words_alone(self, pair: Pair) -> None:
        query = Query(vector=None, terms=("vegan",))
        self.check_everybody_found(pair, query)
        few = found(pair.engine, query, depth=Depth(creators=10))
        assert found(pair.oracle, query, depth=Depth(creators=10)) == few
        assert creator_id("instagram:mira.invented") in few
        assert creator_id("instagram:twin-a") not in few

    def test_vector_alone(self, pair: Pair) -> None:
        self.check_everybody_found(pair, Query(vector=query_for("vegan").vector, terms=()))

    @pytest.mark.parametrize("terms", [(), ("qqqzzz",)])
    def test_no_hit_is_no_error(self, pair: Pair, terms: tuple[str, ...]) -> None:
        assert found(pair.engine, Query(vector=None, terms=terms), depth=Depth(creators=10)) == set()

    def test_who_has_but_a_name_is_ranked_by_it_and_by_nothing_else(self) -> None:
        """No theme: found by a word of the name, and never by meaning."""
        keeper = creator("Lighthouse Keeper")
        pair = self.make_pair([*corpus(), keeper])
        search = matcher(pair.engine).search
        (first, *_) = search(Brief(query="lighthouse keeper", limit=MAX_DEPTH)).matches
        assert first.creator.id == keeper.id
        assert [(part.signal, part.value) for part in first.contributions] == [
            ("theme", None),
            ("keywords", 6.0),
        ]
        assert first.evidence == ()
        for brief in (
            Brief(query="vegan", limit=MAX_DEPTH),
            Brief(seeds=(Seed(creator=creator_id("instagram:mira.invented")),), limit=MAX_DEPTH),
        ):
            ranking = search(brief)
            assert keeper.id not in ranking.ids
            assert ranking.ranked > 30

    def test_seeds_are_left_out(self, pair: Pair) -> None:
        seeds = [
            creator_id("instagram:mira.invented"),
            creator_id("instagram:twin-b"),
            creator_id("x:not-in"),
        ]
        self.check_everybody_found(pair, query_for("vegan chess"), exclude=seeds)

    def test_the_plan_says_what_ran(self, pair: Pair) -> None:
        admission = pair.engine.admit([], None)
        both = pair.engine.candidates(query_for("vegan"), admission, Depth()).plan
        assert both.vectors in {"exact", "approximate"}
        assert both.keywords == "exact"
        assert both.reason
        none = pair.engine.candidates(strategies.no_words(), admission, Depth()).plan
        assert (none.vectors, none.keywords) == ("none", "none")

    # All at once

    @pytest.mark.parametrize("brief", ["vegan recipes", "ヴィーガンカフェ", "qqqzzz"])
    def test_all_at_once_is_the_same_as_one_by_one(self, pair: Pair, brief: str) -> None:
        engine, query = pair.engine, replace(query_for(brief), related={"lentil": 0.5})
        against = [query_for("chess"), Query(vector=None, terms=("garden",)), query]
        for ids in (pair.ids[::-2], []):
            got = engine.scores(query, ids, against)
            assert_same_bytes(got.themes, engine.themes(query, ids))
            assert got.best_keyword == engine.best_keyword_score(query)
            assert len(got.against) == len(against)
            for mine, other in zip(got.against, against, strict=True):
                assert_same_bytes(mine, engine.windows(other, ids))
            windows, records = engine.page(query, ids)
            assert_same_bytes(windows, engine.windows(query, ids))
            assert records == engine.read(ids)
        assert engine.scores(query, pair.ids).against == ()

    def test_all_at_once_names_the_missing(self, pair: Pair) -> None:
        wanted = [pair.ids[0], creator_id("instagram:nobody")]
        for ask in (pair.engine.scores, pair.engine.page):
            with pytest.raises(CreatorNotFound, match="no creator 'instagram:nobody' is in the index"):
                ask(query_for("vegan"), wanted)

    # Words that are meant

    @pytest.mark.parametrize("brief", ["vegan recipes", "garden and violin", "طبخ", "qqqzzz"])
    def test_related_words(self, brief: str) -> None:
        """The telling words of the index, the nearest to the brief first, with their standing."""
        people = [*corpus(), *(creator(f"Teller {n}", bio=WORDS[n // 2 % 20]) for n in range(240))]
        engine, vector = self.make_engine(people), query_for(brief).vector
        oracle = OracleEngine(self.whose_words_tell(people), ENCODER, ANALYSER)
        assert vector is not None
        wanted = {one.word: one for one in oracle.related_words(vector, 1_000)}
        for limit in (0, 3, 1_000):
            got = engine.related_words(vector, limit)
            best = sorted((one.standing for one in wanted.values()), reverse=True)[:limit]
            assert [one.standing for one in got] == pytest.approx(best, abs=1e-4)
            for one in got:
                assert one.term == wanted[one.word].term
                assert one.standing == pytest.approx(wanted[one.word].standing, abs=1e-4)
        assert {"violin", "lamp"} <= {one.word for one in got} == wanted.keys()

    def whose_words_tell(self, creators: Sequence[Creator]) -> Sequence[Creator]:
        """Whose words count."""
        return creators

    def test_an_empty_index_relates_nothing(self, empty: Pair) -> None:
        vector = query_for("vegan").vector
        assert vector is not None
        assert list(empty.engine.related_words(vector, 10)) == []

    # Records

    def test_read_keeps_the_order_asked(self, pair: Pair) -> None:
        wanted = pair.ids[::-1][:7] + pair.ids[:3]
        assert [one.id for one in pair.engine.read(wanted)] == wanted
        assert pair.engine.read([]) == []

    def test_read_gives_the_whole_record(self, pair: Pair) -> None:
        wanted = [replace(one, posts=one.kept_posts) for one in pair.creators]
        assert pair.engine.read([one.id for one in pair.creators]) == wanted

    @settings(max_examples=15)
    @given(creators=strategies.corpora())
    def test_read_arbitrary_creators(self, creators: list[Creator]) -> None:
        wanted = [replace(one, posts=one.kept_posts) for one in creators]
        assert self.make_engine(creators).read([one.id for one in creators]) == wanted

    @pytest.mark.parametrize("wanted", ["instagram:nobody", "", "instagram:mira.invented ", "🌱", "a/b"])
    def test_read_names_the_missing(self, pair: Pair, wanted: str) -> None:
        with pytest.raises(CreatorNotFound, match="no creator"):
            pair.engine.read([pair.ids[0], CreatorId(wanted)])

    def test_passage_vectors(self, pair: Pair) -> None:
        got, wanted = pair.engine.passage_vectors(pair.ids), pair.oracle.passage_vectors(pair.ids)
        assert len(got) == len(wanted)
        for mine, other in zip(got, wanted, strict=True):
            assert mine.dtype == np.float32
            np.testing.assert_allclose(mine, other, rtol=0, atol=1e-5, strict=True)

    def test_passage_vectors_name_the_missing(self, pair: Pair) -> None:
        with pytest.raises(CreatorNotFound, match="no creator"):
            pair.engine.passage_vectors([CreatorId("instagram:nobody")])

    # Nobody there

    def test_empty_index(self, empty: Pair) -> None:
        engine, query = empty.engine, query_for("vegan")
        assert (engine.info.creators, engine.info.passages) == (0, 0)
        assert list(engine.vocabulary("category")) == []
        assert found(engine, query) == set()
        assert_same_sample(engine.background(query), empty.oracle.background(query))
        assert_same_windows(engine.windows(query, []), empty.oracle.windows(query, []))
        assert engine.read([]) == []
        assert engine.passage_vectors([]) == []

    @given(filters=strategies.filter_lists(), as_of=strategies.as_of_days)
    def test_empty_index_with_filters(self, empty: Pair, filters: list[Filter], as_of: date | None) -> None:
        self.check_admission(empty, filters, as_of)

    def test_creators_without_any_text(self) -> None:
        pair = self.make_pair([creator("", id=f"instagram:{number}") for number in range(3)])
        self.check_everybody_found(pair, query_for("vegan"))
        ids, query = pair.ids, query_for("a")
        assert_same_themes(pair.engine.themes(query, ids), pair.oracle.themes(query, ids))
        assert_same_sample(pair.engine.background(query), pair.oracle.background(query))
        assert_same_windows(pair.engine.windows(query, ids), pair.oracle.windows(query, ids))
        assert [len(one) for one in pair.engine.passage_vectors(ids)] == [0, 0, 0]

    # The same every time

    @pytest.mark.parametrize("brief", ["vegan recipes", "chess", "عدس"])
    def test_same_call_same_bytes(self, pair: Pair, brief: str) -> None:
        engine, query = pair.engine, query_for(brief)
        admission = engine.admit([], None)
        first = engine.candidates(query, admission, Depth(vectors=7, keywords=5, creators=6))
        second = engine.candidates(query, admission, Depth(vectors=7, keywords=5, creators=6))
        assert first == second
        assert_same_bytes(engine.themes(query, pair.ids), engine.themes(query, pair.ids))
        assert_same_bytes(engine.windows(query, pair.ids), engine.windows(query, pair.ids))
        assert_same_bytes(engine.background(query), engine.background(query))

    def test_threads_do_not_disturb_each_other(self, pair: Pair) -> None:
        search = matcher(pair.engine).search
        briefs = [Brief(query=text, limit=50) for text in BRIEFS if text.strip()]
        alone = [search(brief).matches for brief in briefs]
        with ThreadPoolExecutor(4) as pool:
            together = [ranking.matches for ranking in pool.map(search, briefs * 3)]
        assert together == alone * 3

    def test_equal_texts_are_ordered_by_id(self, pair: Pair) -> None:
        ranking = matcher(pair.engine).search(Brief(query="chess opening", limit=3))
        assert ranking.ids == ["instagram:twin-a", "instagram:twin-b", "instagram:twin-c"]
        assert len({match.score for match in ranking.matches}) == 1

    def test_equal_scores_at_the_cut_are_the_same_creators_every_time(self) -> None:
        twins = [
            creator("Same", id=f"x:{number:03}", bio="chess", posts=posts("chess")) for number in range(60)
        ]
        engine = self.make_engine(twins)
        depth = Depth(vectors=10, keywords=10, creators=10)
        first = found(engine, query_for("chess"), depth=depth)
        assert first
        assert all(found(engine, query_for("chess"), depth=depth) == first for _ in range(3))

    # The whole search

    @pytest.mark.parametrize("brief", [text for text in BRIEFS if text.strip()])
    def test_whole_search(self, pair: Pair, brief: str) -> None:
        self.check_search(pair, Brief(query=brief, limit=MAX_DEPTH))

    @given(
        data=st.data(),
        brief=strategies.briefs,
        filters=strategies.filter_lists(),
        as_of=strategies.as_of_days,
    )
    def test_whole_search_with_filters_and_seeds(
        self, pair: Pair, data: st.DataObject, brief: str, filters: list[Filter], as_of: date | None
    ) -> None:
        known = pair.oracle.vocabulary("category")
        filters = [one for one in filters if one.field != "category" or set(one.any_of or ()) <= set(known)]
        with_text = [one for one in pair.ids if len(pair.oracle.passage_vectors([one])[0])]
        seeds = tuple(Seed(creator=one, weight=2.0) for one in data.draw(strategies.picks(with_text)))
        weights = data.draw(st.dictionaries(st.sampled_from(list(DEFAULT_WEIGHTS)), shares_of_ten))
        self.check_search(
            pair,
            Brief(
                query=brief,
                seeds=seeds,
                filters=tuple(filters),
                as_of=as_of,
                weights=weights,
                limit=MAX_DEPTH,
            ),
        )

    def check_search(self, pair: Pair, brief: Brief) -> None:
        """Compare the whole ranking over the engine with the whole ranking over the oracle."""
        assert_same_ranking(matcher(pair.engine).search(brief), matcher(pair.oracle).search(brief))


shares_of_ten = st.floats(0, 10).map(lambda value: round(value, 2))


def must_find(oracle: OracleEngine, query: Query, allowed: list[CreatorId], depth: Depth) -> set[CreatorId]:
    """Return the creators whose theme, or whose words, are clearly among the best `depth` of a leg."""
    themes = oracle.themes(query, allowed)
    wanted: set[CreatorId] = set()
    for scores, count, floor in (
        (themes.cosine, depth.vectors, -2.0),
        (themes.keyword, depth.keywords, 0.0),
    ):
        ranked = np.sort(np.nan_to_num(scores, nan=-2.0))[::-1]
        cut = max(float(ranked[count]) if count < ranked.size else floor, floor)
        clear = scores > cut + CLEAR * max(abs(cut), 1.0 if floor else abs(cut))
        wanted |= {allowed[row] for row in np.flatnonzero(clear)}
    return wanted
