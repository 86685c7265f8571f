"""The filter panel: every filter field, filled in with what was typed."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby

from discovery.creator import Platform
from discovery.errors import Problem
from discovery.filters import FIELDS, FilterField, Kind, Mode, Unknown
from discovery.ranking.weights import DEFAULT_WEIGHTS
from discovery.vocabulary import AGE_BANDS, GENDERS, countries, languages
from search_api.web import addresses, wording
from search_api.web.contexts import Choice, FilterBox, FilterRow, Panel, PanelGroup, TextInput
from search_api.web.form_values import write_list
from search_api.web.forms import DEFAULT_SIZE, Form
from search_api.web.shown import harmless
from search_api.web.typed_filters import SPACED, TypedFilter

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Creator": ("platform", "country", "language", "category", "verified", "has_contact"),
    "Size and activity": ("followers", "engagement_rate", "views", "last_post"),
    "Content": ("hashtags", "mentions", "has_sponsored_posts"),
    "Audience": ("audience_country", "audience_age", "audience_gender", "audience_language"),
}
SIZES = (10, 20, 50, 100)
MAX_SUGGESTIONS = 2_000
MODES = {Mode.MUST: "must be so", Mode.SHOULD: "nice to have", Mode.NOT: "must not be so"}
UNKNOWNS = {
    "": "as usual",
    Unknown.INCLUDE: "keep them",
    Unknown.EXCLUDE: "leave them out",
    Unknown.ONLY: "only those unknown",
}
_MEANINGS = {
    "engagement_rate": "Median interactions a post over followers (YouTube: over views).",
    "last_post": "Days since the newest post.",
    "country": "Where the creator is, not the audience.",
    "language": "Of the posts.",
    "category": "The topic, as the source labels it.",
    "verified": "The platform's badge, as stated.",
    "has_sponsored_posts": "As stated by the source, never guessed.",
    "hashtags": "In recent posts.",
    "mentions": "Accounts or brands named in recent posts.",
}
_EXAMPLES = {
    "followers": ("5k", "50k"),
    "engagement_rate": ("2", "10"),
    "views": ("1k", "1m"),
    "last_post": ("0", "30"),
    "country": "Germany, Austria",
    "language": "German",
    "category": "vegan cooking",
    "hashtags": "#vegan #beans",
    "mentions": "@brand",
    "audience_country": "Germany",
    "audience_language": "German",
}
_BOXES = {"platform": tuple(Platform), "age": AGE_BANDS, "gender": GENDERS}


def panel(form: Form, categories: Sequence[str]) -> Panel:
    """Build the panel for a form; `categories` are those that the index knows."""
    by_field = {name: list(group) for name, group in groupby(sorted(form.filters, key=_field), key=_field)}
    troubled = {problem.field.split(".")[0] for problem in form.problems} & set(FIELDS)
    touched = {*by_field, *troubled, *({form.add} & set(FIELDS))}
    groups = tuple(
        PanelGroup(
            title=title,
            boxes=tuple(_box(FIELDS[name], by_field.get(name, []), form) for name in names),
            active=sum(len(by_field.get(name, ())) for name in names),
            open=bool(touched & set(names)) if touched else title == next(iter(GROUPS)),
        )
        for title, names in GROUPS.items()
    )
    tuned = bool(form.signals or form.as_of or form.size not in {"", str(DEFAULT_SIZE)})
    return Panel(
        groups=groups,
        signals=tuple(_signal(name, form) for name in DEFAULT_WEIGHTS),
        as_of=TextInput(name="as_of", label="Count days from", value=form.as_of, problem=_of(form, "as_of")),
        sizes=_sizes(form),
        suggestions=_suggestions(categories),
        active=len(form.filters),
        open=bool(touched) or tuned,
        tuning_open=tuned,
        clear=addresses.without_filters(form.brief) if form.brief and form.filters else "",
    )


def labels_of(name: str) -> str:
    """Name the field of a parameter: `followers.2.min` is `Followers, from`."""
    field, _, part = name.partition(".")
    if field in FIELDS:
        ends = {"min": ", from", "max": ", to", "weight": ", least share"}
        return FIELDS[field].title + ends.get(part.rpartition(".")[2], "")
    if field == "signal":
        return f"Weight of {wording.SIGNALS.get(part, part)!r}"
    known = {"q": "What do you sell?", "as_of": "Count days from", "page": "Page", "size": "Results a page"}
    return known.get(name, {"id": "Creator to look alike", "weight": "Weight"}.get(name, ""))


def sentence(problem: Problem) -> str:
    """Write a problem's message as a sentence of its own."""
    return (
        problem.message[:1].upper()
        + problem.message[1:].rstrip(".?")
        + ("?" if problem.message.endswith("?") else ".")
    )


def _field(typed: TypedFilter) -> str:
    return typed.field


def _of(form: Form, name: str) -> str:
    """The problems of one parameter as text; '' without any."""
    return " ".join(sentence(problem) for problem in form.problems if problem.field == name)


def _box(spec: FilterField, typed: Sequence[TypedFilter], form: Form) -> FilterBox:
    rows = list(typed)
    if not rows or form.add == spec.name:
        rows.append(TypedFilter(field=spec.name, number=len(rows) + 1))
    return FilterBox(
        name=spec.name,
        title=spec.title,
        meaning=_MEANINGS.get(spec.name, spec.meaning),
        rows=tuple(_row(row, form) for row in rows),
        more=bool(typed) and form.add != spec.name,
    )


