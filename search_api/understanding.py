"""What the parts of a brief do in a search, told as the domain does it. Pure."""

from dataclasses import dataclass, replace

from discovery.brief import Brief
from discovery.filters import Mode
from discovery.interpretation import interpret
from discovery.match import ExclusionVerdict, PersonalVerdict, Ranking
from discovery.ranking.exclusions import HARD
from discovery.understanding.parts import Part, PartKind, Understood
from discovery.verdicts import Status

_CONDITIONS = {
    PartKind.PLATFORM: "platform",
    PartKind.COUNTRY: "country",
    PartKind.LANGUAGE: "language",
    PartKind.FOLLOWERS: "followers",
}
"""The kinds that the filter of the same subject answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a part does: a word to switch on, and a sentence. `filters` is how many conditions it makes.

    `name` is `off`, `overridden`, `keeps`, `prefers`, `rules out`, `answers`, `searches` or `shown`.
    """

    name: str
    text: str
    filters: int = 0


def effects(brief: Brief, understood: Understood) -> tuple[Effect, ...]:
    """Say for each part what it does in a search for this brief."""
    return tuple(_effect(brief, understood, part) for part in understood.parts)


def read_from(ranking: Ranking) -> tuple[int, ...]:
    """Return for each filter read in the text the position of the part that it comes from."""
    if ranking.understood is None:
        return ()
    found = effects(ranking.brief, ranking.understood)
    return tuple(place for place, one in enumerate(found) for _ in range(one.filters))


def ruled_out_by(understood: Understood | None) -> tuple[int, ...]:
    """Return the positions of the exclusions that are in use."""
    parts = understood.parts if understood else ()
    return tuple(
        place
        for place, part in enumerate(parts)
        if part.use and part.kind is PartKind.EXCLUSION and part.text
    )


def switched(understood: Understood, position: int, *, use: bool) -> Understood:
    """Return what was understood with one part switched on or off."""
    parts = understood.parts
    return replace(
        understood,
        parts=(*parts[:position], replace(parts[position], use=use), *parts[position + 1 :]),
    )


def as_typed(query: str) -> Understood:
    """Understand nothing: the whole text is searched for."""
    return Understood(query=" ".join(query.split()))


def exclusion_basis(verdict: ExclusionVerdict) -> str:
    """Say what an exclusion's answer rests on: `0 of the last 8 passages`."""
    if verdict.status is Status.UNKNOWN:
        return "no passages with words"
    return f"{verdict.count} of the last {verdict.seen} passage{'' if verdict.seen == 1 else 's'}"


def personal_basis(verdict: PersonalVerdict) -> str:
    """Say what the answer to a wish about a person rests on."""
    return "the creator's own bio says so" if verdict.status is Status.MET else "the creator does not say"


def _effect(brief: Brief, understood: Understood, part: Part) -> Effect:
    if not part.use:
        return Effect(name="off", text="switched off")
    if part.kind is PartKind.TOPIC:
        return Effect(name="searches", text="searched for")
    asked = interpret(brief, replace(understood, parts=(part,)))
    if read := asked.filters[len(brief.filters) :]:
        preferred = len(brief.filters) in asked.preferred and brief.all_weights["preferences"] > 0
        return _condition(read[0].mode, len(read), preferred=preferred)
    if asked.exclusions:
        return _exclusion(brief)
    if asked.personal:
        return Effect(
            name="answers", text="answered from what the creator states; never inferred, never scored"
        )
    return _without_effect(brief, part)


def _without_effect(brief: Brief, part: Part) -> Effect:
    field = _CONDITIONS.get(part.kind)
    if field in {item.field for item in brief.filters}:
        return Effect(name="overridden", text=f"gives way to the filter on {field}")
    return Effect(name="shown", text="shown only; neither filters nor scores")


def _condition(mode: Mode, filters: int, *, preferred: bool) -> Effect:
    if mode is Mode.MUST:
        text = "leaves out creators who are known not to meet it; unknown ones stay"
        if preferred:
            text += ", and those known to meet it are preferred"
        return Effect(name="keeps", text=text, filters=filters)
    if preferred:
        return Effect(name="prefers", text="prefers creators who are known to meet it", filters=filters)
    return Effect(
        name="answers", text="answered for each creator; neither filters nor scores", filters=filters
    )


def _exclusion(brief: Brief) -> Effect:
    if not brief.all_weights["exclusions"] > 0:
        return Effect(name="answers", text="answered only: the weight of exclusions is 0")
    text = f"takes points from creators who publish it; leaves them out from {HARD:.0%} of their passages on"
    return Effect(name="rules out", text=text.replace("%", " %"))
