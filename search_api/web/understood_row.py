"""What a brief was understood as, laid out as chips that can be switched off and changed."""

from collections.abc import Sequence
from dataclasses import replace

from discovery.brief import Brief
from discovery.errors import Problem
from discovery.match import Ranking
from discovery.understanding.parts import MAX_PARTS, PartKind, Understood
from search_api.understanding import Effect, as_typed, effects
from search_api.web import addresses
from search_api.web.contexts import Link, PartChip, TextInput, UnderstoodRow
from search_api.web.form_values import write_list
from search_api.web.forms import Form
from search_api.web.part_words import PartWords, code_name, note, part_words
from search_api.web.shown import harmless
from search_api.web.typed_parts import TypedPart, read_parts, write_part
from search_api.web.typed_understanding import TypedUnderstanding, mark, usual_topic

_LOOKS = {
    PartKind.TOPIC: "topic",
    PartKind.EXCLUSION: "exclusion",
    PartKind.PERSONAL: "personal",
    PartKind.PLATFORM: "condition",
    PartKind.COUNTRY: "condition",
    PartKind.LANGUAGE: "condition",
    PartKind.FOLLOWERS: "condition",
}
_EDITABLE = {
    PartKind.PLATFORM: ("any",),
    PartKind.COUNTRY: ("any",),
    PartKind.LANGUAGE: ("any",),
    PartKind.FOLLOWERS: ("min", "max"),
    PartKind.BUDGET: ("min", "max", "currency"),
    PartKind.DELIVERABLE: ("any",),
    PartKind.DEAL: ("any",),
}
"""What can be changed of a part, by kind; of the others the text."""
_PARAMETERS = ("at", "sure", "any", "min", "max", "currency", "text")
_LABELS = {"text": "In other words", "any": "One of", "min": "from", "max": "to", "currency": "currency"}
_UNREAD = Effect(name="", text="")


def understood_row(form: Form, ranking: Ranking | None) -> UnderstoodRow | None:
    """Lay out what was understood: for an answer, or as a form said it; `None`: nothing was read."""
    if ranking is None:
        return _row(form, form.understanding, ()) if form.understanding and form.query.strip() else None
    if ranking.understood is None:
        return None
    told = effects(ranking.brief, ranking.understood)
    return _row(form, _typed(ranking.understood, ranking.brief.query), told)


def _typed(understood: Understood, query: str) -> TypedUnderstanding:
    """Write what was understood as a form would send it."""
    pairs = [
        pair for number, part in enumerate(understood.parts, 1) for pair in write_part(part, number, query)
    ]
    parts = read_parts(pairs, query, ticked=False)
    usual = usual_topic(understood.parts, query)
    return TypedUnderstanding(
        topic="" if understood.query == usual else understood.query,
        written=understood.language or "",
        parts=parts,
        understood=understood,
    )


def _row(form: Form, typed: TypedUnderstanding, told: Sequence[Effect]) -> UnderstoodRow:
    query = form.query
    told = told or [_UNREAD] * len(typed.parts)
    chips = [_chip(one, effect, form, typed.written) for one, effect in zip(typed.parts, told, strict=True)]
    topics = tuple(chip for chip in chips if chip.look == "topic")
    others = tuple(chip for chip in chips if chip.look != "topic")
    plain = not others and not typed.topic and all(one.used for one in topics) and _is_all(topics, query)
    return UnderstoodRow(
        hidden=tuple(
            (name, value) for name, value in (("read", mark(query)), ("written", typed.written)) if value
        ),
        topics=topics,
        parts=others,
        topic=_topic(typed.topic) if typed.topic or not topics else None,
        add=_adder(len(chips) + 1) if len(chips) < MAX_PARTS else None,
        links=tuple(_links(form, plain=plain)),
        plain=plain,
        open=any(chip.open for chip in chips),
    )


def _is_all(topics: Sequence[PartChip], query: str) -> bool:
    """Whether the topics are the whole text, but for what stands around words."""
    said = "".join(chip.value for chip in topics)
    return _letters(said) == _letters(query) if topics else True


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _chip(typed: TypedPart, effect: Effect, form: Form, written: str) -> PartChip:
    words = _words(typed, form.query, written)
    kind = PartKind(typed.kind) if typed.kind in list(PartKind) else None
    problems = {one.field: one for one in form.problems if one.field.startswith(f"{typed.prefix}.")}
    editable = _EDITABLE.get(kind, ("text",)) if kind else ()
    fields = tuple(_field(typed, name, kind, form.query, problems) for name in editable if kind)
    return PartChip(
        prefix=typed.prefix,
        look=_LOOKS.get(kind, "shown") if kind else "shown",
        name=words.name,
        value=harmless(words.value),
        said=harmless(words.said),
        note=note(kind, effect) if kind else "",
        used=typed.use,
        effect=effect.text,
        hidden=_hidden(typed, {field.name for field in fields}),
        fields=fields,
        suggestions=typed.kind if kind in {PartKind.COUNTRY, PartKind.LANGUAGE} else "",
        open=bool(problems),
    )


def _words(typed: TypedPart, query: str, written: str) -> PartWords:
    if typed.part is not None:
        return part_words(typed.part, query, written or None)
    return PartWords(name=typed.kind.capitalize(), value=typed.text or typed.any, said="")


def _hidden(typed: TypedPart, shown: set[str]) -> tuple[tuple[str, str], ...]:
    """The parameters that travel with the form unseen."""
    pairs = ((f"{typed.prefix}.{name}", str(getattr(typed, name))) for name in _PARAMETERS)
    return (
        (typed.prefix, typed.kind),
        *((name, value) for name, value in pairs if value and name not in shown),
    )


def _field(
    typed: TypedPart, name: str, kind: PartKind, query: str, problems: dict[str, Problem]
) -> TextInput:
    parameter = f"{typed.prefix}.{name}"
    value, hint = str(getattr(typed, name)), ""
    part = typed.part
    if part is not None and name == "any":
        value = write_list([code_name(kind, code) for code in part.any_of])
    if part is not None and name == "text" and not value:
        # A topic may be as long as the brief; it is not sent along twice.
        value, hint = ("", part.text or "") if kind is PartKind.TOPIC else (part.text or "", "")
    problem = problems.get(parameter)
    return TextInput(
        name=parameter,
        label=_LABELS[name],
        value=value,
        hint=harmless(hint),
        problem=problem.message[:1].upper() + problem.message[1:] if problem else "",
    )


def _topic(topic: str) -> TextInput:
    return TextInput(name="topic", label="Searched for", value=topic, hint="all of it")


def _adder(number: int) -> TextInput:
    return TextInput(name=f"part.{number}.text", label="Also leave out", hint="for example: betting")


def _links(form: Form, *, plain: bool) -> list[Link]:
    brief = form.brief
    if brief is None:
        return []
    found = []
    if brief.understood is not None:
        again = addresses.of_brief(replace(brief, understood=None, offset=0))
        found.append(Link(text="Read the brief again", href=again))
    if not plain:
        whole: Brief = replace(brief, understood=as_typed(brief.query), offset=0)
        found.append(Link(text="Search for every word as typed", href=addresses.of_brief(whole)))
    return found
