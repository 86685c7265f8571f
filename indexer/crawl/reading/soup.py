"""One parse of a page: a BeautifulSoup, and at hand the elements of it that any format stands in."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import HTMLAttributeDict

MAX_CHARACTERS = 3_000_000
"""A page is read to here; what comes after is not."""
MAX_ELEMENTS = 50_000
MAX_DEPTH = 256
"""Elements deeper than this are not made; their text is that of the element that holds them."""

_GATHERED = frozenset({"html", "base", "title", "meta", "link", "script", "a", "area"})
_LISTS: dict[str, set[str]] = {"*": {"class"}, "a": {"rel"}, "link": {"rel"}, "area": {"rel"}}
"""Attributes that are read as lists of words; less than BeautifulSoup's own table, for time."""
_ROOT = re.compile(r"(?:^|\s)(?:h-(?:card|entry|feed)|vcard|hentry|hfeed)(?:\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What CSS selectors look for: elements with one of these names, classes, ids or attributes."""

    names: Set[str] = frozenset()
    classes: Set[str] = frozenset()
    ids: Set[str] = frozenset()
    attributes: Set[str] = frozenset()
    everything: bool = False


@dataclass(slots=True)
class Page:
    """A parsed page. `named` are elements by name, `roots` those that begin a microformat, in their order.

    `candidates` are the elements that selectors may mean (see `Wanted`). `cut` tells why not all was read.
    """

    soup: BeautifulSoup
    named: dict[str, list[Tag]]
    roots: list[Tag] = field(default_factory=list)
    candidates: list[Tag] = field(default_factory=list)
    cut: str = ""

    def all(self, name: str) -> list[Tag]:
        """Return the elements of one of the gathered names."""
        return self.named.get(name, [])


def parse(text: str, wanted: Wanted | None = None) -> Page:
    """Parse a page once. Never raises; time and memory are bounded by the limits of this module."""
    builder = _Builder(wanted)
    cut = (
        f"longer than {MAX_CHARACTERS} characters; the rest is not read" if len(text) > MAX_CHARACTERS else ""
    )
    # What holds no markup would be taken for the name of a file, with a warning.
    soup = BeautifulSoup(text[:MAX_CHARACTERS] if "<" in text else "<p>", builder=builder)
    if builder.passed_over:
        cut = f"{builder.passed_over} elements are too deep or too many; they are not read"
    return Page(soup, builder.named, builder.roots, builder.candidates, cut)


class _Builder(LXMLTreeBuilder):
    """lxml's events to a soup: as BeautifulSoup has it for HTML, without namespaces, and with limits."""

    def __init__(self, wanted: Wanted | None) -> None:
        super().__init__(multi_valued_attributes=_LISTS)
        self.named: dict[str, list[Tag]] = {}
        self.roots: list[Tag] = []
        self.candidates: list[Tag] = []
        self.passed_over = 0
        self._wanted = wanted
        self._left = MAX_ELEMENTS
        self._depth = 0
        self._open_passed_over = 0

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        """Hand the text on as it is: it is decoded, and HTML whatever it begins with."""
        yield markup, None, None, False

    def set_up_substitutions(self, tag: Tag) -> bool:
        """Leave meta elements as they are: the page is not written out again."""
        return False

    def start(self, tag: Any, attrib: Any) -> None:  # type: ignore[override]
        """Begin an element, and note it where it is one that formats or selectors ask for."""
        if self._open_passed_over or self._depth >= MAX_DEPTH or self._left <= 0:
            self._open_passed_over += 1
            self.passed_over += 1
            return
        self._depth += 1
        self._left -= 1
        attributes = HTMLAttributeDict(attrib)
        element = self._into().handle_starttag(tag, None, None, attributes)
        if element is None:
            return
        if tag in _GATHERED:
            self.named.setdefault(tag, []).append(element)
        classes = attrib.get("class")
        if classes is not None and _ROOT.search(classes):
            self.roots.append(element)
        if self._wanted is not None and _is_wanted(self._wanted, tag, attrib, classes):
            self.candidates.append(element)

    def end(self, tag: Any) -> None:
        """End the element that was begun last and is open."""
        if self._open_passed_over:
            self._open_passed_over -= 1
            return
        self._depth -= 1
        self._into().handle_endtag(tag, None)

    def _into(self) -> BeautifulSoup:
        assert self.soup is not None  # it is set before the first event
        return self.soup


def _is_wanted(wanted: Wanted, name: str, attributes: Any, classes: str | None) -> bool:
    return (
        wanted.everything
        or name in wanted.names
        or (classes is not None and not wanted.classes.isdisjoint(classes.split()))
        or (bool(wanted.ids) and attributes.get("id") in wanted.ids)
        or (bool(wanted.attributes) and not wanted.attributes.isdisjoint(attributes))
    )
