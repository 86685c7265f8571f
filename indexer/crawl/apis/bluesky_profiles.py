"""A profile of Bluesky: what it states, and whether it may be listed.

Shapes: `app.bsky.actor.defs` and `com.atproto.label.defs` of bluesky-social/atproto; what labels mean is told
in its guide on labels and moderation. Pronouns are left where they are.
"""

import re
from datetime import UTC, datetime

from indexer.crawl.links import is_link, links_in
from indexer.crawl.nodes import count, entries, flag, text

DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9._:%-]{1,253})")
HANDLE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}", re.IGNORECASE)
PROFILE = "https://bsky.app/profile/"

_NO_HANDLE = "handle.invalid"
_OPT_OUTS = {
    "!no-unauthenticated": "asks to be shown to people who are signed in only",
    "!hide": "is hidden by moderators",
    "!takedown": "was taken down by moderators",
    "!suspend": "was suspended by moderators",
}
_BOT = "bot"
_BADGE = {"valid": True, "invalid": False, "none": False}


def unwilling(view: object, now: datetime) -> str | None:
    """Return why somebody, or a post, may not be listed by the labels upon it; `None` if it may."""
    return next((_OPT_OUTS[label] for label in labels_of(view, now) if label in _OPT_OUTS), None)


def labels_of(view: object, now: datetime) -> tuple[str, ...]:
    """Return the labels that hold: neither taken back nor run out."""
    return tuple(
        value
        for label in entries(view, "labels")
        if (value := text(label, "val")) and not flag(label, "neg") and not _is_over(text(label, "exp"), now)
    )


def values_of(view: object, did: str, now: datetime) -> dict[str, object]:
    """Return what a profile states, by field of a creator. The DID is who it is; handles change."""
    handle = text(view, "handle")
    handle = handle if handle and handle.casefold() != _NO_HANDLE and HANDLE.fullmatch(handle) else None
    bio, website = text(view, "description"), text(view, "website")
    links = (*((website,) if website and is_link(website) else ()), *links_in(bio or ""))
    return {
        "id": f"bluesky:{did}",
        "platform": "bluesky",
        "name": text(view, "displayName"),
        "handle": handle,
        "url": f"{PROFILE}{handle or did}",
        "bio": bio,
        "categories": (_BOT,) if _BOT in labels_of(view, now) else None,
        "followers": count(view, "followersCount"),
        "following": count(view, "followsCount"),
        "posts_total": count(view, "postsCount"),
        "verified": _verified(view),
        "links": links or None,
    }


def _verified(view: object) -> bool | None:
    badges = [
        _BADGE.get(text(view, "verification", name) or "")
        for name in ("verifiedStatus", "trustedVerifierStatus")
    ]
    return True if True in badges else badges[0]


def _is_over(expiry: str | None, now: datetime) -> bool:
    moment = moment_of(expiry)
    return moment is not None and moment <= now


def moment_of(stated: str | None) -> datetime | None:
    """Return a moment of the AT Protocol (ISO 8601 with an offset); `None` when it is none."""
    try:
        moment = datetime.fromisoformat(stated or "")
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
