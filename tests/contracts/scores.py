"""Exact scores: of creators as wholes, of their passages, and of the sample that stands for the average."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.creator import WINDOW, Creator, creator_id
from discovery.errors import CreatorNotFound
from discovery.ports import Query, Sample
from indexer.documents import PROFILE
from tests import strategies
from tests.contracts.briefs import BRIEFS
from tests.contracts.comparison import (
    KEYWORD_ERROR,
    assert_same_sample,
    assert_same_themes,
    assert_same_windows,
)
from tests.contracts.pair import Pair, PairedContract, query_for
from tests.fictional import corpus, creator, posts, repeated


class ScoresContract(PairedContract):
    """What every engine must score, and to which value."""

    # Creators as wholes

    @pytest.mark.parametrize("brief", BRIEFS)
    def test_themes_of_everybody(self, pair: Pair, brief: str) -> None:
        query = query_for(brief)
        assert_same_themes(
            pair.engine.themes(query, pair.ids[::-1]), pair.oracle.themes(query, pair.ids[::-1])
        )

    @settings(max_examples=12)
    @given(data=st.data())
    def test_themes_of_arbitrary_creators(self, data: st.DataObject) -> None:
        pair = self.make_pair(data.draw(strategies.corpora()))
        for _ in range(8):
            query = query_for(data.draw(strategies.briefs))
            query = replace(query, related=data.draw(strategies.related_terms))
            best = pair.engine.best_keyword_score(query)
            assert best == pytest.approx(pair.oracle.best_keyword_score(query), rel=KEYWORD_ERROR)
            ids = data.draw(strategies.picks(pair.ids))
            assert_same_themes(pair.engine.themes(query, ids), pair.oracle.themes(query, ids))
            assert_same_sample(pair.engine.background(query), pair.oracle.background(query))

    def test_themes_without_a_vector(self, pair: Pair) -> None:
        query = Query(vector=None, terms=("vegan", "🌱"))
        got = pair.engine.themes(query, pair.ids)
        assert_same_themes(got, pair.oracle.themes(query, pair.ids))
        assert np.isnan(got.cosine).all()
        assert got.keyword.any()

    def test_themes_without_terms(self, pair: Pair) -> None:
        query = Query(vector=query_for("vegan").vector, terms=())
        got = pair.engine.themes(query, pair.ids)
        assert_same_themes(got, pair.oracle.themes(query, pair.ids))
        assert not got.keyword.any()
        assert got.cosine[~np.isnan(got.cosine)].any()

    @pytest.mark.parametrize("weight", [0.1, 0.5, 1.0])
    def test_related_terms_count_by_their_weights(self, pair: Pair, weight: float) -> None:
        """As much as the terms of the brief, times the weight; in themes, in passages and in the best."""
        said, meant = Query(vector=None, terms=("vegan",)), Query(vector=None, terms=("lentil",))
        both = replace(said, related={"lentil": weight})
        alone, other, got = (pair.engine.themes(query, pair.ids).keyword for query in (said, meant, both))
        np.testing.assert_allclose(got, alone + weight * other, rtol=1e-5)
        assert ((other > 0) & (alone > 0)).any()
        for one in (pair.engine, pair.oracle):
            assert one.best_keyword_score(both) == pytest.approx(float(got.max()), rel=KEYWORD_ERROR)
        assert_same_windows(pair.engine.windows(both, pair.ids), pair.oracle.windows(both, pair.ids))
        assert_same_themes(pair.engine.themes(both, pair.ids), pair.oracle.themes(both, pair.ids))

    def test_themes_of_nobody(self, pair: Pair, empty: Pair) -> None:
        query = query_for("vegan")
        assert_same_themes(pair.engine.themes(query, []), pair.oracle.themes(query, []))
        assert_same_themes(empty.engine.themes(query, []), empty.oracle.themes(query, []))

    def test_themes_name_the_missing(self, pair: Pair) -> None:
        with pytest.raises(CreatorNotFound, match="no creator 'instagram:nobody' is in the index"):
            pair.engine.themes(query_for("vegan"), [pair.ids[0], creator_id("instagram:nobody")])

    def test_a_creator_scores_the_same_in_any_company(self, pair: Pair) -> None:
        query = query_for("vegan recipes")
        together = pair.engine.themes(query, pair.ids)
        for place, one in enumerate(pair.ids):
            alone = pair.engine.themes(query, [one])
            assert alone.cosine.tobytes() == together.cosine[place].tobytes()
            assert alone.keyword.tobytes() == together.keyword[place].tobytes()

    @pytest.mark.parametrize("brief", ["vegan recipes", "chess", "عدس"])
    def test_a_theme_is_the_mean_of_all_passages(self, pair: Pair, brief: str) -> None:
        """Worked out from the vectors that the engine hands out: their sum, brought to length 1."""
        query = query_for(brief)
        assert query.vector is not None
        got = pair.engine.themes(query, pair.ids)
        for place, vectors in enumerate(pair.engine.passage_vectors(pair.ids)):
            assert got.passages[place] == len(vectors)
            total = vectors.sum(axis=0, dtype=np.float64)
            wanted = query.vector @ total / np.linalg.norm(total) if len(vectors) else np.nan
            np.testing.assert_allclose(got.cosine[place], wanted, rtol=0, atol=1e-6)

    def test_who_has_but_a_name_is_scored_by_words_alone(self) -> None:
        people = [*corpus(), creator("Lighthouse Keeper"), creator("", id="x:silent", handle="lighthouse")]
        pair = self.make_pair(people)
        query, ids = query_for("the lighthouse keeper"), [one.id for one in people[-2:]]
        got = pair.engine.themes(query, ids)
        assert_same_themes(got, pair.oracle.themes(query, ids))
        assert np.isnan(got.cosine).all()
        assert got.passages.tolist() == [0, 0]
        assert got.keyword[0] > got.keyword[1] > 0
        assert pair.engine.best_keyword_score(query) == pytest.approx(got.keyword[0], rel=1e-6)

    # Copies

    @settings(max_examples=12)
    @given(data=st.data(), one=strategies.creators(), brief=strategies.briefs)
    def test_copies_change_nothing(self, data: st.DataObject, one: Creator, brief: str) -> None:
        """Posting the same again, up to three times and in any order, neither helps nor harms."""
        again = data.draw(strategies.with_copies(one))
        engine = self.make_engine([one, replace(again, id=creator_id(f"{one.id}+"))])
        both = engine.themes(query_for(brief), [one.id, creator_id(f"{one.id}+")])
        np.testing.assert_allclose(both.cosine[0], both.cosine[1], rtol=0, atol=1e-6, equal_nan=True)
        assert both.keyword[0] == both.keyword[1]
        assert both.passages[0] == both.passages[1]

    # Passages

    @pytest.mark.parametrize("brief", BRIEFS)
    def test_windows_of_everybody(self, pair: Pair, brief: str) -> None:
        query = query_for(brief)
        assert_same_windows(
            pair.engine.windows(query, pair.ids[::-1]), pair.oracle.windows(query, pair.ids[::-1])
        )

    @settings(max_examples=12)
    @given(data=st.data())
    def test_windows_of_arbitrary_creators(self, data: st.DataObject) -> None:
        pair = self.make_pair(data.draw(strategies.corpora()))
        for _ in range(8):
            query = query_for(data.draw(strategies.briefs))
            query = replace(query, related=data.draw(strategies.related_terms))
            ids = data.draw(strategies.picks(pair.ids))
            assert_same_windows(pair.engine.windows(query, ids), pair.oracle.windows(query, ids))

    def test_windows_without_a_vector(self, pair: Pair) -> None:
        query = Query(vector=None, terms=("vegan", "🌱"))
        assert_same_windows(pair.engine.windows(query, pair.ids), pair.oracle.windows(query, pair.ids))
        assert np.isnan(pair.engine.windows(query, pair.ids).cosine).all()

    def test_windows_without_terms(self, pair: Pair) -> None:
        query = Query(vector=query_for("vegan").vector, terms=())
        assert_same_windows(pair.engine.windows(query, pair.ids), pair.oracle.windows(query, pair.ids))
        assert not pair.engine.windows(query, pair.ids).keyword.any()

    def test_windows_of_nobody(self, pair: Pair) -> None:
        query = query_for("vegan")
        assert_same_windows(pair.engine.windows(query, []), pair.oracle.windows(query, []))

    def test_window_ends_at_the_newest_posts(self, pair: Pair) -> None:
        gardener = next(one for one in pair.creators if len(one.posts) > WINDOW)
        windows = pair.engine.windows(query_for("garden"), [gardener.id])
        assert windows.post.tolist() == [PROFILE, *range(WINDOW)]
        assert pair.engine.themes(query_for("garden"), [gardener.id]).passages.tolist() == [1 + WINDOW]

    def test_a_window_holds_no_copies(self) -> None:
        """Thirty different posts are searched, though each was posted three times."""
        texts = [f"Garden diary week {week}: beans and compost" for week in range(WINDOW + 5)]
        one = creator("Gardener", posts=repeated(posts(*texts), 3))
        engine = self.make_engine([one])
        assert engine.windows(query_for("garden"), [one.id]).post.tolist() == [PROFILE, *range(WINDOW)]
        (read,) = engine.read([one.id])
        assert [post.text for post in read.searched_posts] == texts[:WINDOW]
        assert read.recent_posts == one.posts[:WINDOW]

    # The best of all, and the average

    @pytest.mark.parametrize("brief", BRIEFS)
    def test_best_keyword_score(self, pair: Pair, brief: str) -> None:
        """It is the best of all creators: filters do not move it."""
        query = query_for(brief)
        got = pair.engine.best_keyword_score(query)
        assert got == pytest.approx(pair.oracle.best_keyword_score(query), rel=KEYWORD_ERROR)
        every = pair.engine.themes(query, pair.ids).keyword
        assert got == pytest.approx(float(every.max()), rel=1e-6)

    @pytest.mark.parametrize("terms", [(), ("qqqzzz",)])
    def test_no_hit_has_no_best(self, pair: Pair, empty: Pair, terms: tuple[str, ...]) -> None:
        assert pair.engine.best_keyword_score(Query(vector=None, terms=terms)) == 0.0
        assert empty.engine.best_keyword_score(Query(vector=None, terms=(*terms, "vegan"))) == 0.0

    @pytest.mark.parametrize("brief", BRIEFS)
    def test_background(self, pair: Pair, brief: str) -> None:
        query = query_for(brief)
        assert_same_sample(pair.engine.background(query), pair.oracle.background(query))

    @pytest.mark.parametrize("brief", BRIEFS)
    def test_background_is_everybody_while_they_are_few(self, pair: Pair, brief: str) -> None:
        """By meaning alone: the words of the brief move nothing."""
        query = query_for(brief)
        got = pair.engine.background(replace(query, terms=()))
        assert_same_sample(got, pair.engine.background(query))
        whole, parts = pair.engine.themes(query, pair.ids), pair.engine.windows(query, pair.ids)
        known = ~np.isnan(whole.cosine)
        spoken = (parts.post != PROFILE) & ~np.isnan(parts.cosine)
        everybody = Sample(
            themes=whole.cosine[known], passages=whole.passages[known], posts=parts.cosine[spoken]
        )
        assert_same_sample(got, everybody)

    def test_background_without_a_vector(self, pair: Pair, empty: Pair) -> None:
        for engine in (pair.engine, empty.engine):
            got = engine.background(Query(vector=None, terms=("vegan",)))
            assert_same_sample(got, pair.oracle.background(Query(vector=None, terms=("vegan",))))
            assert got.themes.size == got.posts.size == 0
