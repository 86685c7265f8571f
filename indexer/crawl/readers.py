"""Which reader reads the documents of which parser."""

from collections.abc import Mapping

from crawl_config.source import Parser
from indexer.crawl.apis.bluesky import Bluesky
from indexer.crawl.apis.instagram import Instagram
from indexer.crawl.apis.mastodon import Mastodon
from indexer.crawl.apis.podcast_index import PodcastIndex
from indexer.crawl.apis.youtube import YouTube
from indexer.crawl.document import Reader
from indexer.crawl.feeds.reader import Feeds

READERS: Mapping[Parser, Reader] = {
    Parser.FEED: Feeds(),
    Parser.BLUESKY: Bluesky(),
    Parser.MASTODON: Mastodon(),
    Parser.YOUTUBE: YouTube(),
    Parser.INSTAGRAM: Instagram(),
    Parser.PODCAST_INDEX: PodcastIndex(),
}
