"""What feeds, and indexes of feeds, state in words of their own: who it is, in which language. Pure."""

from indexer.suppression_marks import canonical_url


def podcast_id(address: str) -> str:
    """Return the id of the podcast whose feed stands at an address."""
    return f"podcast:{canonical_url(address)}"


def language_of(stated: str | None) -> str | None:
    """Return the language of a code such as `en-us`; `None` when there is none of two letters in it."""
    primary = (stated or "").strip().replace("_", "-").partition("-")[0].casefold()
    return primary if len(primary) == 2 and primary.isascii() and primary.isalpha() else None


def with_author(description: str, author: str | None) -> str | None:
    """Return a description with the stated author on a line of their own, unless it names them already."""
    name = (author or "").strip()
    known = not name or name.casefold() in description.casefold()
    return (description if known else f"{description}\n{name}".strip()) or None
