"""Where a crawl begins: the first tasks of its sources, and their sitemaps. In the frontier's thread."""

from collections import Counter, defaultdict

from indexer.crawl.addresses import NoAddress, origin_of
from indexer.crawl.document import Task
from indexer.crawl.frontier.limits import Skip
from indexer.crawl.frontier.tasks import Found
from indexer.crawl.loop.parts import Parts
from indexer.crawl.loop.reading_step import sitemap_task


class Seeding:
    """Adds first tasks, and counts by source why any were not added. Callers hold a turn of the frontier."""

    def __init__(self, parts: Parts) -> None:
        """Ask the readers for the first tasks.

        Raises:
            InvalidInput: the seeds of a source are none for its parser.
        """
        self._parts = parts
        self._first = {name: parts.readers[name].start(source) for name, source in parts.sources.items()}
        self._sitemaps: defaultdict[str, set[str]] = defaultdict(set)
        self.skipped: defaultdict[str, Counter[Skip]] = defaultdict(Counter)

    def page(self, source: str) -> Task:
        """Return a first task of a source: the pages of its sitemaps are like it."""
        return self._first[source][0]

    def begin(self, now: float) -> None:
        """Open the lanes of the sources, and add their first tasks."""
        frontier = self._parts.frontier
        frontier.begin(self._parts.sources, now)
        for name, source in self._parts.sources.items():
            exact, after = source.parser.is_api, source.manners.refresh_hours * 3_600
            for task in self._first[name]:
                frontier.tasks.revive(name, task.url, exact=exact, now=now, after=after)
            self._add(name, [Found(task=task, due=now, exact=exact) for task in self._first[name]], now)
            if source.sitemaps:
                for origin in dict.fromkeys(_origin(task.url) for task in self._first[name]):
                    self._sitemaps[origin].add(name)
                    if frontier.robots.decision(origin, now) is not None:
                        self.add_sitemaps(origin, now)
        frontier.hosts.begin(self._parts.sources)

    def add_sitemaps(self, origin: str, now: float) -> None:
        """Add the sitemaps that the robots.txt of an origin names, else the usual one."""
        frontier = self._parts.frontier
        for name in self._sitemaps.get(origin, ()):
            rules = frontier.robots.rules(origin, self._parts.sources[name].manners.product)
            urls = rules.sitemaps(origin) or (f"{origin}/sitemap.xml",)
            self._add(name, [Found(task=sitemap_task(url), due=now) for url in urls], now)

    def _add(self, source: str, found: list[Found], now: float) -> None:
        self.skipped[source] += self._parts.frontier.add(source, found, now)


def _origin(url: str) -> str:
    try:
        return origin_of(url)
    except NoAddress:
        return ""
