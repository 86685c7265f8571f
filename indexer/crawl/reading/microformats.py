"""h-card, h-entry and h-feed, read by mf2py. Renames classes in the soup: it comes last."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bs4 import Tag

from indexer.crawl.reading.contacts import email_contacts
from indexer.crawl.reading.countries import stated_country
from indexer.crawl.reading.days import read_day
from indexer.crawl.reading.modern_classes import modernise
from indexer.crawl.reading.said import MICROFORMATS, Person, PostSaid, Told
from indexer.crawl.reading.site import Site
from indexer.crawl.reading.tags import with_keywords

MAX_ROOTS = 100
MAX_ELEMENTS = 20_000
MAX_DEPTH = 80
MAX_WORK = 400_000_000
"""Signs that are put together piece by piece, level by level; a tree that asks for more is not read."""
MAX_POSTS = 200

Item = Mapping[str, Any]


def read_microformats(roots: Sequence[Tag], site: Site, me: frozenset[str]) -> Told:
    """Read the trees that begin with a microformat. `me` are the page's rel=me links.

    The page is about the h-card that says so: its address is the page's, or one of its addresses is a rel=me
    link, or it is the only h-card of a page without entries.
    """
    problems: list[str] = []
    items = [item for root in _outermost(roots)[:MAX_ROOTS] for item in _parse(root, site, problems)]
    found = list(_walk(items))
    posts: list[PostSaid] = []
    people: list[Person] = []
    for item, feed_author in found:
        if "h-entry" in _types(item) and len(posts) < MAX_POSTS:
            told = _entry(item, feed_author, site)
            posts += told.posts
            people += told.people
    posts, people = _without_shared_first_page(posts, people, site)
    cards = [item for item, _ in found if "h-card" in _types(item)]
    subject = _representative(cards, site, me, alone=not posts)
    subjects = [] if subject is None else [_card(subject, site, subject=True)]
    return Told(people=(*subjects, *people), posts=tuple(posts), problems=tuple(problems))


def _outermost(roots: Sequence[Tag]) -> list[Tag]:
    inner: set[int] = set()
    outer = []
    for root in roots:
        if any(id(parent) in inner for parent in root.parents):
            continue
        inner.add(id(root))
        outer.append(root)
    return outer


def _parse(root: Tag, site: Site, problems: list[str]) -> list[Item]:
    import mf2py

    cost = modernise(root)
    if cost.elements > MAX_ELEMENTS or cost.depth > MAX_DEPTH or cost.work > MAX_WORK:
        problems.append(
            f"a microformat of {cost.elements} elements, {cost.depth} deep, is too large; it is not read"
        )
        return []
    items: list[Item] = mf2py.parse(doc=root, url=site.base)["items"]
    return items


def _walk(items: Sequence[Item]) -> Iterator[tuple[Item, Sequence[Any]]]:
    """Yield all items, also those within others, each with the author of the feed that it stands in."""
    waiting: list[tuple[Item, Sequence[Any]]] = [(item, ()) for item in reversed(items)]
    while waiting:
        item, author = waiting.pop()
        yield item, author
        properties = item["properties"]
        if "h-feed" in _types(item):
            author = properties.get("author", ())
        inner = [
            one for values in properties.values() for one in values if isinstance(one, dict) and "type" in one
        ]
        waiting += [(one, author) for one in reversed([*inner, *item.get("children", ())])]


def _without_shared_first_page(
    posts: list[PostSaid], people: list[Person], site: Site
) -> tuple[list[PostSaid], list[Person]]:
    """Of a site of one person the first page is the author's; several authors who give it have none."""
    at_root = {person.address for person in people if person.address and site.is_root(person.address)}
    if len({person.values.get("name") for person in people if person.address in at_root}) <= 1:
        return posts, people
    theirs = [replace(post, by=tuple(one for one in post.by if one not in at_root)) for post in posts]
    return theirs, [person for person in people if person.address not in at_root]


