"""Two records of one creator become one, field by field. Pure.

Later observations win; what has a date is never replaced by what has none; what is absent erases nothing. Of
the name and the counts, what other sources say is kept beside; nothing is averaged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from discovery.creator import Creator, Post, Provenance, Statement, newest_first

POSTS = "posts"
"""The key under which the provenance of a creator's posts stands."""

KEPT_APART = ("name", "followers", "following", "posts_total")
"""Fields of which every source's latest statement is kept."""
MOST_STATEMENTS = 8
"""How many other sources' statements of a field are kept, the latest."""

_SEPARATE = frozenset({"id", "posts", "detected_language", "fictional", "provenance", "also_stated"})
_FIELDS = tuple(entry.name for entry in fields(Creator) if entry.name not in _SEPARATE)
_COUNTS = ("views", "likes", "comments", "shares")
_WORDS = ("title", "text", "url", "published_at", "hashtags", "mentions", "sponsored", "sponsors")


def merge(stored: Creator | None, incoming: Creator) -> Creator:
    """Return what is known once `incoming` was seen; `stored` is what was known before, if anything.

    A field of `incoming` replaces the stored one when it was observed later or on the same day, or when the
    stored one has no date. A value that no source states, in a record that names sources, replaces none.
    Posts are united by id; where sources differ, each says whose it is. A record once labelled as fictional
    stays so. A detected language that was read off other texts than the merged ones is dropped, to be read
    again.
    """
    if stored is None:
        nobody = replace(incoming, posts=())
        return replace(incoming, posts=_united(nobody, incoming, incoming.provenance.get(POSTS)))
    values: dict[str, Any] = {}
    origins = dict(stored.provenance)
    for name in _FIELDS:
        value = getattr(incoming, name)
        if value is None or _is_stopgap(stored, incoming, name):
            continue
        if getattr(stored, name) is None or _replaces(stored.provenance, incoming.provenance, name):
            values[name] = value
            _carry_origin(origins, incoming.provenance, name)
    if incoming.posts:
        if not stored.posts or _replaces(stored.provenance, incoming.provenance, POSTS):
            _carry_origin(origins, incoming.provenance, POSTS)
        values["posts"] = _united(stored, incoming, origins.get(POSTS))
    values["also_stated"] = _also_stated(stored, incoming, origins)
    fictional = stored.fictional or incoming.fictional
    merged = replace(stored, **values, fictional=fictional, provenance=origins)
    same_texts = merged.bio == stored.bio and merged.posts == stored.posts
    return merged if same_texts else replace(merged, detected_language=None)


def statements(creator: Creator, name: str) -> tuple[Statement, ...]:
    """What sources say of a field that is kept apart, that of the value first."""
    value, origin = getattr(creator, name), creator.provenance.get(name)
    own = () if value is None or origin is None else (Statement(value=value, provenance=origin),)
    return (*own, *creator.also_stated.get(name, ()))


def latest_first(found: Iterable[Statement]) -> tuple[Statement, ...]:
    """Order statements by day, those without one last, then by source."""
    ordered = sorted(found, key=lambda one: one.provenance.source)
    return tuple(sorted(ordered, key=lambda one: one.provenance.observed_at or date.min, reverse=True))


def unite_posts(stored: Iterable[Post], incoming: Iterable[Post]) -> tuple[Post, ...]:
    """Unite posts by id, newest first (posts of one day by id).

    Of two observations of a post the later wins, the incoming when both are of one day or undated. The
    counts of an observation stay together; words that only the other observation has are kept, unless another
    source states it: what one source states can then be taken away without a trace.
    """
    known: dict[str, Post] = {}
    for post in (*stored, *incoming):
        known[post.id] = _merge_post(known[post.id], post) if post.id in known else post
    return newest_first(tuple(known[key] for key in sorted(known)))


def _also_stated(
    stored: Creator, incoming: Creator, origins: Mapping[str, Provenance]
) -> dict[str, tuple[Statement, ...]]:
    """The latest statement of each source but the one whose value is taken."""
    found = {}
    for name in KEPT_APART:
        latest: dict[str, Statement] = {}
        for one in (*statements(stored, name), *statements(incoming, name)):
            source = one.provenance.source
            known = latest.get(source)
            if known is None or _supersedes(known.provenance.observed_at, one.provenance.observed_at):
                latest[source] = one
        if name in origins:
            latest.pop(origins[name].source, None)
        if latest:
            found[name] = latest_first(latest.values())[:MOST_STATEMENTS]
    return found


def _united(stored: Creator, incoming: Creator, origin: Provenance | None) -> tuple[Post, ...]:
    """The posts of both; where not all are of one source, each says whose it is, at last that of `origin`."""
    theirs = incoming.provenance.get(POSTS)
    ours = stored.provenance.get(POSTS) if stored.posts else None
    differ = ours is not None and theirs is not None and ours.source != theirs.source
    if not differ and not any(post.source for post in (*stored.posts, *incoming.posts)):
        return unite_posts(stored.posts, incoming.posts)
    return _named(unite_posts(_named(stored.posts, ours), _named(incoming.posts, theirs)), origin)


def _named(posts: tuple[Post, ...], origin: Provenance | None) -> tuple[Post, ...]:
    if origin is None:
        return posts
    return tuple(post if post.source else replace(post, source=origin.source) for post in posts)


def _is_stopgap(stored: Creator, incoming: Creator, name: str) -> bool:
    """Whether a record that names sources names none for a value, and what is stored has one."""
    names_sources = bool(incoming.provenance) and name not in incoming.provenance
    return names_sources and name in stored.provenance and getattr(stored, name) is not None


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
    if stored.source and incoming.source and stored.source != incoming.source:
        return later
    kept = {name: getattr(other, name) for name in _WORDS if getattr(later, name) in (None, ())}
    # Rates divide one count by another, so likes of one day must never meet views of another.
    if all(getattr(later, name) is None for name in _COUNTS):
        kept |= {name: getattr(other, name) for name in _COUNTS}
    return replace(later, **kept) if kept else later
