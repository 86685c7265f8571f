"""Plain systems against the formulas, worked out creator by creator over the invented corpus."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Creator
from discovery.telling_terms import telling_terms
from evaluation.judged import plain
from evaluation.judged.exact_bm25 import ExactBm25
from evaluation.judged.plain import plain_systems, reciprocal_ranks, whole_text
from evaluation.judged.systems import System
from indexer.documents import PROFILE, document
from indexer.home import Home
from tests.fictional import corpus, creator, post
from tests.indexer.installation import ANALYSER, ENCODER, build, engine, stock

BRIEFS = ("vegan recipes for students", "chess", "ヴィーガンカフェ 🌱", "nothing anybody ever wrote")
WORDS = st.sampled_from(["tea", "kite", "boat", "lamp"])


@pytest.fixture(scope="module")
def systems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, System]:
    home = Home(tmp_path_factory.mktemp("home"))
    stock(home, corpus())
    build(home)
    return dict(plain_systems(engine(home), ENCODER, ANALYSER))


def bm25(terms: list[str], documents: list[list[str]], row: int) -> float:
    """By the formula, one term after the other."""
    mean = sum(map(len, documents)) / len(documents)
    total = 0.0
    for term in terms:
        having = sum(term in one for one in documents)
        times = Counter(documents[row])[term]
        if times:
            idf = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
            total += idf * times / (times + 1.2 * (1 - 0.75 + 0.75 * len(documents[row]) / mean))
    return total


@given(st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=5), st.lists(WORDS, unique=True))
def test_bm25_is_the_formula(documents: list[list[str]], terms: list[str]) -> None:
    scores = ExactBm25(documents).scores([*terms, "unknown"])
    expected = [bm25(terms, documents, row) if documents[row] else 0.0 for row in range(len(documents))]
    assert scores.tolist() == pytest.approx(expected, abs=1e-12)


def post_vectors(one: Creator) -> np.ndarray:
    passages = [passage for passage in document(one).passages if passage.text]
    texts = [passage.text for passage in passages if passage.position != PROFILE]
    return ENCODER.encode_documents(texts or [passage.text for passage in passages])


def expected(name: str, text: str) -> dict[str, float]:
    """Scores of all creators who can be found, by id."""
    creators = sorted(corpus(), key=lambda one: one.id)
    query = ENCODER.encode_queries([text])[0]
    scores = {}
    documents = [ANALYSER.terms(whole_text(one)) for one in creators]
    for row, one in enumerate(creators):
        vectors = post_vectors(one)
        if name == plain.BM25:
            score = bm25(list(telling_terms(text, ANALYSER)), documents, row)
            if score > 0:
                scores[one.id] = score
        elif len(vectors):
            cosines = sorted((vectors @ query).tolist(), reverse=True)
            length = float(np.linalg.norm(vectors.mean(axis=0)))
            mean = sum(cosines) / len(cosines) / length
            scores[one.id] = mean if name == plain.MEAN else sum(cosines[:3]) / len(cosines[:3])
    return {str(identity): score for identity, score in scores.items()}


@pytest.mark.parametrize("text", BRIEFS)
@pytest.mark.parametrize("name", [plain.BM25, plain.MEAN, plain.BEST_3])
def test_a_plain_system_orders_by_its_formula(systems: dict[str, System], name: str, text: str) -> None:
    scores = expected(name, text)
    found = [scores[one] for one in systems[name](text, 1_000)]
    assert len(found) == len(scores)
    assert found == pytest.approx(sorted(scores.values(), reverse=True), abs=1e-6)


@pytest.mark.parametrize("text", BRIEFS)
def test_fusion_sums_what_ranks_are_worth(systems: dict[str, System], text: str) -> None:
    worth: Counter[str] = Counter()
    for name in (plain.BM25, plain.MEAN):
        for place, one in enumerate(systems[name](text, 1_000)):
            worth[one] += 1 / (61 + place)  # type: ignore[assignment]
    found = systems[plain.RRF](text, 1_000)
    assert found == sorted(worth, key=lambda one: (-worth[one], one))


def test_a_search_is_as_deep_as_asked(systems: dict[str, System]) -> None:
    for system in systems.values():
        deep = system(BRIEFS[0], 20)
        assert system(BRIEFS[0], 3) == deep[:3]


def test_the_text_of_a_creator() -> None:
    titled = post("A description below", title="Oolong", id="new", hashtags=("Tea", "brewing"))
    one = creator(bio="Invented tea", posts=(titled, post("Kettle", id="old")))
    assert whole_text(one).splitlines() == [
        "Ada Testperson",
        "Invented tea",
        "Oolong",
        "Tea",
        "brewing",
        "Kettle",
    ]


def test_only_what_was_found_has_a_rank() -> None:
    scores = np.array([0.5, -np.inf, 0.7, 0.5])
    assert reciprocal_ranks(scores).tolist() == [1 / 62, 0.0, 1 / 61, 1 / 63]
