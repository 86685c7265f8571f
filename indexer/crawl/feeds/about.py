"""What a feed says of whom it is by, and whose feed it may be: nobody speaks for somebody elsewhere. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawl_config.source import Source
from discovery.creator import Platform
from indexer.crawl.feeds.entries import has_audio, seen
from indexer.crawl.feeds.owner import Owner
from indexer.crawl.feeds.wording import podcast_id, with_author
from indexer.crawl.links import whole_link
from indexer.crawl.nodes import entries, flag, text
from indexer.importers.codes import language_of
from indexer.suppression_marks import canonical_url

MOST_CATEGORIES = 50

_YOUTUBE_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com"})
_CHANNEL = re.compile(r"(?:UC)?([A-Za-z0-9_-]{22})")
_FEDIVERSE = ("mastodon", "gotosocial", "pleroma", "akkoma", "misskey", "sharkey", "pixelfed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as its format was read: what it says of itself, its entries, and whom it is by."""

    said: Mapping[str, object]
    entries: tuple[Mapping[str, object], ...]
    owner: Owner


def values_of(feed: Feed, url: str, asked: str, channel: str | None) -> dict[str, object]:
    """Return what a feed states, by field of a creator.

    `url` is where it came from, `asked` the address by which it is known, `channel` its YouTube channel.
    A podcast is known by its feed, a blog by its first page if that is on the feed's own host.
    """
    home = whole_link(url, text(feed.said, "link"))
    bio = max((_said(feed, name) or "" for name in ("subtitle", "summary")), key=len)
    values: dict[str, object] = {
        "name": _said(feed, "title") or feed.owner.name,
        "bio": bio or None,
        "language": language_of(text(feed.said, "language")),
        "categories": _categories(feed) or None,
    }
    if channel is not None:
        address = f"https://www.youtube.com/channel/{channel}"
        return {**values, "id": f"youtube:{channel}", "platform": "youtube", "url": address}
    if any(map(has_audio, feed.entries)):
        email = feed.owner.email
        return {
            **values,
            "id": podcast_id(asked),
            "platform": "podcast",
            "url": asked,
            "bio": with_author(bio, feed.owner.name),
            "contacts": ({"type": "email", "value": email},) if email else None,
            "links": (home,) if home else None,
        }
    own = home if home and _host(home) == _host(asked) else asked
    return {**values, "id": f"website:{canonical_url(own)}", "platform": "website", "url": own}


def youtube_channel(feed: Feed, url: str, source: Source) -> str | None:
    """Return the YouTube channel of a feed, where the host or the source vouches that it is one.

    The feed writes the id without its `UC`, the entries write it whole.
    """
    if source.platform is not Platform.YOUTUBE and urlsplit(url).hostname not in _YOUTUBE_HOSTS:
        return None
    stated = (text(part, "yt_channelid") or "" for part in (feed.said, *feed.entries[:1]))
    matches = filter(None, map(_CHANNEL.fullmatch, stated))
    return next((f"UC{match[1]}" for match in matches), None)


def network_of(feed: Feed, url: str) -> Platform | None:
    """Return the network whose account a feed is of, by its host or by what it says that made it."""
    if urlsplit(url).hostname == "bsky.app":
        return Platform.BLUESKY
    made_by = (text(feed.said, "generator") or "").casefold()
    return Platform.MASTODON if made_by.startswith(_FEDIVERSE) else None


def _said(feed: Feed, name: str) -> str | None:
    detail = feed.said.get(f"{name}_detail")
    return seen(detail if isinstance(detail, Mapping) else {}, text(feed.said, name) or "")


def _categories(feed: Feed) -> tuple[str, ...]:
    found = [label for tag in entries(feed.said, "tags") if (label := text(tag, "term"))]
    explicit = ["Explicit"] if flag(feed.said, "itunes_explicit") else []
    return (*dict.fromkeys(found[:MOST_CATEGORIES]), *explicit)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
