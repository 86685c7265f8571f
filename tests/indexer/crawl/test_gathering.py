"""What a reader collects: who is listed, who is left out, and in which order it is told."""

from crawl_config.source import Parser
from discovery.creator import MAX_ID_LENGTH
from indexer.crawl.document import Outcome
from indexer.crawl.gathering import Gathered
from indexer.crawl.stating import MINOR
from tests.indexer.crawl.invented import document, source


def gathered() -> Gathered:
    return Gathered(document(b""), source(Parser.BLUESKY))


def test_creators_problems_and_opt_outs_are_told_in_order() -> None:
    found = gathered()
    found.state({"id": "bluesky:a", "platform": "bluesky", "name": "Mira", "followers": -1})
    found.leave_out("bluesky:b", "asks for it")
    found.leave_out("bluesky:b")
    found.problem("something else")
    reading = found.reading()
    assert [one.id for one in reading.creators] == ["bluesky:a"]
    assert reading.leave_out == ("bluesky:b",)
    assert reading.outcome is Outcome.FETCHED
    assert reading.problems[0].startswith("bluesky:a: followers")
    assert reading.problems[1:] == ("bluesky:b: asks for it", "something else")


def test_whoever_states_an_age_below_18_is_left_out() -> None:
    found = gathered()
    assert found.state({"id": "bluesky:a", "platform": "bluesky"}, born="2012-01-01") is None
    reading = found.reading()
    assert (reading.outcome, reading.leave_out) == (Outcome.NOINDEX, ("bluesky:a",))
    assert reading.problems == (f"bluesky:a: {MINOR}",)


def test_what_has_no_id_is_neither_listed_nor_left_out() -> None:
    found = gathered()
    for identity in (None, "", "x" * (MAX_ID_LENGTH + 1), 5):
        assert found.state({"id": identity, "platform": "bluesky", "name": "x"}) is None
    found.leave_out("x" * (MAX_ID_LENGTH + 1), "too long")
    reading = found.reading()
    assert (reading.creators, reading.leave_out, reading.outcome) == ((), (), Outcome.FETCHED)
    assert len(reading.problems) >= 4
