"""The oracle keeps its own contract, and its formula is checked by hand."""

from collections.abc import Sequence
from math import log

import numpy as np
import pytest

from discovery.creator import Creator, creator_id
from discovery.people import Profiles
from discovery.ports import Depth, Query, SearchEngine
from indexer.documents import CREATOR_FIELDS
from tests.contracts.pair import ANALYSER, ENCODER
from tests.contracts.search_engine import SearchEngineContract
from tests.fictional import creator, posts
from tests.oracle import FIELDNORMS, OracleEngine, quantised


class TestOracle(SearchEngineContract):
    """The reference is held to the promises too."""

    @classmethod
    def make_engine(cls, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> SearchEngine:
        """Build another oracle."""
        return OracleEngine(creators, ENCODER, ANALYSER, people=persons)

    def test_equal_scores_at_the_cut_are_all_kept(self) -> None:
        twins = [creator("Same", id=f"x:{number:03}", bio="chess") for number in range(9)]
        engine = OracleEngine([*twins, creator("Other", bio="go")], ENCODER, ANALYSER)
        query = Query(vector=None, terms=("chess",))
        kept = engine.candidates(query, engine.admit([], None), Depth(vectors=1, keywords=1))
        assert sorted(kept.creators) == [f"x:{number:03}" for number in range(9)]


def test_keyword_score_by_hand() -> None:
    """One word in a caption of two terms; three documents, of which one has a caption at all."""
    engine = OracleEngine(
        [creator("A", id="x:a", posts=posts("vegan vegan")), creator("B", id="x:b")], ENCODER, ANALYSER
    )
    windows = engine.windows(Query(vector=None, terms=("vegan",)), ["x:a"])  # type: ignore[list-item]
    idf = log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    norm = 1.2 * (1 - 0.75 + 0.75 * 2 / (2 / 3))
    assert windows.keyword.tolist() == [0.0, pytest.approx(idf * 2 * 2.2 / (2 + norm))]


def test_keyword_score_of_a_creator_by_hand() -> None:
    """Subject "A", "vegan lentils" (3 terms) against "B" (1), detail "vegan" and nothing: two documents."""
    one = creator("A", id="x:a", posts=posts("vegan", title="vegan lentils"))
    engine = OracleEngine([one, creator("B", id="x:b")], ENCODER, ANALYSER)
    query = Query(vector=None, terms=("vegan",), related={"lentil": 0.5})
    themes = engine.themes(query, [creator_id("x:b"), creator_id("x:a")])
    idf = log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    subject = idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 2))
    detail = CREATOR_FIELDS["detail"] * idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / 0.5))
    assert themes.keyword.tolist() == [0.0, pytest.approx(1.5 * subject + detail)]
    assert engine.best_keyword_score(query) == pytest.approx(1.5 * subject + detail)


def test_theme_by_hand() -> None:
    """The mean of the bio and of the posts' titles, brought to length 1."""
    one = creator("A", id="x:a", bio="chess", posts=posts("below", title="garden"))
    engine = OracleEngine([one, creator("B", id="x:b")], ENCODER, ANALYSER)
    chess, garden, query = ENCODER.encode_documents(["chess", "garden", "vegan garden"]).astype(float)
    themes = engine.themes(
        Query(vector=query.astype(np.float32), terms=()), [creator_id("x:a"), creator_id("x:b")]
    )
    wanted = query @ (chess + garden) / np.sqrt((chess + garden) @ (chess + garden))
    np.testing.assert_allclose(themes.cosine, [wanted, np.nan], rtol=1e-6)
    assert themes.passages.tolist() == [2, 0]


def test_lengths_are_exact_up_to_forty_then_coarse() -> None:
    assert [quantised(length) for length in range(41)] == list(range(41))
    assert [quantised(length) for length in (41, 42, 57, 100, 101, 1001, 4002)] == [
        40,
        42,
        56,
        96,
        96,
        984,
        3864,
    ]
    assert len(FIELDNORMS) == 256
    assert sorted(set(FIELDNORMS)) == FIELDNORMS


def test_two_creators_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="share an id"):
        OracleEngine([creator("A"), creator("A")], ENCODER, ANALYSER)
