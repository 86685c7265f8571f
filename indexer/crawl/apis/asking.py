"""Tasks of an interface: seeds to accounts, long lists to short ones, one page of a list to the next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote, urlencode

from crawl_config.source import Source
from discovery.creator import WINDOW
from discovery.errors import InvalidInput, Problem
from indexer.crawl.document import ONCE, Outcome, Task

MOST_SIGNS = 1_300
"""Characters of accounts in one address: what stands around them fits too."""
MOST_PAGES = 3
"""How many pages of a list of posts are asked for, when the first hold too few of the account's own."""


def accounts(source: Source, read: Callable[[str], str | None], example: str) -> tuple[str, ...]:
    """Read the seeds of a source as accounts of its platform, each once.

    Raises:
        InvalidInput: seeds that are no account, all of them, with an example of one that is.
    """
    found = [(number, seed, read(seed.strip())) for number, seed in enumerate(source.seeds)]
    problems = [
        Problem(field=f"seeds[{number}]", message=f"{seed[:80]!r} is no account; write {example}", value=seed)
        for number, seed, account in found
        if account is None
    ]
    if problems:
        raise InvalidInput(problems)
    return tuple(dict.fromkeys(account for _, _, account in found if account is not None))


def address(base: str, path: str, *arguments: tuple[str, str]) -> str:
    """Return an address with its arguments escaped, in the order given."""
    query = urlencode(arguments, quote_via=quote, safe=",:")
    return f"{base}/{path}?{query}" if query else f"{base}/{path}"


def groups(values: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """Cut a list into pieces of at most `size`, each of which still fits into an address."""
    piece: list[str] = []
    signs = 0
    for value in values:
        if piece and (len(piece) == size or signs + len(value) > MOST_SIGNS):
            yield tuple(piece)
            piece, signs = [], 0
        piece.append(value)
        signs += len(value)
    if piece:
        yield tuple(piece)


def further(task: Task, url: str, posts: int) -> tuple[Task, ...]:
    """Return the task of the next page of posts: none when enough of them are known, or pages were asked for.

    `posts` are those of the page that was read. How far a list was followed is in the task's context.
    """
    page, kept = _number(task, "page", 1), _number(task, "kept", 0) + posts
    if kept >= WINDOW or page >= MOST_PAGES or url == task.url:
        return ()
    context = {**task.context, "page": str(page + 1), "kept": str(kept), ONCE: "yes"}
    return (replace(task, url=url, context=context),)


def of_status(status: int) -> Outcome:
    """Return how a request ended that was answered with an HTTP status of 400 or above.

    That somebody is gone is never read off a status: an interface that was closed answers 404 to everything.
    """
    if status in {401, 403}:
        return Outcome.UNAUTHORISED
    if status in {429, 503}:
        return Outcome.BUSY
    return Outcome.SERVER_ERROR if status >= 500 else Outcome.CLIENT_ERROR


def _number(task: Task, name: str, default: int) -> int:
    value = task.context.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else default
