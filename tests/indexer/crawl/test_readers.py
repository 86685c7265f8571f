"""Every parser has its reader, and feeds are read as feeds wherever they were found."""

import pytest

from crawl_config.source import Parser
from indexer.crawl.document import Task
from indexer.crawl.feeds.reader import Feeds
from indexer.crawl.readers import READERS, reader_of
from indexer.crawl.reading.reader import FEED as ANNOUNCED
from tests.indexer.crawl.invented import source

SEEDS = {
    Parser.PAGE: "https://mira.example/",
    Parser.FEED: "https://mira.example/feed.xml",
    Parser.BLUESKY: "mira.example",
    Parser.MASTODON: "mira@social.example",
    Parser.YOUTUBE: "@mira",
    Parser.INSTAGRAM: "mira",
    Parser.PODCAST_INDEX: "12",
}


@pytest.mark.parametrize("parser", Parser)
def test_every_parser_has_a_reader_that_begins_somewhere(parser: Parser) -> None:
    read = source(parser, SEEDS[parser])
    (first,) = READERS[parser].start(read)
    assert first.url.startswith("https://")
    assert reader_of(first, read) is READERS[parser]


@pytest.mark.parametrize("parser", Parser)
def test_what_begins_nowhere_begins_nowhere(parser: Parser) -> None:
    assert READERS[parser].start(source(parser)) == ()


def test_feeds_that_a_page_announces_are_read_as_feeds() -> None:
    announced = Task(url="https://mira.example/feed.xml", step=ANNOUNCED)
    assert isinstance(reader_of(announced, source(Parser.PAGE)), Feeds)


@pytest.mark.parametrize("parser", [parser for parser in Parser if parser.is_api])
def test_no_answer_of_an_interface_is_taken_for_a_feed(parser: Parser) -> None:
    step = Task(url="https://mira.example/", step=ANNOUNCED)
    assert reader_of(step, source(parser)) is READERS[parser]
