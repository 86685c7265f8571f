"""Feeds: blogs and podcasts, and what YouTube says of a channel in one.

Formats: RSS 0.9 to 2.0 and Atom as feedparser reads them; the podcast tags of Apple ("Podcaster's guide to
RSS") and of the podcast namespace; the feed of a YouTube channel as `/feeds/videos.xml` serves it. feedparser
is handed bytes that were fetched and made tame; it fetches nothing, and HTML is read by `plain_text`.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawl_config.source import Source
from discovery.creator import Platform
from discovery.errors import InvalidInput, Problem
from indexer.crawl.document import Document, Outcome, Reading, Task
from indexer.crawl.feeds.entries import has_audio, post_of, seen
from indexer.crawl.feeds.owner import Owner, owner_of
from indexer.crawl.feeds.wellformed import NoFeed, feed_tree, without_people
from indexer.crawl.feeds.wording import podcast_id, with_author
from indexer.crawl.feeds.xml_text import DeclaresEntities, tame_text
from indexer.crawl.gathering import Gathered, ended
from indexer.crawl.links import is_link
from indexer.crawl.nodes import entries, flag, text
from indexer.crawl.reading.charsets import decode
from indexer.crawl.reading.robots_meta import permission
from indexer.importers.codes import language_of
from indexer.suppression_marks import canonical_url

FEED = "feed"
"""The step of tasks that are feeds, whoever found them."""
MOST_CATEGORIES = 50

_YOUTUBE_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com"})
_CHANNEL = re.compile(r"(?:UC)?([A-Za-z0-9_-]{22})")
_PLATFORMS = frozenset({None, Platform.WEBSITE, Platform.PODCAST, Platform.YOUTUBE})


class Feeds:
    """Reader of sources whose seeds are addresses of feeds."""

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return the feeds.

        Raises:
            InvalidInput: a platform on which people say by other ways whether they want to be found.
        """
        if source.platform not in _PLATFORMS:
            told = (
                f"feeds do not say who wants to be found on {source.platform}; use its API, or leave it out"
            )
            raise InvalidInput([Problem(field="platform", message=told, value=source.platform)])
        return tuple(Task(url=seed, step=FEED) for seed in dict.fromkeys(source.seeds))

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read a feed: one creator with the entries as posts."""
        decoded = decode(document.body, document.headers.get("content-type", ""))
        try:
            root = feed_tree(tame_text(decoded.text))
            owner = owner_of(root)
            feed, found = _parsed(root)
        except DeclaresEntities:
            return ended(Outcome.UNREADABLE, "declares entities of its own: refused")
        except NoFeed as error:
            return ended(Outcome.UNREADABLE, str(error))
        if not found and text(feed, "title") is None:
            return ended(Outcome.UNREADABLE, "is a feed without a title and without entries")
        header = document.headers.get("x-robots-tag", "")
        may = permission(owner.metas, header, source.manners.product, document.fetched_at)
        if not may.index:
            return ended(Outcome.NOINDEX, f"asks robots not to keep it: {may.reason}")
        gathered = Gathered(document, source)
        channel = _channel_id(document.url, feed, found, source)
        values = _values(feed, found, owner, document=document, task=task, channel=channel)
        if owner.asks_to_be_left_out:
            gathered.leave_out(str(values["id"]), "asks directories to leave it out")
            return gathered.reading()
        shown = (one for one in found if not one.get("itunes_block"))
        posts = [post_of(one, of_youtube=channel is not None) for one in shown]
        if not may.snippet:
            values["bio"] = None
            posts = [{**post, "text": None} for post in posts]
        gathered.state(values, posts)
        return gathered.reading()


def _parsed(root: etree._Element) -> tuple[Mapping[str, object], list[Mapping[str, object]]]:
    import feedparser

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
    return dict(found.get("feed", {})), [dict(one) for one in found.get("entries", ())]


def _values(
    feed: Mapping[str, object],
    found: list[Mapping[str, object]],
    owner: Owner,
    *,
    document: Document,
    task: Task,
    channel: str | None,
) -> dict[str, object]:
    home = urljoin(document.url, link) if (link := text(feed, "link")) else None
    home = home if home and is_link(home) else None
    bio = max((_said(feed, name) or "" for name in ("subtitle", "summary")), key=len)
    values: dict[str, object] = {
        "name": _said(feed, "title") or owner.name,
        "bio": bio or None,
        "language": language_of(text(feed, "language")),
        "categories": _categories(feed) or None,
    }
    if channel is not None:
        address = f"https://www.youtube.com/channel/{channel}"
        return {**values, "id": f"youtube:{channel}", "platform": "youtube", "url": address}
    if any(map(has_audio, found)):
        return {
            **values,
            "id": podcast_id(task.url),
            "platform": "podcast",
            "url": task.url,
            "bio": with_author(bio, owner.name),
            "contacts": ({"type": "email", "value": owner.email},) if owner.email else None,
            "links": (home,) if home else None,
        }
    own = home if home and _host(home) == _host(task.url) else task.url
    return {**values, "id": f"website:{canonical_url(own)}", "platform": "website", "url": own}


def _channel_id(
    url: str, feed: Mapping[str, object], found: list[Mapping[str, object]], source: Source
) -> str | None:
    """Return the YouTube channel of a feed, where the host or the source vouches that it is one.

    The feed writes the id without its `UC`, the entries write it whole.
    """
    if source.platform is not Platform.YOUTUBE and urlsplit(url).hostname not in _YOUTUBE_HOSTS:
        return None
    stated = (text(part, "yt_channelid") or "" for part in (feed, *found[:1]))
    matches = filter(None, map(_CHANNEL.fullmatch, stated))
    return next((f"UC{match[1]}" for match in matches), None)


def _said(feed: Mapping[str, object], name: str) -> str | None:
    detail = feed.get(f"{name}_detail")
    return seen(detail if isinstance(detail, Mapping) else {}, text(feed, name) or "")


def _categories(feed: Mapping[str, object]) -> tuple[str, ...]:
    found = [label for tag in entries(feed, "tags") if (label := text(tag, "term"))]
    explicit = ["Explicit"] if flag(feed, "itunes_explicit") else []
    return (*dict.fromkeys(found[:MOST_CATEGORIES]), *explicit)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
