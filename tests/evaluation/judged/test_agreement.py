"""How far two runs put the same creators in the same places."""

import pytest

from discovery.creator import CreatorId
from evaluation.judged.agreement import agreement
from evaluation.judged.run_files import Run


def run(**briefs: str) -> Run:
    """One letter a creator."""
    return {brief: [CreatorId(f"x:{letter}") for letter in letters] for brief, letters in briefs.items()}


@pytest.mark.parametrize(
    ("mine", "theirs", "places", "same", "briefs"),
    [
        (run(a="xyz", b="uv"), run(a="xyz", b="uv"), 5, 5, ()),
        (run(a="xyz"), run(a="xzy"), 3, 1, ("a",)),
        (run(a="xyz"), run(a="xy"), 3, 2, ("a",)),
        (run(a="x", b="y"), run(b="y"), 2, 1, ("a",)),
        (run(a="abcdefghijXYZ"), run(a="abcdefghijZYX"), 10, 10, ()),
        ({}, {}, 0, 0, ()),
    ],
)
def test_places_are_compared_one_by_one(
    mine: Run, theirs: Run, places: int, same: int, briefs: tuple[str, ...]
) -> None:
    found = agreement("one", mine, "other", theirs)
    assert (found.places, found.same, found.briefs) == (places, same, briefs)
    assert (found.system, found.against) == ("one", "other")
