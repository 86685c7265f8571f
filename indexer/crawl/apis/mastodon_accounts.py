"""An account of Mastodon and its posts: what they state, and whether the owner wants to be found.

Shapes: the entities Account, Field and Status of docs.joinmastodon.org. Listed is who has opted in to be
discovered (`discoverable`), has not opted out of search engines (`noindex`, `indexable`), approves nobody by
hand (`locked`) and does not say `#noindex`, `#nobot` or the like in the profile.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup

from indexer.crawl.ages import says_below_18
from indexer.crawl.links import is_link
from indexer.crawl.nodes import at, count, entries, flag, text
from indexer.crawl.plain_text import plain_text
from indexer.crawl.stating import MINOR

MOST_FIELDS = 50
"""Fields, and custom emojis, of a profile that are looked at; servers allow far fewer."""

_SAYS_NO = re.compile(
    r"(?<!\w)#\s?(?:no[-_]?(?:bots?|index|search|indexing|scrap(?:e|ing)|crawl(?:ing)?))\b", re.IGNORECASE
)
_SIGNS = (
    ("noindex", True, "asks search engines to stay away"),
    ("indexable", False, "asks search engines to stay away"),
    ("locked", True, "approves followers by hand"),
    ("limited", True, "is limited by moderators"),
    ("memorial", True, "is kept in memory of somebody"),
)
_SHORTCODE = re.compile(r"[A-Za-z0-9_]{1,100}")


def unwilling(account: object) -> str | None:
    """Return why somebody is not listed; `None` if they may be."""
    for name, value, why in _SIGNS:
        if flag(account, name) is value:
            return why
    if flag(account, "discoverable") is not True:
        return "has not opted in to be discovered"
    said = [text(account, "note") or "", *(value for _, value in _fields(account))]
    if any(_SAYS_NO.search(plain_text(one)) for one in said):
        return "says in the profile that programs are to stay away"
    if any(says_below_18(f"{name.strip(': ')}: {plain_text(value)}") for name, value in _fields(account)):
        return MINOR
    return None


def values_of(account: object, identity: str) -> dict[str, object]:
    """Return what an account states, by field of a creator. `identity` is `user@host` in small letters."""
    url = text(account, "url")
    links = tuple(dict.fromkeys(_verified_links(account)))
    return {
        "id": f"mastodon:{identity}",
        "platform": "mastodon",
        "name": _without_emojis(text(account, "display_name"), account),
        "handle": identity,
        "url": url if url and is_link(url) else None,
        "bio": plain_text(text(account, "note") or "") or None,
        "followers": count(account, "followers_count"),
        "following": count(account, "following_count"),
        "posts_total": count(account, "statuses_count"),
        "categories": ("bot",) if flag(account, "bot") else None,
        "links": links or None,
    }


def post_of(status: object, number: str) -> dict[str, object] | None:
    """Return a status by field of `Post`; `None`: it is not public, not their own, or a reply to others."""
    replied_to = at(status, "in_reply_to_account_id")
    if text(status, "visibility") != "public" or at(status, "reblog") is not None:
        return None
    if replied_to is not None and replied_to != number:
        return None
    words = (text(status, "spoiler_text"), plain_text(text(status, "content") or ""))
    url = text(status, "url") or text(status, "uri")
    return {
        "id": text(status, "id"),
        "text": "\n".join(part for part in words if part) or None,
        "url": url if url and is_link(url) else None,
        "published_at": text(status, "created_at"),
        "hashtags": tuple(tag for one in entries(status, "tags") if (tag := text(one, "name"))),
        "mentions": tuple(who for one in entries(status, "mentions") if (who := text(one, "acct"))),
        "likes": count(status, "favourites_count"),
        "comments": count(status, "replies_count"),
        "shares": count(status, "reblogs_count"),
    }


def _fields(account: object) -> Iterator[tuple[str, str]]:
    for one in entries(account, "fields")[:MOST_FIELDS]:
        yield text(one, "name") or "", text(one, "value") or ""


def _verified_links(account: object) -> Iterator[str]:
    """Yield the addresses that the server has seen to link back to the profile."""
    for one in entries(account, "fields")[:MOST_FIELDS]:
        value = text(one, "value")
        if text(one, "verified_at") is None or value is None:
            continue
        anchor = BeautifulSoup(f"<div>{value[:10_000]}</div>", "lxml").find("a", href=True)
        address = str(anchor["href"]) if anchor else plain_text(value)
        if is_link(address):
            yield address


def _without_emojis(name: str | None, account: object) -> str | None:
    for one in entries(account, "emojis")[:MOST_FIELDS]:
        code = text(one, "shortcode")
        if name is not None and code is not None and _SHORTCODE.fullmatch(code):
            name = name.replace(f":{code}:", "").strip()
    return name or None
