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
from discovery.understanding.parts import DEALS, DELIVERABLES, PERSONAL, TIERS, Part, PartKind, Understood
from discovery.vocabulary import AGE_BANDS, GENDERS, countries, languages
from search_api.understanding import as_typed
from search_api.web.form_values import (
    read_count,
    read_list,
    read_percent,
    write_count,
    write_list,
    write_percent,
)
from search_api.web.forms import encode, parse, read, render
from search_api.web.part_words import TEXTED
from search_api.web.typed_understanding import mark, usual_topic

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


CODES: dict[PartKind, Sequence[str]] = {
    PartKind.PLATFORM: list(Platform),
    PartKind.COUNTRY: sorted(countries()),
    PartKind.LANGUAGE: sorted(languages()),
    PartKind.FOLLOWERS: list(TIERS),
    PartKind.DELIVERABLE: DELIVERABLES,
    PartKind.DEAL: DEALS,
    PartKind.PERSONAL: PERSONAL,
}
WORDS = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)


@st.composite
def parts(draw: st.DrawFn, query: str) -> Part:
    """Draw a part; one that is told in words has the brief's own, or says others."""
    kind = draw(st.sampled_from(PartKind))
    place = st.tuples(st.integers(0, len(query) - 1), st.integers(1, len(query))).filter(
        lambda p: p[0] < p[1]
    )
    spans = tuple(draw(st.lists(place, max_size=2)))
    codes = st.lists(st.sampled_from(CODES[kind]), unique=True, max_size=3) if kind in CODES else st.just([])
    low, high = sorted((draw(AMOUNTS), draw(AMOUNTS)))
    said = " ".join(query[start:end] for start, end in spans)
    needed = kind in {PartKind.EXCLUSION, PartKind.PERSONAL}
    text: str | None
    if kind in TEXTED and spans and (said.strip() or not needed):
        text = draw(st.just(said) | WORDS)
    else:
        text = draw(WORDS if needed else st.none() | WORDS)
    return Part(
        kind=kind,
        any_of=tuple(draw(codes)),
        min=draw(st.none() | st.just(low)),
        max=draw(st.none() | st.just(high)),
        currency=draw(st.none() | st.sampled_from(["EUR", "INR"])),
        text=text,
        spans=spans,
        confidence=draw(FRACTIONS),
        use=draw(st.booleans()),
    )


