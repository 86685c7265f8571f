"""Which reader reads the documents of which parser."""

from collections.abc import Mapping

from crawl_config.source import Parser, Source
from indexer.crawl.apis.bluesky import Bluesky
from indexer.crawl.apis.instagram import Instagram
from indexer.crawl.apis.mastodon import Mastodon
from indexer.crawl.apis.podcast_index import PodcastIndex
from indexer.crawl.apis.youtube import YouTube
from indexer.crawl.document import Document, Reader, Reading, Task
from indexer.crawl.feeds.reader import Feeds
from indexer.crawl.reading.reader import FEED, PAGES


class PagesWithFeeds:
    """Reads pages, and the feeds that they name."""

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return one page a seed."""
        return PAGES.start(source)

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read a page or a feed, as the task says."""
        return (_FEEDS if task.step == FEED else PAGES).read(document, task, source)


_FEEDS = Feeds()
READERS: Mapping[Parser, Reader] = {
    Parser.PAGE: PagesWithFeeds(),
    Parser.FEED: _FEEDS,
    Parser.BLUESKY: Bluesky(),
    Parser.MASTODON: Mastodon(),
    Parser.YOUTUBE: YouTube(),
    Parser.INSTAGRAM: Instagram(),
    Parser.PODCAST_INDEX: PodcastIndex(),
}
