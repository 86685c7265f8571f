"""Two records of one creator become one, field by field. Pure.

Later observations win; what has a date is never replaced by what has none; what is absent erases nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from discovery.creator import Creator, Post, Provenance, newest_first

POSTS = "posts"
"""The key under which the provenance of a creator's posts stands."""

_SEPARATE = frozenset({"id", "posts", "detected_language", "fictional", "provenance"})
_FIELDS = tuple(entry.name for entry in fields(Creator) if entry.name not in _SEPARATE)
_COUNTS = ("views", "likes", "comments", "shares")
_WORDS = ("title", "text", "url", "published_at", "hashtags", "mentions", "sponsored", "sponsors")


def merge(stored: Creator | None, incoming: Creator) -> Creator:
    """Return what is known once `incoming` was seen; `stored` is what was known before, if anything.

    A field of `incoming` replaces the stored one when it was observed later or on the same day, or when the
    stored one has no date. Posts are united by id. A record once labelled as fictional stays so. A detected
    language that was read off other texts than the merged ones is dropped, to be read again.
    """
    if stored is None:
        return replace(incoming, posts=unite_posts((), incoming.posts))
    values: dict[str, Any] = {}
    origins = dict(stored.provenance)
    for name in _FIELDS:
        value = getattr(incoming, name)
        if value is None:
            continue
        if getattr(stored, name) is None or _replaces(stored.provenance, incoming.provenance, name):
            values[name] = value
            _carry_origin(origins, incoming.provenance, name)
    if incoming.posts:
        if not stored.posts or _replaces(stored.provenance, incoming.provenance, POSTS):
            _carry_origin(origins, incoming.provenance, POSTS)
        values["posts"] = unite_posts(stored.posts, incoming.posts)
    fictional = stored.fictional or incoming.fictional
    merged = replace(stored, **values, fictional=fictional, provenance=origins)
    same_texts = merged.bio == stored.bio and merged.posts == stored.posts
    return merged if same_texts else replace(merged, detected_language=None)


def unite_posts(stored: Iterable[Post], incoming: Iterable[Post]) -> tuple[Post, ...]:
    """Unite posts by id, newest first (posts of one day by id).

    Of two observations of a post the later wins, the incoming when both are of one day or undated. The
    counts of an observation stay together; words that only the other observation has are kept.
    """
    known: dict[str, Post] = {}
    for post in (*stored, *incoming):
        known[post.id] = _merge_post(known[post.id], post) if post.id in known else post
    return newest_first(tuple(known[key] for key in sorted(known)))


def _replaces(stored: Mapping[str, Provenance], incoming: Mapping[str, Provenance], name: str) -> bool:
    return _supersedes(_observed(stored, name), _observed(incoming, name))


def _supersedes(stored: date | None, incoming: date | None) -> bool:
    if stored is None:
        return True
    return incoming is not None and incoming >= stored


def _observed(provenance: Mapping[str, Provenance], name: str) -> date | None:
    origin = provenance.get(name)
    return None if origin is None else origin.observed_at


def _carry_origin(origins: dict[str, Provenance], incoming: Mapping[str, Provenance], name: str) -> None:
    if name in incoming:
        origins[name] = incoming[name]
    else:
        origins.pop(name, None)


def _merge_post(stored: Post, incoming: Post) -> Post:
    later, other = stored, incoming
    if _supersedes(stored.observed_at, incoming.observed_at):
        later, other = incoming, stored
    kept = {name: getattr(other, name) for name in _WORDS if getattr(later, name) in (None, ())}
    # Rates divide one count by another, so likes of one day must never meet views of another.
    if all(getattr(later, name) is None for name in _COUNTS):
        kept |= {name: getattr(other, name) for name in _COUNTS}
    return replace(later, **kept) if kept else later
