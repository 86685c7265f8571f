"""Latency of a search without the encoder, and what its shortcuts miss, by how much a filter keeps."""

import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from discovery.brief import Brief
from discovery.creator import CreatorId
from discovery.filters import Filter
from discovery.matching import Matcher
from discovery.ports import Analyser, Depth, Encoder, Query, SearchEngine, Vectors
from evaluation.benchmark.briefs import LONG, SHORT
from evaluation.benchmark.figures import percentiles, say
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.layout import Layout
from indexer.embedded.planner import Path
from indexer.engines import open_generations
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


def filter_classes(engine: SearchEngine) -> list[FilterClass]:
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


def measure_recall(engine: EmbeddedEngine, forced: EmbeddedEngine, matcher: Matcher) -> None:
    """Print what the approximate path finds of the nearest themes, and a search of the best of everybody."""
    briefs = [*SHORT, *LONG]
    for one in filter_classes(engine):
        found = theme_recall(engine, forced, matcher.encoder.encode_queries(briefs), one.filters)
        say(f"recall of the 100 nearest themes, {one}: mean, least", _mean_and_least(found))
        for depth in (10, 100):
            found = ranking_recall(matcher, briefs, one.filters, depth)
            say(f"recall of the {depth} best of all, {one}: mean, least", _mean_and_least(found))


def theme_recall(
    engine: EmbeddedEngine,
    forced: EmbeddedEngine,
    vectors: Iterable[Vectors],
    filters: tuple[Filter, ...],
    wanted: int = 100,
) -> list[float]:
    """Return for each brief which share of the nearest themes is among the candidates of `forced`.

    The nearest are worked out by comparing everybody whom the filters admit. A list of candidates that is
    shorter than what was wanted is an error.
    """
    admission = forced.admit(filters, None)
    admitted = _everybody(engine, filters)
    found = []
    for vector in vectors:
        query = Query(vector=vector, terms=())
        cosine = engine.themes(query, admitted).cosine
        known = np.flatnonzero(~np.isnan(cosine))
        best = {admitted[row] for row in known[np.argsort(-cosine[known], kind="stable")[:wanted]].tolist()}
        candidates = forced.candidates(query, admission, Depth()).creators
        assert len(candidates) >= len(best), "a short list"
        found.append(len(best.intersection(candidates)) / max(len(best), 1))
    return found


def ranking_recall(
    matcher: Matcher, briefs: Iterable[str], filters: tuple[Filter, ...], wanted: int
) -> list[float]:
    """Return for each brief which share of the best creators a search finds.

    The best are those of the same search made to score everybody whom the filters admit.
    """
    everybody = matcher.engine().info.creators
    thorough = replace(matcher, depth=Depth(vectors=everybody, keywords=everybody, creators=everybody))
    found = []
    for text in briefs:
        brief = Brief(query=text, filters=filters, limit=wanted)
        best = thorough.search(brief).ids
        found.append(len(set(best).intersection(matcher.search(brief).ids)) / max(len(best), 1))
    return found


def _everybody(engine: EmbeddedEngine, filters: tuple[Filter, ...]) -> tuple[CreatorId, ...]:
    """Whom the filters admit."""
    whole = Depth(creators=max(1, engine.info.creators))
    return engine.candidates(Query(vector=None, terms=()), engine.admit(filters, None), whole).creators


def _mean_and_least(shares: Sequence[float]) -> str:
    return f"{np.mean(shares):.4f} {min(shares):.2f}"


def _follower_filter(engine: SearchEngine, wanted: int) -> tuple[Filter, ...]:
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
    engine = open_generations(home, encoder=encoder.id, analyser=analyser.id).current()
    matcher = Matcher(
        engine=lambda: engine, encoder=encoder, analyser=analyser, suppressed=lambda _one: False
    )
    if "search" in parts:
        measure_encoding(encoder, rounds)
        measure_searches(matcher, filter_classes(engine), rounds)
    if "recall" in parts:
        layout = Layout(home.index)
        folder = layout.generation(layout.current())
        measure_recall(open_generation(folder), open_generation(folder, force=Path.APPROXIMATE), matcher)
