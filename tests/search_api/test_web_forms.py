"""The parameters of an address and the brief they mean: exact both ways, and every mistake named."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.brief import MAX_DEPTH, MAX_WEIGHT, Brief, Seed
from discovery.creator import CreatorId, Platform
from discovery.errors import InvalidInput
from discovery.filters import FIELDS, Filter, Kind, Mode, Unknown
from discovery.ranking.weights import DEFAULT_WEIGHTS
from discovery.vocabulary import AGE_BANDS, GENDERS, countries, languages
from search_api.web.form_values import (
    read_count,
    read_list,
    read_percent,
    write_count,
    write_list,
    write_percent,
)
from search_api.web.forms import encode, parse, read, render

CLOSED: dict[str, Sequence[str]] = {
    "platform": list(Platform),
    "country": sorted(countries()),
    "language": sorted(languages()),
    "age": AGE_BANDS,
    "gender": GENDERS,
}
AMOUNTS = st.floats(min_value=0, max_value=1e300, allow_subnormal=False)
FRACTIONS = st.floats(min_value=0, max_value=1)
POSITIVE = st.floats(min_value=0, max_value=1, exclude_min=True)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    spec = FIELDS[draw(st.sampled_from(list(FIELDS)))]
    given: dict[str, object] = {}
    match spec.kind:
        case Kind.RANGE:
            bounds = FRACTIONS if spec.upper_limit else AMOUNTS
            low, high = sorted((draw(bounds), draw(bounds)))
            kept = draw(st.sampled_from(["min", "max", "both"]))
            given |= {"min": low} if kept != "max" else {}
            given |= {"max": high} if kept != "min" else {}
        case Kind.FLAG:
            given["is_"] = draw(st.booleans())
        case _:
            known = CLOSED.get(spec.vocabulary or "")
            values = st.sampled_from(known) if known else st.text(min_size=1).filter(lambda v: v.strip("#@ "))
            given["any_of"] = tuple(draw(st.lists(values, min_size=1, max_size=4)))
    if spec.kind is Kind.SHARE:
        given["weight"] = draw(st.none() | POSITIVE)
    given["mode"] = draw(st.sampled_from(Mode))
    given["unknown"] = draw(st.none() | st.sampled_from(Unknown))
    return Filter(field=spec.name, **given)  # type: ignore[arg-type]


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    ids = st.text(min_size=1, max_size=30).filter(lambda one: one not in {".", ".."}).map(CreatorId)
    weights = st.floats(min_value=0, max_value=MAX_WEIGHT, exclude_min=True)
    seeds = tuple(
        Seed(creator=one, weight=weight)
        for one, weight in draw(st.lists(st.tuples(ids, st.just(1.0) | weights), max_size=3))
    )
    words = st.text() if seeds else st.text(min_size=1).filter(str.strip)
    limit = draw(st.integers(1, 100))
    return Brief(
        query=draw(words),
        seeds=seeds,
        filters=tuple(draw(st.lists(filters(), max_size=5))),
        weights=draw(st.dictionaries(st.sampled_from(list(DEFAULT_WEIGHTS)), st.floats(0, MAX_WEIGHT))),
        as_of=draw(st.none() | st.dates()),
        limit=limit,
        offset=limit * draw(st.integers(0, MAX_DEPTH // limit)),
    )


@given(briefs())
def test_a_brief_comes_back_from_its_address(brief: Brief) -> None:
    assert parse(render(brief)) == brief
    assert parse(parse_qsl(encode(render(brief)), keep_blank_values=True)) == brief


@given(briefs())
def test_the_rendered_address_is_its_own_canonical_form(brief: Brief) -> None:
    assert render(parse(render(brief))) == render(brief)


@given(
    st.lists(
        st.tuples(st.text() | st.sampled_from(["q", "followers.min", "country", "id", "page"]), st.text())
    )
)
def test_any_address_is_read_or_refused_never_a_crash(pairs: list[tuple[str, str]]) -> None:
    form = read(pairs)
    assert (form.brief is None) == bool(form.problems) or not pairs


@given(st.lists(st.text()), st.booleans())
def test_lists_come_back(values: list[str], spaced: bool) -> None:
    assert read_list(write_list(values, spaced=spaced), spaced=spaced) == tuple(values)


@given(AMOUNTS)
def test_counts_come_back(value: float) -> None:
    assert read_count(write_count(value)) == value


@given(FRACTIONS)
def test_percentages_come_back(value: float) -> None:
    assert read_percent(write_percent(value)) == value


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12000", 12000.0),
        ("12,000", 12000.0),
        ("12.000", 12000.0),
        ("1 250 000", 1250000.0),
        ("1'250'000", 1250000.0),
        ("12k", 12000.0),
        ("12 K", 12000.0),
        ("1.5m", 1500000.0),
        ("1,5M", 1500000.0),
        ("2.5", 2.5),
        (" 7 ", 7.0),
    ],
)
def test_counts_as_people_write_them(typed: str, meant: float) -> None:
    assert read_count(typed) == meant


@pytest.mark.parametrize("typed", ["many", "-5", "1e5", "٣", "5 k k", "1,2,3", "NaN", "inf", "1,500k"])
def test_counts_that_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="write"):
        read_count(typed)


@pytest.mark.parametrize(("typed", "meant"), [("2.5", 0.025), ("2,5 %", 0.025), ("100", 1.0), ("0", 0.0)])
def test_percentages_as_people_write_them(typed: str, meant: float) -> None:
    assert read_percent(typed) == meant


def test_names_of_countries_and_languages_become_codes() -> None:
    brief = parse([("q", "beans"), ("country", "germany, AT"), ("language", "German")])
    assert [item.any_of for item in brief.filters] == [("DE", "AT"), ("de",)]


def test_hashtags_may_be_separated_by_spaces() -> None:
    brief = parse([("q", "beans"), ("hashtags", "#Vegan  #beans,lentils")])
    assert brief.filters[0].any_of == ("vegan", "beans", "lentils")


def test_empty_fields_of_the_form_mean_nothing() -> None:
    pairs = [
        ("q", "beans"),
        ("followers.min", ""),
        ("followers.mode", "must"),
        ("country", ""),
        ("verified", ""),
    ]
    assert parse(pairs) == Brief(query="beans")


def test_two_filters_on_one_field_are_kept_apart() -> None:
    brief = parse([("q", "beans"), ("hashtags", "vegan"), ("hashtags.2", "ad"), ("hashtags.2.mode", "not")])
    assert brief.filters == (
        Filter(field="hashtags", any_of=("vegan",)),
        Filter(field="hashtags", any_of=("ad",), mode=Mode.NOT),
    )


@pytest.mark.parametrize(
    ("pairs", "field", "words"),
    [
        ([("q", " ")], "q", "say what you sell"),
        ([("q", "x" * 2001)], "q", "2001 characters"),
        ([("q", "x"), ("followers.min", "lots")], "followers.min", "25k"),
        ([("q", "x"), ("followers.min", "9"), ("followers.max", "5")], "followers.min", "swap them"),
        ([("q", "x"), ("engagement_rate.min", "200")], "engagement_rate.min", "100 %"),
        (
            [("q", "x"), ("engagement_rate.min", "9"), ("engagement_rate.max", "5")],
            "engagement_rate.min",
            "9 % is",
        ),
        ([("q", "x"), ("country", "Germny")], "country", "'DE'"),
        ([("q", "x"), ("platform", "instagran")], "platform", "'instagram'"),
        ([("q", "x"), ("verified", "yep")], "verified", "'yes'"),
        ([("q", "x"), ("country", "DE"), ("country.mode", "mus")], "country.mode", "'must'"),
        ([("q", "x"), ("country", "DE"), ("country.unknown", "keep")], "country.unknown", "include"),
        (
            [("q", "x"), ("audience_age", "25-34"), ("audience_age.weight", "0")],
            "audience_age.weight",
            "above 0",
        ),
        ([("q", "x"), ("audience_age.weight", "30")], "audience_age", "choose at least one"),
        ([("q", "x"), ("followers.unknown", "only")], "followers.min", "0 will do"),
        ([("q", "x"), ("as_of", "yesterday")], "as_of", "2026-01-31"),
        ([("q", "x"), ("page", "0")], "page", "whole number from 1"),
        ([("q", "x"), ("page", "102")], "page", "narrow the filters"),
        ([("q", "x"), ("size", "5000")], "size", "1 to 100"),
        ([("q", "x"), ("signal.bio", "much")], "signal.bio", "write 0.5"),
        ([("q", "x"), ("signal.bios", "1")], "signal.bios", "'bio'"),
        ([("q", "x"), ("signal.bio", "11")], "signal.bio", "0 to 10"),
        ([("id", "a"), ("weight", "0")], "weight", "above 0"),
        ([("id", "a"), ("weight", "x")], "weight", "write 0.5"),
        ([("id", "..")], "id", "cannot be part"),
        ([("q", "x"), ("folowers.min", "5")], "", "'followers.min'"),
        ([("q", "x"), ("country.min", "5")], "", "unknown part"),
    ],
)
def test_every_mistake_is_named_at_its_field(pairs: list[tuple[str, str]], field: str, words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(pairs)
    (problem,) = caught.value.problems
    assert problem.field == field
    assert words in problem.message


def test_good_values_are_kept_beside_a_refused_one() -> None:
    (typed,) = read([("q", "x"), ("country", "DE, Germny, AT")]).filters
    assert (typed.values, typed.rejected) == (("DE", "AT"), ("Germny",))


def test_all_mistakes_are_listed_at_once() -> None:
    pairs = [("q", ""), ("followers.min", "lots"), ("as_of", "soon"), ("hm", "1")]
    assert {problem.field for problem in read(pairs).problems} == {"q", "followers.min", "as_of", ""}


def test_a_far_page_of_a_long_number_is_refused() -> None:
    assert read([("q", "x"), ("page", "9" * 5000)]).problems[0].field == "page"


def test_an_empty_address_is_refused_as_a_brief_but_is_a_clean_form() -> None:
    with pytest.raises(InvalidInput, match="say what you sell"):
        parse([])
    assert read([]).problems == ()


def test_dates_are_kept() -> None:
    assert parse([("q", "x"), ("as_of", "2026-03-01")]).as_of == date(2026, 3, 1)
