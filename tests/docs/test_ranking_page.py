"""The page on ranking: its example, weights, numbers and formulas are those of the code."""

from importlib import import_module
from math import exp
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from discovery.creator import CreatorId
from discovery.facets import engagement_rate
from discovery.ports import Sample, Themes
from discovery.ranking.background import Background, background
from discovery.ranking.calibration import probability
from discovery.ranking.exclusions import penalty
from discovery.ranking.post_scores import lexical_scores, mixed_scores, semantic_scores
from discovery.ranking.scorer import score
from discovery.ranking.signals import keywords, theme
from discovery.ranking.weights import DEFAULT_WEIGHTS
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS
from tests.docs.tables import number, numbers, rows

PAGE = (Path(__file__).parents[2] / "docs" / "ranking.md").read_text(encoding="utf-8")
PASSAGES = numbers(PAGE, "| passage | cos | bm25 | m | w | s |")
YARDSTICKS = {name: value for name, (value,) in numbers(PAGE, "| yardstick | value |").items()}
PARTS = numbers(PAGE, "| signal | value | | weight | points |")
COSINE, BM25, BEST = 0.46, 18.0, 24.0


def themes(cosine: list[float], keyword: list[float]) -> Themes:
    """Creators of these scores."""
    ids = tuple(CreatorId(f"x:{place}") for place in range(len(cosine)))
    return Themes(
        creators=ids,
        cosine=np.array(cosine, dtype=np.float32),
        keyword=np.array(keyword, dtype=np.float32),
        passages=np.full(len(cosine), 7),
    )


MIRA = themes([COSINE], [BM25])
YARDSTICK = Background(threshold=YARDSTICKS["τ"], centre=YARDSTICKS["centre"], spread=YARDSTICKS["spread"])


def test_the_scores_of_its_passages() -> None:
    told = np.array(list(PASSAGES.values()))
    meaning, words = semantic_scores(told[:, 0]), lexical_scores(told[:, 1])
    assert np.round(meaning, 3).tolist() == told[:, 2].tolist()
    assert np.round(words, 3).tolist() == told[:, 3].tolist()
    assert np.round(mixed_scores(meaning, words), 3).tolist() == told[:, 4].tolist()


def test_the_posts_on_its_niche() -> None:
    on_niche = sum(cosine > YARDSTICKS["τ"] for name, (cosine, *_) in PASSAGES.items() if name != "bio")
    assert f"{on_niche} of the last {len(PASSAGES) - 1} posts" in PAGE


def test_its_values_and_points_and_their_sum() -> None:
    values = {
        "theme": float(theme(MIRA, YARDSTICK)[0]),
        "keywords": float(keywords(MIRA, BEST)[0]),
        "preferences": 6.0 * 1 / 2,
    }
    told = {name: value for name, (value, *_) in PARTS.items() if name != "score"}
    assert {name: round(value, 4) for name, value in values.items()} == told
    points = {name: round(DEFAULT_WEIGHTS[name] * value, 4) for name, value in values.items()}
    assert points == {name: point for name, (*_, point) in PARTS.items() if name != "score"}
    assert PARTS["score"] == (round(sum(points.values()), 4),)


def test_its_probability_and_its_exclusion() -> None:
    (total,) = PARTS["score"]
    assert f"= {probability(total):.0%}".replace("%", " %") in PAGE
    share = 1 / (7 + 5)
    lost = -float(penalty([np.array([share])], np.array([total]))[0]) / total
    assert f"{share:.3f} / 0.2 = {lost:.0%}".replace("%", " %") in PAGE


def test_the_weights_are_the_codes() -> None:
    told = {name: number(weight) for name, _, weight in rows(PAGE, "| signal | value | weight |")}
    assert told == DEFAULT_WEIGHTS
    for name, (_, weight, _) in ((name, cells) for name, cells in PARTS.items() if name != "score"):
        assert weight == DEFAULT_WEIGHTS[name]


@pytest.mark.parametrize(("name", "value", "place"), rows(PAGE, "| number | value | in the code |"))
def test_its_numbers_are_the_codes(name: str, value: str, place: str) -> None:
    module, constant = place.rsplit(".", 1)
    assert getattr(import_module(module), constant) == number(value), name


@pytest.mark.parametrize(("thing", "fields"), [("creator", CREATOR_FIELDS), ("passage", PASSAGE_FIELDS)])
def test_the_weights_of_the_keyword_fields_are_the_codes(thing: str, fields: dict[str, float]) -> None:
    told = {field: number(weight) for field, weight in rows(PAGE, f"| field of a {thing} | weight |")}
    assert told == fields


def test_the_engagement_rate_is_told_as_the_code_works_it_out() -> None:
    doc = " ".join((engagement_rate.__doc__ or "").split())
    for platform, interactions, base in rows(PAGE, "| platform | interactions of a post | divided by |"):
        if platform == "podcasts and websites":
            assert "not defined for podcasts and websites" in doc
        else:
            assert f"{interactions} over {base.split()[0]} ({platform})" in doc


@pytest.mark.parametrize("best", [None, 20.0])
def test_the_formulas_give_what_the_code_gives(best: float | None) -> None:
    random = np.random.default_rng(3)
    sample = Sample(
        themes=random.normal(0.1, 0.08, 301).astype(np.float32),
        passages=np.full(301, 5),
        posts=random.normal(0.1, 0.1, 2_000).astype(np.float32),
    )
    creators = themes(random.normal(0.3, 0.2, 40).tolist(), random.gamma(1.0, 8.0, 40).tolist())
    scored = score(creators, sample, DEFAULT_WEIGHTS, best_keyword=best)
    usual = [float(cosine) for cosine in sample.themes]
    centre = median(usual)
    spread = max(1.4826 * median(abs(cosine - centre) for cosine in usual), 0.01)
    assert background(sample).threshold == pytest.approx(float(np.percentile(sample.posts, 95)), abs=1e-6)
    for row in range(40):
        points = 1.8 * max(-2.0, min(12.0, (float(creators.cosine[row]) - centre) / spread))
        if best is not None:
            points += 6 * min(float(creators.keyword[row]) / best, 1.0)
        assert float(scored.scores[row]) == pytest.approx(points, abs=2e-4)
        assert probability(points) == pytest.approx(1 / (1 + exp(-(0.395 * points - 3.98))))
