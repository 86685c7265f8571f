"""Bluesky's public AppView: profiles, and the posts of each. No key. Not yet tried live.

Shapes: the lexicons `app.bsky.actor.getProfile` and `getProfiles` (at most 25 actors), `app.bsky.actor.defs`
(`profileViewDetailed`), `app.bsky.feed.getAuthorFeed`, `app.bsky.feed.defs` (`feedViewPost`, `postView`) of
bluesky-social/atproto; errors are those of its AppView, in the form of the XRPC specification.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawl_config.source import Source
from discovery.creator import CreatorId
from indexer.crawl.apis.asking import accounts, address, further, groups, of_status
from indexer.crawl.apis.bluesky_posts import is_own, post_of
from indexer.crawl.apis.bluesky_profiles import DID, HANDLE, unwilling, values_of
from indexer.crawl.document import Document, Outcome, Reading, Task
from indexer.crawl.gathering import Gathered, ended
from indexer.crawl.nodes import at, entries, parsed, text

BASE = "https://public.api.bsky.app"
MOST_ACTORS = 25
"""Actors of one call."""
PAGE = 100
"""Entries of a feed in one answer; a third are asked for to be searched, but reposts are among them."""

_REASONS = {
    "AccountTakedown": Outcome.GONE,
    "AccountSuspended": Outcome.GONE,
    "AccountDeactivated": Outcome.GONE,
    "RepoTakendown": Outcome.GONE,
    "RepoSuspended": Outcome.GONE,
    "RepoDeactivated": Outcome.GONE,
    "RepoNotFound": Outcome.GONE,
    "BlockedActor": Outcome.UNAUTHORISED,
    "BlockedByActor": Outcome.UNAUTHORISED,
    "AuthMissing": Outcome.UNAUTHORISED,
    "AuthenticationRequired": Outcome.UNAUTHORISED,
    "RateLimitExceeded": Outcome.BUSY,
    "NotEnoughResources": Outcome.BUSY,
    "UpstreamFailure": Outcome.SERVER_ERROR,
    "UpstreamTimeout": Outcome.SERVER_ERROR,
    "InternalServerError": Outcome.SERVER_ERROR,
}
_NOT_FOUND = re.compile(r"(?:profile|actor|account|repo)\b.*not.* found|unable to resolve", re.IGNORECASE)
"""What `InvalidRequest` says in its message of somebody who does not exist."""


@dataclass(frozen=True, slots=True)
class Bluesky:
    """Reader of sources whose seeds are handles or DIDs. `base` is where the AppView answers."""

    base: str = BASE

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return calls for the profiles of all seeds.

        Raises:
            InvalidInput: seeds that are neither handle nor DID.
        """
        actors = accounts(source, _actor, "a handle such as 'mira.example.com', or a DID")
        return tuple(
            Task(
                url=address(
                    self.base, "xrpc/app.bsky.actor.getProfiles", *(("actors", actor) for actor in group)
                ),
                step="profiles",
            )
            for group in groups(actors, MOST_ACTORS)
        )

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read profiles, or a page of somebody's posts."""
        node = parsed(document)
        if document.status >= 400:
            return _failure(document.status, node)
        gathered = Gathered(document, source)
        if task.step == "posts":
            return self._posts(node, task, gathered, document)
        views = [node] if task.step == "profile" else at(node, "profiles")
        if not isinstance(node, Mapping) or not isinstance(views, list):
            return ended(Outcome.UNREADABLE, "is not an answer with profiles")
        for view in views[:MOST_ACTORS]:
            self._profile(view, gathered, document)
        if task.step == "profiles":
            gathered.follow(*self._unanswered(task, views))
        return gathered.reading()

    def _profile(self, view: object, gathered: Gathered, document: Document) -> None:
        did = text(view, "did")
        if did is None or not DID.fullmatch(did):
            gathered.problem("a profile without a DID")
        elif why := unwilling(view, document.fetched_at):
            gathered.leave_out(f"bluesky:{did}", why)
        elif creator := gathered.state(values_of(view, did, document.fetched_at)):
            url = self._feed(did)
            gathered.follow(Task(url=url, step="posts", context={"did": did}, creator=creator.id))

    def _posts(self, node: object, task: Task, gathered: Gathered, document: Document) -> Reading:
        if not isinstance(at(node, "feed"), list):
            return ended(Outcome.UNREADABLE, "is not a page of somebody's posts")
        did = task.context.get("did", "")
        own = [at(one, "post") for one in entries(node, "feed")[:PAGE] if is_own(one, did)]
        for view in own:
            if why := unwilling(at(view, "author"), document.fetched_at):
                gathered.leave_out(f"bluesky:{did}", why)
                return gathered.reading()
        posts = [post for view in own if (post := post_of(view, did, document.fetched_at)) is not None]
        if posts:
            gathered.state(values_of(at(own[0], "author"), did, document.fetched_at), posts)
        cursor = text(node, "cursor")
        if cursor is not None and at(node, "feed"):
            gathered.follow(*further(task, self._feed(did, cursor), len(posts)))
        return gathered.reading()

    def _feed(self, did: str, cursor: str | None = None) -> str:
        arguments = [("actor", did), ("filter", "posts_no_replies"), ("limit", str(PAGE))]
        if cursor is not None:
            arguments.append(("cursor", cursor))
        return address(self.base, "xrpc/app.bsky.feed.getAuthorFeed", *arguments)

    def _unanswered(self, task: Task, views: Sequence[object]) -> list[Task]:
        """Ask singly for those whom the answer leaves out: it does not say why they are not there."""
        named = {(text(view, key) or "").casefold() for view in views for key in ("did", "handle")}
        asked = [value for name, value in parse_qsl(urlsplit(task.url).query) if name == "actors"]
        return [
            Task(
                url=address(self.base, "xrpc/app.bsky.actor.getProfile", ("actor", actor)),
                step="profile",
                creator=CreatorId(f"bluesky:{actor}") if DID.fullmatch(actor) else None,
            )
            for actor in asked
            if actor.casefold() not in named
        ]


def _actor(seed: str) -> str | None:
    if DID.fullmatch(seed):
        return seed
    handle = seed.removeprefix("@").casefold()
    return handle if HANDLE.fullmatch(handle) else None


def _failure(status: int, node: object) -> Reading:
    name, words = text(node, "error") or "", text(node, "message") or ""
    outcome = _REASONS.get(name) or of_status(status)
    if name == "InvalidRequest" and _NOT_FOUND.search(words[:200]):
        outcome = Outcome.GONE
    return ended(outcome, f"{name[:80] or status}: {words[:200] or 'no message'}")