def _row(typed: TypedFilter, form: Form) -> FilterRow:
    prefix, spec = typed.prefix, typed.spec
    boxes = _BOXES.get(spec.vocabulary or "", ())
    listed = spec.kind in {Kind.TERMS, Kind.SHARE} and not boxes
    named = [f"{prefix}.mode", f"{prefix}.unknown"] + ([] if listed else [prefix])
    return FilterRow(
        prefix=prefix,
        legend=spec.title if typed.number == 1 else f"{spec.title}, condition {typed.number}",
        chips=_chips(typed) if listed else (),
        boxes=tuple(
            Choice(value=one, label=wording.value_name(spec.name, one), chosen=one in typed.values)
            for one in boxes
        ),
        radios=_radios(typed) if spec.kind is Kind.FLAG else (),
        adder=_adder(typed, form) if listed else None,
        suggestions=(spec.vocabulary or "") if listed else "",
        low=_bound(typed, "min", form) if spec.kind is Kind.RANGE else None,
        high=_bound(typed, "max", form) if spec.kind is Kind.RANGE else None,
        share=_share(typed, form) if spec.kind is Kind.SHARE else None,
        modes=tuple(
            Choice(value=mode.value, label=label, chosen=(typed.mode or "must") == mode)
            for mode, label in MODES.items()
        ),
        unknowns=tuple(
            Choice(value=str(value), label=label, chosen=typed.unknown == value)
            for value, label in UNKNOWNS.items()
        ),
        rule=_rule(typed),
        rule_open=bool(typed.mode not in {"", "must"} or typed.unknown),
        problem=" ".join(filter(None, (_of(form, name) for name in named))),
        active=not typed.untouched,
    )


def _chips(typed: TypedFilter) -> tuple[Choice, ...]:
    """Values already chosen, as ticked boxes; the value is quoted so that a comma in it stays in it."""
    return tuple(
        Choice(
            value=write_list([value], spaced=typed.field in SPACED),
            label=harmless(wording.value_name(typed.field, value)),
            chosen=True,
        )
        for value in typed.values
    )


def _adder(typed: TypedFilter, form: Form) -> TextInput:
    example = _EXAMPLES.get(typed.field, "")
    return TextInput(
        name=typed.prefix,
        label=f"Add {typed.spec.title.lower()}",
        value=write_list(typed.rejected, spaced=typed.field in SPACED),
        hint=example if isinstance(example, str) else "",
        problem=_of(form, typed.prefix),
    )


def _radios(typed: TypedFilter) -> tuple[Choice, ...]:
    labels = {"": "Any", "yes": "Yes", "no": "No"}
    return tuple(
        Choice(value=value, label=label, chosen=typed.flag == value) for value, label in labels.items()
    )


def _bound(typed: TypedFilter, part: str, form: Form) -> TextInput:
    units = {"engagement_rate": "%", "last_post": "days"}
    examples = _EXAMPLES.get(typed.field, ("", ""))
    name = f"{typed.prefix}.{part}"
    return TextInput(
        name=name,
        label="from" if part == "min" else "to",
        value=str(getattr(typed, part)),
        hint=examples[0] if part == "min" else examples[1],
        unit=units.get(typed.field, ""),
        problem=_of(form, name),
    )


def _share(typed: TypedFilter, form: Form) -> TextInput:
    name = f"{typed.prefix}.weight"
    usual = f"{(typed.spec.weight or 0) * 100:g}"
    return TextInput(
        name=name, label="at least", value=typed.weight, hint=usual, unit="%", problem=_of(form, name)
    )


def _rule(typed: TypedFilter) -> str:
    """Say what a filter that is set does with whom."""
    if typed.untouched:
        return ""
    mode = Mode(typed.mode) if typed.mode in list(Mode) else Mode.MUST
    usual = Unknown.EXCLUDE if mode is Mode.MUST else Unknown.INCLUDE
    unknown = Unknown(typed.unknown) if typed.unknown in list(Unknown) else usual
    fate = {
        Unknown.INCLUDE: "unknown kept",
        Unknown.EXCLUDE: "unknown left out",
        Unknown.ONLY: "only those unknown",
    }
    return f"{MODES[mode]}, {fate[unknown]}"


def _signal(name: str, form: Form) -> TextInput:
    parameter = f"signal.{name}"
    return TextInput(
        name=parameter,
        label=wording.SIGNALS[name],
        value=form.signals.get(name, ""),
        hint=f"{DEFAULT_WEIGHTS[name]:g}",
        problem=_of(form, parameter),
    )


def _sizes(form: Form) -> tuple[Choice, ...]:
    chosen = form.size or str(DEFAULT_SIZE)
    known = [str(size) for size in SIZES]
    if form.brief and chosen not in known:
        known.append(chosen)
    return tuple(Choice(value=size, label=size, chosen=size == chosen) for size in known)


def _suggestions(categories: Sequence[str]) -> Mapping[str, tuple[Choice, ...]]:
    plain = [one for one in categories if harmless(one) == one]
    return {
        "country": _closed("country"),
        "language": _closed("language"),
        "category": tuple(Choice(value=write_list([one]), label=one) for one in plain[:MAX_SUGGESTIONS]),
    }


@cache
def _closed(vocabulary: str) -> tuple[Choice, ...]:
    """The names of a closed vocabulary in order, each with its code."""
    named = countries() if vocabulary == "country" else languages()
    return tuple(
        Choice(value=write_list([name]), label=code)
        for code, name in sorted(named.items(), key=lambda entry: entry[1])
    )
