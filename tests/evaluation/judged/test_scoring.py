"""Named creators get the scores that they have in an answer, whoever finds them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from discovery.brief import Brief
from discovery.creator import CreatorId
from discovery.understanding.parts import Part, PartKind, Understood
from evaluation.judged.scoring import scores_of, standardised
from evaluation.judged.variants import Whole
from indexer.home import Home
from tests.evaluation.judged.prolific import prolific, whole_of


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return whole_of(Home(tmp_path_factory.mktemp("home")), prolific(40))


def test_scores_are_those_of_a_search(installed: Whole) -> None:
    matches = installed.matcher.search(Brief(query="chess and bread", limit=40)).matches
    ids = [match.creator.id for match in reversed(matches)]
    scores = scores_of(installed.matcher, "chess and bread", ids)
    assert scores.tolist() == [match.score for match in reversed(matches)]


def test_who_is_filtered_or_ruled_out_has_a_score_too(installed: Whole) -> None:
    exclusion = Part(kind=PartKind.EXCLUSION, text="chess")
    platform = Part(kind=PartKind.PLATFORM, any_of=("tiktok",))
    plain = Understood(query="bread")

    def scored(*parts: Part) -> dict[CreatorId, float]:
        read = replace(plain, parts=parts)
        searched = replace(installed.matcher, read=lambda _: read)
        return dict(zip(ids, scores_of(searched, "bread", ids).tolist(), strict=True))

    ids = installed.ids()
    free, filtered, excluded = scored(), scored(platform), scored(exclusion)
    assert filtered == free
    about_chess = [one.id for one in prolific(40) if sum("chess" in post.caption for post in one.posts) > 2]
    assert about_chess
    assert all(excluded[one] <= max(free[one], 0.0) for one in ids)
    assert sum(excluded[one] for one in about_chess) < sum(free[one] for one in about_chess)


def test_standardised_values() -> None:
    assert standardised(np.array([1.0, 3.0])).tolist() == [-1.0, 1.0]
    assert standardised(np.array([2.0, 2.0])).tolist() == [0.0, 0.0]


def test_records_are_read_with_every_post(tmp_path: Path) -> None:
    creators = prolific(3)
    installed = whole_of(Home(tmp_path), creators)
    assert installed.ids() == [one.id for one in creators]
    assert installed.creators([creators[1].id]) == {creators[1].id: creators[1]}
