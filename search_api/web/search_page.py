"""The search page as a whole: box, panel, problems, and an answer when there is one."""

from collections.abc import Callable

from discovery.brief import Brief
from discovery.creator import CreatorId
from discovery.errors import CreatorNotFound, Problem
from discovery.match import Ranking
from discovery.ports import SearchEngine
from search_api.web import addresses, typed_parts, typed_understanding
from search_api.web.contexts import (
    Link,
    ProblemLine,
    SearchBox,
    SearchPage,
    SeedRow,
    TextInput,
    UnderstoodRow,
)
from search_api.web.forms import Form, TypedSeed
from search_api.web.panel import labels_of, panel, sentence
from search_api.web.results import results
from search_api.web.shown import harmless
from search_api.web.understood_row import understood_row

EXAMPLES = (
    "hand coffee grinder",
    "lightweight trail running shoes",
    "gentle skincare for sensitive skin",
    "Kochbox für schnelle vegane Küche",
    "mending kits for second-hand clothes",
    "mechanical keyboard switches",
    "sourdough starter kit",
)
"""Briefs that the sample corpus answers well."""

NameOf = Callable[[CreatorId], str]
"""The name of a creator; raises CreatorNotFound."""


def search_page(
    form: Form, engine: SearchEngine, name_of: NameOf, ranking: Ranking | None = None
) -> SearchPage:
    """Lay out the search page for a form, with the answer to it if there is one."""
    seeds = tuple(_seed(form, place, typed, name_of) for place, typed in enumerate(form.seeds))
    row = understood_row(form, ranking)
    return SearchPage(
        title=_title(form, ranking),
        box=SearchBox(query=_query(form), seeds=seeds),
        understood=row,
        panel=panel(form, engine.vocabulary("category")),
        problems=tuple(_problem(problem, row) for problem in form.problems),
        examples=()
        if ranking
        else tuple(Link(text=text, href=addresses.of_brief(Brief(query=text))) for text in EXAMPLES),
        corpus=f"{engine.info.creators:,}",
        results=results(ranking, engine) if ranking else None,
    )


def _problem(problem: Problem, row: UnderstoodRow | None) -> ProblemLine:
    """Lead to the field that a problem belongs to, or to the chip that holds it unseen."""
    name = problem.field
    target, label = "f-" + name.replace(".", "-"), labels_of(name)
    if name in {"", "page", *typed_understanding.NAMES}:
        target = ""
    elif typed_parts.owns(name):
        chips = (*row.topics, *row.parts) if row else ()
        chip = next((one for one in chips if f"{name}.".startswith(f"{one.prefix}.")), None)
        label = chip.name if chip else ""
        seen = chip is not None and name in {field.name for field in chip.fields}
        target = target if seen else (chip.id if chip else "")
    return ProblemLine(target=target, label=label, text=sentence(problem))


def _title(form: Form, ranking: Ranking | None) -> str:
    if form.problems:
        return "Please check the search"
    if ranking is None:
        return "Find creators"
    return harmless(form.query.strip()) or "Creators alike"


def _query(form: Form) -> TextInput:
    problems = [sentence(problem) for problem in form.problems if problem.field == "q"]
    label = "And what else? (optional)" if form.seeds else "What do you sell?"
    hint = "for example: a hand grinder for people who brew coffee"
    return TextInput(name="q", label=label, value=form.query, hint=hint, problem=" ".join(problems))


def _seed(form: Form, place: int, typed: TypedSeed, name_of: NameOf) -> SeedRow:
    try:
        name = name_of(CreatorId(typed.id))
    except CreatorNotFound:
        name = typed.id
    usable = form.brief is not None
    return SeedRow(
        id=typed.id,
        name=harmless(name),
        page=addresses.creator(CreatorId(typed.id), form.brief),
        weight=TextInput(name="weight", label=f"Weight of {harmless(name)}", value=typed.weight or "1"),
        remove=addresses.without_seed(form.brief, place) if usable and form.brief else "",
    )
