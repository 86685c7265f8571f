"""From the options of a command to a brief, with all problems at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from discovery.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from discovery.brief import Brief, Seed
    from discovery.filters import Filter
    from discovery.understanding.parts import Understood


class BriefOptions(TypedDict):
    """What `brief_options` collects."""

    must: tuple[str, ...]
    should: tuple[str, ...]
    not_: tuple[str, ...]
    weight: tuple[str, ...]
    as_of: datetime | None


def read_brief(
    options: BriefOptions, *, query: str, seeds: Sequence[Seed], limit: int, as_typed: bool = False
) -> Brief:
    """Build the brief that the options describe; `as_typed`: nothing but words is read in the text.

    Raises:
        InvalidInput: with every problem; fields are named after the options.
    """
    from discovery.brief import Brief

    problems: list[Problem] = []
    filters = _filters(options, problems)
    weights = _weights(options["weight"], problems)
    as_of = options["as_of"]
    if problems:
        raise InvalidInput(problems)
    return Brief(
        query=query,
        understood=_as_typed(query) if as_typed and query.strip() else None,
        seeds=tuple(seeds),
        filters=tuple(filters),
        weights=weights,
        as_of=as_of.date() if as_of else None,
        limit=limit,
    )


def read_seeds(ids: Sequence[str], weighted: Sequence[tuple[str, float]]) -> list[Seed]:
    """Build seeds from plain ids (weight 1) and pairs of id and weight.

    Raises:
        InvalidInput: an id that cannot be one.
    """
    from discovery.brief import Seed
    from discovery.creator import creator_id

    pairs = [(id_, 1.0) for id_ in ids] + list(weighted)
    return [Seed(creator=creator_id(id_), weight=weight) for id_, weight in pairs]


def _as_typed(query: str) -> Understood:
    from search_api.understanding import as_typed

    return as_typed(query)


def _filters(options: BriefOptions, problems: list[Problem]) -> list[Filter]:
    from discovery.filters import Mode
    from search_api.filter_syntax import parse_filter

    found = []
    for mode, texts in (
        (Mode.MUST, options["must"]),
        (Mode.SHOULD, options["should"]),
        (Mode.NOT, options["not_"]),
    ):
        for text in texts:
            try:
                found.append(parse_filter(text, mode))
            except InvalidInput as error:
                problems += [
                    Problem(field=f"--{mode} {text}", message=_told(problem), value=text)
                    for problem in error.problems
                ]
    return found


def _told(problem: Problem) -> str:
    return (
        f"{problem.field}: {problem.message}"
        if problem.field in {"min", "max", "weight"}
        else problem.message
    )


def _weights(texts: Sequence[str], problems: list[Problem]) -> dict[str, float]:
    weights = {}
    for text in texts:
        name, equals, number = text.partition("=")
        try:
            weights[name.strip()] = float(number)
        except ValueError:
            message = (
                "write SIGNAL=NUMBER, such as bio=0.5" if equals else "has no number: write SIGNAL=NUMBER"
            )
            problems.append(Problem(field=f"--weight {text}", message=message, value=text))
    return weights
