"""What the formats of a page say of people and posts, before it is put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MICROFORMATS = "microformats"
"""The format whose people are recognised by address or name alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One creator, as one format says. `values` are by field of `Creator`; counts are `counts.Count`.

    `address` is their profile within the page's own site. `subject`: the page is about them, not by them.
    `born` is a stated day of birth, looked at and never kept.
    """

    format: str
    values: Mapping[str, object] = field(default_factory=dict)
    address: str | None = None
    subject: bool = False
    born: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSaid:
    """One post, as one format says. `values` are by field of `Post`; counts are `counts.Count`.

    `by` are its authors' addresses within the site, `by_names` their names; both empty: the format says none.
    """

    format: str
    values: Mapping[str, object]
    by: tuple[str, ...] = ()
    by_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that one format says."""

    people: tuple[Person, ...] = ()
    posts: tuple[PostSaid, ...] = ()
    problems: tuple[str, ...] = ()
