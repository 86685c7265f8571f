"""The page on ranking: its example, weights, numbers and formulas are those of the code."""

from dataclasses import replace
from importlib import import_module
from math import exp
from pathlib import Path
from statistics import mean, median

import numpy as np
import pytest

from discovery.facets import engagement_rate
from discovery.ports import Windows
from discovery.ranking.background import Background
from discovery.ranking.scorer import Scored, score
from discovery.ranking.signals import SIGNALS
from discovery.ranking.table import Table, table
from discovery.ranking.weights import DEFAULT_WEIGHTS
from indexer.documents import KEYWORD_FIELDS
from tests.discovery.ranking.builders import crowd, windows
from tests.docs.tables import number, numbers, rows

PAGE = (Path(__file__).parents[2] / "docs" / "ranking.md").read_text(encoding="utf-8")
PASSAGES = numbers(PAGE, "| passage | cos | bm25 | m | w | s |")
YARDSTICKS = {name: value for name, (value,) in numbers(PAGE, "| yardstick | value |").items()}
PARTS = numbers(PAGE, "| signal | value | | weight | points |")
BEST_KEYWORD = 12.0
SIZE_CLASSES = (range(1, 5), range(5, 8), range(8, 12), range(12, 18), range(18, 25), range(25, 31))


@pytest.fixture
def mira() -> Table:
    cosines = [cosine for cosine, *_ in PASSAGES.values()]
    keywords = [bm25 for _, bm25, *_ in PASSAGES.values()]
    return table(windows((cosines[0], cosines[1:]), keywords=keywords), BEST_KEYWORD)


@pytest.fixture
def yardstick() -> Background:
    return Background(
        threshold=YARDSTICKS["τ"],
        temperature=YARDSTICKS["T"],
        centre=np.full(6, YARDSTICKS["centre (5–7 posts)"]),
        spread=YARDSTICKS["spread"],
        bio_centre=YARDSTICKS["bio centre"],
        bio_spread=YARDSTICKS["bio spread"],
    )


def test_the_scores_of_its_passages(mira: Table) -> None:
    meaning = [float(value) for value in (mira.bio[0], *mira.posts[0, :6])]
    mixed = [float(value) for value in (mira.citing_bio[0], *mira.citing[0, :6])]
    told = list(PASSAGES.values())
    assert [round(value, 3) for value in meaning] == [m for _, _, m, _, _ in told]
    assert [round(value, 3) for value in mixed] == [s for *_, s in told]
    assert [round(bm25 / BEST_KEYWORD, 3) for _, bm25, *_ in told] == [w for *_, w, _ in told]


def test_the_values_of_its_signals(mira: Table, yardstick: Background) -> None:
    values = {name: round(float(signal(mira, yardstick)[0]), 4) for name, signal in SIGNALS.items()}
    told = {name: value for name, (value, *_) in PARTS.items() if name in SIGNALS}
    assert values == told


def test_its_points_and_their_sum(mira: Table, yardstick: Background) -> None:
    values = {name: float(signal(mira, yardstick)[0]) for name, signal in SIGNALS.items()}
    values["preferences"] = 6.0 * 1 / 2
    points = {name: round(DEFAULT_WEIGHTS[name] * value, 4) for name, value in values.items()}
    assert points == {name: told for name, (*_, told) in PARTS.items() if name != "score"}
    assert PARTS["score"] == (round(sum(points.values()), 4),)


def test_the_weights_are_the_codes() -> None:
    told = {name: number(weight) for name, _, weight in rows(PAGE, "| signal | value | weight |")}
    assert told == DEFAULT_WEIGHTS
    assert {name: cells[1] for name, cells in PARTS.items() if name != "score"} == told


@pytest.mark.parametrize(("name", "value", "place"), rows(PAGE, "| number | value | in the code |"))
def test_its_numbers_are_the_codes(name: str, value: str, place: str) -> None:
    module, constant = place.rsplit(".", 1)
    assert getattr(import_module(module), constant) == number(value), name


