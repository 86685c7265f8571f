"""What a crawl did, as data and as rows of a table."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.crawl.document import Outcome

FINE = frozenset({Outcome.FETCHED, Outcome.NOT_MODIFIED})
REFUSED = frozenset({Outcome.DISALLOWED, Outcome.OUTSIDE, Outcome.SUPPRESSED, Outcome.QUOTA})
"""Ends of tasks that were not fetched."""
LEFT = frozenset({Outcome.NOINDEX, Outcome.GONE, Outcome.MOVED})
"""Ends that are no failures: there is nothing to be taken, and the host said so."""
MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What became of the documents of one source, by outcome; `skipped` were found and not asked for."""

    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> dict[Outcome, int]:
        """Those that could not be read, by reason."""
        fine = FINE | REFUSED | LEFT
        return {outcome: count for outcome, count in self.outcomes.items() if outcome not in fine}

    @property
    def unread(self) -> bool:
        """Whether nothing of the source could be read though something was due."""
        wanted = self.failed or self.outcomes.get(Outcome.DISALLOWED)
        return bool(wanted) and not any(self.outcomes.get(outcome) for outcome in FINE | LEFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a crawl did. Creators are counted as stored documents change them: one may count several times.

    `requests` are all that were sent but those of redirects of robots.txt; `robots` of them asked for a
    robots.txt. `waiting` tasks are due later. `problems` are the first values that were passed over.
    """

    sources: Mapping[str, SourceReport] = field(default_factory=dict)
    requests: int = 0
    robots: int = 0
    hosts: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    suppressed: int = 0
    left_out: int = 0
    withdrawn: int = 0
    waiting: int = 0
    seconds: float = 0.0
    stopped: bool = False
    problems: tuple[str, ...] = ()

    @property
    def outcomes(self) -> Counter[Outcome]:
        """All sources together."""
        total: Counter[Outcome] = Counter()
        for source in self.sources.values():
            total.update(source.outcomes)
        return total

    @property
    def skipped(self) -> Counter[str]:
        """All sources together."""
        total: Counter[str] = Counter()
        for source in self.sources.values():
            total.update(source.skipped)
        return total

    @property
    def unread(self) -> tuple[str, ...]:
        """The sources of which nothing could be read."""
        return tuple(name for name, source in self.sources.items() if source.unread)

    def data(self) -> dict[str, Any]:
        """Return everything, for programs."""
        return {
            "requests": self.requests,
            "robots": self.robots,
            "hosts": self.hosts,
            "seconds": round(self.seconds, 3),
            "stopped": self.stopped,
            "waiting": self.waiting,
            "creators": self._creators(),
            "sources": {name: _source_data(source) for name, source in self.sources.items()},
            "problems": list(self.problems),
        }

    def rows(self) -> list[tuple[str, str]]:
        """Return what is not zero, as names and figures for people."""
        outcomes = self.outcomes
        rows = [
            ("requests", f"{self.requests:,} to {self.hosts:,} host{'' if self.hosts == 1 else 's'}"),
            ("seconds", f"{self.seconds:.1f}"),
        ]
        rows += [
            (outcome.value, f"{outcomes[outcome]:,}") for outcome in Outcome if _is_end(outcome, outcomes)
        ]
        rows += [(f"failed: {outcome.value}", f"{outcomes[outcome]:,}") for outcome in self._failures()]
        rows += [(f"skipped: {reason}", f"{count:,}") for reason, count in sorted(self.skipped.items())]
        rows += [(f"creators {name}", f"{count:,}") for name, count in self._creators().items() if count]
        if self.waiting:
            rows.append(("waiting for their time", f"{self.waiting:,}"))
        return rows

    def _failures(self) -> list[Outcome]:
        fine = FINE | REFUSED | LEFT
        return [outcome for outcome in Outcome if self.outcomes[outcome] and outcome not in fine]

    def _creators(self) -> dict[str, int]:
        return {
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "left out on request": self.suppressed,
            "left out by their own sign": self.left_out,
            "withdrawn": self.withdrawn,
        }


def _is_end(outcome: Outcome, outcomes: Counter[Outcome]) -> bool:
    return bool(outcomes[outcome]) and outcome in FINE | REFUSED | LEFT


def _source_data(source: SourceReport) -> dict[str, Any]:
    failed = source.failed
    return {
        "ended": {one.value: count for one, count in source.outcomes.items() if one not in failed and count},
        "failed": {one.value: count for one, count in failed.items()},
        "skipped": dict(source.skipped),
    }
