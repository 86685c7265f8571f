"""Addresses of the web as they stand in a profile's own text. Pure."""

import re
from itertools import islice
from urllib.parse import urljoin, urlsplit

MOST = 20
"""How many addresses are read from one text."""

_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`{}|\\^\[\]]{3,500}", re.IGNORECASE)
_TRAILING = ".,;:!?)…»”’"


def links_in(text: str) -> tuple[str, ...]:
    """Return the addresses in a text that say http or https, in order, each once."""
    found = (match.group().rstrip(_TRAILING) for match in _ADDRESS.finditer(text))
    return tuple(dict.fromkeys(islice(filter(is_link, found), MOST)))


def whole_link(base: str, address: str | None) -> str | None:
    """Return an address as it is meant where it stands; `None` when it is none of http or https."""
    try:
        whole = urljoin(base, address) if address else ""
    except ValueError:
        return None
    return whole if is_link(whole) else None


def is_link(address: str) -> bool:
    """Tell whether a text is an address of http or https with a host."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        return False
