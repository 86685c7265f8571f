"""One place in an answer for a person with several profiles."""

from collections.abc import Mapping, Sequence

from discovery.creator import CreatorId

Profiles = tuple[CreatorId, ...]
"""The ids of all profiles of one person, in order."""


def one_each(
    order: list[int], creators: Sequence[CreatorId], people: Mapping[CreatorId, Profiles]
) -> list[int]:
    """Keep the best-ranked profile of each person; `order` are rows of `creators`, best first."""
    if not people:
        return order
    kept, shown = [], set()
    for row in order:
        person = people.get(creators[row])
        if person is None or person not in shown:
            kept.append(row)
            shown.add(person)
    return kept


def others(one: CreatorId, people: Mapping[CreatorId, Profiles]) -> Profiles:
    """The other profiles of the same person."""
    return tuple(other for other in people.get(one, ()) if other != one)