def test_the_weights_of_the_keyword_fields_are_the_codes() -> None:
    told = {field: number(weight) for field, weight in rows(PAGE, "| keyword field | weight |")}
    assert told == KEYWORD_FIELDS


def test_the_engagement_rate_is_told_as_the_code_works_it_out() -> None:
    doc = " ".join((engagement_rate.__doc__ or "").split())
    for platform, interactions, base in rows(PAGE, "| platform | interactions of a post | divided by |"):
        if platform == "podcasts":
            assert "not defined for podcasts" in doc
        else:
            assert f"{interactions} over {base.split()[0]} ({platform})" in doc


@pytest.mark.parametrize("best_keyword", [None, 20.0])
def test_the_formulas_give_what_the_code_gives(best_keyword: float | None) -> None:
    sample = crowd([size for size in (2, 6, 9, 14, 20, 28) for _ in range(25)])
    creators = crowd([1, 5, 7, 8, 16, 30], seed=11, centre=0.25)
    keyword = np.random.default_rng(3).gamma(1.0, 8.0, len(creators.keyword)).astype(np.float32)
    creators = replace(creators, keyword=keyword)
    scored = score(creators, sample, DEFAULT_WEIGHTS, best_keyword=best_keyword, preferences=None)
    for row, told in enumerate(_by_hand(creators, sample, best_keyword)):
        assert _values(scored, row) == pytest.approx(told, abs=1e-6)


def _values(scored: Scored, row: int) -> dict[str, float]:
    return {name: float(values[row]) for name, values in scored.values.items()}


def _by_hand(creators: Windows, sample: Windows, best_keyword: float | None) -> list[dict[str, float]]:
    """The page's formulas, sections 2 to 4, one number at a time."""
    usual = _meaning(sample)
    all_posts = [m for _, posts in usual for m in posts]
    tau = float(np.percentile(all_posts, 95))
    softness = max(0.15 * (float(np.percentile(all_posts, 99)) - median(all_posts)), 0.001)
    _, spread = _robust([_best(posts) for _, posts in usual])
    bio_centre, bio_spread = _robust([bio for bio, _ in usual])
    found = []
    for row, (bio, posts) in enumerate(_meaning(creators)):
        size = next(size for size in SIZE_CLASSES if len(posts) in size)
        peers = [others for _, others in usual if len(others) in size]
        centre = median(map(_best, peers if len(peers) >= 20 else [others for _, others in usual]))
        soft = sum(1 / (1 + exp(-(m - tau) / softness)) for m in posts)
        values = {
            "best_posts": _within((_best(posts) - centre) / spread),
            "niche_share": 6 * min((soft + 8 * 0.05) / (len(posts) + 8) / 0.5, 1),
            "bio": _within((bio - bio_centre) / bio_spread),
        }
        words = {"keywords": 6 * _words(creators, row, best_keyword)} if best_keyword else {}
        found.append(values | words)
    return found


def _meaning(group: Windows) -> list[tuple[float, list[float]]]:
    """Bio and posts of each creator."""
    parts = np.split(group.cosine.astype(np.float64), group.offsets[1:-1])
    scores = [[(1 + float(cos)) / 2 for cos in part] for part in parts]
    return [(bio, posts) for bio, *posts in scores]


def _words(group: Windows, row: int, best_keyword: float) -> float:
    """Mean of the three best passages; what is missing says nothing."""
    part = group.keyword[group.offsets[row] : group.offsets[row + 1]]
    return sum(sorted(min(float(bm25) / best_keyword, 1.0) for bm25 in part)[-3:]) / 3


def _best(posts: list[float]) -> float:
    return mean(sorted(posts)[-3:])


def _robust(values: list[float]) -> tuple[float, float]:
    centre = median(values)
    return centre, max(1.4826 * median(abs(value - centre) for value in values), 0.005)


def _within(z: float) -> float:
    return max(-2.0, min(12.0, z))
