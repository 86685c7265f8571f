"""Daily allowances: what is charged, shared and refused, and when a day ends."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from crawl_config.source import Parser
from indexer.crawl.apis.quota import Cost, charge, cost
from tests.indexer.crawl.invented import NOW, source, task

LIST = task("https://www.googleapis.com/youtube/v3/channels?id=x")
SEARCH = task("https://www.googleapis.com/youtube/v3/search?q=x")


class Book:
    """A ledger in memory; the one of a crawl lies in a file."""

    def __init__(self) -> None:
        self.units: Counter[tuple[str, str]] = Counter()

    def used(self, bucket: str, day: str) -> int:
        return self.units[bucket, day]

    def spend(self, bucket: str, day: str, units: int) -> None:
        self.units[bucket, day] += units


def test_a_list_costs_one_unit_and_search_has_an_allowance_of_its_own() -> None:
    youtube = source(Parser.YOUTUBE)
    assert cost(youtube, LIST) == Cost(bucket="units", units=1)
    assert cost(youtube, SEARCH) == Cost(bucket="search", units=1)


@pytest.mark.parametrize("parser", [one for one in Parser if one is not Parser.YOUTUBE])
def test_the_others_count_nothing_by_the_day(parser: Parser) -> None:
    book = Book()
    assert cost(source(parser), LIST) is None
    assert charge(book, source(parser), LIST, NOW) is None
    assert not book.units


@pytest.mark.parametrize(("asked", "most"), [(LIST, 10_000), (SEARCH, 100)])
def test_nothing_is_fetched_beyond_the_allowance(asked: object, most: int) -> None:
    book, youtube = Book(), source(Parser.YOUTUBE, keys={"key": "KEY"})
    one = LIST if asked is LIST else SEARCH
    refusals = [charge(book, youtube, one, NOW) for _ in range(most + 3)]
    assert refusals[:most] == [None] * most
    assert refusals[most:] == [datetime(2026, 3, 2, 8, tzinfo=UTC)] * 3
    assert book.units.total() == most
    other = SEARCH if one is LIST else LIST
    assert charge(book, youtube, other, NOW) is None


def test_sources_of_one_key_share_its_allowance() -> None:
    book = Book()
    one, two = (source(Parser.YOUTUBE, name=name, keys={"key": "KEY"}) for name in ("one", "two"))
    third = source(Parser.YOUTUBE, name="three", keys={"key": "ANOTHER"})
    for _ in range(100):
        charge(book, one, SEARCH, NOW)
    assert charge(book, two, SEARCH, NOW) is not None
    assert charge(book, third, SEARCH, NOW) is None


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 3, 1, 7, 59, tzinfo=UTC), "2026-02-28"),
        (datetime(2026, 3, 1, 8, 0, tzinfo=UTC), "2026-03-01"),
        (datetime(2026, 7, 1, 6, 59, tzinfo=UTC), "2026-06-30"),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), "2026-07-01"),
    ],
)
def test_a_day_is_one_of_pacific_time(now: datetime, day: str) -> None:
    book = Book()
    charge(book, source(Parser.YOUTUBE), LIST, now)
    assert [key[1] for key in book.units] == [day]


def test_the_day_on_which_clocks_change_ends_at_midnight_all_the_same() -> None:
    book, youtube = Book(), source(Parser.YOUTUBE)
    before = datetime(2026, 3, 8, 9, tzinfo=UTC)
    for _ in range(100):
        charge(book, youtube, SEARCH, before)
    assert charge(book, youtube, SEARCH, before) == datetime(2026, 3, 9, 7, tzinfo=UTC)
