"""Columns answer as the reference verdicts do, for any values and any filter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.facets import Facets, facets_of
from discovery.filters import FIELDS, Filter, Kind
from discovery.verdicts import Status, condition
from discovery.vocabulary import AGE_BANDS, GENDERS
from indexer.embedded.columns import Columns, build_columns
from tests import strategies
from tests.fictional import TODAY, corpus

_days = st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31))
_flags = st.none() | st.booleans()
_odd_words = st.text(max_size=3) | st.sampled_from(["Vegan", "vegan", "veg", "渋谷", "🌱", "é", "e\u0301"])
_terms = st.none() | st.frozensets(_odd_words.map(str.casefold), max_size=4)
_thousandths = st.integers(0, 1_000).map(lambda number: number / 1_000)


def _shares(values: Sequence[str]) -> st.SearchStrategy[Mapping[str, float] | None]:
    return st.none() | st.dictionaries(st.sampled_from(values), _thousandths, max_size=4)


facets = st.builds(
    Facets,
    platform=st.sampled_from(["instagram", "tiktok", "youtube", "podcast"]),
    followers=st.none() | st.integers(0, 2**53),
    engagement_rate=st.none() | st.floats(0, 1),
    views=st.none() | st.integers(0, 2_000_000).map(lambda twice: twice / 2),
    last_post=_days,
    data_date=_days,
    country=st.none() | st.sampled_from(["DE", "US", "JP"]),
    language=st.none() | st.sampled_from(["de", "en", "ja"]),
    category=_terms,
    hashtags=_terms,
    mentions=_terms,
    verified=_flags,
    has_contact=_flags,
    has_sponsored_posts=_flags,
    audience_country=_shares(["DE", "US", "JP", "FR"]),
    audience_age=_shares(AGE_BANDS),
    audience_gender=_shares(GENDERS),
    audience_language=_shares(["de", "en", "ja"]),
)


def check(people: Sequence[Facets], item: Filter, as_of: date | None) -> None:
    """Compare the columns' answer with the reference, creator by creator."""
    answer = build_columns(people).answer(item, as_of)
    wanted = [condition(item, one, as_of)[0] for one in people]
    assert answer.met.tolist() == [status is Status.MET for status in wanted]
    assert answer.unknown.tolist() == [status is Status.UNKNOWN for status in wanted]
    assert answer.met.dtype == answer.unknown.dtype == np.bool_


@given(st.lists(facets, max_size=12), strategies.filters(), strategies.as_of_days)
def test_answers_agree_with_the_verdicts(people: list[Facets], item: Filter, as_of: date | None) -> None:
    check(people, item, as_of)


@given(st.data())
def test_answers_on_values_that_somebody_has(data: st.DataObject) -> None:
    """Filters at the very edges: the bounds, terms and shares are taken from the creators themselves."""
    people = data.draw(st.lists(facets, min_size=1, max_size=8))
    name = data.draw(st.sampled_from(sorted(FIELDS)))
    for given_condition in _conditions_at(name, people):
        check(people, Filter(field=name, **given_condition), data.draw(_days))


def _conditions_at(name: str, people: Sequence[Facets]) -> list[dict[str, Any]]:
    values = [value for one in people if (value := getattr(one, name)) is not None]
    match FIELDS[name].kind:
        case Kind.RANGE if name == "last_post":
            return [{"min": 0, "max": 0}, {"max": 30}, {"min": 30}]
        case Kind.RANGE:
            return [condition for value in values for condition in ({"min": value}, {"max": value})]
        case Kind.FLAG:
            return [{"is_": True}, {"is_": False}]
        case Kind.TERMS:
            words = sorted({word for value in values for word in _words(value) if word.strip("#@ ")})
            return [{"any_of": (word,)} for word in words] + ([{"any_of": tuple(words)}] if words else [])
        case Kind.SHARE:
            return [
                {"any_of": tuple(shares), "weight": total}
                for shares in values
                if shares and 0 < (total := round(sum(shares.values()), 9)) <= 1
            ]


def _words(value: str | frozenset[str]) -> frozenset[str]:
    return frozenset([value]) if isinstance(value, str) else value


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_over_the_invented_corpus(name: str) -> None:
    people = [facets_of(one) for one in corpus()]
    for item in _conditions_at(name, people):
        check(people, Filter(field=name, **item), None)
        check(people, Filter(field=name, **item), TODAY)


def test_a_share_that_adds_up_in_decimals_is_reached() -> None:
    """In binary 0.1 + 0.2 is not 0.3; nor may what is left over of 1 be cut short by a rounding."""
    one = Facets(platform="tiktok", audience_country={"DE": 0.1, "US": 0.2})
    check([one], Filter(field="audience_country", any_of=("DE", "US"), weight=0.3), None)
    check([one], Filter(field="audience_country", any_of=("DE", "JP"), weight=0.8), None)
    check([one], Filter(field="audience_country", any_of=("DE", "JP"), weight=0.801), None)


def test_days_count_from_the_own_data_or_from_the_day_given() -> None:
    old = Facets(platform="tiktok", last_post=date(2026, 1, 1), data_date=date(2026, 1, 11))
    ahead = replace(old, last_post=date(2026, 6, 1))
    undated = replace(old, data_date=None)
    never = replace(old, last_post=None)
    columns = build_columns([old, ahead, undated, never])

    ten = Filter(field="last_post", max=10)
    assert columns.answer(ten, None).met.tolist() == [True, True, False, False]
    assert columns.answer(ten, None).unknown.tolist() == [False, False, True, True]
    assert columns.answer(ten, date(2026, 1, 12)).met.tolist() == [False, True, False, False]
    assert columns.answer(ten, date(2026, 1, 12)).unknown.tolist() == [False, False, False, True]


@given(st.lists(st.builds(Facets, platform=st.just("tiktok"), hashtags=_terms), max_size=8))
def test_values_are_sorted_by_their_bytes_and_complete(people: list[Facets]) -> None:
    known = {tag for one in people for tag in one.hashtags or ()}
    assert build_columns(people).values("hashtags") == sorted(known, key=str.encode)


@pytest.mark.parametrize("asked", ["ab", "a", "abc", "b", "", "ä", "渋谷", "渋", "谷", "🌱", "zzz", "\x00"])
def test_a_value_is_found_as_a_whole_or_not_at_all(asked: str) -> None:
    """Neighbours in the sorted list of values, prefixes and parts of a character's bytes are not mixed up."""
    stored = ["ab", "ä", "渋谷", "🌱", "b\x00"]
    people = [Facets(platform="tiktok", hashtags=frozenset([tag])) for tag in stored]
    columns = build_columns(people)
    found = columns.arrays["hashtags.rows"][columns._list("hashtags", asked)].tolist()
    assert found == [row for row, tag in enumerate(stored) if tag == asked]


def test_nobody() -> None:
    columns = build_columns([])
    assert columns.values("category") == []
    for name in FIELDS:
        for item in _conditions_at(name, [facets_of(one) for one in corpus()])[:2]:
            answer = columns.answer(Filter(field=name, **item), None)
            assert (answer.met.shape, answer.unknown.shape) == ((0,), (0,))


def test_the_arrays_are_plain_numbers() -> None:
    """They are stored without pickling."""
    columns = build_columns([facets_of(one) for one in corpus()])
    assert isinstance(columns, Columns)
    assert {values.dtype.kind for values in columns.arrays.values()} <= set("biuf")
