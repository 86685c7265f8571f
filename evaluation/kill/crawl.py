"""Kill -9 in mid-crawl: `python -m evaluation.kill.crawl --rounds 100 --seed 1`.

One installation crawls an endless web of invented hosts. Each round kills the crawl, by its time or at a
point between two of its steps, and looks at what is left and at what the hosts have seen. The next round goes
on where the killed one was. Promised is that nothing that was stored is lost or changed, that a page counts
as done only when it is stored, that what was done is not fetched again, that no host is asked within its
delay, whoever asked before, and that robots.txt is asked for first and obeyed. Exit status: 0 when every
promise was kept, 1 otherwise.
"""

import argparse
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIGKILL
from tempfile import mkdtemp
from time import perf_counter, sleep

import numpy as np

from discovery.creator import CreatorId
from discovery.errors import NicheScoutError
from evaluation.fictional_hosts import FictionalHosts, Seen, host_names
from evaluation.kill.checks import Violation, require, stored
from evaluation.kill.crawl_work import DELAY, POINTS, Doom, crawl_and_tell
from evaluation.kill.report import say
from indexer.crawl.frontier.frontier import Frontier
from indexer.home import Home

HOSTS = 24
IDLE = 10
"""Rounds in a row within which something is fetched."""
LONGEST = 1.5
"""Seconds of a crawl before it is killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did: at which point it was killed (`None`: by its time), and what it fetched."""

    point: str | None
    killed: bool
    requests: int


@dataclass(slots=True)
class Crawled:
    """An installation that is killed again and again, and the hosts that watch it."""

    folder: Path
    hosts: FictionalHosts
    seed: int
    count: int = HOSTS
    usual: Mapping[str, int] = field(default_factory=dict)
    rounds: int = 0
    known: dict[CreatorId, str] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    looked: int = 0

    def rehearse(self) -> None:
        """Crawl without a kill, to learn how often each point is passed."""
        told = self._run(None, None)
        require(isinstance(told, dict), "a crawl that nobody killed did not end")
        self.usual = told if isinstance(told, dict) else {}
        self._look()

    def round(self) -> Round:
        """Kill one crawl, and look.

        Raises:
            Violation: a promise was not kept.
        """
        random = np.random.default_rng((self.seed, self.rounds))
        self.rounds += 1
        doom, delay, before = None, None, len(self.hosts.seen)
        if self.rounds % 2:
            delay = float(random.uniform(0, LONGEST))
        else:
            point = POINTS[self.rounds // 2 % len(POINTS)]
            doom = Doom(point=point, times=int(random.integers(1, max(2, self.usual.get(point, 1) // 3))))
        told = self._run(doom, delay)
        self._look()
        return Round(
            point=doom.point if doom else None,
            killed=not isinstance(told, dict),
            requests=len(self.hosts.seen) - before,
        )

    def _run(self, doom: Doom | None, delay: float | None) -> object:
        """Run a crawl in a process of its own; return what it told last."""
        context = get_context("forkserver")
        context.set_forkserver_preload(["evaluation.kill.crawl_work", "indexer.crawl.run"])
        ours, theirs = context.Pipe(duplex=False)
        arguments = (self.folder, host_names(self.count), self.hosts.port, doom, LONGEST, theirs)
        process = context.Process(target=crawl_and_tell, args=arguments)
        process.start()
        theirs.close()
        told = _hear(ours)
        if delay is not None and told == "started":
            sleep(delay)
            process.kill()
        last = _hear(ours)
        process.join(60)
        code = process.exitcode
        require(code in {0, -SIGKILL}, f"the crawl ended by itself with exit code {code}")
        ours.close()
        process.close()
        return last

    def _look(self) -> None:
        """Hold what is left against what was before, and against what the hosts have seen."""
        home = Home(self.folder)
        there = stored(home)
        names = {one: creator.name for one, creator in there.items()}
        lost = {one for one, name in self.known.items() if names.get(one) != name}
        require(not lost, f"{len(lost)} creators that were stored are lost or changed: {sorted(lost)[:3]}")
        self.known = names
        with Frontier(home.crawl) as frontier:
            done = dict(frontier.documents())
        asked = (self.hosts.url(one.host, one.path) for one in self.hosts.seen[self.looked :])
        again = [url for url in asked if url in self.done]
        require(not again, f"pages were done and are fetched again: {again[:3]}")
        self.looked, self.done = len(self.hosts.seen), frozenset(done)
        unsaved = [url for url, shown in done.items() if not shown or not set(shown) <= names.keys()]
        require(not unsaved, f"pages count as done and are not stored: {unsaved[:3]}")
        check_manners(self.hosts.seen)


def check_manners(seen: Sequence[Seen]) -> None:
    """Hold what the hosts have seen against the promises.

    Raises:
        Violation: a host was asked too soon, before its robots.txt, or for what that closes.
    """
    by_host: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in list(seen):
        by_host[one.host].append(one)
    for host, asked in by_host.items():
        require(asked[0].path == "/robots.txt", f"{host} was asked for {asked[0].path} before its robots.txt")
        closed = [one.path for one in asked if one.path.startswith("/private/")]
        require(not closed, f"{host} was asked for {closed[:1]} against its robots.txt")
        for before, after in pairwise(asked):
            gap = after.at - before.at
            require(gap >= DELAY, f"{host} was asked for {after.path} {gap:.3f} s after {before.path}")


def fetched_again(seen: Sequence[Seen]) -> int:
    """How many requests were for what had been fetched before."""
    return sum(count - 1 for count in Counter((one.host, one.path) for one in seen).values())


def _hear(channel: Connection) -> object:
    try:
        return channel.recv()
    except (EOFError, OSError):
        return None


def run(rounds: int, seed: int, count: int = HOSTS) -> int:
    """Run rounds until so many crawls were killed, in a folder that is kept when a promise was broken."""
    folder = Path(mkdtemp(prefix="nichescout-kill-crawl-"))
    started, done = perf_counter(), list[Round]()
    with FictionalHosts() as hosts:
        crawled = Crawled(folder / "home", hosts, seed, count)
        try:
            crawled.rehearse()
            while sum(one.killed for one in done) < rounds:
                done.append(crawled.round())
                require(any(one.requests for one in done[-IDLE:]), "nothing is fetched any more")
        except (Violation, NicheScoutError) as violation:
            say(f"VIOLATION: {violation}")
            say(f"seed {seed}, round {len(done)}; what is left lies in {folder}")
            return 1
        _say(done, hosts.seen, crawled, perf_counter() - started)
    shutil.rmtree(folder)
    return 0


def _say(done: Sequence[Round], seen: Sequence[Seen], crawled: Crawled, seconds: float) -> None:
    kills = sum(one.killed for one in done)
    say(f"{len(done)} rounds in {seconds:.0f} s, {kills} kills")
    for point, count in Counter(one.point for one in done if one.killed).most_common():
        say(f"    {count:>4}  {point or 'by its time'}")
    hosts = {one.host for one in seen}
    say(f"{len(seen):,} requests to {len(hosts)} hosts, {len(crawled.known):,} creators stored, none lost")
    say(
        f"{fetched_again(seen)} pages under way at a kill fetched again, none within {DELAY} s of another; "
        "robots.txt always first and obeyed"
    )
    say("every promise was kept")


def main() -> None:
    """Parse the command line, run, and end with the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.kill.crawl",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same moments")
    options = parser.parse_args()
    sys.exit(run(options.rounds, options.seed))


if __name__ == "__main__":
    main()
