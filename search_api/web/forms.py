"""From the parameters of an address to a brief, and back. Pure; `parse(render(brief)) == brief`.

A filter is a group of parameters that begin with the field's name: `followers.min=5k`, `country=DE`,
`country.mode=not`. A second filter on the same field is numbered: `country.2=AT`. `page` counts from 1.
What the text was understood as is a group of parameters a part (see `typed_understanding`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from discovery.brief import MAX_LIMIT, Brief, Seed
from discovery.creator import creator_id
from discovery.errors import InvalidInput, Problem, did_you_mean
from discovery.filters import FIELDS, Filter, Kind, Mode, Unknown
from discovery.ranking.weights import DEFAULT_WEIGHTS
from search_api.web import typed_parts, typed_understanding
from search_api.web.form_values import (
    read_weight,
    write_count,
    write_list,
    write_percent,
    write_weight,
)
from search_api.web.typed_filters import PARTS, SPACED, TypedFilter, read_filters
from search_api.web.typed_understanding import (
    TypedUnderstanding,
    read_understanding,
    write_understanding,
)

Pairs = Sequence[tuple[str, str]]
"""Names and values of an address, in order."""

DEFAULT_SIZE = 10
MAX_PARAMETERS = 1_000
_SIGNAL = "signal."
_SINGLE = ("q", "as_of", "page", "size", "add")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSeed:
    """A creator to look alike, as typed: an id and a weight."""

    id: str
    weight: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What was typed, what it means, and what is wrong with it.

    `brief` is `None` when there is a problem or nothing was asked. A problem's `field` is the name of the
    parameter to which it belongs. `add` names a filter of which one more was asked for. `understanding` is
    what the address says of the text's meaning; `None`: the text is to be read.
    """

    query: str = ""
    understanding: TypedUnderstanding | None = None
    seeds: tuple[TypedSeed, ...] = ()
    filters: tuple[TypedFilter, ...] = ()
    signals: Mapping[str, str] = field(default_factory=dict)
    as_of: str = ""
    size: str = ""
    add: str = ""
    brief: Brief | None = None
    problems: tuple[Problem, ...] = ()

    def refused(self, problems: Iterable[Problem]) -> "Form":
        """Return the form with the problems that a search found in its brief."""
        problems = tuple(problems)
        filters = tuple(
            item.without_values(problems, f"filters[{place}]") for place, item in enumerate(self.filters)
        )
        located = tuple(_located(self, problem) for problem in problems)
        return replace(self, brief=None, filters=filters, problems=located)


def read(pairs: Pairs) -> Form:
    """Read an address; whatever is wrong is listed in the form. Without parameters the form is empty."""
    if len(pairs) > MAX_PARAMETERS:
        message = f"has {len(pairs)} parameters; at most {MAX_PARAMETERS} are read"
        return Form(problems=(Problem(field="", message=f"The address {message}"),))
    single = {name: value for name, value in pairs if name in _SINGLE}
    signals = {name.removeprefix(_SIGNAL): value for name, value in pairs if name.startswith(_SIGNAL)}
    query = single.get("q", "")
    form = Form(
        query=query,
        understanding=read_understanding(pairs, query),
        seeds=_typed_seeds(pairs),
        filters=read_filters(pairs),
        signals={name: value for name, value in signals.items() if value.strip()},
        as_of=single.get("as_of", "").strip(),
        size=single.get("size", "").strip(),
        add=single.get("add", ""),
    )
    if not pairs:
        return form
    return _with_brief(form, single.get("page", "").strip(), pairs)


def parse(pairs: Pairs) -> Brief:
    """Return the brief of an address.

    Raises:
        InvalidInput: with every problem; `field` is the name of a parameter.
    """
    form = read(pairs) if pairs else read([("q", "")])
    if form.brief is None:
        raise InvalidInput(form.problems)
    return form.brief


def render(brief: Brief) -> list[tuple[str, str]]:
    """Return the shortest parameters that `parse` turns into the brief.

    An offset that is not a multiple of `limit` is brought down to one: addresses name whole pages.
    """
    pairs = [("q", brief.query)] if brief.query or not brief.seeds else []
    if brief.understood is not None:
        pairs += write_understanding(brief.understood, brief.query)
    weighted = any(seed.weight != 1 for seed in brief.seeds)
    for seed in brief.seeds:
        pairs.append(("id", seed.creator))
        pairs += [("weight", write_weight(seed.weight))] if weighted else []
    seen: dict[str, int] = {}
    for item in brief.filters:
        number = seen[item.field] = seen.get(item.field, 0) + 1
        pairs += _filter_pairs(item, item.field if number == 1 else f"{item.field}.{number}")
    pairs += [(f"{_SIGNAL}{name}", write_weight(value)) for name, value in brief.weights.items()]
    if brief.as_of is not None:
        pairs.append(("as_of", brief.as_of.isoformat()))
    if brief.limit != DEFAULT_SIZE:
        pairs.append(("size", str(brief.limit)))
    if page := brief.offset // brief.limit:
        pairs.append(("page", str(page + 1)))
    return pairs


def encode(pairs: Iterable[tuple[str, str]]) -> str:
    """Return pairs as the query of an address."""
    return urlencode(list(pairs))


