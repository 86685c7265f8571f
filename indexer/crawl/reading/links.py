"""The links of a page: what it is called, who else its owner is, where to go on."""

from collections.abc import Iterable, Iterator

from bs4 import Tag

from crawl_config.patterns import follows
from indexer.crawl.reading.elements import attribute, words
from indexer.crawl.reading.media_type import is_feed
from indexer.crawl.reading.platforms import is_platform, profile_at
from indexer.crawl.reading.site import Site, host_of
from indexer.crawl.reading.soup import Page

MAX_FOLLOWED = 500
MAX_LINKS = 20_000
MAX_REL = 100
LEAST_PLATFORMS = 2
MOST_LINKS_IN_BIO = 60
"""A page of links has no more than these, most of them profiles."""


def canonical_of(page: Page, site: Site) -> str | None:
    """Return the address by which a page wants to be known: one of its own host."""
    for link in page.all("link"):
        if "canonical" in words(link) and (address := site.own(attribute(link, "href"))):
            return address
    return None


def rel_links(page: Page, site: Site, rel: str) -> tuple[str, ...]:
    """Return the addresses that a page links to with a relation such as `me`, each once."""
    found: dict[str, None] = {}
    for element in [*page.all("link"), *_linking(page)]:
        if "rel" in element.attrs and rel in words(element):
            address = site.address(attribute(element, "href"))
            if address is not None:
                found[address] = None
    return tuple(found)[:MAX_REL]


def links_in_bio(page: Page, site: Site) -> tuple[str, ...] | None:
    """Return the links of a page that mainly leads to its owner's profiles, or `None` for any other page.

    Such a page has few links, most of them to other sites; at least half of those are profiles on known
    platforms, on two or more of them, and hardly two on one: a list of people is none. Other pages of those
    platforms, such as a button to share, are not counted.
    """
    own, elsewhere = set(), dict[str, None]()
    for href in _hrefs(page):
        address = site.address(href)
        if address is None:
            continue
        if host_of(address) == host_of(site.url):
            own.add(address)
        elif profile_at(address) or not is_platform(address):
            elsewhere[address] = None
        if len(own) + len(elsewhere) > MOST_LINKS_IN_BIO:
            return None
    profiles = [profile for address in elsewhere if (profile := profile_at(address))]
    platforms = {profile.platform for profile in profiles}
    accounts = {(profile.platform, profile.name.casefold()) for profile in profiles}
    is_one = (
        len(platforms) >= LEAST_PLATFORMS
        and len(accounts) <= len(platforms) + 1
        and 2 * len(profiles) >= len(elsewhere)
        and len(elsewhere) >= len(own)
    )
    return tuple(elsewhere) if is_one else None


def to_follow(page: Page, site: Site) -> Iterator[str]:
    """Yield the links that the source follows, each once, in the order of the page."""
    if not site.source.follow:
        return
    seen: set[str] = set()
    for href in _hrefs(page, but_nofollow=True):
        address = site.address(href)
        if address is None or address in seen:
            continue
        seen.add(address)
        if follows(site.source, address):
            yield address


def feeds_of(page: Page, site: Site) -> Iterator[str]:
    """Yield the feeds that a page announces."""
    for link in page.all("link"):
        if "alternate" in words(link) and is_feed(attribute(link, "type") or ""):
            address = site.address(attribute(link, "href"))
            if address is not None:
                yield address


def _hrefs(page: Page, *, but_nofollow: bool = False) -> Iterable[str]:
    """Return the links of a page as they are written, each once."""
    found: dict[str, None] = {}
    for element in _linking(page)[:MAX_LINKS]:
        href = element.attrs.get("href")
        left = but_nofollow and "rel" in element.attrs and "nofollow" in words(element)
        if isinstance(href, str) and not left:
            found[href] = None
    return found


def _linking(page: Page) -> list[Tag]:
    return [*page.all("a"), *page.all("area")]