def _representative(cards: Sequence[Item], site: Site, me: frozenset[str], *, alone: bool) -> Item | None:
    here = _plain(site.url)
    for card in cards:
        addresses = {_plain(one) for one in _texts(card, "url")}
        if here in addresses and here in {_plain(one) for one in _texts(card, "uid")}:
            return card
    for card in cards:
        if me & set(_texts(card, "url")):
            return card
    at_home = [card for card in cards if here in map(_plain, _texts(card, "url"))]
    if len(at_home) == 1:
        return at_home[0]
    return cards[0] if alone and len(cards) == 1 else None


def _card(card: Item, site: Site, *, subject: bool) -> Person:
    links = [link for one in _texts(card, "url", "uid") if (link := site.address(one))]
    address = next((own for one in links if (own := site.own(one))), None)
    country = next((code for one in _country_names(card) if (code := stated_country(one))), None)
    values: dict[str, object] = {
        "name": _text(card, "name"),
        "handle": _text(card, "nickname"),
        "bio": _text(card, "note"),
        "country": country,
        "categories": tuple(dict.fromkeys(_texts(card, "category")))[:50],
        "contacts": email_contacts(_texts(card, "email")),
        "links": tuple(dict.fromkeys(one for one in links if site.own(one) is None))[:100],
    }
    return Person(
        format=MICROFORMATS,
        values={name: value for name, value in values.items() if value},
        address=address,
        subject=subject,
        born=_text(card, "bday"),
    )


def _country_names(card: Item) -> list[str]:
    nested = [
        one for one in card["properties"].get("adr", ()) if isinstance(one, dict) and "properties" in one
    ]
    return [*_texts(card, "country-name"), *(name for adr in nested for name in _texts(adr, "country-name"))]


def _entry(entry: Item, feed_author: Sequence[Any], site: Site) -> Told:
    """Read an entry; what somebody else wrote and is only passed on is none."""
    properties = entry["properties"]
    if "repost-of" in properties or "like-of" in properties:
        return Told()
    title, words = _text(entry, "name"), _text(entry, "content") or _text(entry, "summary")
    if title and words and " ".join(words.split()).startswith(" ".join(title.split()).rstrip("…. ")):
        title = None  # a note without a title of its own
    days = (read_day(one) for one in _texts(entry, "published"))
    values: dict[str, object] = {
        "url": next((link for one in _texts(entry, "url", "uid") if (link := site.address(one))), None),
        "title": title,
        "text": words,
        "published_at": next(filter(None, days), None),
        "hashtags": with_keywords((title, words), _texts(entry, "category")),
    }
    people, names = _authors(properties.get("author") or feed_author, site)
    post = PostSaid(
        format=MICROFORMATS,
        values={name: value for name, value in values.items() if value is not None},
        by=tuple(person.address for person in people if person.address),
        by_names=tuple(names),
    )
    return Told(people=tuple(person for person in people if person.address), posts=(post,))


def _authors(stated: Sequence[Any], site: Site) -> tuple[list[Person], list[str]]:
    people, names = [], []
    for author in stated[:5]:
        if isinstance(author, dict) and "h-card" in author.get("type", ()):
            person = _card(author, site, subject=False)
            people.append(person)
            names += [str(person.values["name"])] if "name" in person.values else []
        elif isinstance(author, str):
            address = site.own(author) if "/" in author else None
            people += [Person(format=MICROFORMATS, address=address)] if address else []
            names += [] if "/" in author else [author]
    return people, names


def _types(item: Item) -> Sequence[str]:
    types: Sequence[str] = item.get("type", ())
    return types


def _texts(item: Item, *names: str) -> list[str]:
    found = []
    for name in names:
        for value in item["properties"].get(name, ()):
            said = value.get("value") if isinstance(value, dict) else value
            if isinstance(said, str) and said.strip():
                found.append(said.strip())
    return found


def _text(item: Item, name: str) -> str | None:
    return next(iter(_texts(item, name)), None)


def _plain(address: str) -> str:
    return address.partition("#")[0].rstrip("/")
