"""What becomes of a task after an answer: when its document is looked at again. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from crawl_config.source import Source
from indexer.crawl.document import ONCE, Outcome
from indexer.crawl.frontier.pace import backoff
from indexer.crawl.frontier.refresh import DAY, HOUR, SELDOM, History, interval
from indexer.crawl.frontier.tasks import Ending, Stored

PASSING = frozenset(
    {
        Outcome.UNRESOLVED,
        Outcome.UNREACHABLE,
        Outcome.TLS,
        Outcome.TIMED_OUT,
        Outcome.BROKEN,
        Outcome.BUSY,
        Outcome.SERVER_ERROR,
    }
)
"""Failures of a host that may be over soon: it is spared, and the task tried again."""
LONGEST_VALIDATOR = 1_000
FIRST_RETRY = 10.0
"""Seconds until a task is tried again at the earliest; each further time is twice as long."""
WEEK = 7 * DAY
"""Seconds until what is not likely to be otherwise soon is tried again."""
TRIES = 4
"""How often a task is tried before it waits for its next regular visit."""


def refreshed(stored: Stored, source: Source, at: float, *, changed: bool) -> float:
    """Return when a document that is there is looked at again, as often as it changes."""
    known = stored.history
    history = History(
        first_at=known.first_at if known.visits else at,
        last_at=at,
        visits=known.visits + 1,
        changes=known.changes + changed,
    )
    return at + interval(history, source.manners.refresh_hours, source.retention_days)


def read_ending(
    stored: Stored, source: Source, at: float, content: bytes, headers: Mapping[str, str]
) -> Ending:
    """The document came whole and was read."""
    changed = stored.content is not None and stored.content != content
    return Ending(
        number=stored.number,
        outcome=Outcome.FETCHED,
        at=at,
        due=refreshed(stored, source, at, changed=changed),
        read=True,
        seen=True,
        etag=_validator(headers.get("etag")),
        modified=_validator(headers.get("last-modified")),
        content=content,
    )


def moved_ending(stored: Stored, source: Source, at: float) -> Ending:
    """The document is elsewhere, as far as this address knows today."""
    due = at + max(source.manners.refresh_hours * HOUR, DAY)
    return Ending(number=stored.number, outcome=Outcome.MOVED, at=at, due=due)


def unwanted_ending(stored: Stored, at: float) -> Ending:
    """The document asks not to be kept."""
    return Ending(number=stored.number, outcome=Outcome.NOINDEX, at=at, due=at + SELDOM)


def unchanged_ending(stored: Stored, source: Source, at: float) -> Ending:
    """The document is as it was (304)."""
    due = refreshed(stored, source, at, changed=False)
    return Ending(number=stored.number, outcome=Outcome.NOT_MODIFIED, at=at, due=due, seen=True)


def unread_ending(stored: Stored, source: Source, outcome: Outcome, at: float, chance: float) -> Ending:
    """There is no document: it is gone, or cannot be had now, or never will; `chance` is even in 0 to 1."""
    ending = Ending(number=stored.number, outcome=outcome, at=at, due=None)
    if outcome is Outcome.GONE:
        return ending
    regular = max(source.manners.refresh_hours * HOUR, DAY)
    tries = stored.attempts + 1
    if outcome in PASSING and tries < TRIES:
        return replace(ending, due=at + backoff(tries, chance, FIRST_RETRY), attempts=tries)
    if outcome is Outcome.QUOTA:
        return replace(ending, due=at + HOUR)
    if outcome in PASSING or outcome is Outcome.UNAUTHORISED:
        return replace(ending, due=at + regular)
    return replace(ending, due=at + max(regular, WEEK))


def is_over(stored: Stored, ending: Ending) -> bool:
    """Whether a task whose address lasts for one visit has had it; other tasks stay for ever."""
    return ONCE in stored.task.context and ending.outcome not in PASSING | {Outcome.QUOTA}


def _validator(value: str | None) -> str | None:
    return value if value and len(value) <= LONGEST_VALIDATOR else None
