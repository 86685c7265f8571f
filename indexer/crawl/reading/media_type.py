"""What a document says that it is: its media type and its charset. Pure."""

import re

_TYPE = re.compile(r"\s*([\w.+-]{1,80})/([\w.+-]{1,80})\s*(?:[;,]|$)", re.ASCII)
_CHARSET = re.compile(
    r";\s*charset\s*=\s*(?:\"([^\"]{1,80})\"|'([^']{1,80})'|([^\s;,]{1,80}))", re.IGNORECASE
)
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_FEEDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
_BEGINS_LIKE_A_PAGE = re.compile(
    rb"\s*(?:<!--|<!doctype html|<(?:html|head|body|title|meta|div|p|h1|a)\b)", re.I
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def media_type(content_type: str) -> str:
    """Return `type/subtype` in lower case of a Content-Type header, or `""` for what is none."""
    found = _TYPE.match(content_type)
    return f"{found[1]}/{found[2]}".lower() if found else ""


def charset_label(content_type: str) -> str | None:
    """Return the charset that a Content-Type header names, as it is written."""
    found = _CHARSET.search(content_type)
    return next((label for label in found.groups() if label), None) if found else None


def is_feed(content_type: str) -> bool:
    """Whether a media type is one of a feed."""
    return media_type(content_type) in _FEEDS


def not_a_page(content_type: str, body: bytes) -> str | None:
    """Return why a document is no HTML page, or `None` when it is one.

    Without a media type, what the first bytes look like decides.
    """
    stated = media_type(content_type)
    if stated in _HTML:
        return None
    if stated:
        return f"{stated} is not HTML"
    begin = body[:512]
    for bom in _BOMS:
        begin = begin.removeprefix(bom)
    if _BEGINS_LIKE_A_PAGE.match(begin.replace(b"\0", b"")):
        return None
    return "states no media type, and does not begin like HTML"
