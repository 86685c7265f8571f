"""By what somebody who asked to be left out is recognised: id, platform and handle, profile address. Pure."""

from unicodedata import normalize
from urllib.parse import parse_qsl, urlencode, urlsplit

from discovery.creator import Creator, CreatorId, Platform

_SUBDOMAINS = ("www.", "m.", "mobile.")
_TRACKING = frozenset({"igsh", "igshid", "si", "feature", "hl", "lang", "_t", "_r", "is_from_webapp"})


def marks_of(creator: Creator) -> list[str]:
    """Return every mark of a creator; two records that share one are taken for the same person."""
    marks = marks_of_id(creator.id)
    if creator.handle and (handle := _folded_handle(creator.handle)):
        marks.append(_handle_mark(creator.platform, handle))
    if creator.url:
        marks += marks_of_address(creator.url)
    return list(dict.fromkeys(marks))


def marks_of_address(url: str) -> list[str]:
    """Return the mark that the address of a profile carries."""
    address = canonical_url(url)
    return [f"url\n{address}"] if address else []


def marks_of_id(creator: CreatorId) -> list[str]:
    """Return the marks an id alone carries: itself, and the handle in an id like `instagram:handle`."""
    marks = [f"id\n{creator}"]
    prefix, _, native = creator.partition(":")
    if prefix in set(Platform) and (handle := _folded_handle(native)):
        marks.append(_handle_mark(Platform(prefix), handle))
    return marks


def canonical_url(url: str) -> str:
    """Bring the addresses of one profile to one form: no scheme, `www.`, tracking, fragment or end slash."""
    text = normalize("NFKC", url).strip().casefold()
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return text
    for subdomain in _SUBDOMAINS:
        host = host.removeprefix(subdomain)
    kept = sorted(
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key not in _TRACKING and not key.startswith("utm_")
    )
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def _folded_handle(handle: str) -> str:
    return normalize("NFKC", handle).strip().lstrip("@").casefold()


def _handle_mark(platform: Platform, handle: str) -> str:
    return f"handle\n{platform.value}\n{handle}"
