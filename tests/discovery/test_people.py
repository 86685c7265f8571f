"""A person takes one place: that of the best profile."""

from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import CreatorId
from discovery.people import one_each, others

A, B, C, D = map(CreatorId, "abcd")
ALL = (A, B, C, D)


def test_the_best_profile_takes_the_place() -> None:
    people = {B: (B, D), D: (B, D)}

    assert one_each([3, 0, 1, 2], ALL, people) == [3, 0, 2]
    assert one_each([0, 1, 2, 3], ALL, people) == [0, 1, 2]
    assert one_each([2, 1], ALL, people) == [2, 1]


def test_the_others_of_a_person() -> None:
    assert others(B, {B: (A, B, D)}) == (A, D)
    assert others(C, {B: (A, B, D)}) == ()


@given(st.permutations(range(4)))
def test_without_people_nothing_changes(order: list[int]) -> None:
    assert one_each(order, ALL, {}) is order


@given(st.permutations(range(4)), st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_everybody_keeps_a_place_and_nobody_two(order: list[int], member: list[int]) -> None:
    groups = {
        key: tuple(one for one, mine in zip(ALL, member, strict=True) if mine == key) for key in range(3)
    }
    people = {one: groups[key] for one, key in zip(ALL, member, strict=True) if len(groups[key]) > 1}
    kept = one_each(order, ALL, people)

    assert [member[row] for row in kept] == list(dict.fromkeys(member[row] for row in order))
    assert kept == [row for row in order if row in kept]
