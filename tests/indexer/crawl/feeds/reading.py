"""Reading a feed in a test."""

from crawl_config.source import Parser
from discovery.creator import Creator, Platform
from indexer.crawl.document import Outcome, Reading
from indexer.crawl.feeds.reader import Feeds
from tests.indexer.crawl.invented import document, source, task

BLOG = "https://bread.example/feed.xml"


def read(feed: str | bytes, url: str = BLOG, platform: Platform | None = None, **headers: str) -> Reading:
    """Read a feed that came from an address."""
    body = feed if isinstance(feed, bytes) else feed.encode()
    sent = {"content_type": "application/xml"} | headers
    answer = document(body, url, 200, **sent)
    return Feeds().read(answer, task(url), source(Parser.FEED, url, platform=platform))


def only(reading: Reading) -> Creator:
    """Return the one creator of a feed that was read without trouble."""
    (creator,) = reading.creators
    assert (reading.outcome, reading.follow, reading.leave_out) == (Outcome.FETCHED, (), ())
    return creator
