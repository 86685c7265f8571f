"""What an understood brief asks of a search: the text to search for, conditions, and what is ruled out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from discovery.brief import Brief
from discovery.filters import Filter, Mode, Unknown
from discovery.understanding.parts import Part, PartKind, Span, Understood

SURE = 0.8
"""Who is known not to meet a condition that was read with at least this confidence is left out."""
LIKELY = 0.6
"""Conditions read with at least this confidence are preferred; others are answered in the verdicts only."""
_FIELDS = {
    PartKind.PLATFORM: "platform",
    PartKind.COUNTRY: "country",
    PartKind.LANGUAGE: "language",
    PartKind.FOLLOWERS: "followers",
}
_NOT_SEARCHED = frozenset({PartKind.EXCLUSION, PartKind.PERSONAL, PartKind.COMPETITOR})
"""Parts whose words are not searched for: what is ruled out, and traits of persons."""
_TERMS = frozenset({PartKind.FOLLOWERS, PartKind.BUDGET, PartKind.DELIVERABLE, PartKind.DEAL})
"""Parts whose words say nothing of a niche."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """A brief as it is searched.

    `text` is read by the encoder, `topic` gives the keywords. `filters` are those of the request, then those
    read in the text; `preferred` are the positions of those that raise the score of who meets them.
    `exclusions` and `personal` wishes are in the brief's own words.
    """

    text: str
    topic: str
    filters: tuple[Filter, ...]
    preferred: tuple[int, ...]
    exclusions: tuple[str, ...]
    personal: tuple[str, ...]


def interpret(brief: Brief, understood: Understood) -> Interpretation:
    """Work out what is searched for. A filter of the request overrides what was read on its field."""
    used = [part for part in understood.parts if part.use]
    asked = {item.field for item in brief.filters}
    read = [
        (item, part.confidence >= LIKELY)
        for part in used
        if (item := _filter(part)) is not None and item.field not in asked
    ]
    filters = (*((item, leaves_choice(item)) for item in brief.filters), *read)
    return Interpretation(
        text=_text(brief.query, understood),
        topic=_topic(brief.query, understood),
        filters=tuple(item for item, _ in filters),
        preferred=tuple(position for position, (_, prefers) in enumerate(filters) if prefers),
        exclusions=tuple(_texts(used, PartKind.EXCLUSION)),
        personal=tuple(_texts(used, PartKind.PERSONAL)),
    )


def leaves_choice(item: Filter) -> bool:
    """Whether a filter lets both through who meet it and who may not, so that the former can be preferred."""
    return item.mode is Mode.SHOULD or (item.mode is Mode.MUST and item.unknown is Unknown.INCLUDE)


def _topic(query: str, understood: Understood) -> str:
    """Return what is searched for by words: the topic without its parts that are switched off."""
    topics = understood.topics
    if understood.query != _said(query, topics):
        return understood.query
    return _said(query, [part for part in topics if part.use])


def _text(query: str, understood: Understood) -> str:
    """Return what the encoder reads: the brief as it was written, or the topic that the caller changed.

    What is not searched for is left out; so are topics that are switched off, and exclusions even then.
    """
    topics = understood.topics
    topic = _topic(query, understood)
    if topics and topic != _said(query, [part for part in topics if part.use]):
        return topic
    if not topics and " ".join(topic.split()) != " ".join(query.split()):
        return topic
    return (
        _without(query, [span for part in understood.parts if _hidden(part) for span in part.spans]) or topic
    )


def _hidden(part: Part) -> bool:
    """Whether the words of a part are kept from the encoder."""
    if part.kind is PartKind.TOPIC:
        return not part.use
    return part.kind in _NOT_SEARCHED or (part.kind in _TERMS and part.use)


def _said(query: str, topics: Sequence[Part]) -> str:
    """Return the words of the brief that topics were read in, as the parser joins them."""
    return ". ".join(" ".join(query[start:end] for start, end in part.spans) for part in topics)


def _texts(parts: Iterable[Part], kind: PartKind) -> Iterator[str]:
    return (part.text for part in parts if part.kind is kind and part.text)


def _filter(part: Part) -> Filter | None:
    field = _FIELDS.get(part.kind)
    if field is None:
        return None
    sure = part.confidence >= SURE
    mode, unknown = (Mode.MUST, Unknown.INCLUDE) if sure else (Mode.SHOULD, Unknown.INCLUDE)
    if part.kind is PartKind.FOLLOWERS:
        if part.min is None and part.max is None:
            return None
        return Filter(field=field, min=part.min, max=part.max, mode=mode, unknown=unknown)
    return Filter(field=field, any_of=part.any_of, mode=mode, unknown=unknown) if part.any_of else None


def _without(text: str, spans: list[Span]) -> str:
    """Cut spans out of a text, and tidy the white space."""
    kept, place = [], 0
    for start, end in sorted(spans):
        kept.append(text[place:start])
        place = max(place, end)
    return " ".join(" ".join((*kept, text[place:])).split()) if spans else text