def _with_brief(form: Form, page: str, pairs: Pairs) -> Form:
    problems = _unknown_names(pairs)
    for item in form.filters:
        problems += item.problems
    meant = form.understanding
    problems += meant.problems if meant else ()
    seeds = _seeds(form, problems)
    weights = _weights(form, problems)
    as_of = _date(form.as_of, problems)
    size = _whole("size", form.size, DEFAULT_SIZE, MAX_LIMIT, problems)
    number = _whole("page", page, 1, None, problems)
    try:
        brief = Brief(
            query=form.query,
            understood=meant.understood if meant else None,
            seeds=seeds,
            filters=tuple(item.filter for item in form.filters if item.filter is not None),
            weights=weights,
            as_of=as_of,
            offset=(number - 1) * size,
            limit=size,
        )
    except InvalidInput as error:
        located = [_located(form, problem) for problem in error.problems]
        problems += [problem for problem in located if not (problem.field == "q" and form.seeds)]
    if problems:
        return replace(form, problems=tuple(problems))
    return replace(form, brief=brief)


def _typed_seeds(pairs: Pairs) -> tuple[TypedSeed, ...]:
    ids = [value for name, value in pairs if name == "id"]
    weights = [value.strip() for name, value in pairs if name == "weight"]
    weights += [""] * (len(ids) - len(weights))
    return tuple(TypedSeed(id=one, weight=weight) for one, weight in zip(ids, weights, strict=False) if one)


def _seeds(form: Form, problems: list[Problem]) -> tuple[Seed, ...]:
    found = []
    for typed in form.seeds:
        try:
            weight = read_weight(typed.weight) if typed.weight else 1.0
            found.append(Seed(creator=creator_id(typed.id), weight=weight))
        except InvalidInput as error:
            problems += error.problems
        except ValueError as error:
            problems.append(Problem(field="weight", message=str(error), value=typed.weight))
    return tuple(found)


def _weights(form: Form, problems: list[Problem]) -> dict[str, float]:
    found = {}
    for name, typed in form.signals.items():
        try:
            found[name] = read_weight(typed)
        except ValueError as error:
            problems.append(Problem(field=f"{_SIGNAL}{name}", message=str(error), value=typed))
    return found


def _date(typed: str, problems: list[Problem]) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        message = "is not a date; write it as 2026-01-31"
        problems.append(Problem(field="as_of", message=message, value=typed))
        return None


def _whole(name: str, typed: str, default: int, most: int | None, problems: list[Problem]) -> int:
    if not typed:
        return default
    if typed.isascii() and typed.isdigit() and len(typed) <= 6 and 1 <= int(typed) <= (most or 10**6):
        return int(typed)
    limit = f"from 1 to {most}" if most else "from 1"
    problems.append(Problem(field=name, message=f"must be a whole number {limit}", value=typed))
    return default


def _filter_pairs(item: Filter, prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    write = write_percent if item.spec.upper_limit == 1.0 else write_count
    match item.spec.kind:
        case Kind.RANGE:
            bounds = (("min", item.min), ("max", item.max))
            pairs += [(f"{prefix}.{part}", write(bound)) for part, bound in bounds if bound is not None]
        case Kind.FLAG:
            pairs.append((prefix, "yes" if item.is_ else "no"))
        case _:
            spaced = item.field in SPACED
            pairs += [(prefix, write_list([value], spaced=spaced)) for value in item.any_of or ()]
    if item.weight is not None and item.weight != item.spec.weight:
        pairs.append((f"{prefix}.weight", write_percent(item.weight)))
    if item.mode is not Mode.MUST:
        pairs.append((f"{prefix}.mode", item.mode.value))
    usual = Unknown.EXCLUDE if item.mode is Mode.MUST else Unknown.INCLUDE
    if item.unknown is not None and item.unknown is not usual:
        pairs.append((f"{prefix}.unknown", item.unknown.value))
    return pairs


def _unknown_names(pairs: Pairs) -> list[Problem]:
    known = [
        *_SINGLE,
        *typed_understanding.NAMES,
        "id",
        "weight",
        *(f"{_SIGNAL}{name}" for name in DEFAULT_WEIGHTS),
    ]
    known += [f"{name}.{part}".rstrip(".") for name, spec in FIELDS.items() for part in PARTS[spec.kind]]
    found = []
    for name in dict.fromkeys(name for name, _ in pairs):
        if name in known or name.startswith(_SIGNAL) or TypedFilter.owns(name) or typed_parts.owns(name):
            continue
        message = f"The address holds an unknown part {name[:80]!r}.{did_you_mean(name, known)}"
        found.append(Problem(field="", message=message, value=name[:80]))
    return found


def _located(form: Form, problem: Problem) -> Problem:
    """Move a problem from the brief's place (`filters[2].any_of[0]`) to the parameter's name."""
    name, bracket, rest = problem.field.partition("[")
    position = int(rest.partition("]")[0]) if bracket else 0
    match name:
        case "filters" if bracket:
            used = [item for item in form.filters if item.filter is not None]
            return replace(problem, field=used[position].prefix)
        case "understood.parts":
            return typed_parts.located(f"part.{position + 1}", replace(problem, field="spans"))
        case "seeds":
            part = "weight" if problem.field.endswith(".weight") else "id"
            return replace(problem, field=part)
        case "query":
            return replace(problem, field="q")
        case "offset":
            return replace(problem, field="page")
        case _:
            return replace(problem, field=problem.field.replace("weights.", _SIGNAL))
