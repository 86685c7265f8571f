"""What feeds, and indexes of feeds, state in words of their own. Pure."""

from indexer.suppression_marks import canonical_url


def podcast_id(address: str) -> str:
    """Return the id of the podcast whose feed stands at an address."""
    return f"podcast:{canonical_url(address)}"


def with_author(description: str, author: str | None) -> str | None:
    """Return a description with the stated author on a line of their own, unless it names them already."""
    name = (author or "").strip()
    known = not name or name.casefold() in description.casefold()
    return (description if known else f"{description}\n{name}".strip()) or None
