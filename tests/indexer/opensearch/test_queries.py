"""The bodies of searches: each against its golden file, and the limits that they keep."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.brief import MAX_FILTERS
from discovery.creator import CreatorId, creator_id
from discovery.filters import Filter, Mode, Unknown
from discovery.ports import Query
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS
from indexer.opensearch import queries
from indexer.opensearch.mapping import K1
from tests import strategies
from tests.indexer.opensearch.golden_case import GOLDEN, check

VECTOR = np.array([0.5, -0.25], dtype=np.float32)
QUERY = Query(vector=VECTOR, terms=("vegan",), related={"lentil": 0.5})
CREATORS = (creator_id("instagram:one"), creator_id("tiktok:two"))
SEEDS = (creator_id("instagram:seed"),)
FILTERS = (
    Filter(field="followers", min=1_000),
    Filter(field="language", any_of=("en", "fr"), mode=Mode.SHOULD),
    Filter(field="verified", is_=True, mode=Mode.NOT),
)
DAY = date(2026, 3, 1)
ASKED = (FILTERS, DAY, SEEDS)
NOTHING = ((), None, ())
TAKEN = 1_024
"""What OpenSearch takes unless it is set up otherwise (indices.query.bool.max_clause_count)."""
LEAVES = {"term", "terms", "range", "script", "match_all", "match_none", "knn"}

CASES: Mapping[str, object] = {
    "admission": {
        "nothing asked": queries.admission((), None),
        "three filters": queries.admission(FILTERS, DAY),
    },
    "counts": {
        "nothing asked": queries.counts(*NOTHING),
        "three filters, a seed left out": queries.counts(*ASKED),
    },
    "nearest_themes": {
        "nothing asked": queries.nearest_themes(VECTOR, 500, *NOTHING),
        "three filters, a seed left out": queries.nearest_themes(VECTOR, 500, *ASKED),
    },
    "all_themes": {
        "nothing asked": queries.all_themes(VECTOR, 500, *NOTHING),
        "three filters, a seed left out": queries.all_themes(VECTOR, 500, *ASKED),
    },
    "best_words": {
        "nothing asked": queries.best_words(QUERY, 500, *NOTHING),
        "three filters, a seed left out": queries.best_words(QUERY, 500, *ASKED),
    },
    "best_of_all": queries.best_of_all(QUERY),
    "themes_of": {
        "by vector": queries.themes_of(CREATORS, VECTOR),
        "without a vector": queries.themes_of(CREATORS, None),
    },
    "words_of": list(queries.words_of(CREATORS, QUERY.weights)),
    "passages_of": {
        "by vector": queries.passages_of(CREATORS, VECTOR, 62),
        "without a vector": queries.passages_of(CREATORS, None, 62),
    },
    "passage_words_of": list(queries.passage_words_of(CREATORS, QUERY.weights, 62)),
    "who_meets": [queries.who_meets(CREATORS, item, DAY) for item in FILTERS],
    "sources": queries.sources(CREATORS, ["creator", "record"], 2),
}


@pytest.mark.parametrize("name", CASES)
def test_golden_bodies(name: str) -> None:
    check(name, CASES[name])


def test_every_golden_file_is_compared_with_something() -> None:
    others = {
        "conditions",
        "documents",
        "facet_fields",
        "index_bodies",
        "kept",
        "searchable",
        "shares",
        "similarity",
    }
    assert {path.stem for path in GOLDEN.iterdir()} == CASES.keys() | others


# Limits


def weights(count: int) -> dict[str, float]:
    """Return so many terms, no two of one weight, the heaviest in the middle."""
    return {f"t{place}": 1.0 / (1 + abs(place - count // 2) + place / (count + 1)) for place in range(count)}


def leaves(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield every clause that OpenSearch counts: those without others in them, and the one that it adds."""
    if isinstance(body, list):
        for one in body:
            yield from leaves(one)
    if isinstance(body, dict):
        if "must_not" in body and not any(body.get(kind) for kind in ("must", "should", "filter")):
            yield "match_all", {}
        for kind, inner in body.items():
            if kind not in LEAVES:
                yield from leaves(inner)
                continue
            yield kind, inner
            if kind == "knn":
                yield from leaves(inner["theme"].get("filter"))


def words_in(body: Mapping[str, Any], fields: Iterable[str]) -> list[tuple[str, str]]:
    """Return the words that a body looks for, each with its field."""
    terms = [inner for kind, inner in leaves(body["query"]) if kind == "term"]
    asked = [(field, asked) for term in terms for field, asked in term.items() if field in fields]
    return [(field, clause["value"]) for field, clause in asked]


