"""What a crawl would fetch first, and why not the rest. Nothing is sent, nothing is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.crawl.document import Outcome
from indexer.crawl.frontier.frontier import Action
from indexer.crawl.frontier.tasks import Stored
from indexer.crawl.loop.gate import Gate
from indexer.crawl.loop.parts import Parts
from indexer.crawl.loop.seeding import Seeding


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One task that is due: whether it would be fetched, else why not; `wait` seconds until its host's turn.

    `asks_robots`: whether it is allowed is not known before the host's robots.txt has been fetched.
    """

    source: str
    url: str
    refused: Outcome | None = None
    asks_robots: bool = False
    wait: float = 0.0


class _Undo(Exception):
    """Ends a turn so that nothing of it is kept."""


def plan(parts: Parts, most: int) -> list[Planned]:
    """Return the first tasks that are due, at most so many, the longest waiting first.

    Raises:
        InvalidInput: the seeds of a source are none for its parser.
        StoreDamaged: the crawl's file or the suppression list cannot be used.
    """
    found: list[Planned] = []
    try:
        with parts.frontier.turn():
            now = parts.clock()
            seeding = Seeding(parts)
            seeding.begin(now)
            found = list(_judged(parts, most, now))
            raise _Undo
    except _Undo:
        return found


def _judged(parts: Parts, most: int, now: float) -> Iterator[Planned]:
    gate = Gate(parts.sources, parts.frontier, parts.suppression, parts.allows, parts.spend)
    for stored in parts.frontier.tasks.first(list(parts.sources), now, most):
        yield _planned(stored, gate, parts, now)


def _planned(stored: Stored, gate: Gate, parts: Parts, now: float) -> Planned:
    judged = gate(stored, now)
    return Planned(
        source=stored.source,
        url=stored.task.url,
        refused=judged.outcome,
        asks_robots=judged.action is Action.ASK_ROBOTS,
        wait=max(0.0, parts.frontier.hosts.start(stored.host, now) - now),
    )
