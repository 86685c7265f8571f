"""Filters as queries, and what they ask about: the bodies. What they find is compared on a real node."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given

from discovery.creator import Creator
from discovery.facets import facets_of
from discovery.filters import FIELDS, Filter, Kind, Mode, Unknown
from indexer.opensearch import conditions
from indexer.opensearch.conditions import AGE, facet_fields, facet_values, kept, leaves, met, unknown
from tests import strategies
from tests.fictional import creator, post, stated
from tests.golden import check_golden
from tests.indexer.opensearch.golden_case import GOLDEN, check

DAY = date(2026, 3, 1)
CONDITIONS: dict[str, tuple[Filter, date | None]] = {
    "at least": (Filter(field="followers", min=1_000), None),
    "at most": (Filter(field="engagement_rate", max=0.05), None),
    "between": (Filter(field="views", min=10, max=20), None),
    "age by the creator's own data": (Filter(field="last_post", min=1, max=30), None),
    "age by a day": (Filter(field="last_post", min=1, max=30), DAY),
    "age from nothing": (Filter(field="last_post", min=0, max=30), DAY),
    "one of": (Filter(field="country", any_of=("DE", "AT")), None),
    "yes": (Filter(field="verified", is_=True), None),
    "no": (Filter(field="has_contact", is_=False), None),
    "share": (Filter(field="audience_country", any_of=("DE", "AT"), weight=0.3), None),
}


def test_golden_conditions() -> None:
    check(
        "conditions",
        {
            name: {"met": met(item, as_of), "unknown": unknown(item, as_of)}
            for name, (item, as_of) in CONDITIONS.items()
        },
    )


def test_golden_decisions() -> None:
    """One condition in all modes, with every fate of the unknown."""
    check(
        "kept",
        {
            f"{mode}, {fate}": kept(Filter(field="verified", is_=True, mode=mode, unknown=fate), None)
            for mode, fate in product(Mode, Unknown)
        },
    )


def test_golden_script() -> None:
    check_golden(GOLDEN / "shares.painless", conditions._SHARES.lstrip())


def test_golden_fields() -> None:
    check("facet_fields", facet_fields())


@given(item=strategies.filters(), as_of=strategies.as_of_days)
def test_a_condition_asks_only_for_fields_that_are_mapped(item: Filter, as_of: date | None) -> None:
    mapped = facet_fields()
    for query in (met(item, as_of), unknown(item, as_of), kept(item, as_of)):
        assert asked_fields(query) <= mapped.keys()


def asked_fields(query: object) -> set[str]:
    """Return the fields that a query names; a share is asked for by its parts."""
    match query:
        case {"term": inner} | {"terms": inner} | {"range": inner}:
            return set(inner)
        case {"script": {"script": {"params": params}}}:
            parts = {params["field"], params["total"]}
            field = params["field"].removesuffix(".shares")
            assert parts == {f"{field}.shares", f"{field}.total"}
            return {field}
        case {"bool": parts}:
            found = (asked_fields(one) for part in parts.values() if isinstance(part, list) for one in part)
            return set().union(*found)
        case _:
            raise AssertionError(f"an unexpected query: {query}")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"match_all": {}}, 1),
        ({"bool": {"filter": [{"match_all": {}}, {"term": {"a": 1}}]}}, 2),
        ({"bool": {"must_not": [{"term": {"a": 1}}]}}, 2),
        ({"bool": {"filter": [], "must_not": [{"term": {"a": 1}}]}}, 2),
        ({"bool": {"filter": [{"term": {"b": 1}}], "must_not": [{"term": {"a": 1}}]}}, 2),
        ({"constant_score": {"filter": {"bool": {"must_not": [{"terms": {"a": [1, 2, 3]}}]}}}}, 2),
        ({"bool": {"should": [{"term": {"a": 1}}, {"term": {"b": 1}}], "minimum_should_match": 1}}, 2),
    ],
)
def test_clauses_are_counted_as_opensearch_counts_them(query: conditions.Dsl, count: int) -> None:
    assert leaves(query) == count


# What is asked about


@given(strategies.creators())
def test_what_is_unknown_is_left_out_and_what_is_known_is_listed(one: Creator) -> None:
    facets = facets_of(one)
    values = facet_values(facets)
    known = values.pop("known")
    assert values.keys() == set(known), "a field without a value is not known"
    assert len(known) == len(set(known))
    for name, field in FIELDS.items():
        value = getattr(facets, name)
        assert (name in known) == (value is not None and (field.kind is not Kind.SHARE or bool(value)))
    assert (AGE in known) == (facets.last_post is not None and facets.data_date is not None)


@given(strategies.creators())
def test_values_are_kept_exactly(one: Creator) -> None:
    facets = facets_of(one)
    values = facet_values(facets)
    for name in set(values["known"]) - {AGE}:
        value, stored = getattr(facets, name), values[name]
        match FIELDS[name].kind:
            case Kind.SHARE:
                shares = dict(entry.split("=") for entry in stored["shares"])
                assert {key: float(share) for key, share in shares.items()} == dict(value)
                assert stored["total"] == sum(value.values())
            case Kind.TERMS:
                assert set(stored if isinstance(stored, list) else [stored]) == (
                    set(value) if isinstance(value, frozenset) else {value}
                )
            case _:
                assert stored == (value.toordinal() if isinstance(value, date) else value)


def test_a_post_of_a_later_day_is_of_no_age() -> None:
    """Clocks differ: the data of a creator may be a day older than their newest post."""
    one = creator("Later Post", posts=(post("soon", age=-3),), provenance=stated("posts"))
    assert facet_values(facets_of(one))[AGE] == 0
