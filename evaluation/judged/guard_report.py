"""Tables of the guards: chances, bias, copies, what is cited, and paraphrases, each beside its target."""

from collections.abc import Iterator, Sequence
from statistics import fmean

from evaluation.judged import bias, calibration, copies, faithfulness, paraphrases
from evaluation.judged.guards import Guards
from evaluation.judged.platt import Curve
from evaluation.judged.table import Row, Table, interval, number, reached

TARGETS = ("figure", "value", "target", "")


def calibration_tables(found: calibration.Calibration) -> Iterator[Table]:
    """Show the curve with its errors, the reliability of the chances, and some groups of pairs."""
    yield Table(
        title=f"Calibration: {found.pairs} judged pairs of {found.briefs} briefs, {found.good} of them good",
        columns=TARGETS,
        rows=(
            _curve("curve fitted anew", found.fitted),
            _curve("curve that ships", found.shipped),
            _at_most("calibration error, each brief left out", found.ece, calibration.TARGET),
            _at_most("calibration error of the curve that ships", found.ece_shipped, calibration.TARGET),
            ("Brier score, each brief left out", number(found.brier), "", ""),
            ("less than that of the base rate by", f"{found.gain:.1%}", "", ""),
        ),
    )
    yield Table(
        title="Chances by curves that did not see the brief",
        columns=("chance", "pairs", "expected good", "were good"),
        rows=tuple(
            (f"{one.low:.1f} to {one.high:.1f}", str(one.pairs), number(one.expected), number(one.observed))
            for one in found.bins
        ),
    )
    yield Table(
        title="The same by rank and platform",
        columns=("pairs of", "pairs", "expected good", "were good", "calibration error"),
        rows=tuple(
            (one.name, str(one.pairs), number(one.expected), number(one.observed), number(one.ece))
            for one in found.groups
        ),
    )


def overlap_table(found: Sequence[paraphrases.Overlap]) -> Table:
    """Show how alike the answers to a brief and its paraphrases are."""
    mean = fmean(one.mean for one in found)
    met = reached(mean >= paraphrases.TARGET)
    return Table(
        title="Paraphrases: RBO@10 (p = 0.9) with the answer to the first",
        columns=("set", "mean", "lowest", "target", ""),
        rows=(
            ("all", number(mean), number(min(one.lowest for one in found)), f"{paraphrases.TARGET}", met),
            *((one.id, number(one.mean), number(one.lowest), "", "") for one in found),
        ),
    )


def guard_tables(found: Guards, *, each_brief: bool) -> Iterator[Table]:
    """Show what the guards found; the losses of every brief only when asked for."""
    yield _bias_table(found.biases)
    yield _copies_table(found.copies)
    if found.faithfulness is not None:
        yield _faithfulness_table(found.faithfulness)
        if each_brief:
            yield _losses(found.faithfulness)


def _copies_table(found: copies.Copies) -> Table:
    return Table(
        title=f"Copies: posts {copies.TIMES} times over, {found.creators} creators on {found.briefs} briefs",
        columns=TARGETS,
        rows=(
            _at_most("largest change of a score, in its range", found.largest, copies.TARGET),
            ("mean change", number(found.mean), "", ""),
        ),
    )


def _bias_table(found: Sequence[bias.Bias]) -> Table:
    rows = tuple(
        (
            one.of,
            "everybody" if not one.least_posts else f"{one.least_posts} posts or more",
            str(one.pairs),
            f"{one.rho.mean:+.3f}",
            interval(one.rho),
            f"± {bias.TARGET}",
            reached(abs(one.rho.mean) <= bias.TARGET),
        )
        for one in found
    )
    return Table(
        title="Bias: rank correlation of the score with what it should not know, among grade 0",
        columns=("with", "among", "pairs", "rho", "95 %", "target", ""),
        rows=rows,
    )


def _faithfulness_table(found: faithfulness.Faithfulness) -> Table:
    target = faithfulness.TARGET
    return Table(
        title=f"Cited posts: points lost without them, {len(found.losses)} briefs",
        columns=TARGETS,
        rows=(
            (
                "times the loss by random posts (median)",
                f"{found.ratio:.1f}",
                f"{target:g}",
                reached(found.ratio >= target),
            ),
            ("times the change by random posts (median)", f"{found.strict_ratio:.1f}", "", ""),
            ("briefs with at least 3 times the loss", f"{found.at_least:.0%}", "", ""),
            ("mean loss without the cited posts", number(found.cited), "", ""),
            ("mean loss without as many random posts", number(found.random), "", ""),
            ("mean change without them, either way", number(found.moved), "", ""),
        ),
    )


def _losses(found: faithfulness.Faithfulness) -> Table:
    rows = tuple(
        (
            one.brief,
            str(one.creators),
            number(one.cited),
            number(one.random),
            number(one.moved),
            f"{one.ratio:.1f}",
            f"{one.strict_ratio:.1f}",
        )
        for one in found.losses
    )
    columns = ("brief", "creators", "cited", "random", "either way", "cited / random", "cited / either way")
    return Table(title="Points lost, brief by brief", columns=columns, rows=rows)


def _at_most(name: str, value: float, target: float) -> Row:
    return name, number(value), f"{target}", reached(value <= target)


def _curve(name: str, curve: Curve) -> Row:
    return name, f"slope {curve.slope:.3f}, intercept {curve.intercept:.2f}", "", ""
