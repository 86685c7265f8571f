"""Which reader reads the documents of which parser."""

from collections.abc import Mapping

from crawl_config.source import Parser, Source
from indexer.crawl.apis.bluesky import Bluesky
from indexer.crawl.apis.instagram import Instagram
from indexer.crawl.apis.mastodon import Mastodon
from indexer.crawl.apis.podcast_index import PodcastIndex
from indexer.crawl.apis.youtube import YouTube
from indexer.crawl.document import Reader, Task
from indexer.crawl.feeds.reader import FEED, Feeds
from indexer.crawl.reading.reader import PAGES

READERS: Mapping[Parser, Reader] = {
    Parser.PAGE: PAGES,
    Parser.FEED: Feeds(),
    Parser.BLUESKY: Bluesky(),
    Parser.MASTODON: Mastodon(),
    Parser.YOUTUBE: YouTube(),
    Parser.INSTAGRAM: Instagram(),
    Parser.PODCAST_INDEX: PodcastIndex(),
}


def reader_of(task: Task, source: Source) -> Reader:
    """Return who reads the document of a task: feeds that a page announces are read as feeds."""
    is_feed = task.step == FEED and not source.parser.is_api
    return READERS[Parser.FEED if is_feed else source.parser]
