"""Text of a feed to a small, well-formed tree: what a hostile feed could grow is cut before it is read. Pure.

The parser mends what it can, as many feeds are broken. It loads nothing, knows no entities, and goes 256
elements deep. What comes out is so tame that the reader of dialects never needs its slow, lenient way.
"""

from lxml import etree

from indexer.crawl.feeds.xml_text import NoFeed

MOST_ENTRIES = 200
"""Entries that are looked at; feeds have the newest first."""
MOST_TEXT = 2_000_000
"""Characters of all entries together that are looked at."""
MOST_PARTS = 200
"""Elements right under a feed or an entry that are looked at."""
MOST_ELEMENTS = 50_000
MOST_SIGNS = 20_000
"""Characters right in an element that is not there to hold long texts."""
MOST_ATTRIBUTES = 60
"""Attributes of one element that are kept: the reader of dialects is slow with very many."""
MOST_PREFIXES = 200
"""Namespaces that one element may declare."""

_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_ENTRIES = frozenset({"item", "entry"})
_PEOPLE = frozenset(
    ["author", "managingeditor", "webmaster", "creator", "contributor", "publisher", "owner", "email"]
)
_WORDY = frozenset(["title", "description", "summary", "content", "encoded", "subtitle", "tagline"])
_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "yt": "http://www.youtube.com/xml/schemas/2015",
}


def feed_tree(text: str) -> etree._Element:
    """Return the root of a feed, cut to what is looked at.

    Raises:
        NoFeed: it is something else, or has too many elements or namespaces.
    """
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NoFeed(f"is no XML: {str(error)[:100]}") from error
    if root is None or local_name(root).casefold() not in _ROOTS:
        raise NoFeed("is no feed" if root is None else f"is no feed, but <{local_name(root)[:40]}>")
    if root.getroottree().docinfo.internalDTD is not None:
        raise NoFeed("has a document type where none may stand")
    if len(root.nsmap) > MOST_PREFIXES:
        raise NoFeed(f"declares more than {MOST_PREFIXES} namespaces")
    _tame(root)
    return root


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def without_people(root: etree._Element) -> None:
    """Take out who writes or serves a feed: the reader of dialects is slow with them, and often wrong."""
    for element in [one for one in root.iter() if local_name(one).casefold() in _PEOPLE]:
        _remove(element)


def _tame(root: etree._Element) -> None:
    channels = [one for one in root if local_name(one) == "channel"]
    places = [root, *channels]
    entries = [one for place in places for one in place if local_name(one) in _ENTRIES]
    for place in (*places, *entries[:MOST_ENTRIES]):
        parts = [one for one in place if local_name(one) not in _ENTRIES]
        for element in parts[MOST_PARTS:]:
            _remove(element)
    for element in entries[_how_many(entries) :]:
        _remove(element)
    for number, element in enumerate(root.iter()):
        if number >= MOST_ELEMENTS:
            raise NoFeed(f"has more than {MOST_ELEMENTS:,} elements")
        if isinstance(element.tag, str):
            _name(element)


def _how_many(entries: list[etree._Element]) -> int:
    """Return how many entries are looked at: the first is, and those whose texts are not too much in all."""
    signs = 0
    for number, element in enumerate(entries[:MOST_ENTRIES]):
        signs += sum(map(len, element.itertext()))
        if signs > MOST_TEXT:
            return max(1, number)
    return MOST_ENTRIES


def _name(element: etree._Element) -> None:
    """Give known prefixes that nobody declared their namespaces; cut what nobody reads."""
    prefix, colon, name = element.tag.rpartition(":")
    if colon and not element.tag.startswith("{"):
        element.tag = f"{{{_PREFIXES[prefix]}}}{name}" if prefix in _PREFIXES else f"{prefix}_{name}"
    for position, attribute in enumerate(element.attrib):
        if position >= MOST_ATTRIBUTES or (":" in attribute and not attribute.startswith("{")):
            del element.attrib[attribute]
    if element.text and len(element.text) > MOST_SIGNS and local_name(element).casefold() not in _WORDY:
        element.text = element.text[:MOST_SIGNS]


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
