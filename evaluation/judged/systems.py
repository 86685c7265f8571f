"""Systems that are measured: anything that takes the text of a brief and returns creators, best first."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from discovery.brief import Brief
from discovery.creator import CreatorId
from discovery.matching import Matcher
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.run_files import Run

DEPTH = 100
"""How many creators a brief are kept: as deep as R@100 looks."""

System = Callable[[str, int], Sequence[CreatorId]]
"""Text of a brief and depth in, creators out, best first."""
Progress = Callable[[str, int, int], None]
"""Told the stage, how many briefs are done, and how many there are."""

_DEFAULTS: Mapping[str, float] = MappingProxyType({})


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


def matcher_system(matcher: Matcher, weights: Mapping[str, float] = _DEFAULTS) -> System:
    """Return the product as a system; `weights` go over its default weights."""

    def search(text: str, depth: int) -> Sequence[CreatorId]:
        return matcher.search(Brief(query=text, weights=weights, limit=depth)).ids

    return search


def run_system(
    system: System,
    briefs: Sequence[JudgedBrief],
    *,
    depth: int = DEPTH,
    stage: str = "searching",
    progress: Progress = no_progress,
) -> Run:
    """Ask a system for every brief."""
    run = {}
    for done, brief in enumerate(briefs, start=1):
        run[brief.id] = tuple(system(brief.text, depth))
        progress(stage, done, len(briefs))
    return run
