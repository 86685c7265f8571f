"""The measures, by ir_measures, for every brief and as means over slices.

nDCG@10 has linear gains, as trec_eval computes it. Unjudged creators count as grade 0; beside it stands
nDCG@10 of the answer with the unjudged taken out, which says how much they weigh. P@10 counts grades from 2
(good), R@100 from 1. A brief without an answer has 0 everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.qrels import Judgments
from evaluation.judged.resampling import Interval, mean_interval
from evaluation.judged.run_files import Run
from evaluation.judged.trec import encode_id

ALL = "all"
"""Name of the slice that holds every brief."""
TITLES = {
    "ndcg_10": "nDCG@10",
    "precision_10": "P@10",
    "recall_100": "R@100",
    "judged_10": "judged@10",
    "ndcg_10_of_judged": "nDCG@10 of judged",
}
"""The measures as people write them, by the name of their field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefFigures:
    """What one brief reached; all values are 0 to 1."""

    brief: str
    slice: str
    ndcg_10: float
    precision_10: float
    recall_100: float
    judged_10: float
    ndcg_10_of_judged: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceFigures:
    """Means over the briefs of a slice, nDCG@10 with its interval."""

    slice: str
    briefs: int
    ndcg_10: Interval
    precision_10: float
    recall_100: float
    judged_10: float
    ndcg_10_of_judged: float


def measure(briefs: Sequence[JudgedBrief], judgments: Judgments, run: Run) -> tuple[BriefFigures, ...]:
    """Measure a run, brief by brief in the order of the briefs; briefs without judgments are left out."""
    import ir_measures
    from ir_measures import Judged, P, R, nDCG

    measures = {
        nDCG @ 10: "ndcg_10",
        P(rel=2) @ 10: "precision_10",
        R @ 100: "recall_100",
        Judged @ 10: "judged_10",
        nDCG(judged_only=True) @ 10: "ndcg_10_of_judged",
    }
    judged = [brief for brief in briefs if judgments.get(brief.id)]
    qrels = [
        ir_measures.Qrel(brief.id, encode_id(identity), grade)
        for brief in judged
        for identity, grade in judgments[brief.id].items()
    ]
    found = [
        ir_measures.ScoredDoc(brief.id, encode_id(identity), float(-place))
        for brief in judged
        for place, identity in enumerate(run.get(brief.id, ()))
    ]
    values: dict[str, dict[str, float]] = {brief.id: {} for brief in judged}
    if judged:
        for metric in ir_measures.iter_calc(measures, qrels, found):
            values[metric.query_id][measures[metric.measure]] = float(metric.value)
    return tuple(BriefFigures(brief=brief.id, slice=brief.slice, **values[brief.id]) for brief in judged)


def by_slice(figures: Sequence[BriefFigures]) -> tuple[SliceFigures, ...]:
    """Means over all briefs, then over each slice in the order in which the slices first come."""
    if not figures:
        return ()
    slices = dict.fromkeys(one.slice for one in figures)
    named = [(name, [one for one in figures if one.slice == name]) for name in slices]
    return tuple(_means(name, members) for name, members in [(ALL, list(figures)), *named])


def ndcg_of(figures: Sequence[BriefFigures]) -> dict[str, float]:
    """Return nDCG@10 by brief."""
    return {one.brief: one.ndcg_10 for one in figures}


def _means(name: str, figures: Sequence[BriefFigures]) -> SliceFigures:
    return SliceFigures(
        slice=name,
        briefs=len(figures),
        ndcg_10=mean_interval([one.ndcg_10 for one in figures]),
        precision_10=_mean([one.precision_10 for one in figures]),
        recall_100=_mean([one.recall_100 for one in figures]),
        judged_10=_mean([one.judged_10 for one in figures]),
        ndcg_10_of_judged=_mean([one.ndcg_10_of_judged for one in figures]),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
