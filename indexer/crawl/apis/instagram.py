"""Instagram Business Discovery v25.0: professional accounts, their media. With a token. Not yet tried live.

Shapes: "Business Discovery", "IG User" and "IG Media" of developers.facebook.com/docs/instagram-platform,
and "Handle Errors" of its Graph API. Personal, private and age-gated accounts are not told of there. The id
of the account that asks stands in the address as a placeholder, and is put in when a request is sent.

Views are told of reels by some versions only: they are asked for, and when that is refused, the account is
asked for without them.
"""

import re
from dataclasses import dataclass

from crawl_config.source import Source
from discovery.creator import WINDOW, CreatorId
from indexer.crawl.apis.asking import accounts, address, further, of_status
from indexer.crawl.document import Document, Outcome, Reading, Task
from indexer.crawl.gathering import Gathered, ended
from indexer.crawl.links import is_link, links_in
from indexer.crawl.nodes import at, count, entries, parsed, text

BASE = "https://graph.facebook.com/v25.0"
ASKING_ACCOUNT = "ig-user-id"
"""Stands in addresses for the id of the account that asks."""

_USERNAME = re.compile(r"@?([A-Za-z0-9_.]{1,30})")
_CURSOR = re.compile(r"[A-Za-z0-9_=-]{1,500}")
_PROFILE = "id,username,name,biography,website,followers_count,follows_count,media_count"
_MEDIA = "id,caption,like_count,comments_count,permalink,timestamp"
_VIEWS = "view_count"
_UNKNOWN_FIELD = 100
_CODES = {
    1: Outcome.SERVER_ERROR,
    2: Outcome.SERVER_ERROR,
    4: Outcome.BUSY,
    10: Outcome.UNAUTHORISED,
    17: Outcome.BUSY,
    24: Outcome.GONE,
    32: Outcome.BUSY,
    102: Outcome.UNAUTHORISED,
    110: Outcome.GONE,
    190: Outcome.UNAUTHORISED,
    200: Outcome.UNAUTHORISED,
    341: Outcome.BUSY,
    613: Outcome.BUSY,
    80002: Outcome.BUSY,
}
"""Codes of errors: 110 is an account that is not there, or is not a professional one."""


@dataclass(frozen=True, slots=True)
class Instagram:
    """Reader of sources whose seeds are usernames of professional accounts."""

    base: str = BASE

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return one call for each account; each brings the newest media with it.

        Raises:
            InvalidInput: seeds that are no username.
        """
        return tuple(self._task(user) for user in accounts(source, _username, "a username"))

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read an account with its newest media, or further media of it."""
        node = parsed(document)
        if document.status >= 400 or at(node, "error") is not None:
            return self._failure(document.status, node, task)
        found = at(node, "business_discovery")
        user = task.context.get("user", "")
        if (text(found, "username") or "").casefold() != user:
            return ended(Outcome.UNREADABLE, f"is no answer about {user[:80]!r}")
        gathered = Gathered(document, source)
        posts = [_post(one) for one in entries(found, "media", "data")[:WINDOW]]
        creator = gathered.state(_values(found, user), posts)
        cursor = text(found, "media", "paging", "cursors", "after")
        if creator is not None and posts and cursor and _CURSOR.fullmatch(cursor):
            again = self._task(user, cursor, views=_VIEWS in task.url)
            gathered.follow(*further(task, again.url, len(posts)))
        return gathered.reading()

    def _failure(self, status: int, node: object, task: Task) -> Reading:
        code = count(node, "error", "code")
        told = f"{code or status}: {(text(node, 'error', 'message') or 'no message')[:200]}"
        if code == _UNKNOWN_FIELD and _VIEWS in task.url and "user" in task.context:
            again = self._task(task.context["user"], views=False)
            return Reading(follow=(again,), problems=(f"views are not told ({told})",))
        outcome = _CODES.get(code) if code is not None else None
        return ended(outcome or of_status(max(status, 400)), told)

    def _task(self, user: str, cursor: str | None = None, *, views: bool = True) -> Task:
        after = f".after({cursor})" if cursor else ""
        media = f"media{after}.limit({WINDOW}){{{_MEDIA}{f',{_VIEWS}' if views else ''}}}"
        fields = f"business_discovery.username({user}){{{_PROFILE},{media}}}"
        return Task(
            url=address(self.base, ASKING_ACCOUNT, ("fields", fields)),
            step="account",
            context={"user": user},
            creator=CreatorId(f"instagram:{user}"),
        )


def _username(seed: str) -> str | None:
    match = _USERNAME.fullmatch(seed)
    return match[1].casefold() if match else None


def _values(found: object, user: str) -> dict[str, object]:
    bio, website = text(found, "biography"), text(found, "website")
    links = (*((website,) if website and is_link(website) else ()), *links_in(bio or ""))
    return {
        "id": f"instagram:{user}",
        "platform": "instagram",
        "name": text(found, "name"),
        "handle": user,
        "url": f"https://www.instagram.com/{user}/",
        "bio": bio,
        "followers": count(found, "followers_count"),
        "following": count(found, "follows_count"),
        "posts_total": count(found, "media_count"),
        "links": links or None,
    }


def _post(media: object) -> dict[str, object]:
    permalink = text(media, "permalink")
    return {
        "id": text(media, "id"),
        "text": text(media, "caption"),
        "url": permalink if permalink and is_link(permalink) else None,
        "published_at": _day(text(media, "timestamp")),
        "views": count(media, "view_count"),
        "likes": count(media, "like_count"),
        "comments": count(media, "comments_count"),
    }


def _day(stated: str | None) -> str | None:
    """The Graph API writes offsets without a colon: `2026-02-03T04:05:06+0000`."""
    return re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", stated) if stated else None