@given(count=st.integers(1, 3_000))
def test_words_are_asked_for_in_bodies_that_opensearch_takes(count: int) -> None:
    """All of them, each once for each field."""
    for make, fields in (
        (list(queries.words_of(CREATORS, weights(count))), CREATOR_FIELDS),
        (list(queries.passage_words_of(CREATORS, weights(count), 10)), PASSAGE_FIELDS),
    ):
        asked = [words_in(body, fields) for body in make]
        assert max(map(len, asked)) <= queries.MAX_CLAUSES
        assert max(len(list(leaves(body["query"]))) for body in make) <= TAKEN
        every = [pair for one in asked for pair in one]
        assert sorted(every) == sorted((field, term) for term in weights(count) for field in fields)


def test_no_words_are_no_bodies() -> None:
    assert list(queries.words_of(CREATORS, {})) == list(queries.passage_words_of(CREATORS, {}, 5)) == []


@given(count=st.integers(1, 3_000), filters=strategies.filter_lists(MAX_FILTERS), as_of=strategies.as_of_days)
def test_candidates_are_looked_for_by_the_heaviest_words(
    count: int, filters: list[Filter], as_of: date | None
) -> None:
    """As many as fit beside the conditions, whatever these are."""
    query = Query(vector=None, terms=(), related=weights(count))
    for body in (queries.best_words(query, 500, filters, as_of, SEEDS), queries.best_of_all(query)):
        asked = words_in(body, CREATOR_FIELDS)
        terms = {term for _, term in asked}
        assert len(asked) == len(terms) * len(CREATOR_FIELDS) <= queries.MAX_CLAUSES
        assert len(list(leaves(body["query"]))) <= TAKEN
        heaviest = sorted(query.weights, key=lambda term: -query.weights[term])
        assert terms == set(heaviest[: len(terms)])
        assert len(terms) == count or len(terms) >= 250


WORST = [
    Filter(
        field="audience_country",
        any_of=("DE", "US"),
        weight=(place + 1) / 100,
        mode=Mode.MUST,
        unknown=Unknown.INCLUDE,
    )
    for place in range(MAX_FILTERS)
]


def test_the_most_conditions_that_a_brief_can_have_fit_too() -> None:
    query = Query(vector=VECTOR, terms=tuple(weights(2_000)))
    for body in (
        queries.best_words(query, 500, WORST, None, SEEDS),
        queries.nearest_themes(VECTOR, 500, WORST, None, SEEDS),
        queries.all_themes(VECTOR, 500, WORST, None, SEEDS),
    ):
        assert len(list(leaves(body["query"]))) <= TAKEN


@pytest.mark.parametrize("depth", [1, 10_000, 50_000])
def test_no_more_hits_are_asked_for_than_there_can_be(depth: int) -> None:
    most = min(depth, queries.MAX_HITS)
    nearest = queries.nearest_themes(VECTOR, depth, *ASKED)
    assert nearest["size"] == nearest["query"]["bool"]["must"][0]["knn"]["theme"]["k"] == most
    assert queries.all_themes(VECTOR, depth, *ASKED)["size"] == most
    assert queries.best_words(QUERY, depth, *ASKED)["size"] == most


@given(
    term=st.text(min_size=1, max_size=10),
    weight=st.floats(0.01, 10),
    ids=st.lists(strategies.ids, min_size=1, max_size=3),
)
def test_a_clause_weighs_its_term_and_its_field(term: str, weight: float, ids: list[CreatorId]) -> None:
    """Lucene leaves the factor k1 + 1 out."""
    (body,) = queries.words_of(ids, {term: weight})
    clauses = dict(
        pair for kind, inner in leaves(body) if kind == "term" for pair in inner.items() if "boost" in pair[1]
    )
    assert clauses.keys() == CREATOR_FIELDS.keys()
    for field, clause in clauses.items():
        assert clause["value"] == term
        assert clause["boost"] == pytest.approx((K1 + 1.0) * weight * CREATOR_FIELDS[field])


# Scores


def score_of(product: float) -> float:
    """What k-NN makes of an inner product."""
    return 1.0 + product if product >= 0 else 1.0 / (1.0 - product)


@given(st.floats(-1.001, 1.001))
def test_the_inner_product_is_read_back_from_a_score(product: float) -> None:
    assert queries.cosine_of(score_of(product)) == pytest.approx(product, abs=1e-12)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_the_better_score_is_the_greater_product(one: float, other: float) -> None:
    first, second = queries.cosine_of(score_of(one)), queries.cosine_of(score_of(other))
    assert (first <= second) == (one <= other) or first == pytest.approx(second, abs=1e-12)


def test_a_score_is_never_taken_for_the_absence_of_one() -> None:
    """Where there is no vector to compare the score is 0."""
    assert min(score_of(-1.001), score_of(0.0)) > 0.4
