"""What a creator's page shows, ready to print."""

from dataclasses import dataclass

from search_api.web.contexts import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a profile. `value` is `unknown` where it is; `origin` says who stated it and when.

    `beside` is what other sources say, each with its origin.
    """

    label: str
    value: str
    known: bool = True
    note: str = ""
    origin: str = ""
    link: str | None = None
    items: tuple[Link, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherProfile:
    """Another profile of the same person: `page` is here, `link` is the profile itself."""

    platform: str
    platform_name: str
    name: str
    handle: str
    page: str
    link: str | None
    followers: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTable:
    """Shares of an audience along one dimension, biggest first; `rows` are name, percentage, bar length."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A recent post with what was counted on it."""

    title: str
    text: str
    day: str
    machine_day: str
    link: str | None
    counts: tuple[str, ...]
    sponsored: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorPage:
    """Everything that is known of a creator."""

    title: str
    id: str
    name: str
    platform: str
    platform_name: str
    handle: str
    link: str | None
    fictional: bool
    bio: str
    bio_origin: str
    facts: tuple[Fact, ...]
    audience: tuple[ShareTable, ...]
    audience_note: str
    posts: tuple[PostView, ...]
    posts_note: str
    back: Link
    similar: Link
    profiles: tuple[OtherProfile, ...] = ()
