"""What "the same answer" means between two engines: values within rounding, verdicts and counts exactly."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from discovery.creator import CreatorId
from discovery.match import Evidence, Match, Ranking
from discovery.ports import Windows

COSINE_ERROR = 1e-5
KEYWORD_ERROR = 1e-4
SCORE_ERROR = 1e-3


def assert_same_windows(got: Windows, wanted: Windows) -> None:
    """Compare passage by passage: same places, cosine within 1e-5, keyword within 1e-4 of its value."""
    assert got.creators == wanted.creators
    np.testing.assert_array_equal(got.offsets, wanted.offsets)
    np.testing.assert_array_equal(got.post, wanted.post)
    np.testing.assert_allclose(got.cosine, wanted.cosine, rtol=0, atol=COSINE_ERROR, equal_nan=True)
    np.testing.assert_allclose(got.keyword, wanted.keyword, rtol=KEYWORD_ERROR, atol=0)
    assert_shapes(got)


def assert_shapes(windows: Windows) -> None:
    """Check the types and shapes that the protocol promises."""
    assert windows.offsets.shape == (len(windows.creators) + 1,)
    assert windows.offsets[0] == 0
    for values, kind in (
        (windows.post, np.int16),
        (windows.cosine, np.float32),
        (windows.keyword, np.float32),
    ):
        assert values.dtype == kind
        assert values.shape == (windows.offsets[-1],)
    assert windows.offsets.dtype == np.int64


def in_order(windows: Windows, creators: Sequence[CreatorId]) -> Windows:
    """Return the same windows with the creators in another order."""
    rows = {one: row for row, one in enumerate(windows.creators)}
    picked = [np.arange(windows.offsets[rows[one]], windows.offsets[rows[one] + 1]) for one in creators]
    passages = np.concatenate([*picked, np.empty(0, dtype=np.int64)])
    return Windows(
        creators=tuple(creators),
        offsets=np.cumsum([0, *map(len, picked)], dtype=np.int64),
        post=windows.post[passages],
        cosine=windows.cosine[passages],
        keyword=windows.keyword[passages],
    )


def assert_same_bytes(first: Windows, second: Windows) -> None:
    """Check that two calls gave the same bytes."""
    assert first.creators == second.creators
    for name in ("offsets", "post", "cosine", "keyword"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()


def assert_same_ranking(got: Ranking, wanted: Ranking) -> None:
    """Compare two complete rankings (one page that holds everybody).

    Two creators may change places only where their scores are nearer than the error of both. Creators for
    whom nothing speaks may be ranked by one engine and not by another.
    """
    assert (got.admitted, got.filters) == (wanted.admitted, wanted.filters)
    assert len(got.matches) == got.ranked, "the page must hold the whole ranking"
    spoken = [match for match in got.matches if speaks(match)]
    others = {match.creator.id: match for match in wanted.matches if speaks(match)}
    assert {match.creator.id for match in spoken} == set(others)
    for match in spoken:
        assert_same_match(match, others[match.creator.id])
    scores = [others[match.creator.id].score for match in spoken]
    for better, worse in pairwise(scores):
        assert better >= worse - 2 * SCORE_ERROR


def speaks(match: Match) -> bool:
    """Whether anything was found of a creator: a passage with a vector, or a word of the brief."""
    return bool(match.evidence) or any(
        part.value for part in match.contributions if part.signal == "keywords"
    )


def assert_same_match(got: Match, wanted: Match) -> None:
    """Compare score, parts, verdicts and the best cited post of one creator."""
    assert got.creator == wanted.creator
    assert got.verdicts == wanted.verdicts
    assert got.share.posts == wanted.share.posts
    assert got.score == pytest.approx(wanted.score, abs=SCORE_ERROR)
    assert [part.signal for part in got.contributions] == [part.signal for part in wanted.contributions]
    for part, other in zip(got.contributions, wanted.contributions, strict=True):
        assert part.points == pytest.approx(other.points, abs=SCORE_ERROR)
        assert (part.value is None) == (other.value is None)
    mine, other_post = best_post(got), best_post(wanted)
    assert (mine is None) == (other_post is None)
    if mine and other_post:
        assert mine.score == pytest.approx(other_post.score, abs=SCORE_ERROR)


def best_post(match: Match) -> Evidence | None:
    """Return the best cited post; whether the next ones and the bio are cited may hang on a rounding."""
    return next((one for one in match.evidence if one.kind == "post"), None)
