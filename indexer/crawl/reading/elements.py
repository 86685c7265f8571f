"""What single elements of a page say: texts, addresses, names of meta elements. Reads a soup."""

from collections.abc import Iterator

from bs4 import Tag

from indexer.crawl.reading.soup import Page

_JSON_LD = "application/ld+json"


def attribute(element: Tag, name: str) -> str | None:
    """Return an attribute as one text."""
    value = element.attrs.get(name)
    if value is None or isinstance(value, str):
        return value
    return " ".join(value)


def words(element: Tag) -> frozenset[str]:
    """Return the words of an element's `rel` in lower case."""
    return frozenset((attribute(element, "rel") or "").lower().split())


def shown(element: Tag) -> str:
    """Return the text of an element, spaces joined; scripts and styles are none."""
    return " ".join(element.get_text(" ").split())


def json_ld_of(page: Page) -> Iterator[str]:
    """Yield the texts of a page's JSON-LD scripts."""
    for script in page.all("script"):
        kind = script.attrs.get("type")
        if isinstance(kind, str) and kind.partition(";")[0].strip().lower() == _JSON_LD:
            yield "".join(str(part) for part in script.contents)


def metas_of(page: Page) -> Iterator[tuple[str, str]]:
    """Yield names and contents of a page's meta elements."""
    for meta in page.all("meta"):
        content = attribute(meta, "content")
        name = attribute(meta, "property") or attribute(meta, "name")
        if content is not None and name:
            yield name, content


def title_of(page: Page) -> str | None:
    """Return the title of a page."""
    return next((found for title in page.all("title")[:1] if (found := shown(title))), None)


def language_tag(page: Page) -> str | None:
    """Return the language that a page's root element states, as it is written."""
    return next((attribute(html, "lang") for html in page.all("html")[:1]), None)


def base_of(page: Page) -> str | None:
    """Return what the page says that its links are relative to."""
    return next((href for base in page.all("base") if (href := attribute(base, "href"))), None)
