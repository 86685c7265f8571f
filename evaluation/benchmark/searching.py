"""Latency of a search without the encoder, and recall of the approximate path, by how much a filter keeps."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from discovery.brief import Brief
from discovery.filters import Filter
from discovery.matching import Matcher
from discovery.ports import Analyser, Depth, Encoder, Query
from evaluation.benchmark.briefs import LONG, SHORT
from evaluation.benchmark.figures import percentiles, say
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.layout import Layout
from indexer.embedded.planner import Path
from indexer.home import Home

SHARES = (1.0, 0.1, 0.01, 0.001)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterClass:
    """Filters that keep about a share of the creators."""

    share: float
    filters: tuple[Filter, ...]
    admitted: int

    def __str__(self) -> str:
        """Name of the class in the report."""
        return "no filter" if not self.filters else f"{self.share:.1%} kept ({self.admitted} creators)"


def filter_classes(engine: EmbeddedEngine) -> list[FilterClass]:
    """Find platform and follower filters that keep about each share."""
    classes = []
    for share in SHARES:
        filters = () if share == 1.0 else _follower_filter(engine, round(share * engine.info.creators))
        admitted = engine.admit(filters, None).count
        classes.append(FilterClass(share=share, filters=filters, admitted=admitted))
    return classes


def measure_searches(matcher: Matcher, classes: Sequence[FilterClass], rounds: int) -> None:
    """Print p50, p95 and p99 of a search without the encoder, for one client and two."""
    for one in classes:
        for clients in (1, 2):
            taken = _run_clients(matcher, one.filters, rounds, clients)
            say(f"search, {one}, {clients} client(s): p50 p95 p99 ms", percentiles(taken))


def measure_recall(engine: EmbeddedEngine, forced: EmbeddedEngine, encoder: Encoder) -> None:
    """Print how many of the 100 best creators by vector the approximate path finds."""
    vectors = encoder.encode_queries([*SHORT, *LONG])
    for one in filter_classes(engine):
        found = []
        for vector in vectors:
            query = Query(vector=vector, terms=())
            best = _best_creators(engine, query, one.filters)
            candidates = forced.candidates(query, forced.admit(one.filters, None), Depth())
            wanted = best[:100]
            found.append(len(set(wanted) & set(candidates.creators)) / max(len(wanted), 1))
            assert len(candidates.creators) >= len(wanted), "a short list"
        say(
            f"recall@100 of the approximate path, {one}: mean, least",
            f"{np.mean(found):.4f} {min(found):.2f}",
        )


def _best_creators(engine: EmbeddedEngine, query: Query, filters: tuple[Filter, ...]) -> list[str]:
    """Creators by their best passage, over all admitted ones, exactly."""
    admission = engine.admit(filters, None)
    everyone = Depth(creators=engine.info.creators)
    windows = engine.windows(query, engine.candidates(query, admission, everyone).creators)
    best = np.maximum.reduceat(np.nan_to_num(windows.cosine, nan=-2.0), windows.offsets[:-1])
    order = sorted(range(len(best)), key=lambda row: (-best[row], windows.creators[row]))
    return [windows.creators[row] for row in order if best[row] > -2.0]


def _follower_filter(engine: EmbeddedEngine, wanted: int) -> tuple[Filter, ...]:
    """Bisect for the least followers that leave about `wanted` creators on the largest platform."""
    platforms = {name: engine.admit(_platform(name), None).count for name in ("youtube", "instagram")}
    base = _platform(max(platforms, key=lambda name: platforms[name]))
    low, high = 0, 1 << 32
    while high - low > 1:
        middle = (low + high) // 2
        if engine.admit((*base, Filter(field="followers", min=middle)), None).count > wanted:
            low = middle
        else:
            high = middle
    return (*base, Filter(field="followers", min=high))


def _platform(name: str) -> tuple[Filter, ...]:
    return (Filter(field="platform", any_of=(name,)),)


def _run_clients(matcher: Matcher, filters: tuple[Filter, ...], rounds: int, clients: int) -> list[float]:
    """Search from several threads at once; the encoder runs before the clock starts."""
    taken: list[float] = []
    ready = threading.Barrier(clients)

    def client(number: int) -> None:
        ready.wait()
        for turn in range(rounds):
            text = SHORT[(turn * 7 + number * 13) % len(SHORT)]
            ranking = matcher.search(Brief(query=f"{text} {turn}", filters=filters))
            taken.append(1e3 * ranking.timings["search"])

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def measure_encoding(encoder: Encoder, rounds: int) -> None:
    """Print the encoder's own time for a short and a long brief."""
    for name, texts in (("short", SHORT), ("long", LONG)):
        taken = []
        for turn in range(rounds):
            started = time.perf_counter()
            encoder.encode_queries([texts[turn % len(texts)]])
            taken.append(1e3 * (time.perf_counter() - started))
        say(f"encoder, {name} brief: p50 p95 p99 ms", percentiles(taken))


def measure(home: Home, encoder: Encoder, analyser: Analyser, parts: Sequence[str], rounds: int) -> None:
    """Open the published generation and measure the parts asked for."""
    layout = Layout(home.index)
    folder = layout.generation(layout.current())
    engine = open_generation(folder)
    engine.warm()
    matcher = Matcher(
        engine=lambda: engine, encoder=encoder, analyser=analyser, suppressed=lambda _one: False
    )
    if "search" in parts:
        measure_encoding(encoder, rounds)
        measure_searches(matcher, filter_classes(engine), rounds)
    if "recall" in parts:
        measure_recall(engine, open_generation(folder, force=Path.APPROXIMATE), encoder)
