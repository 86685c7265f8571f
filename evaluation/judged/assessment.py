"""One evaluation put together: a system, what it reached, how it stands to others, and what is unjudged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from discovery.errors import InvalidInput, Problem
from discovery.matching import Matcher
from evaluation.judged.ablation import Ablations, ablate
from evaluation.judged.agreement import Agreement, agreement
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.calibration import Calibration, calibrate, judged_pairs
from evaluation.judged.comparison import Comparison, compare, corrected
from evaluation.judged.guards import Guards
from evaluation.judged.measures import BriefFigures, SliceFigures, by_slice, measure, ndcg_of
from evaluation.judged.paraphrases import Overlap, Paraphrases, overlaps
from evaluation.judged.plain import plain_systems
from evaluation.judged.qrels import Judgments
from evaluation.judged.run_files import Run
from evaluation.judged.systems import Progress, matcher_system, no_progress, run_system
from evaluation.judged.unjudged import Unjudged, unjudged

PRODUCT = "NicheScout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be found out: briefs with judgments, and with what the answers are compared.

    `others` are runs by the names of their systems; `plain` adds the plain systems, `ablations` the signals,
    `calibration` the chances. `paraphrases` are briefs and other ways of saying them.
    """

    briefs: Sequence[JudgedBrief]
    judgments: Judgments
    others: Mapping[str, Run] = field(default_factory=dict)
    plain: bool = False
    ablations: bool = False
    calibration: bool = False
    paraphrases: Sequence[Paraphrases] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be measured.

        Raises:
            InvalidInput: none of the briefs has judgments.
        """
        if not any(self.judgments.get(brief.id) for brief in self.briefs):
            message = "judge none of the briefs; give the judgments that belong to these briefs"
            raise InvalidInput([Problem(field="judgments", message=message)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A system with its figures, over slices (`all` first) and brief by brief."""

    system: str
    slices: tuple[SliceFigures, ...]
    briefs: tuple[BriefFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything an evaluation found. `comparisons` set `measured` against each of `others`.

    `agreements` say of each run that was given how far it has the same creators in the same places.

    `ablations`, `calibration`, `overlaps` and `guards` are there when they were asked for.
    `without_judgments` are briefs that nobody has judged: they were searched and not measured.
    """

    measured: Measured
    others: tuple[Measured, ...]
    comparisons: tuple[Comparison, ...]
    agreements: tuple[Agreement, ...] = ()
    ablations: Ablations | None
    calibration: Calibration | None
    overlaps: tuple[Overlap, ...]
    guards: Guards | None = None
    unjudged: tuple[Unjudged, ...]
    without_judgments: tuple[str, ...]


def answers(question: Question, matcher: Matcher, progress: Progress = no_progress) -> Run:
    """Ask the product for every brief."""
    return run_system(matcher_system(matcher), question.briefs, progress=progress)


def assess(
    question: Question,
    system: str,
    run: Run,
    matcher: Callable[[], Matcher],
    progress: Progress = no_progress,
) -> Assessment:
    """Measure a run and put it beside others; `matcher` is called only for what has to be searched."""
    others = dict(question.others)
    if question.plain:
        others |= _plain_runs(question, matcher(), progress)
    mine = measured(question, system, run)
    rest = tuple(measured(question, name, other) for name, other in others.items())
    comparisons = [compare(system, ndcg_of(mine.briefs), one.system, ndcg_of(one.briefs)) for one in rest]
    judged = {one.brief for one in mine.briefs}
    return Assessment(
        measured=mine,
        others=rest,
        comparisons=corrected(comparisons),
        agreements=tuple(agreement(system, run, name, other) for name, other in question.others.items()),
        ablations=_ablations(question, matcher, progress),
        calibration=_calibration(question, matcher, progress),
        overlaps=_overlaps(question, matcher, progress),
        unjudged=unjudged([one for one in question.briefs if one.id in judged], question.judgments, run),
        without_judgments=tuple(one.id for one in question.briefs if one.id not in judged),
    )


def measured(question: Question, system: str, run: Run) -> Measured:
    """Measure one run."""
    figures = measure(question.briefs, question.judgments, run)
    return Measured(system=system, slices=by_slice(figures), briefs=figures)


def _ablations(question: Question, matcher: Callable[[], Matcher], progress: Progress) -> Ablations | None:
    if not question.ablations:
        return None
    return ablate(matcher(), question.briefs, question.judgments, progress=progress)


def _calibration(
    question: Question, matcher: Callable[[], Matcher], progress: Progress
) -> Calibration | None:
    if not question.calibration:
        return None
    return calibrate(judged_pairs(matcher(), question.briefs, question.judgments, progress))


def _overlaps(question: Question, matcher: Callable[[], Matcher], progress: Progress) -> tuple[Overlap, ...]:
    if not question.paraphrases:
        return ()
    return overlaps(matcher_system(matcher()), question.paraphrases, progress)


def _plain_runs(question: Question, matcher: Matcher, progress: Progress) -> dict[str, Run]:
    systems = plain_systems(matcher.engine(), matcher.encoder, matcher.analyser)
    return {
        name: run_system(system, question.briefs, stage=name, progress=progress)
        for name, system in systems.items()
    }
