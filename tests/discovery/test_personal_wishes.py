"""Traits of persons: met where the bio says so, else unknown. Never inferred."""

import pytest

from discovery.creator import Creator
from discovery.personal_wishes import personal_verdict
from discovery.verdicts import Status
from indexer.analysis import StandardAnalyser
from tests.fictional import creator, posts

ANALYSER = StandardAnalyser()


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (creator("Mira", bio="Muslim mom of three"), Status.MET),
        (creator("Mira", bio="MUSLIM moms cook too"), Status.MET),
        (creator("Mira", bio="mom of three"), Status.UNKNOWN),
        (creator("Muslim Mom", bio=None), Status.UNKNOWN),
        (creator("Mira", bio=None, posts=posts("Muslim mom in the kitchen")), Status.UNKNOWN),
        (creator("Mira", bio=""), Status.UNKNOWN),
    ],
)
def test_only_the_bio_answers(one: Creator, status: Status) -> None:
    found = personal_verdict("Muslim moms", one, ANALYSER)
    assert (found.text, found.status) == ("Muslim moms", status)


def test_silence_is_never_not_met() -> None:
    assert personal_verdict("female", creator("Lars", bio="He bakes"), ANALYSER).status is Status.UNKNOWN
