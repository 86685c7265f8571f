"""E-mail addresses that somebody states as a way to reach them. Pure."""

from collections.abc import Iterable
from urllib.parse import unquote

_NEVER = frozenset(" <>,;\"'()/\\")


def email_contacts(stated: Iterable[str]) -> tuple[dict[str, str], ...]:
    """Return contacts as the import format has them, each once."""
    found = dict.fromkeys(address for one in stated if (address := email_address(one)))
    return tuple({"type": "email", "value": address} for address in found)[:10]


def email_address(stated: str) -> str | None:
    """Return the address of a `mailto:` or of a text that is an address, else `None`."""
    text = stated.strip()
    if text[:7].lower() == "mailto:":
        text = unquote(text[7:].partition("?")[0])
    name, _, host = text.partition("@")
    plain = text.isprintable() and not _NEVER & set(text) and len(text) <= 254
    return text if plain and name and "@" not in host and "." in host.strip(".") else None
