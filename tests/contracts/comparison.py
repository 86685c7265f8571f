"""What "the same answer" means between two engines: values within rounding, verdicts and counts exactly."""

from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from discovery.match import Evidence, Match, Ranking
from discovery.ports import Sample, Themes, Windows

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


def assert_same_themes(got: Themes, wanted: Themes) -> None:
    """Compare creator by creator: cosine within 1e-5, keyword within 1e-4 of its value, counts exactly."""
    assert got.creators == wanted.creators
    np.testing.assert_allclose(got.cosine, wanted.cosine, rtol=0, atol=COSINE_ERROR, equal_nan=True)
    np.testing.assert_allclose(got.keyword, wanted.keyword, rtol=KEYWORD_ERROR, atol=0)
    np.testing.assert_array_equal(got.passages, wanted.passages)
    for values, kind in ((got.cosine, np.float32), (got.keyword, np.float32), (got.passages, np.int64)):
        assert values.dtype == kind
        assert values.shape == (len(got.creators),)


def assert_same_sample(got: Sample, wanted: Sample) -> None:
    """Compare what was drawn, in whatever order: the themes of creators of each size, and the posts."""
    assert got.themes.shape == got.passages.shape
    np.testing.assert_array_equal(np.sort(got.passages), np.sort(wanted.passages))
    np.testing.assert_allclose(_by_size(got), _by_size(wanted), rtol=0, atol=COSINE_ERROR)
    np.testing.assert_allclose(np.sort(got.posts), np.sort(wanted.posts), rtol=0, atol=COSINE_ERROR)
    for values, kind in ((got.themes, np.float32), (got.posts, np.float32), (got.passages, np.int64)):
        assert values.dtype == kind


def _by_size(sample: Sample) -> NDArray[np.float32]:
    """Themes by number of passages, then by score: rounding moves none of them further than itself."""
    return sample.themes[np.lexsort((sample.themes, sample.passages))]


def assert_same_bytes(first: Themes | Sample | Windows, second: Themes | Sample | Windows) -> None:
    """Check that two calls gave the same bytes."""
    for one in fields(first):
        mine, other = getattr(first, one.name), getattr(second, one.name)
        if isinstance(mine, np.ndarray):
            assert mine.tobytes() == other.tobytes(), one.name
        else:
            assert mine == other, one.name


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
