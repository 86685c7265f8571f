"""What the owner of a feed says to those who list feeds, and who that is. Pure.

Read off the tree itself: the reader of dialects mixes owners, editors and webmasters up. The tags are those
of Apple ("Podcaster's guide to RSS"), which Google Play took over, of the podcast namespace, and the robots
meta of HTML.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from indexer.crawl.feeds.wellformed import local_name
from indexer.crawl.reading.contacts import email_address

_ENTRIES = frozenset({"item", "entry"})
_DIRECTORIES = ("itunes", "play-podcasts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whom a feed is by. `email` is what a podcast's owner gives for being reached.

    `metas` are names and contents of HTML's meta elements, which some feeds take for speaking to robots.
    """

    name: str | None
    email: str | None
    asks_to_be_left_out: bool
    metas: tuple[tuple[str, str], ...]


def owner_of(root: etree._Element) -> Owner:
    """Read what a feed says of its owner."""
    return Owner(
        name=_author(root),
        email=_email(root),
        asks_to_be_left_out=_asks_to_be_left_out(root),
        metas=tuple(
            (element.get("name") or "", element.get("content") or "")
            for element in _of_the_feed(root)
            if local_name(element) == "meta"
        ),
    )


def _asks_to_be_left_out(root: etree._Element) -> bool:
    for element in _of_the_feed(root):
        said = (element.text or "").strip().casefold()
        if local_name(element) == "block" and said in {"yes", "true"} and element.get("id") is None:
            return True
    return False


def _email(root: etree._Element) -> str | None:
    for element in _of_the_feed(root):
        namespace = element.tag.partition("}")[0].casefold()
        if local_name(element) == "owner" and any(one in namespace for one in _DIRECTORIES):
            for part in element:
                if local_name(part) == "email" and (address := email_address(part.text or "")):
                    return address
    return None


def _author(root: etree._Element) -> str | None:
    """Return the name in Apple's tag, else that in Atom's."""
    names: dict[bool, str] = {}
    for element in _of_the_feed(root):
        if local_name(element) == "author":
            named = next((part for part in element if local_name(part) == "name"), element)
            is_apples = "itunes" in element.tag.partition("}")[0].casefold()
            if is_apples or named is not element:
                names.setdefault(is_apples, (named.text or "").strip())
    return names.get(True) or names.get(False) or None


def _of_the_feed(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that speak of the feed as a whole."""
    for element in root:
        if local_name(element) == "channel":
            yield from (part for part in element if local_name(part) not in {"", *_ENTRIES})
        elif local_name(element) not in {"", *_ENTRIES}:
            yield element
