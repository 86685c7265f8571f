"""HTML as bios, posts and show notes hold it, to the text that a reader sees. Pure.

It is walked through once without a tree, for one document can hold hundreds of such texts.
"""

import re
from collections.abc import Mapping
from html import unescape

from lxml import etree

LONGEST = 200_000
"""Characters of HTML that are looked at; what stands behind is cut."""

_OF_THEIR_OWN_LINE = frozenset(
    [
        *("address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr", "ul"),
    ]
)
_UNSEEN = frozenset(["script", "style", "template", "noscript", "iframe", "object", "head"])
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?(?:\n ?)+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"<[^<>]{0,1000}>")


def plain_text(html: str) -> str:
    """Return the text of a piece of HTML: paragraphs on lines of their own, no markup, no scripts.

    Text without markup keeps its lines; entities are signs in the end.
    """
    cut = html[:LONGEST].replace("\0", "")
    if "<" not in cut:
        return _SPACES.sub(" ", without_entities(cut)).strip()
    parser = etree.HTMLParser(target=_Seen(), encoding="utf-8", no_network=True)
    try:
        text: str = etree.fromstring(f"<div>{cut}</div>".encode(errors="ignore"), parser)
    except etree.XMLSyntaxError:
        text = without_entities(_TAG.sub(" ", cut))
    return _LINES.sub("\n", _SPACES.sub(" ", text.replace("\r", "\n"))).strip()


def without_entities(text: str) -> str:
    """Read entities that have their semicolon: without one they are arguments of addresses (`&copy=2`)."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


class _Seen:
    """Takes down what is seen while the parser goes through the text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._hidden = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _UNSEEN:
            self._hidden += 1
        elif tag in _OF_THEIR_OWN_LINE:
            self._parts.append("\n")

    def end(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden -= 1
        elif tag in _OF_THEIR_OWN_LINE:
            self._parts.append("\n")

    def data(self, text: str) -> None:
        if self._hidden <= 0:
            self._parts.append(text)

    def close(self) -> str:
        return "".join(self._parts)
