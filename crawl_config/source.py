"""A source of creators, as its file `crawl_config/sources/NAME.toml` states it. Checked data; no network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from discovery.creator import Platform


class Parser(StrEnum):
    """How the documents of a source are read."""

    PAGE = "page"
    """HTML: schema.org JSON-LD, OpenGraph, microformats, rel=me, links in bio, CSS selectors."""
    FEED = "feed"
    """RSS and Atom: blogs, podcasts, channels of YouTube."""
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    YOUTUBE = "youtube"
    INSTAGRAM = "instagram"
    """Business Discovery."""
    PODCAST_INDEX = "podcast-index"

    @property
    def is_api(self) -> bool:
        """Whether it is an interface for programs, used under its terms; else pages made for people."""
        return self not in {Parser.PAGE, Parser.FEED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What of a source may be fetched; all else is not.

    `hosts` are names such as `example.org`, or `*.example.org` for all below it. `paths` are patterns as in
    robots.txt: a prefix, with `*` for any characters and `$` for the end.
    """

    hosts: tuple[str, ...]
    paths: tuple[str, ...] = ("/",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How politely a source is fetched. `contact` is an address or a web page; it is part of every request.

    At least `delay_seconds` lie between two requests to a host, and at most `connections` are open to it at
    once. A document is fetched again after `refresh_hours` at the earliest.
    """

    contact: str
    product: str = "NicheScout"
    delay_seconds: float = 2.0
    connections: int = 1
    refresh_hours: float = 24.0

    @property
    def user_agent(self) -> str:
        """The value of the request header; robots.txt is asked about `product`."""
        return f"{self.product} (+{self.contact})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Where a value stands in a page: a CSS selector, and the attribute to read (`None`: the text)."""

    css: str
    attribute: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """Where the values of a site's own markup stand; they go before what the page says in general formats.

    `creator` is by field of a creator. `post_each` selects the elements that hold one post each, and `post`
    is by field of a post, looked for inside of them.
    """

    creator: Mapping[str, Selector] = field(default_factory=dict)
    post_each: str | None = None
    post: Mapping[str, Selector] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. `name` is that of its file, and is what a creator's provenance says.

    `seeds` are addresses of pages and feeds, or accounts in the platform's own words for an API. `follow` are
    patterns (as in `Allowed.paths`) of the links that are followed from a page; links to elsewhere never are.
    What was read is deleted `retention_days` after it was last seen, unless it is seen again. `basis` is the
    legal basis of keeping it, `terms_url` where the site's terms stand. `keys` names the environment
    variables that hold the keys of an API. `platform` is what pages and feeds belong to that do not say so.
    """

    name: str
    parser: Parser
    enabled: bool
    seeds: tuple[str, ...]
    allowed: Allowed
    manners: Manners
    retention_days: int
    basis: str
    terms_url: str
    follow: tuple[str, ...] = ()
    sitemaps: bool = False
    selectors: Selectors = field(default_factory=Selectors)
    keys: Mapping[str, str] = field(default_factory=dict)
    platform: Platform | None = None
