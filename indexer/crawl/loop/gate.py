"""Whether a task may be fetched: suppressed, allowed, quota, robots.txt, asked in this order.

The last question, the host's pace, is the frontier's.
"""

from collections.abc import Mapping
from dataclasses import replace

from crawl_config.source import Allowed, Source
from indexer.crawl.addresses import NoAddress, origin_of
from indexer.crawl.document import Outcome, Task
from indexer.crawl.frontier.frontier import Action, Frontier, Judgement
from indexer.crawl.frontier.tasks import Stored
from indexer.crawl.loop.parts import Allows, Spend, free
from indexer.crawl.robots import Decision
from indexer.crawl.sitemaps import STEP
from indexer.suppression import SuppressionList

_GO = Judgement(action=Action.GO)


class Gate:
    """Judges the tasks of a crawl. Use it in the frontier's thread, inside of a turn."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        frontier: Frontier,
        suppression: SuppressionList,
        allows: Allows,
        spend: Spend = free,
    ) -> None:
        self._sources = sources
        self._frontier = frontier
        self._suppression = suppression
        self._allows = allows
        self._spend = spend

    def __call__(self, task: Stored, now: float) -> Judgement:
        """Judge a task whose host may be asked now; what costs is paid when it goes."""
        source = self._sources[task.source]
        if is_suppressed(task.task, self._suppression):
            return Judgement(action=Action.DROP, outcome=Outcome.SUPPRESSED)
        if not self.allowed(source, task.task):
            return Judgement(action=Action.DROP, outcome=Outcome.OUTSIDE)
        asked = _GO if source.parser.is_api else self._robots(source, task, now)
        if asked.action is not Action.GO:
            return asked
        until = self._spend(source, task.task, now)
        if until is not None:
            return Judgement(action=Action.CLOSE_SOURCE, outcome=Outcome.QUOTA, until=until)
        return _GO

    def allowed(self, source: Source, task: Task) -> bool:
        """Whether a source may fetch a task's address; its sitemaps may lie anywhere on its hosts."""
        if task.step == STEP:
            source = replace(source, allowed=Allowed(hosts=source.allowed.hosts))
        return self._allows(source, task.url)

    def _robots(self, source: Source, task: Stored, now: float) -> Judgement:
        try:
            origin = origin_of(task.task.url)
        except NoAddress:
            return Judgement(action=Action.DROP, outcome=Outcome.BAD_ADDRESS)
        known = self._frontier.robots.decision(origin, now)
        if known is None:
            return Judgement(action=Action.ASK_ROBOTS, origin=origin)
        decision, until = known
        if decision is Decision.CLOSED:
            return Judgement(action=Action.PAUSE_HOST, outcome=Outcome.DISALLOWED, until=until)
        if decision is Decision.OPEN:
            return _GO
        rules = self._frontier.robots.rules(origin, source.manners.product)
        if not rules.allows(task.task.url):
            later = max(until, now + source.manners.refresh_hours * 3_600)
            return Judgement(action=Action.POSTPONE, outcome=Outcome.DISALLOWED, until=later)
        self._frontier.hosts.asks(task.host, rules.delay)
        return _GO


def is_suppressed(task: Task, suppression: SuppressionList) -> bool:
    """Whether somebody asked to be left out whom a task is about, or whose address it is."""
    by_id = task.creator is not None and suppression.is_suppressed_id(task.creator)
    return by_id or suppression.is_suppressed_address(task.url)
