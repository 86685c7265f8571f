"""Names of hosts in one form: ASCII, lower case, no dot at the end."""

import re
from functools import lru_cache
from ipaddress import ip_address

import idna

LONGEST = 253
"""Characters of a name, the dot at its end included."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_FICTIONAL = ("example", "test", "invalid", "example.com", "example.net", "example.org")


@lru_cache(maxsize=4096)
def host_name(text: str) -> str | None:
    """Return a host's name in its one form, or `None` for what is none.

    An IP address is none, unless it is the machine itself in the usual form: `127.0.0.1`, `::1`. Neither are
    its disguises, such as `127.1` or `0x7f.1`. Other letters than ASCII are read as browsers do (UTS 46).
    """
    if is_loopback_address(text):
        return text
    try:
        encoded = text if text.isascii() else idna.encode(text[:LONGEST], uts46=True).decode("ascii")
    except UnicodeError:
        return None
    name = encoded.lower().removesuffix(".")
    labels = name.split(".")
    if len(text) > LONGEST or len(name) > LONGEST or not all(map(_LABEL.fullmatch, labels)):
        return None
    return None if _is_number(labels[-1]) else name


def is_loopback_address(host: str) -> bool:
    """Whether it is an IP address of the machine itself, written in the usual form."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback and address.compressed == host and "%" not in host


def is_loopback(host: str) -> bool:
    """Whether a host is the machine itself by its name or address."""
    return is_loopback_address(host) or host == "localhost" or host.endswith(".localhost")


def is_fictional(host: str) -> bool:
    """Whether a host is reserved for examples and tests, or is the machine itself: nobody's real one."""
    name = host.removeprefix("*.")
    return is_loopback(name) or any(name == end or name.endswith(f".{end}") for end in _FICTIONAL)


def covers(pattern: str, host: str) -> bool:
    """Whether a host is meant by a name, or by `*.name` (all below it, without itself)."""
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern


def _is_number(label: str) -> bool:
    return label.isdecimal() or re.fullmatch("0x[0-9a-f]*", label) is not None
