"""Variants stand in a real index beside the creators they were made of, which is gone afterwards."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from discovery.creator import CreatorId
from discovery.ports import Query
from evaluation.judged.scoring import scores_of
from evaluation.judged.variants import Variants, Whole, beside, whole
from indexer.home import Home
from tests.evaluation.judged.prolific import prolific, whole_of
from tests.fictional import posts
from tests.indexer.installation import ENCODER, generations, indexed


def silent(*_told: object) -> None:
    """Report nothing."""


@pytest.fixture
def installed(tmp_path: Path) -> Whole:
    return whole_of(Home(tmp_path / "home"), prolific(30))


def test_the_same_creator_under_another_id_has_the_same_score(installed: Whole) -> None:
    variants, creators = Variants(), prolific(30)
    made = {one.id: variants.add(one) for one in creators[:5]}
    assert list(made.values())[:2] == ["variant:000000", "variant:000001"]
    with beside(installed, variants, silent) as matcher:
        before, after = scores_of(matcher, "chess", [*made, *made.values()]).reshape(2, -1)
        assert matcher.engine().info.creators == 35
    assert before.tolist() == after.tolist()
    assert np.ptp(before) > 0


def test_a_variant_with_other_posts_has_the_score_of_those(installed: Whole) -> None:
    variants, creators = Variants(), prolific(30)
    chess = variants.add(replace(creators[0], posts=posts(*["chess chess"] * 3)))
    with beside(installed, variants, silent) as matcher:
        before, after = scores_of(matcher, "chess", [creators[0].id, chess]).tolist()
    assert after > before


def test_yardsticks_do_not_move_and_nothing_stays(installed: Whole) -> None:
    variants = Variants()
    for one in prolific(30, seed=6):
        variants.add(one)
    query = Query(vector=ENCODER.encode_queries(["chess"])[0], terms=("chess",))
    before = installed.matcher.engine().background(query)
    names, files = generations(installed.home), sorted(installed.home.root.iterdir())
    with beside(installed, variants, silent) as matcher:
        sample = matcher.engine().background(query)
        assert sample.themes.tolist() == before.themes.tolist()
        assert sample.posts.tolist() == before.posts.tolist()
    assert (generations(installed.home), sorted(installed.home.root.iterdir())) == (names, files)
    assert indexed(installed.home) == set(installed.ids())


def test_another_installation_is_searched_by_the_same_parts(installed: Whole, tmp_path: Path) -> None:
    other = whole_of(Home(tmp_path / "other"), prolific(3, seed=9))
    opened = whole(other.home, installed.matcher)
    assert opened.matcher.encoder is installed.matcher.encoder
    assert opened.matcher.engine().info.creators == 3
    assert opened.ids() == [CreatorId(f"youtube:prolific-00{place}") for place in range(3)]
