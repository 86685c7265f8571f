"""Feeds: blogs and podcasts, and what YouTube says of a channel in one.

Formats: RSS 0.9 to 2.0 and Atom as feedparser reads them; the podcast tags of Apple ("Podcaster's guide to
RSS") and of the podcast namespace; the feed of a YouTube channel at `/feeds/videos.xml`, which is documented
nowhere. Not yet tried live. feedparser is handed bytes that were fetched and made tame; it fetches nothing,
and HTML is read by `plain_text`.
"""

from io import BytesIO

from lxml import etree

from crawl_config.source import Source
from discovery.creator import Platform
from discovery.errors import InvalidInput, Problem
from indexer.crawl.document import Document, Outcome, Reading, Task
from indexer.crawl.feeds.about import Feed, network_of, values_of, youtube_channel
from indexer.crawl.feeds.entries import post_of
from indexer.crawl.feeds.owner import owner_of
from indexer.crawl.feeds.wellformed import feed_tree, without_people
from indexer.crawl.feeds.xml_text import NoFeed, tame_text
from indexer.crawl.gathering import Gathered, ended
from indexer.crawl.nodes import text
from indexer.crawl.reading.charsets import decode
from indexer.crawl.reading.robots_meta import permission

FEED = "feed"
"""The step of tasks that are feeds, whoever found them."""

_PLATFORMS = frozenset({None, Platform.WEBSITE, Platform.PODCAST, Platform.YOUTUBE})
_ASK_ITS_API = "feeds do not tell who wants to be found there; use its API, or leave it out"


class Feeds:
    """Reader of sources whose seeds are addresses of feeds."""

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return the feeds.

        Raises:
            InvalidInput: a platform on which people say by other ways whether they want to be found.
        """
        if source.platform not in _PLATFORMS:
            told = f"{source.platform} is not read from feeds: {_ASK_ITS_API}"
            raise InvalidInput([Problem(field="platform", message=told, value=source.platform)])
        return tuple(Task(url=seed, step=FEED) for seed in dict.fromkeys(source.seeds))

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read a feed: one creator with the entries as posts."""
        try:
            feed = _parsed(document, source)
        except NoFeed as error:
            return ended(Outcome.UNREADABLE, str(error))
        header = document.headers.get("x-robots-tag", "")
        may = permission(feed.owner.metas, header, source.manners.product, document.fetched_at)
        if not may.index:
            return ended(Outcome.NOINDEX, f"asks robots not to keep it: {may.reason}")
        gathered = Gathered(document, source)
        channel = youtube_channel(feed, document.url, source)
        values = values_of(feed, document.url, task.url, channel)
        if feed.owner.asks_to_be_left_out:
            gathered.leave_out(str(values["id"]), "asks directories to leave it out")
            return gathered.reading()
        shown = (one for one in feed.entries if not one.get("itunes_block"))
        posts = [post_of(one, document.url, values["platform"]) for one in shown]
        if not may.snippet:
            values["bio"] = None
            posts = [{**post, "text": None} for post in posts]
        gathered.state(values, posts)
        return gathered.reading()


def _parsed(document: Document, source: Source) -> Feed:
    """Read the format.

    Raises:
        NoFeed: it is none, is refused, or says nothing; or it is of a platform that is not read from feeds.
    """
    import feedparser

    root = feed_tree(tame_text(decode(document.body, document.headers.get("content-type", "")).text))
    owner = owner_of(root)
    without_people(root)
    try:
        found = feedparser.parse(
            BytesIO(etree.tostring(root, encoding="utf-8")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # its dialects and dates are many, and what it raises is told nowhere
        raise NoFeed(f"cannot be read: {type(error).__name__}") from error
    entries = tuple(dict(one) for one in found.get("entries", ()))
    feed = Feed(said=dict(found.get("feed", {})), entries=entries, owner=owner)
    if not entries and text(feed.said, "title") is None:
        raise NoFeed("is a feed without a title and without entries")
    platform = source.platform if source.platform not in _PLATFORMS else network_of(feed, document.url)
    if platform is not None:
        raise NoFeed(f"is of {platform}: {_ASK_ITS_API}")
    return feed
