"""What is left of a creator when the statements of one source are taken away. Pure."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from discovery.creator import Creator, Post, Provenance, Statement
from indexer.merge import POSTS

_NEVER_UNKNOWN = frozenset({"id", "platform", "fictional", "posts", "provenance", "also_stated"})
_FIELDS = frozenset(entry.name for entry in fields(Creator)) - _NEVER_UNKNOWN


def without(creator: Creator, source: str) -> Creator | None:
    """Return the record without what `source` stated; `None` when no other source states a creator.

    Where another source's statement was kept beside, it takes the place; else the field is unknown. The
    platform is part of who it is, and stays. A record whose name no other source states goes as a whole.
    """
    sources = set(_sources(creator))
    if source not in sources:
        return creator
    if sources == {source}:
        return None
    origins = {name: one for name, one in creator.provenance.items() if one.source != source}
    beside = {name: _of_others(told, source) for name, told in creator.also_stated.items()}
    values: dict[str, Any] = {}
    for name in (creator.provenance.keys() - origins.keys()) & _FIELDS:
        told = beside.pop(name, ())
        values[name] = told[0].value if told else None
        if told:
            origins[name] = told[0].provenance
            beside[name] = told[1:]
    if values.get("name", creator.name) is None:
        return None
    if "platform" in creator.provenance and "platform" not in origins and "name" in origins:
        origins["platform"] = origins["name"]
    values["posts"] = tuple(post for post in creator.posts if _source_of(post, creator) != source)
    if POSTS not in origins and (origin := _origin_of(values["posts"])):
        origins[POSTS] = origin
    left = replace(
        creator,
        **values,
        provenance=origins,
        also_stated={name: told for name, told in beside.items() if told},
    )
    same_texts = left.bio == creator.bio and left.posts == creator.posts
    return left if same_texts else replace(left, detected_language=None)


def _sources(creator: Creator) -> Iterator[str]:
    """Everybody who states something of a creator."""
    for origin in creator.provenance.values():
        yield origin.source
    for told in creator.also_stated.values():
        for one in told:
            yield one.provenance.source
    for post in creator.posts:
        if post.source:
            yield post.source


def _of_others(told: tuple[Statement, ...], source: str) -> tuple[Statement, ...]:
    return tuple(one for one in told if one.provenance.source != source)


def _source_of(post: Post, creator: Creator) -> str | None:
    origin = creator.provenance.get(POSTS)
    return post.source or (origin.source if origin else None)


def _origin_of(posts: tuple[Post, ...]) -> Provenance | None:
    """Who states the newest of the posts, and when any of theirs was observed last."""
    source = next((post.source for post in posts if post.source), None)
    if source is None:
        return None
    days = [post.observed_at for post in posts if post.source == source and post.observed_at]
    return Provenance(source=source, observed_at=max(days, default=None))
