"""From a match to the card that shows it."""

from collections.abc import Sequence

from discovery.brief import Brief
from discovery.creator import Creator
from discovery.filters import Kind, Mode
from discovery.match import (
    Contribution,
    Evidence,
    ExclusionVerdict,
    Match,
    NicheShare,
    PersonalVerdict,
)
from discovery.ranking.signals import SCALE, Z_RANGE
from discovery.verdicts import Status, Verdict
from search_api.understanding import exclusion_basis, personal_basis
from search_api.web import addresses, wording
from search_api.web.contexts import Answer, BarPart, Card, Cited, Link, Score, ScorePart
from search_api.web.shown import harmless, safe_link, segments
from search_api.web.typed_filters import SPACED

TOP_VALUES = {"theme": Z_RANGE[1], "keywords": SCALE, "preferences": SCALE}
"""The most that a signal's own value can be; what only takes points away is not here."""
_STATES = {Status.MET: "met", Status.NOT_MET: "unmet", Status.UNKNOWN: "unknown"}
_WORDS = {"met": "met", "unknown": "unknown"}
SHOWN_VALUES = 5
MAX_TAGS = 6


def card(match: Match, brief: Brief, basis: str | None = None) -> Card:
    """Lay out one ranked creator; `basis` is what the probabilities were fitted on."""
    creator = match.creator
    add = addresses.with_seed(brief, creator.id) if brief.seeds else None
    return Card(
        rank=match.rank,
        name=display_name(creator),
        page=addresses.creator(creator.id, brief),
        platform=creator.platform.value,
        platform_name=wording.PLATFORMS[creator.platform],
        handle=display_handle(creator),
        link=safe_link(creator.url),
        fictional=creator.fictional,
        followers=wording.compact(creator.followers),
        followers_word=wording.FOLLOWERS_WORD.get(creator.platform, "followers"),
        exact_followers=wording.exact(creator.followers),
        tags=_tags(creator),
        fit=match.fit.value,
        fit_word=wording.FITS[match.fit],
        chance=wording.chance(match.probability),
        chance_note=wording.chance_sentence(match.probability, basis),
        score=score(match.score, match.contributions),
        share=share_text(match.share),
        cited=tuple(map(_cited, match.evidence)),
        answers=(
            *map(answer, match.verdicts),
            *map(_exclusion, match.exclusions),
            *map(_personal, match.personal),
        ),
        similar=Link(text="More like this", href=addresses.similar(creator.id, brief)),
        add_seed=Link(text="Also like this one", href=add) if add else None,
        profiles=tuple(
            Link(text=wording.PLATFORMS[one.platform], href=addresses.creator(one.id, brief))
            for one in match.profiles
        ),
    )


def display_name(creator: Creator) -> str:
    """Return the creator's name, or the id where the name is blank."""
    return harmless(creator.name if creator.name.strip() else creator.id)


def display_handle(creator: Creator) -> str:
    """Return the handle with its @, or ''."""
    return f"@{harmless(creator.handle.lstrip('@'))}" if creator.handle and creator.handle.strip() else ""


def share_text(share: NicheShare) -> str:
    """Say how many of the recent posts are on the topic."""
    if not share.posts:
        return "No recent posts with words"
    posts = "the last post" if share.posts == 1 else f"the last {share.posts} posts"
    return f"{share.on_niche} of {posts} on this topic"


def score(total: float, contributions: Sequence[Contribution]) -> Score:
    """Lay out a score: gains one after the other, losses hatched over their end."""
    short = ", ".join(f"{wording.SIGNALS[part.signal]} {part.points:+.2f}" for part in contributions)
    return Score(
        short=f"{total:.2f}",
        exact=f"{total:.4f}",
        bar=_bar(contributions),
        parts=tuple(map(_score_part, contributions)),
        label=f"Score {total:.2f}: {short}",
    )


def answer(verdict: Verdict) -> Answer:
    """Answer a requirement as a whole: ruled out and not met is met."""
    state = _state(verdict)
    source = ""
    if verdict.source:
        when = f", {wording.day(verdict.observed_at)}" if verdict.observed_at else ""
        source = f"source: {harmless(verdict.source)}{when}"
    return Answer(
        state=state,
        word=_WORDS.get(state, "not met"),
        requirement=harmless(wording.requirement(verdict.filter)),
        value=harmless(_value(verdict)),
        source=source,
    )


