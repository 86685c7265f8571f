"""A crawl of many hosts at once: how much of the time each of them is kept busy."""

from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import perf_counter, process_time

import numpy as np

from evaluation.benchmark.figures import percentiles, resident_megabytes, say
from evaluation.fictional_hosts import FictionalHosts, Seen, host_names

HOSTS = 100
DELAY = 1.0
SECONDS = 20.0
WARM_UP = 4.0
"""Seconds that are not measured: until every host has been asked for its robots.txt and its first page."""
FILLER = 100_000
"""Bytes of text by which every page is longer."""


def measure_crawl(hosts: int = HOSTS, seconds: float = SECONDS, filler: int = FILLER) -> float:
    """Crawl for some seconds and report; return how many hosts were busy, out of `hosts`.

    A host is busy while it is too soon to ask it again; the time that its answers take counts as idle.
    """
    import asyncio
    import os

    from evaluation.kill.crawl_work import fetcher, source
    from indexer.crawl.loop.crawler import Crawler
    from indexer.crawl.loop.parts import Settings
    from indexer.crawl.run import opened
    from indexer.home import Home

    folder = Path(mkdtemp(prefix="nichescout-crawl-"))
    with _Elsewhere(filler) as web:
        asked = source(host_names(hosts), web.port, delay=DELAY)
        with opened(Home(folder), [asked], {}, fetch=fetcher(web.port).fetch) as parts:

            async def run() -> None:
                crawler = Crawler(parts, Settings(processes=os.cpu_count() or 1))
                asyncio.get_running_loop().call_later(seconds, crawler.stop)
                await crawler.run()

            started, cpu = perf_counter(), process_time()
            asyncio.run(run())
            taken, cpu = perf_counter() - started, process_time() - cpu
            stored = parts.store.count
        seen = web.seen()
    rmtree(folder)
    busy = _busy(seen)
    say(f"crawl, {hosts} hosts with {DELAY:g} s delay: hosts kept busy", f"{busy:.1f}")
    say("crawl: shortest time between two requests to a host, s", f"{min(_gaps(seen)):.3f}")
    say(
        "crawl: time between two requests to a host, p50 p95 p99 ms",
        percentiles([1e3 * gap for gap in _gaps(seen)]),
    )
    say("crawl: requests, creators stored", f"{len(seen):,} {stored:,}")
    say("crawl: share of one core", f"{cpu / taken:.2f}")
    say("crawl: resident memory, MB", f"{resident_megabytes(os.getpid()):.0f}")
    return busy


def _gaps(seen: Sequence[Seen]) -> list[float]:
    times: dict[str, list[float]] = {}
    for one in seen:
        times.setdefault(one.host, []).append(one.at)
    return [float(gap) for asked in times.values() for gap in np.diff(asked)]


def _busy(seen: Sequence[Seen]) -> float:
    """The sum over all hosts of the share of time in which it was too soon to ask them again."""
    first, last = seen[0].at + WARM_UP, seen[-1].at - 1.0
    times: dict[str, list[float]] = {}
    for one in seen:
        if one.at < last:
            times.setdefault(one.host, []).append(one.at)
    idle = 0.0
    for asked in times.values():
        ends = [*asked[1:], last]
        waits = ((begin + DELAY, end) for begin, end in zip(asked, ends, strict=True))
        idle += sum(max(0.0, end - max(begin, first)) for begin, end in waits)
    return len(times) - idle / (last - first)


class _Elsewhere:
    """The invented hosts in a process of their own, so that they take nothing from the crawl."""

    def __init__(self, filler: int) -> None:
        self._filler = filler
        self.port = 0

    def __enter__(self) -> "_Elsewhere":
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._filler))
        self._process.start()
        self.port = self._ours.recv()
        return self

    def seen(self) -> list[Seen]:
        """Return what was asked for so far."""
        self._ours.send("seen")
        found: list[Seen] = self._ours.recv()
        return found

    def __exit__(self, *_: object) -> None:
        self._ours.send("end")
        self._process.join(10)


def _serve(channel: Connection, filler: int) -> None:
    with FictionalHosts(filler) as hosts:
        channel.send(hosts.port)
        while channel.recv() != "end":
            channel.send(list(hosts.seen))
