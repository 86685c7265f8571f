"""What each part of the ranking brings: the answers without it, and by one signal alone.

Two parts are no signals: `as typed` searches for the text as it stands, and `exclusions not read` understands
all of it but what it rules out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from discovery.matching import Matcher, Reader, as_it_is
from discovery.ranking.weights import DEFAULT_WEIGHTS
from discovery.understanding.parts import PartKind, Understood
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.comparison import Comparison, compare, corrected
from evaluation.judged.measures import by_slice, measure, ndcg_of
from evaluation.judged.qrels import Judgments
from evaluation.judged.systems import Progress, matcher_system, no_progress, run_system

FULL = "everything"
AS_TYPED = "as typed"
WITHOUT_EXCLUSIONS = "exclusions not read"
CHANGING = frozenset({"related_words", "exclusions"})
"""Signals that change others: alone they score nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ablation:
    """The answers with something changed: mean nDCG@10 by slice, and what the full ranking has over them."""

    name: str
    slices: Mapping[str, float]
    brings: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Ablations:
    """The full ranking by slice, what is lost without each part, and each signal alone (Holm within each)."""

    full: Mapping[str, float]
    without: tuple[Ablation, ...]
    alone: tuple[Ablation, ...]


def ablate(
    matcher: Matcher,
    briefs: Sequence[JudgedBrief],
    judgments: Judgments,
    *,
    progress: Progress = no_progress,
) -> Ablations:
    """Measure the answers with everything, without each part, and by each signal alone."""

    def measured(name: str, searched: Matcher, weights: Mapping[str, float]) -> "_Measured":
        run = run_system(matcher_system(searched, weights), briefs, stage=name, progress=progress)
        figures = measure(briefs, judgments, run)
        return _Measured(
            name=name,
            slices={one.slice: one.ndcg_10.mean for one in by_slice(figures)},
            ndcg=ndcg_of(figures),
        )

    full = measured(FULL, matcher, {})
    return Ablations(
        full=full.slices,
        without=_against(full, [measured(*change) for change in _without(matcher)]),
        alone=_against(full, [measured(*change) for change in _alone(matcher)]),
    )


def without_exclusions(read: Reader) -> Reader:
    """Read briefs, but switch off every part that rules something out."""

    def reading(text: str) -> Understood:
        understood = read(text)
        parts = (
            replace(part, use=part.use and part.kind is not PartKind.EXCLUSION) for part in understood.parts
        )
        return replace(understood, parts=tuple(parts))

    return reading


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    name: str
    slices: Mapping[str, float]
    ndcg: Mapping[str, float]


_Change = tuple[str, Matcher, Mapping[str, float]]


def _without(matcher: Matcher) -> Iterator[_Change]:
    for name in DEFAULT_WEIGHTS:
        yield f"without {name}", matcher, {name: 0.0}
    yield AS_TYPED, replace(matcher, read=as_it_is), {}
    yield WITHOUT_EXCLUSIONS, replace(matcher, read=without_exclusions(matcher.read)), {}


def _alone(matcher: Matcher) -> Iterator[_Change]:
    for name in DEFAULT_WEIGHTS:
        if name not in CHANGING:
            yield f"{name} alone", matcher, dict.fromkeys(DEFAULT_WEIGHTS.keys() - {name}, 0.0)


def _against(full: _Measured, found: Sequence[_Measured]) -> tuple[Ablation, ...]:
    comparisons = corrected([compare(FULL, full.ndcg, one.name, one.ndcg) for one in found])
    return tuple(
        Ablation(name=one.name, slices=one.slices, brings=brings)
        for one, brings in zip(found, comparisons, strict=True)
    )
