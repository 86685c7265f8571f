"""Mastodon and what speaks its API: accounts and their public posts. No key. Not yet tried live.

Shapes: the entities Account, Field and Status, and the methods `GET /api/v1/accounts/lookup` and
`GET /api/v1/accounts/:id/statuses` of docs.joinmastodon.org; paging by its guidelines (Link, `max_id`). The
documentation asks for a token at `lookup`, servers answer without one; where one does not, the task ends as
UNAUTHORISED.

An account is looked up on its own server, which knows what its owner wishes. A name whose server answers
under another name than the one in the account (`LOCAL_DOMAIN`) cannot be followed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from crawl_config.source import Source
from discovery.creator import CreatorId
from indexer.crawl.apis.asking import accounts, address, further, of_status
from indexer.crawl.apis.mastodon_accounts import post_of, unwilling, values_of
from indexer.crawl.document import Document, Outcome, Reading, Task
from indexer.crawl.gathering import Gathered, ended
from indexer.crawl.nodes import at, entries, flag, parsed, text

PAGE = 40
"""Statuses of one answer: the most that there are."""

_ACCOUNT = re.compile(
    r"@?([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?)@([A-Za-z0-9.-]{1,253}(?::\d{1,5})?)"
)
_NO_ACCOUNT = "Record not found"
_NEXT = re.compile(r"<([^<>]{1,2000})>\s*;[^,<]*\brel=\"?next\b", re.IGNORECASE)


def _secure(host: str) -> str:
    return f"https://{host}"


@dataclass(frozen=True, slots=True)
class Mastodon:
    """Reader of sources whose seeds are accounts (`user@host`). `base_of` gives a host's address."""

    base_of: Callable[[str], str] = _secure

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return a look-up of each account on its own server.

        Raises:
            InvalidInput: seeds that are no `user@host`.
        """
        return tuple(map(self._lookup, accounts(source, _account, "'user@host'")))

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read an account, or a page of its posts."""
        node = parsed(document)
        account = task.context.get("account", "")
        if document.status >= 400:
            return _failure(document.status, node)
        gathered = Gathered(document, source)
        if task.step == "posts":
            return self._posts(node, document, task, gathered)
        return self._account(node, account, gathered)

    def _account(self, node: object, account: str, gathered: Gathered) -> Reading:
        user = (text(node, "username") or "").casefold()
        if user != account.partition("@")[0] or text(node, "id") is None:
            return ended(Outcome.UNREADABLE, f"is not the account {account!r}")
        if flag(node, "suspended"):
            return ended(Outcome.GONE, f"{account} is suspended")
        if at(node, "moved") is not None:
            moved = text(node, "moved", "url") or "another account"
            return ended(Outcome.GONE, f"{account} has moved to {moved[:200]}")
        if why := unwilling(node):
            gathered.leave_out(f"mastodon:{account}", why)
            return gathered.reading()
        creator = gathered.state(values_of(node, account))
        if creator is not None:
            gathered.follow(self._statuses(account, str(text(node, "id"))))
        return gathered.reading()

    def _posts(self, node: object, document: Document, task: Task, gathered: Gathered) -> Reading:
        if not isinstance(node, list):
            return ended(Outcome.UNREADABLE, "is not a list of statuses")
        account, number = task.context.get("account", ""), task.context.get("number", "")
        own = [status for status in entries(node)[:PAGE] if text(status, "account", "id") == number]
        for status in own:
            if why := unwilling(at(status, "account")):
                gathered.leave_out(f"mastodon:{account}", why)
                return gathered.reading()
        posts = [post for status in own if (post := post_of(status, number)) is not None]
        if posts:
            gathered.state(values_of(at(own[0], "account"), account), posts)
        if node and (last := _next_of(document.headers.get("link", ""))):
            url = self._statuses_address(account, number, last)
            gathered.follow(*further(task, url, len(posts)))
        return gathered.reading()

    def _lookup(self, account: str) -> Task:
        user, _, host = account.partition("@")
        return Task(
            url=address(self.base_of(host), "api/v1/accounts/lookup", ("acct", user)),
            step="account",
            context={"account": account},
            creator=CreatorId(f"mastodon:{account}"),
        )

    def _statuses(self, account: str, number: str) -> Task:
        return Task(
            url=self._statuses_address(account, number, None),
            step="posts",
            context={"account": account, "number": number},
            creator=CreatorId(f"mastodon:{account}"),
        )

    def _statuses_address(self, account: str, number: str, last: str | None) -> str:
        base = self.base_of(account.partition("@")[2])
        arguments = [("exclude_replies", "true"), ("exclude_reblogs", "true"), ("limit", str(PAGE))]
        if last is not None:
            arguments.append(("max_id", last))
        return address(base, f"api/v1/accounts/{quote(number, safe='')}/statuses", *arguments)


def _account(seed: str) -> str | None:
    match = _ACCOUNT.fullmatch(seed)
    return f"{match[1]}@{match[2]}".casefold() if match else None


def _next_of(links: str) -> str | None:
    """Return the `max_id` of the next page; nothing else of the address that a server gives is taken."""
    match = _NEXT.search(links[:4_000])
    try:
        arguments = parse_qs(urlsplit(match[1]).query) if match else {}
    except ValueError:
        return None
    return next(iter(arguments.get("max_id", ())), None)


def _failure(status: int, node: object) -> Reading:
    words = (text(node, "error") or "no message")[:200]
    is_gone = (status == 404 and words == _NO_ACCOUNT) or (status == 410 and isinstance(node, Mapping))
    return ended(Outcome.GONE if is_gone else of_status(status), f"{status}: {words}")
