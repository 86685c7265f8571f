"""What the owner of a feed says to those who list feeds. Pure.

Read off the tree itself: the reader of dialects mixes the owner's address up with those of others. The tags
are those of Apple ("Podcaster's guide to RSS"), which Google Play took over, of the podcast namespace, and
the robots meta of HTML.
"""

import re
from collections.abc import Iterator

from lxml import etree

from indexer.crawl.feeds.wellformed import local_name

_ENTRIES = frozenset({"item", "entry"})
_NO = frozenset({"noindex", "none"})
_DIRECTORIES = ("itunes", "play-podcasts")
_EMAIL = re.compile(r"[^@\s<>()\"',;:]{1,64}@[^@\s<>()\"',;:]{1,190}\.[^@\s<>()\"',;:.]{2,63}")


def asks_to_be_left_out(root: etree._Element) -> bool:
    """Tell whether a feed asks directories or search engines to stay away."""
    for element in _of_the_feed(root):
        name = local_name(element)
        said = (element.text or "").strip().casefold()
        if name == "block" and said in {"yes", "true"} and element.get("id") is None:
            return True
        if name == "meta" and (element.get("name") or "").casefold() in {"robots", "googlebot"}:
            content = (element.get("content") or "").casefold()
            if _NO.intersection(word.strip() for word in content.split(",")):
                return True
    return False


def owner_email(root: etree._Element) -> str | None:
    """Return the e-mail address that a podcast's owner gives for being reached."""
    for element in _of_the_feed(root):
        namespace = element.tag.partition("}")[0].casefold()
        if local_name(element) == "owner" and any(one in namespace for one in _DIRECTORIES):
            for part in element:
                said = (part.text or "").strip()
                if local_name(part) == "email" and _EMAIL.fullmatch(said):
                    return said
    return None


def _of_the_feed(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that speak of the feed as a whole."""
    for element in root:
        if local_name(element) == "channel":
            yield from (part for part in element if local_name(part) not in {"", *_ENTRIES})
        elif local_name(element) not in {"", *_ENTRIES}:
            yield element
