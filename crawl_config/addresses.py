"""Addresses of pages, as far as rules about them need: host, and path with query in one form."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawl_config.hosts import host_name

_ESCAPED = re.compile("%[0-9A-Fa-f]{2}")
_TO_ESCAPE = re.compile(r"[^!-~]|[\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_NEVER = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What rules are held against: the host in its one form, the path, and the path with `?` and query."""

    host: str
    path: str
    target: str


def read_address(url: str) -> Address | None:
    """Take an address apart; `None` for what must not be fetched whatever the rules say.

    That is: another scheme than http and https, a name or password before the host, a host that is none,
    white space, control characters and backslashes, which are read in different ways.
    """
    if _NEVER.search(url):
        return None
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port  # a port that is none raises
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    name = host_name(host)
    if name is None:
        return None
    path = plain_path(parts.path)
    target = f"{path}?{normal_escapes(parts.query)}" if parts.query else path
    return Address(host=name, path=path, target=target)


def plain_path(path: str) -> str:
    """Return a path in one form: escapes as few as possible, `.` and `..` followed, never empty."""
    escaped = normal_escapes(path)
    if escaped.startswith("/") and "/." not in escaped:
        return escaped
    kept: list[str] = []
    first, *segments = escaped.split("/")
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    ends_in_folder = bool(segments) and segments[-1] in {".", ".."}
    return f"{first}/{'/'.join(kept)}{'/' if ends_in_folder and kept else ''}"


def normal_escapes(text: str) -> str:
    """Bring percent-encoding to one form: unreserved characters plain, all else in upper-case escapes."""
    escaped = _TO_ESCAPE.sub(_escape, text)
    if "%" not in escaped:
        return escaped
    return _ESCAPED.sub(_plain_where_unreserved, escaped)


def _escape(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _plain_where_unreserved(found: re.Match[str]) -> str:
    character = chr(int(found[0][1:], 16))
    return character if character in _UNRESERVED else found[0].upper()
