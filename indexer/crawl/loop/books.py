"""What a crawl has done so far, counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from threading import Lock

from indexer.crawl.document import Outcome
from indexer.crawl.frontier.limits import Skip
from indexer.crawl.loop.saving import Saved
from indexer.crawl.report import MOST_PROBLEMS, CrawlReport, SourceReport


class Books:
    """Counters, and the report that they make; filled by the event loop and by the frontier's thread."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = tuple(sources)
        self._outcomes: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
        self._skipped: defaultdict[str, Counter[Skip]] = defaultdict(Counter)
        self._creators: Counter[str] = Counter()
        self._hosts: set[str] = set()
        self._problems: dict[str, None] = {}
        self._requests = self._robots = 0
        self._lock = Lock()
        self.waiting = 0

    def request(self, host: str, *, robots: bool) -> None:
        """A request is being sent."""
        self._hosts.add(host)
        self._requests += 1
        self._robots += robots

    def end(self, source: str, outcome: Outcome, count: int = 1) -> None:
        """Tasks have ended."""
        with self._lock:
            self._outcomes[source][outcome] += count

    def skip(self, source: str, skipped: Counter[Skip]) -> None:
        """Addresses were found and are not fetched."""
        with self._lock:
            self._skipped[source].update(skipped)

    def save(self, saved: Saved) -> None:
        """Creators were brought into the record."""
        for name in ("new", "changed", "unchanged", "suppressed", "left_out", "withdrawn"):
            self._creators[name] += getattr(saved, name)

    def problem(self, text: str) -> None:
        """A value was passed over; the first are told."""
        if len(self._problems) < MOST_PROBLEMS:
            self._problems[text] = None

    def report(self, seconds: float, *, stopped: bool) -> CrawlReport:
        """Return what was done so far."""
        with self._lock:
            sources = {name: self._source(name) for name in self._sources}
        return CrawlReport(
            sources=sources,
            requests=self._requests,
            robots=self._robots,
            hosts=len(self._hosts),
            waiting=self.waiting,
            seconds=seconds,
            stopped=stopped,
            problems=tuple(self._problems),
            **self._creators,
        )

    def _source(self, name: str) -> SourceReport:
        return SourceReport(
            outcomes=dict(self._outcomes[name]),
            skipped={reason.value: count for reason, count in self._skipped[name].items() if count},
        )
