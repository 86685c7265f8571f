"""A post of Bluesky: whose it is, what it says, what it has brought.

Shapes: `app.bsky.feed.defs`, `app.bsky.feed.post` and `app.bsky.richtext.facet` of bluesky-social/atproto.
How often a post was seen is not told. The languages that a post names are the post's, not its author's.
"""

from collections.abc import Iterator
from datetime import datetime

from indexer.crawl.apis.bluesky_profiles import PROFILE, moment_of, unwilling
from indexer.crawl.nodes import at, count, entries, text, texts
from indexer.importers.tags import hashtags_in, mentions_in

_POSTS = "app.bsky.feed.post/"
_PINNED = "app.bsky.feed.defs#reasonPin"
_TAG, _MENTION = "app.bsky.richtext.facet#tag", "app.bsky.richtext.facet#mention"


def is_own(entry: object, did: str) -> bool:
    """Tell whether an entry of somebody's feed is a post of theirs: no repost, no reply to somebody."""
    reason = at(entry, "reason")
    if reason is not None and text(reason, "$type") != _PINNED:
        return False
    if at(entry, "reply") is not None or at(entry, "post", "record", "reply") is not None:
        return False
    return text(entry, "post", "author", "did") == did


def post_of(view: object, did: str, now: datetime) -> dict[str, object] | None:
    """Return a post by field of `Post`; `None`: it has no address, or is hidden by a label.

    It is of the earlier of the days that its author and the network give, for authors may write any.
    """
    uri = text(view, "uri") or ""
    collection = f"at://{did}/{_POSTS}"
    if not uri.startswith(collection) or unwilling(view, now):
        return None
    words = text(view, "record", "text") or ""
    moments = [moment_of(text(view, "record", "createdAt")), moment_of(text(view, "indexedAt"))]
    days = [moment.date() for moment in moments if moment is not None]
    tags = tuple(_tags(view))
    mentions = tuple(_mentioned(view, words))
    return {
        "id": uri,
        "text": words or None,
        "url": f"{PROFILE}{did}/post/{uri.removeprefix(collection)}",
        "published_at": min(days, default=None),
        "hashtags": tags or hashtags_in(words),
        "mentions": mentions or mentions_in(words),
        "likes": count(view, "likeCount"),
        "comments": count(view, "replyCount"),
        "shares": count(view, "repostCount"),
    }


def _tags(view: object) -> Iterator[str]:
    for feature in _features(view):
        if text(feature, "$type") == _TAG and (tag := text(feature, "tag")):
            yield tag
    yield from texts(view, "record", "tags")


def _mentioned(view: object, words: str) -> Iterator[str]:
    """Yield the handles under facets that mention somebody: facets count the bytes of the text."""
    encoded = words.encode()
    for facet in entries(view, "record", "facets"):
        if any(text(one, "$type") == _MENTION for one in entries(facet, "features")):
            start, end = count(facet, "index", "byteStart"), count(facet, "index", "byteEnd")
            if start is not None and end is not None:
                handle = encoded[start:end].decode(errors="ignore").strip().lstrip("@")
                if handle:
                    yield handle


def _features(view: object) -> Iterator[object]:
    for facet in entries(view, "record", "facets"):
        yield from entries(facet, "features")
