"""Names of indices and aliases: whose they are, and which prefixes there can be."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.errors import InvalidInput
from indexer.index import origin
from indexer.opensearch.names import Names, aliases, generation, is_generation, of_creators_index
from tests.contracts.pair import ANALYSER, ENCODER

PREFIXES = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,99}", fullmatch=True)
STAMPS = st.datetimes().map(lambda moment: moment.strftime("%Y%m%dT%H%M%S.%fZ").rjust(23, "0"))

SIGNS = ' *,/\\?"<>|#:%+\n\x00'


def test_the_names_of_a_generation_and_of_what_is_served() -> None:
    assert list(generation("shop-a", "20260301T120000.000001Z")) == [
        "shop-a-20260301t120000.000001z-creators",
        "shop-a-20260301t120000.000001z-passages",
        "shop-a-20260301t120000.000001z-words",
    ]
    assert list(aliases("shop-a")) == ["shop-a-creators", "shop-a-passages", "shop-a-words"]
    assert aliases("shop-a").all == "shop-a-creators,shop-a-passages,shop-a-words"


def test_a_generation_that_begins_now_has_such_a_name() -> None:
    begun = origin(ENCODER, ANALYSER.id, 1)
    names = generation("nichescout", begun.generation)
    assert is_generation("nichescout", names)
    assert of_creators_index(names.creators) == names


@given(PREFIXES, STAMPS)
def test_indices_belong_together(prefix: str, stamp: str) -> None:
    names = generation(prefix, stamp)
    assert is_generation(prefix, names)
    assert of_creators_index(names.creators) == names
    assert len({*names, *aliases(prefix)}) == 6
    assert all(one == one.lower() and len(one) <= 255 for one in names)


@given(PREFIXES, PREFIXES, STAMPS)
def test_the_generation_of_another_prefix_is_not_taken(prefix: str, other: str, stamp: str) -> None:
    assert is_generation(prefix, generation(other, stamp)) == (prefix == other)


@given(PREFIXES, STAMPS, st.from_regex(r"[._-]?[a-z0-9.]{1,20}", fullmatch=True))
def test_nor_is_that_of_a_prefix_which_begins_alike(prefix: str, stamp: str, more: str) -> None:
    assert not is_generation(prefix, generation(prefix + more, stamp))
    assert not is_generation(prefix, generation(f"{prefix}-{stamp.lower()}", stamp))
    assert not is_generation(prefix, Names(f"{generation(prefix, stamp).base}-{more}"))


@given(STAMPS)
def test_a_dot_of_a_prefix_is_a_dot(stamp: str) -> None:
    assert is_generation("a.b", generation("a.b", stamp))
    assert not is_generation("a.b", generation("axb", stamp))


@given(PREFIXES)
def test_an_alias_is_no_generation(prefix: str) -> None:
    assert not is_generation(prefix, aliases(prefix))


@given(st.lists(STAMPS, min_size=2, max_size=5, unique=True))
def test_later_generations_have_greater_names(stamps: list[str]) -> None:
    names = [generation("a", stamp) for stamp in sorted(stamps)]
    assert names == sorted(names, key=str)


@pytest.mark.parametrize(
    "prefix",
    [
        "",
        "A",
        "aB",
        "ä",
        "🌱",
        "..",
        "a" * 101,
        *(f"{sign}a" for sign in "-_."),
        *(f"a{sign}" for sign in SIGNS),
    ],
)
def test_what_opensearch_takes_for_something_else_is_refused(prefix: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        aliases(prefix)
    (problem,) = caught.value.problems
    assert (problem.field, problem.value) == ("prefix", prefix)
    assert "must be lower-case letters, digits" in problem.message


@given(st.text(max_size=20))
def test_no_prefix_means_more_than_one_index(prefix: str) -> None:
    try:
        names = aliases(prefix)
    except InvalidInput:
        return
    for one in names:
        assert re.fullmatch(r"[a-z0-9._-]+", one)
        assert one not in {".", ".."}
