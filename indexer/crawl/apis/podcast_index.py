"""Podcast Index: what a feed says of itself, and its newest episodes. With a key. Not yet tried live.

Shapes: `podcasts/byfeedid`, `podcasts/byfeedurl` and `episodes/byfeedid` of the documentation of
podcastindex.org (docs-api). How many people listen is not told there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from crawl_config.source import Source
from discovery.creator import WINDOW, CreatorId
from indexer.crawl.apis.asking import accounts, address, of_status
from indexer.crawl.document import Document, Outcome, Reading, Task
from indexer.crawl.feeds.wording import podcast_id, with_author
from indexer.crawl.gathering import Gathered, ended
from indexer.crawl.links import is_link
from indexer.crawl.nodes import at, count, entries, flag, parsed, text
from indexer.crawl.plain_text import plain_text
from indexer.importers.codes import language_of

BASE = "https://api.podcastindex.org/api/1.0"

_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class PodcastIndex:
    """Reader of sources whose seeds are addresses of feeds, or their numbers in the index."""

    base: str = BASE

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return one call for each feed.

        Raises:
            InvalidInput: seeds that are neither an address nor a number.
        """
        return tuple(map(self._feed, accounts(source, _seed, "the address of a feed, or its number")))

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read what the index knows of a feed, or its episodes."""
        node = parsed(document)
        if document.status >= 400:
            words = text(node, "description") or text(node, "message") or "no message"
            return ended(of_status(document.status), f"{document.status}: {words[:200]}")
        if not isinstance(node, Mapping) or text(node, "status") not in {"true", None}:
            return ended(Outcome.UNREADABLE, "is not an answer of the index")
        gathered = Gathered(document, source)
        if task.step == "episodes":
            posts = [_episode(one) for one in entries(node, "items")[:WINDOW]]
            if posts and task.creator is not None:
                name = task.context.get("name")
                gathered.state({"id": task.creator, "platform": "podcast", "name": name}, posts)
            return gathered.reading()
        feed, url = at(node, "feed"), text(node, "feed", "url")
        number = count(feed, "id")
        if not isinstance(feed, Mapping) or number is None or url is None or not is_link(url):
            return ended(Outcome.GONE, "the index knows no such feed")
        if count(feed, "dead"):
            return ended(Outcome.GONE, "the feed has not answered for long")
        if creator := gathered.state(_values(feed, url)):
            gathered.follow(self._episodes(number, creator.id, creator.name))
        return gathered.reading()

    def _feed(self, seed: str) -> Task:
        if _NUMBER.fullmatch(seed):
            return Task(url=address(self.base, "podcasts/byfeedid", ("id", seed)), step="podcast")
        url = address(self.base, "podcasts/byfeedurl", ("url", seed))
        return Task(url=url, step="podcast", creator=CreatorId(podcast_id(seed)))

    def _episodes(self, number: int, creator: CreatorId, name: str) -> Task:
        arguments = (("id", str(number)), ("max", str(WINDOW)), ("fulltext", ""))
        url = address(self.base, "episodes/byfeedid", *arguments)
        return Task(url=url, step="episodes", context={"name": name}, creator=creator)


def _seed(seed: str) -> str | None:
    return seed if _NUMBER.fullmatch(seed) or is_link(seed) else None


def _values(feed: object, url: str) -> dict[str, object]:
    link = text(feed, "link")
    return {
        "id": podcast_id(url),
        "platform": "podcast",
        "name": text(feed, "title"),
        "url": url,
        "bio": with_author(plain_text(text(feed, "description") or ""), text(feed, "author")),
        "language": language_of(text(feed, "language")),
        "categories": tuple(_categories(feed)) or None,
        "posts_total": count(feed, "episodeCount"),
        "links": (link,) if link and is_link(link) else None,
    }


def _categories(feed: object) -> list[str]:
    named = at(feed, "categories")
    found = [name for name in named.values() if isinstance(name, str)] if isinstance(named, Mapping) else []
    return [*found, "Explicit"] if flag(feed, "explicit") else found


def _episode(item: object) -> dict[str, object]:
    link, seconds, number = text(item, "link"), count(item, "datePublished"), count(item, "id")
    return {
        "id": text(item, "guid") or (None if number is None else str(number)),
        "title": text(item, "title"),
        "text": plain_text(text(item, "description") or "") or None,
        "url": link if link and is_link(link) else None,
        "published_at": _day(seconds),
    }


def _day(seconds: int | None) -> object:
    try:
        return datetime.fromtimestamp(seconds, UTC).date() if seconds else None
    except (OverflowError, OSError, ValueError):
        return None
