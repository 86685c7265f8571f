"""Which addresses a source may fetch and which links it follows. Pure, and linear in the address."""

import re
from collections.abc import Iterable
from functools import lru_cache

from crawl_config.addresses import Address, normal_escapes, read_address
from crawl_config.denied import denied
from crawl_config.hosts import covers
from crawl_config.source import Source

_STARS = re.compile(r"\*+")


def allows(source: Source, url: str) -> bool:
    """Whether a source may fetch an address: its host, its path, and whose pages they are.

    Pages and feeds of sites whose pages are never read are refused whatever the source says; an API is used
    under its own terms. robots.txt is another question.
    """
    address = read_address(url)
    return address is not None and _allows(source, address)


def follows(source: Source, url: str) -> bool:
    """Whether a link that was found in a page is followed: the source allows it, and `follow` names it."""
    address = read_address(url)
    return address is not None and matches(source.follow, address.target) and _allows(source, address)


def _allows(source: Source, address: Address) -> bool:
    if not any(covers(host, address.host) for host in source.allowed.hosts):
        return False
    if not source.parser.is_api and denied(address.host, address.path):
        return False
    return matches(source.allowed.paths, address.target)


def matches(patterns: Iterable[str], target: str) -> bool:
    """Whether one of some patterns fits a path with its query, as `read_address` gives it.

    A pattern fits what begins with it; `*` stands for any characters, `$` at its end for the end.
    """
    return any(_fits(*_parts(pattern), target) for pattern in patterns)


@lru_cache(maxsize=1024)
def _parts(pattern: str) -> tuple[tuple[str, ...], bool]:
    """Return what stands between the stars, and whether the last part must stand at the end."""
    anchored = pattern.endswith("$")
    body = pattern[:-1] if anchored else pattern
    return tuple(normal_escapes(part) for part in _STARS.split(body)), anchored


def _fits(parts: tuple[str, ...], anchored: bool, target: str) -> bool:
    """Take each part where it first fits: no later place would leave more to the parts after it."""
    first, *others = parts
    if not others:
        return target == first if anchored else target.startswith(first)
    if not target.startswith(first):
        return False
    place = len(first)
    last = others.pop() if anchored else ""
    for part in others:
        found = target.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return len(target) - len(last) >= place and target.endswith(last)