@st.composite
def understandings(draw: st.DrawFn, query: str) -> Understood:
    made = tuple(draw(st.lists(parts(query), max_size=5)))
    topic = draw(st.just(usual_topic(made, query)) | WORDS)
    return Understood(query=topic, language=draw(st.none() | st.sampled_from(["de", "ja"])), parts=made)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    ids = st.text(min_size=1, max_size=30).filter(lambda one: one not in {".", ".."}).map(CreatorId)
    weights = st.floats(min_value=0, max_value=MAX_WEIGHT, exclude_min=True)
    seeds = tuple(
        Seed(creator=one, weight=weight)
        for one, weight in draw(st.lists(st.tuples(ids, st.just(1.0) | weights), max_size=3))
    )
    query = draw(st.text() if seeds else st.text(min_size=1).filter(str.strip))
    limit = draw(st.integers(1, 100))
    return Brief(
        query=query,
        understood=draw(st.none() | understandings(query)) if query.strip() else None,
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
        ([("q", "x"), ("signal.theme", "much")], "signal.theme", "write 0.5"),
        ([("q", "x"), ("signal.themes", "1")], "signal.themes", "'theme'"),
        ([("q", "x"), ("signal.theme", "11")], "signal.theme", "0 to 10"),
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


READ = "vegan food in Germany, 1k-5k followers, no dogs, no cats"
PARTS = [
    ("part.1", "topic"),
    ("part.1.at", "0-10"),
    ("part.2", "country"),
    ("part.2.at", "14-21"),
    ("part.2.any", "Germany"),
    ("part.3", "exclusion"),
    ("part.3.at", "43-47"),
    ("part.4", "exclusion"),
    ("part.4.at", "52-56"),
]


def test_the_words_of_a_part_are_those_at_its_place() -> None:
    understood = parse([("q", READ), *PARTS, ("written", "en")]).understood
    assert understood == Understood(
        query="vegan food",
        language="en",
        parts=(
            Part(kind=PartKind.TOPIC, text="vegan food", spans=((0, 10),)),
            Part(kind=PartKind.COUNTRY, any_of=("DE",), spans=((14, 21),)),
            Part(kind=PartKind.EXCLUSION, text="dogs", spans=((43, 47),)),
            Part(kind=PartKind.EXCLUSION, text="cats", spans=((52, 56),)),
        ),
    )


def test_in_an_address_a_part_is_used_unless_it_says_no() -> None:
    understood = parse([("q", READ), *PARTS, ("part.3.use", "no")]).understood
    assert understood
    assert [part.use for part in understood.parts] == [True, True, False, True]


def test_from_the_form_a_part_is_used_only_where_it_is_ticked() -> None:
    ticks = [("part.1.use", "yes"), ("part.4.use", "yes")]
    understood = parse([("q", READ), ("read", mark(READ)), *PARTS, *ticks]).understood
    assert understood
    assert [part.use for part in understood.parts] == [True, False, False, True]
    assert understood.query == "vegan food"


def test_once_the_text_was_changed_it_is_read_anew() -> None:
    assert parse([("q", READ + "!"), ("read", mark(READ)), *PARTS]) == Brief(query=READ + "!")


def test_an_empty_field_for_one_more_part_is_none() -> None:
    sent = [("q", READ), ("read", mark(READ)), ("part.9", "exclusion"), ("part.9.use", "yes")]
    assert parse([*sent, ("part.9.text", " ")]).understood == as_typed(READ)
    added = parse([*sent, ("part.9.text", "spiders")]).understood
    assert added
    assert added.parts == (Part(kind=PartKind.EXCLUSION, text="spiders"),)


def test_an_emptied_text_is_as_it_was_read() -> None:
    sent = [("q", READ), ("read", mark(READ)), *PARTS, ("part.4.text", "")]
    understood = parse(sent).understood
    assert understood
    assert understood.parts[3].text == "cats"


def test_a_topic_that_is_switched_off_is_not_searched_for() -> None:
    understood = parse([("q", READ), *PARTS, ("part.1.use", "no")]).understood
    assert understood
    assert understood.query == ""


def test_other_bounds_are_no_tier_any_more() -> None:
    tier = [("part.1", "followers"), ("part.1.any", "micro"), ("part.1.use", "yes")]
    sent = [("q", READ), ("read", mark(READ)), *tier, ("part.1.min", "10k")]
    kept = parse([*sent, ("part.1.max", "50k")]).understood
    changed = parse([*sent, ("part.1.max", "60k")]).understood
    assert kept
    assert changed
    assert kept.parts[0].any_of == ("micro",)
    assert (changed.parts[0].any_of, changed.parts[0].max) == ((), 60_000)


def test_nothing_understood_has_an_address_of_its_own() -> None:
    brief = Brief(query="no dogs", understood=as_typed("no dogs"))
    assert render(brief) == [("q", "no dogs"), ("read", "no")]


@pytest.mark.parametrize(
    ("pairs", "field", "words"),
    [
        ([("part.1", "exclusoin")], "part.1", "'exclusion'"),
        ([("part.1.text", "x")], "part.1", "unknown kind"),
        ([("part.1", "country"), ("part.1.any", "Germny")], "part.1.any", "unknown country 'Germny'"),
        ([("part.1", "topic"), ("part.1.at", "soon")], "part.1.at", "such as 10-16"),
        ([("part.1", "topic"), ("part.1.at", "5-5")], "part.1.at", "end after it begins"),
        ([("part.1", "topic"), ("part.1.at", "0-999")], "part.1.at", "beyond the query"),
        ([("part.1", "topic"), ("part.1.sure", "very")], "part.1.sure", "write 0.5"),
        ([("part.1", "topic"), ("part.1.sure", "7")], "part.1.sure", "0 to 1"),
        ([("part.1", "topic"), ("part.1.use", "maybe")], "part.1.use", "yes or no"),
        ([("part.1", "followers"), ("part.1.min", "lots")], "part.1.min", "25k"),
        ([("part.1", "followers"), ("part.1.min", "9"), ("part.1.max", "5")], "part.1.min", "swap them"),
        ([("part.1", "exclusion")], "part.1.text", "say what is meant"),
        ([("part.1", "exclusion"), ("part.1.text", "x" * 501)], "part.1.text", "at most 500"),
        ([("part.100", "topic")], "", "unknown part 'part.100'"),
        ([("written", "German")], "written", "ISO 639-1"),
        ([(f"part.{number}", "topic") for number in range(1, 52)], "", "At most 50"),
    ],
)
def test_every_mistake_in_a_part_is_named_at_its_field(
    pairs: list[tuple[str, str]], field: str, words: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse([("q", READ), *pairs])
    (problem,) = caught.value.problems
    assert problem.field == field
    assert words in problem.message
