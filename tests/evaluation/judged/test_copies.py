"""Copies of posts are told from new ones, and a score that moves is caught."""

from pathlib import Path

import pytest

from evaluation.judged.copies import measure_copies, tripled
from evaluation.judged.scoring import scores_of
from evaluation.judged.variants import Variants, beside
from indexer.home import Home
from tests.evaluation.judged.invented import brief
from tests.evaluation.judged.prolific import prolific, whole_of

BRIEFS = (brief("b1", text="chess"), brief("b2", text="garden and pottery"))


def silent(*_told: object) -> None:
    """Report nothing."""


def test_every_post_three_times_with_ids_of_their_own() -> None:
    one = prolific(1)[0]
    copied = tripled(one)
    assert len(copied.posts) == 36 == len({post.id for post in copied.posts})
    assert {(post.text, post.published_at) for post in copied.posts} == {
        (post.text, post.published_at) for post in one.posts
    }
    assert len({post.text for post in copied.recent_posts}) < 12  # the window itself is full of copies


def test_copies_move_no_score_and_other_posts_do(tmp_path: Path) -> None:
    creators = prolific(30)
    installed = whole_of(Home(tmp_path), creators)
    copies, others = Variants(), Variants()
    copied = {one.id: copies.add(tripled(one)) for one in creators[:10]}
    swapped = {one.id: others.add(other) for one, other in zip(creators[:10], creators[10:], strict=False)}
    ranges = {"b1": 10.0, "b2": 5.0}
    with beside(installed, copies, silent) as matcher:
        found = measure_copies(matcher, BRIEFS, ranges, copied)
    assert (found.creators, found.briefs, found.largest, found.mean) == (10, 2, 0.0, 0.0)
    with beside(installed, others, silent) as matcher:
        found = measure_copies(matcher, BRIEFS, ranges, swapped)
        changes = [
            abs(scores_of(matcher, one.text, [creator])[0] - scores_of(matcher, one.text, [other])[0])
            / ranges[one.id]
            for one in BRIEFS
            for creator, other in swapped.items()
        ]
    assert found.largest == pytest.approx(max(changes))
    assert found.mean == pytest.approx(sum(changes) / len(changes))
    assert found.largest > 0.02
