"""The shapes of what a brief was read as, and of the answers to what only a text asks for."""

from search_api.payload import Payload


class UnderstoodPart(Payload):
    """One thing understood. All but `effect` can be changed and sent back; with `use` off it does nothing."""

    kind: str
    """`topic`, `exclusion`, `platform`, `country`, `city`, `language`, `followers`, `budget`, `deliverable`,
    `deal`, `brand`, `competitor` or `personal`."""
    any_of: tuple[str, ...]
    """Codes: platforms, countries, languages, tiers of followers, deliverables, deals, personal traits."""
    min: float | None
    """Lower bound of followers (people), of a budget (in `currency`), or of how many deliverables."""
    max: float | None
    """Upper bound, inclusive."""
    currency: str | None
    """ISO 4217; `null`: not said."""
    text: str | None
    """The brief's own words: the topic, exclusion, city, brand, competitor or wish about a person."""
    spans: tuple[tuple[int, int], ...]
    """Where it was read: [start, end) offsets into the query, in code points. Empty: nobody wrote it."""
    confidence: float
    """How sure the reading is, 0 to 1."""
    use: bool
    """Whether the part counts; off, it changes nothing."""
    effect: str
    """What the part does in this search, in words. Ignored when sent back."""


class Understood(Payload):
    """What a brief was read as. Sent back as it is, it gives the same answer; changed, the changed one."""

    query: str
    """The topic: what is searched for by meaning and by words."""
    language: str | None
    """The language that the brief is written in (ISO 639-1); `null`: not clear."""
    parts: tuple[UnderstoodPart, ...]


class ExclusionVerdict(Payload):
    """Whether a creator keeps clear of one thing that the brief rules out."""

    text: str
    status: str
    """`met`: none of it; `not_met`: some, at the cost of the score; `unknown`: nothing to judge by."""
    count: int
    """How many passages break the exclusion."""
    seen: int
    """How many passages were looked at."""
    basis: str
    """The same in words: `0 of the last 8 passages`."""


class PersonalVerdict(Payload):
    """Whether a creator states what the brief asks about a person: never inferred, never scored."""

    text: str
    status: str
    """`met` or `unknown`."""
    basis: str
