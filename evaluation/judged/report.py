"""What an evaluation found, as tables for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import orjson

from evaluation.judged.ablation import FULL, Ablations
from evaluation.judged.agreement import DEPTH, Agreement
from evaluation.judged.assessment import Assessment, Measured
from evaluation.judged.comparison import Comparison
from evaluation.judged.guard_report import calibration_tables, guard_tables, overlap_table
from evaluation.judged.measures import TITLES, BriefFigures, SliceFigures
from evaluation.judged.table import Row, Table, interval, number
from evaluation.judged.trec import encode_id
from evaluation.judged.unjudged import Unjudged

if TYPE_CHECKING:
    from evaluation.judged.scifact import Check


def tables(found: Assessment, *, each_brief: bool = False, list_unjudged: bool = False) -> Iterator[Table]:
    """Yield the tables that have rows; figures per brief and the unjudged only when asked for."""
    yield _slices(found.measured)
    if each_brief:
        yield _briefs(found.measured.briefs)
    if found.others:
        yield _systems([found.measured, *found.others])
        yield _comparisons(found.comparisons)
    if found.agreements:
        yield _agreements(found.agreements)
    if found.ablations:
        yield _ablations(found.ablations)
    if found.calibration:
        yield from calibration_tables(found.calibration)
    if found.overlaps:
        yield overlap_table(found.overlaps)
    if found.guards:
        yield from guard_tables(found.guards, each_brief=each_brief)
    if list_unjudged and found.unjudged:
        yield _unjudged(found.unjudged)


def notes(found: Assessment) -> Iterator[str]:
    """Yield what has to be known to read the figures."""
    if found.unjudged:
        count = len(found.unjudged)
        yield f"{count} of the creators in the top 10 are unjudged and count as not relevant (--unjudged)."
    if found.without_judgments:
        yield f"Not measured, for want of judgments: {', '.join(found.without_judgments)}."


def check_table(checks: Sequence[Check]) -> Table:
    """Show what the engines reached on SciFact."""
    rows = tuple(
        (
            check.engine,
            str(check.figures.briefs),
            number(check.figures.ndcg_10.mean),
            interval(check.figures.ndcg_10),
            number(check.figures.recall_100),
            "" if check.published is None else number(check.published),
        )
        for check in checks
    )
    columns = ("engine", "claims", "nDCG@10", "95 %", "R@100", "published nDCG@10")
    return Table(title="SciFact", columns=columns, rows=rows)


def as_json(found: Assessment | Sequence[Check]) -> str:
    """Write everything that was found, figures per brief too, as indented JSON."""
    return orjson.dumps(found, option=orjson.OPT_INDENT_2).decode()


def _slices(found: Measured) -> Table:
    rows = tuple((one.slice, str(one.briefs), *_figures(one)) for one in found.slices)
    ndcg, *others = TITLES.values()
    return Table(title=found.system, columns=("slice", "briefs", ndcg, "95 %", *others), rows=rows)


def _figures(one: SliceFigures) -> Row:
    others = (one.precision_10, one.recall_100, one.judged_10, one.ndcg_10_of_judged)
    return (number(one.ndcg_10.mean), interval(one.ndcg_10), *map(number, others))


def _briefs(found: Sequence[BriefFigures]) -> Table:
    rows = tuple((one.brief, one.slice, *(number(getattr(one, name)) for name in TITLES)) for one in found)
    return Table(title="Brief by brief", columns=("brief", "slice", *TITLES.values()), rows=rows)


def _systems(found: Sequence[Measured]) -> Table:
    """One system a row, nDCG@10 of each slice, then the other measures over all briefs."""
    slices = [one.slice for one in found[0].slices]
    others = [name for name in TITLES if name != "ndcg_10"]
    rows = tuple(
        (
            system.system,
            *(number(one.ndcg_10.mean) for one in system.slices),
            *(number(getattr(system.slices[0], name)) for name in others),
        )
        for system in found
    )
    columns = ("system", *slices, *(TITLES[name] for name in others))
    return Table(title="nDCG@10 by slice, then over all briefs", columns=columns, rows=rows)


def _comparisons(found: Sequence[Comparison]) -> Table:
    rows = tuple((one.against, *_difference(one)) for one in found)
    title = f"nDCG@10 of {found[0].system}, less that of"
    return Table(title=title, columns=("system", *_DIFFERENCE), rows=rows)


_DIFFERENCE = ("difference", "95 %", "wins", "ties", "losses", "p", "p (Holm)")


def _difference(one: Comparison) -> Row:
    counts = map(str, (one.wins, one.ties, one.losses))
    ends = f"{one.difference.low:+.3f} to {one.difference.high:+.3f}"
    return (f"{one.difference.mean:+.3f}", ends, *counts, f"{one.p:.4f}", f"{one.holm:.4f}")


def _agreements(found: Sequence[Agreement]) -> Table:
    rows = tuple(
        (
            one.against,
            str(one.places),
            f"{one.same / max(one.places, 1):.1%}",
            ", ".join(one.briefs) or "none",
        )
        for one in found
    )
    title = f"Places in the top {DEPTH} where {found[0].system} has the same creator as"
    return Table(title=title, columns=("system", "places", "same", "briefs that differ"), rows=rows)


def _ablations(found: Ablations) -> Table:
    columns = ("answers", *found.full, "everything brings", *_DIFFERENCE[1:])
    full = (FULL, *map(number, found.full.values()), *[""] * len(_DIFFERENCE))
    rows = (
        (one.name, *map(number, one.slices.values()), *_difference(one.brings))
        for one in (*found.without, *found.alone)
    )
    title = "nDCG@10 by slice, without each part and by each signal alone"
    return Table(title=title, columns=columns, rows=(full, *rows))


def _unjudged(found: Sequence[Unjudged]) -> Table:
    rows = tuple((one.brief, str(one.rank), encode_id(one.creator), one.creator) for one in found)
    return Table(title="Unjudged in the top 10", columns=("brief", "rank", "encoded", "id"), rows=rows)
