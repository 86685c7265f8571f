"""What a signal brings: the same answers as a matcher with those weights gives."""

from dataclasses import replace

import pytest

from discovery.brief import Brief
from discovery.matching import Matcher
from discovery.ranking.weights import DEFAULT_WEIGHTS
from discovery.understanding.parts import Part, PartKind, Understood
from evaluation.judged.ablation import AS_TYPED, FULL, Ablations, ablate, without_exclusions
from evaluation.judged.comparison import holm
from evaluation.judged.measures import measure
from evaluation.judged.qrels import Judgments
from evaluation.judged.systems import matcher_system, run_system
from indexer.home import Home
from tests.evaluation.judged.invented import brief
from tests.indexer.installation import build, crowd, engine, matcher, stock

BRIEFS = tuple(brief(word, "literal", f"{word} and nothing else") for word in ("chess", "pottery", "violin"))


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    home = Home(tmp_path_factory.mktemp("home"))
    stock(home, crowd(60))
    build(home)
    return matcher(engine(home))


@pytest.fixture(scope="module")
def judgments(product: Matcher) -> Judgments:
    """Judge by what a creator says: invented, and good enough to tell answers apart."""
    everybody = product.search(Brief(query="chess pottery violin", limit=60)).matches
    said = {
        match.creator.id: " ".join([match.creator.bio or "", *(post.caption for post in match.creator.posts)])
        for match in everybody
    }
    return {one.id: {who: min(text.count(one.id), 3) for who, text in said.items()} for one in BRIEFS}


@pytest.fixture(scope="module")
def found(product: Matcher, judgments: Judgments) -> Ablations:
    return ablate(product, BRIEFS, judgments)


def mean_ndcg(product: Matcher, judgments: Judgments, weights: dict[str, float]) -> float:
    figures = measure(BRIEFS, judgments, run_system(matcher_system(product, weights), BRIEFS))
    return sum(one.ndcg_10 for one in figures) / len(figures)


def test_every_signal_and_every_switch_by_name(found: Ablations) -> None:
    switches = ["as typed", "exclusions not read"]
    assert [one.name for one in found.without] == [
        *(f"without {name}" for name in DEFAULT_WEIGHTS),
        *switches,
    ]
    assert [one.name for one in found.alone] == ["theme alone", "keywords alone", "preferences alone"]


def test_without_and_alone_are_what_a_search_with_those_weights_gives(
    found: Ablations, product: Matcher, judgments: Judgments
) -> None:
    full = mean_ndcg(product, judgments, {})
    assert full > 0
    assert found.full["all"] == pytest.approx(full)
    signals = dict(zip(DEFAULT_WEIGHTS, found.without, strict=False))
    for name, one in signals.items():
        assert one.slices["all"] == pytest.approx(mean_ndcg(product, judgments, {name: 0.0}))
        assert one.brings.difference.mean == pytest.approx(full - one.slices["all"])
        assert (one.brings.system, one.brings.against) == (FULL, f"without {name}")
    for one in found.alone:
        rest = dict.fromkeys(DEFAULT_WEIGHTS.keys() - {one.name.removesuffix(" alone")}, 0.0)
        assert one.slices["all"] == pytest.approx(mean_ndcg(product, judgments, rest))


def test_as_typed_searches_for_the_whole_text(product: Matcher, judgments: Judgments) -> None:
    def deaf(_text: str) -> Understood:
        return Understood(query="knitting")

    found = ablate(replace(product, read=deaf), BRIEFS, judgments)
    typed = {one.name: one.slices["all"] for one in found.without}[AS_TYPED]
    assert typed == pytest.approx(mean_ndcg(product, judgments, {}))
    assert typed != pytest.approx(found.full["all"])


def test_exclusions_can_be_left_unread() -> None:
    exclusion = Part(kind=PartKind.EXCLUSION, text="betting")
    city = Part(kind=PartKind.CITY, text="Leeds")
    understood = Understood(query="football", parts=(exclusion, city))
    left = without_exclusions(lambda _: understood)("football, no betting")
    assert left.of(PartKind.EXCLUSION) == ()
    assert left.of(PartKind.CITY) == (city,)
    assert left.query == "football"


def test_p_values_are_corrected_within_each_group(found: Ablations) -> None:
    for group in (found.without, found.alone):
        assert [one.brings.holm for one in group] == holm([one.brings.p for one in group])
