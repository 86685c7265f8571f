"""Invented briefs, judgments and runs."""

from collections.abc import Sequence

from discovery.creator import CreatorId
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.measures import BriefFigures


def brief(
    identity: str, kind: str = "literal", text: str = "Invented tea for invented people"
) -> JudgedBrief:
    """Build a brief."""
    return JudgedBrief(id=identity, slice=kind, text=text)


def ids(*names: str) -> tuple[CreatorId, ...]:
    """Give names their type."""
    return tuple(map(CreatorId, names))


def grades(**given: int) -> dict[CreatorId, int]:
    """Build the grades of a brief."""
    return {CreatorId(name): grade for name, grade in given.items()}


def figures(identity: str, ndcg: float, kind: str = "literal") -> BriefFigures:
    """Build the figures of a brief of which only nDCG@10 matters."""
    return BriefFigures(
        brief=identity,
        slice=kind,
        ndcg_10=ndcg,
        precision_10=0.0,
        recall_100=0.0,
        judged_10=0.0,
        ndcg_10_of_judged=0.0,
    )


def by_brief(values: Sequence[float]) -> dict[str, float]:
    """Name values by invented briefs."""
    return {f"b{place}": value for place, value in enumerate(values)}