def _exclusion(verdict: ExclusionVerdict) -> Answer:
    state = _STATES[verdict.status]
    return Answer(
        state=state,
        word=_WORDS.get(state, "not met"),
        requirement=harmless(f"Not: {verdict.text}"),
        value=exclusion_basis(verdict),
        source="",
    )


def _personal(verdict: PersonalVerdict) -> Answer:
    state = _STATES[verdict.status]
    return Answer(
        state=state,
        word=_WORDS.get(state, "not met"),
        requirement=harmless(f"{verdict.text} (never scored)"),
        value="",
        source=personal_basis(verdict),
    )


def _state(verdict: Verdict) -> str:
    missed = verdict.status is Status.NOT_MET and verdict.filter.mode is Mode.SHOULD
    return "missed" if missed else _STATES[verdict.status]


def _value(verdict: Verdict) -> str:
    value, field = verdict.value, verdict.filter.field
    match verdict.filter.spec.kind:
        case Kind.RANGE if isinstance(value, int | float):
            return wording.quantity(field, value)
        case Kind.SHARE if isinstance(value, int | float):
            return wording.percent(value)
        case Kind.FLAG if value is not None:
            return "yes" if value else "no"
        case Kind.TERMS if isinstance(value, tuple):
            return _terms(field, value, verdict.filter.any_of or ())
        case _:
            return ""


def _terms(field: str, values: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    """Name the values that were asked for first; a long list is cut, and one of tags holds only those."""
    ordered = [value for value in values if value in wanted]
    if field not in SPACED:
        ordered += [value for value in values if value not in wanted]
    if not ordered:
        return f"none of {len(values)}" if values else "none"
    named = ", ".join(wording.value_name(field, value) for value in ordered[:SHOWN_VALUES])
    more = len(ordered) - SHOWN_VALUES
    return f"{named} and {more} more" if more > 0 else named


def _score_part(part: Contribution) -> ScorePart:
    return ScorePart(
        signal=part.signal,
        title=wording.SIGNALS[part.signal],
        meaning=wording.SIGNAL_MEANINGS[part.signal],
        short=f"{part.points:.2f}".replace("-", "−"),
        points=f"{part.points:.4f}".replace("-", "−"),
        value="abstains" if part.value is None else f"{part.value:.2f}".replace("-", "−"),
        weight=f"{part.weight:g}",
        basis=part.basis,
    )


def _bar(contributions: Sequence[Contribution]) -> tuple[BarPart, ...]:
    most = sum(TOP_VALUES.get(part.signal, 0.0) * part.weight for part in contributions)
    if most <= 0:
        return ()
    parts, reached = [], 0.0
    for part in contributions:
        if part.points > 0:
            parts.append(_stretch(part.signal, reached / most, part.points / most))
            reached += part.points
    for part in contributions:
        if part.points < 0:
            lost = min(-part.points, reached)
            reached -= lost
            parts.append(_stretch(part.signal, reached / most, lost / most, loss=True))
    return tuple(part for part in parts if part.width != "0.00%")


def _stretch(signal: str, start: float, length: float, *, loss: bool = False) -> BarPart:
    return BarPart(signal=signal, x=f"{start * 100:.2f}%", width=f"{length * 100:.2f}%", loss=loss)


def _cited(cited: Evidence) -> Cited:
    return Cited(
        kind="Bio" if cited.kind == "bio" else "Post",
        segments=segments(cited.text, cited.highlights),
        day=wording.day(cited.published_at) if cited.published_at else "",
        machine_day=cited.published_at.isoformat() if cited.published_at else "",
        link=safe_link(cited.url),
    )


def _tags(creator: Creator) -> tuple[str, ...]:
    country = wording.country_name(creator.country) if creator.country else "Country unknown"
    language = wording.content_language(creator) or "Language unknown"
    labels = creator.categories if creator.categories is not None else ("Category unknown",)
    return tuple(map(harmless, (country, language, *labels)))[:MAX_TAGS]
