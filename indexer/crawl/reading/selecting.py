"""A source's CSS selectors on a page: compiled once, matched against the elements that they can mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import soupsieve
from bs4 import Tag
from soupsieve.css_types import SelectorNull

from crawl_config.source import Selector, Selectors, Source
from indexer.crawl.document import Document
from indexer.crawl.reading.charsets import decode
from indexer.crawl.reading.elements import attribute, shown
from indexer.crawl.reading.media_type import not_a_page
from indexer.crawl.reading.soup import Page, Wanted, parse

MAX_POSTS = 200
MAX_MATCHES = 1_000
MAX_VALUE = 60_000
MOST_TOLD_POSTS = 20
"""Of how many posts `findings` tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one selector found: `where` (`creator.name`, `post[0].text`), how often, and the first value."""

    where: str
    css: str
    count: int
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """The texts that selectors found, by field; `posts` one a post, in the order of the page."""

    creator: Mapping[str, Sequence[str]] = field(default_factory=dict)
    posts: Sequence[Mapping[str, Sequence[str]]] = ()


def wanted_by(selectors: Selectors) -> Wanted | None:
    """Return what to note while a page is parsed, or `None` without selectors."""
    every = [one.css for one in (*selectors.creator.values(), *selectors.post.values())]
    every += [selectors.post_each] if selectors.post_each else []
    return _wanted(tuple(every)) if every else None


def select(page: Page, selectors: Selectors) -> Selected:
    """Return what the selectors find on a page that was parsed with `wanted_by` them."""
    creator = {
        name: _values(_matches(page, selector.css), selector) for name, selector in selectors.creator.items()
    }
    posts = _posts(page, selectors)
    told = [
        {name: _values(found[name], selector) for name, selector in selectors.post.items()} for found in posts
    ]
    return Selected(creator=creator, posts=told)


def findings(document: Document, source: Source) -> tuple[Finding, ...]:
    """Tell what each selector of a source finds in a document; nothing when it is no page."""
    content_type = document.headers.get("content-type", "")
    wanted = wanted_by(source.selectors)
    if wanted is None or not_a_page(content_type, document.body):
        return ()
    page = parse(decode(document.body, content_type).text, wanted)
    return tuple(_findings(page, source.selectors))


def _findings(page: Page, selectors: Selectors) -> Iterator[Finding]:
    for name, selector in selectors.creator.items():
        yield _finding(f"creator.{name}", selector, _matches(page, selector.css))
    if selectors.post_each is None:
        return
    posts = _posts(page, selectors)
    yield _finding("post", Selector(css=selectors.post_each), _matches(page, selectors.post_each)[:MAX_POSTS])
    for number, found in enumerate(posts[:MOST_TOLD_POSTS]):
        for name, selector in selectors.post.items():
            yield _finding(f"post[{number}].{name}", selector, found[name])


def _finding(where: str, selector: Selector, elements: Sequence[Tag]) -> Finding:
    values = _values(elements[:1], selector)
    return Finding(where=where, css=selector.css, count=len(elements), value=values[0] if values else None)


def _posts(page: Page, selectors: Selectors) -> list[dict[str, list[Tag]]]:
    """Return the elements by field of each post: those that stand within it, found for all posts at once."""
    if selectors.post_each is None:
        return []
    each = _matches(page, selectors.post_each)[:MAX_POSTS]
    places = {id(element): place for place, element in enumerate(each)}
    posts: list[dict[str, list[Tag]]] = [{name: [] for name in selectors.post} for _ in each]
    for name, selector in selectors.post.items():
        for found in _matches(page, selector.css):
            for holder in (found, *found.parents):
                if id(holder) in places:
                    posts[places[id(holder)]][name].append(found)
    return posts


def _matches(page: Page, css: str) -> list[Tag]:
    return _compiled(css).filter(_meant(page.candidates, _wanted((css,))))[:MAX_MATCHES]


def _meant(candidates: Iterable[Tag], wanted: Wanted) -> Iterator[Tag]:
    if wanted.everything:
        yield from candidates
        return
    for element in candidates:
        attributes = element.attrs
        if (
            element.name in wanted.names
            or not wanted.classes.isdisjoint(attributes.get("class") or ())
            or attributes.get("id") in wanted.ids
            or not wanted.attributes.isdisjoint(attributes)
        ):
            yield element


def _values(elements: Sequence[Tag], selector: Selector) -> list[str]:
    values = []
    for element in elements[:MAX_POSTS]:
        value = (
            shown(element) if selector.attribute is None else attribute(element, selector.attribute.lower())
        )
        if value and (text := value.strip()):
            values.append(text[:MAX_VALUE])
    return values


@lru_cache(maxsize=1024)
def _compiled(css: str) -> soupsieve.SoupSieve:
    return soupsieve.compile(css)


@lru_cache(maxsize=1024)
def _wanted(every: tuple[str, ...]) -> Wanted:
    """Return by what the elements can be told that some selectors may mean: of each, its last compound."""
    names, classes, ids, attributes = set(), set(), set(), set()
    everything = False
    for selector in (one for css in every for one in _compiled(css).selectors):
        if isinstance(selector, SelectorNull):
            continue
        if selector.ids:
            ids.add(selector.ids[0])
        elif selector.classes:
            classes.add(selector.classes[0])
        elif selector.tag is not None and selector.tag.name not in {None, "", "*"}:
            names.add(selector.tag.name.lower())
        elif selector.attributes:
            attributes.add(selector.attributes[0].attribute.lower())
        else:
            everything = True
    return Wanted(
        names=frozenset(names),
        classes=frozenset(classes),
        ids=frozenset(ids),
        attributes=frozenset(attributes),
        everything=everything,
    )
