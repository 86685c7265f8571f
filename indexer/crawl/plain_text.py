"""HTML as bios, posts and show notes hold it, to the text that a reader sees. Pure."""

import re
from html import unescape

from bs4 import BeautifulSoup

LONGEST = 200_000
"""Characters of HTML that are looked at; what stands behind is cut."""

_OF_THEIR_OWN_LINE = [
    *("address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
    *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr", "ul"),
]
_UNSEEN = ["script", "style", "template", "noscript", "iframe", "object", "head"]
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?(?:\n ?)+")


def plain_text(html: str) -> str:
    """Return the text of a piece of HTML: paragraphs on lines of their own, no markup, no scripts.

    Text without markup keeps its lines; entities are signs in the end.
    """
    cut = html[:LONGEST].replace("\0", "")
    if "<" not in cut:
        return _SPACES.sub(" ", unescape(cut)).strip()
    # The frame keeps the parser from taking a text for a document of another kind, or for an address.
    soup = BeautifulSoup(f"<div>{cut}</div>", "lxml")
    for element in soup.find_all(_UNSEEN):
        element.clear()
    for element in soup.find_all(_OF_THEIR_OWN_LINE):
        element.insert(0, "\n")
        element.append("\n")
    text = soup.get_text().replace("\r", "\n")
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()
