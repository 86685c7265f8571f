"""An entry of a feed: a post, an episode, a video. Pure.

Looked up is what feedparser stored, not what it offers in place of it: an entry without a day of publication
gets that of its last change, for some formats know no other.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from time import struct_time

from discovery.creator import Platform
from indexer.crawl.links import whole_link
from indexer.crawl.nodes import count, entries, text
from indexer.crawl.plain_text import plain_text, without_entities
from indexer.importers.tags import hashtags_in
from indexer.suppression_marks import canonical_url

_AUDIO = "audio/"
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_AS_HTML = {"type": "text/html"}
"""For texts that feedparser took from elsewhere, and does not say what they are written in."""


def post_of(entry: Mapping[str, object], base: str, platform: object) -> dict[str, object]:
    """Return an entry by field of `Post`; `base` is where the feed stands.

    YouTube's texts are plain, and it tells its own figures. A website's post is known by its address, as on
    the page itself: of what both say it is one.
    """
    of_youtube = platform == Platform.YOUTUBE
    title = _said(entry, "title", plain=of_youtube)
    words = max(_words(entry, plain=of_youtube), key=len, default=None)
    link = text(entry, "link")
    both = "\n".join(part for part in (title, words) if part)
    # A guid may stand in for a link; one that is no address is none, and is not made one.
    url = whole_link("" if link == entry.get("id") else base, link)
    own = canonical_url(url) if url and platform == Platform.WEBSITE else text(entry, "id")
    labels = tuple(label for tag in entries(entry, "tags") if (label := text(tag, "term")))
    return {
        "id": own or link,
        "title": title,
        "text": words,
        "url": url,
        "published_at": _day(entry),
        "hashtags": (*hashtags_in(both), *labels) if labels else None,
        "views": count(entry, "media_statistics", "views") if of_youtube else None,
        "likes": _likes(entry) if of_youtube else None,
    }


def has_audio(entry: Mapping[str, object]) -> bool:
    """Tell whether an entry carries something to listen to."""
    return any(
        text(link, "rel") == "enclosure" and (text(link, "type") or "").casefold().startswith(_AUDIO)
        for link in entries(entry, "links")
    )


def seen(stated: Mapping[str, object], value: str) -> str | None:
    """Return the text of an element of a feed as it is read; `stated` tells what it is written in."""
    return (plain_text(value) if text(stated, "type") in _HTML else without_entities(value).strip()) or None


def _said(entry: Mapping[str, object], name: str, *, plain: bool) -> str | None:
    value, detail = text(entry, name), entry.get(f"{name}_detail")
    if plain or value is None:
        return value
    return seen(detail if isinstance(detail, Mapping) else _AS_HTML, value)


def _words(entry: Mapping[str, object], *, plain: bool) -> Iterator[str]:
    """Yield the texts that an entry gives; the longest says all that the others say."""
    for one in entries(entry, "content"):
        if words := seen(one, text(one, "value") or ""):
            yield words
    if words := _said(entry, "summary", plain=plain):
        yield words


def _likes(entry: Mapping[str, object]) -> int | None:
    """Return how many liked it: all who rated it, if by the mean everybody gave the most; else unknown."""
    rating = entry.get("media_starrating")
    average, most = text(rating, "average"), text(rating, "max")
    try:
        everybody = average is not None and most is not None and float(average) == float(most)
    except ValueError:
        return None
    return count(rating, "count") if everybody else None


def _day(entry: Mapping[str, object]) -> date | None:
    for name in ("published_parsed", "created_parsed", "updated_parsed"):
        moment = entry.get(name)
        if isinstance(moment, struct_time):
            try:
                return date(*moment[:3])
            except ValueError:
                continue
    return None
