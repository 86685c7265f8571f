"""The shapes of the answers. OpenAPI is generated from these models, and every answer is built of them.

Every key is always present; `null` is "unknown" or "does not apply". Offsets into texts count Unicode code
points.
"""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from search_api.payload import Payload
from search_api.reading_payloads import ExclusionVerdict, PersonalVerdict, Understood


class AppliedFilter(Payload):
    """A filter as it was applied, defaults filled in; it can be sent again as it is."""

    field: str
    min: float | None
    max: float | None
    any_of: tuple[str, ...] | None
    weight: float | None
    is_: bool | None = Field(serialization_alias="is")
    mode: str
    unknown: str


class AppliedSeed(Payload):
    """A seed as it was applied."""

    creator: str
    weight: float


class AppliedRequest(Payload):
    """The request as it was applied: every filter with its defaults, and every weight.

    It can be sent again as it is; to have the text read as it was here, send `understood` with it.
    """

    query: str
    seeds: tuple[AppliedSeed, ...]
    filters: tuple[AppliedFilter, ...]
    weights: Mapping[str, float]
    as_of: date | None
    """The day from which ages counted; `null`: the date of each creator's own data."""
    limit: int


class Totals(Payload):
    """How many creators passed the filters, and how many of them were scored and kept (pages end there)."""

    admitted: int
    ranked: int
    """A person with several profiles counts once."""
    ruled_out: int
    """Were scored too, but publish too much of what the brief rules out, and were left out."""


class FilterResult(Payload):
    """What one filter did; counts are creators, `met`, `not_met` and `unknown` over the whole index."""

    position: int
    """Which condition this is, from 0: those of `request.filters`, then those read in the text."""
    origin: str
    """`request`, or `brief`: read in the text (see `understood`)."""
    field: str
    condition: str
    """The condition as one line of text, as the command line writes it."""
    mode: str
    met: int
    not_met: int
    unknown: int
    unknown_left_out: int
    """Pass all other filters; `"unknown": "include"` on this one brings them back."""


class SearchPlan(Payload):
    """How the candidates were found: per leg `exact`, `approximate` or `none`, and why."""

    vectors: str
    keywords: str
    reason: str


class ScorePart(Payload):
    """What one signal adds to the score; the points of a match sum to its score."""

    signal: str
    points: float
    weight: float
    value: float | None
    """The signal's own value; `null`: it abstains for lack of data."""
    basis: str
    """What the value rests on."""


class CitedPassage(Payload):
    """A passage that proves the match."""

    kind: str
    """`post` or `bio`."""
    post_id: str | None
    text: str
    highlights: tuple[tuple[int, int], ...]
    """Matched words as [start, end) offsets into `text`, counted in Unicode code points."""
    score: float
    """How well the passage fits."""
    published_at: date | None
    url: str | None


class Share(Payload):
    """How many of the recent posts are on the niche."""

    on_niche: int
    posts: int
    text: str
    """The same in words: `14 of the last 30 posts`."""


class FilterVerdict(Payload):
    """The answer to one filter for one creator, with the value it rests on and where that came from."""

    position: int
    """Which of the answer's `filters` this answers, from 0."""
    origin: str
    """`request`, or `brief`: read in the text (see `understood`)."""
    field: str
    mode: str
    condition: str
    status: str
    """`met`, `not_met` or `unknown`: the answer to the filter; who is not of that kind meets a `not`."""
    value: bool | int | float | str | tuple[str, ...] | None
    source: str | None
    observed_at: date | None


class Source(Payload):
    """Who stated a value, and when it was observed (`null`: the source gave no date)."""

    source: str
    observed_at: date | None


class StatedBeside(Source):
    """What another source than that of the value says of the same field."""

    value: int | str


class Rate(Payload):
    """The engagement rate: a fraction, how many posts it is the median of, and what was divided by what."""

    value: float
    posts: int
    formula: str


class AudienceShares(Payload):
    """Who follows, as stated by a source: fractions of the audience. Never inferred."""

    countries: Mapping[str, float] | None
    ages: Mapping[str, float] | None
    genders: Mapping[str, float] | None
    languages: Mapping[str, float] | None
    sample_size: int | None
    basis: str | None


class StatedContact(Payload):
    """A stated way to reach the creator."""

    type: str
    value: str


class StatedPrice(Payload):
    """A stated price of one deliverable, in an ISO 4217 currency."""

    deliverable: str
    amount: float
    currency: str


class LanguageDetected(Payload):
    """The language that the creator's texts were read as; no source states it."""

    language: str
    share: float
    """How many of the texts looked at agree, a fraction."""
    captions: int
    """How many of these texts were captions; the bio is one more. 0: the bio alone."""


class Profile(Payload):
    """One creator on one platform. `provenance` names source and date of each field that is known."""

    id: str
    linked: str | None
    """Why it is shown as the same person: `both_ways`, both profiles link to each other; `null` for the one
    that is asked for or ranked, which comes first."""
    platform: str
    handle: str | None
    url: str | None
    name: str
    bio: str | None
    language: str | None
    """As stated by a source; the filter `language` asks for it, else for the detected one."""
    language_detected: LanguageDetected | None
    country: str | None
    categories: tuple[str, ...] | None
    followers: int | None
    following: int | None
    posts_total: int | None
    verified: bool | None
    engagement_rate: Rate | None
    views: float | None
    """Median views of the recent posts that state them."""
    last_post: date | None
    contacts: tuple[StatedContact, ...] | None
    audience: AudienceShares | None
    prices: tuple[StatedPrice, ...] | None
    fictional: bool
    """Invented for demonstration."""
    provenance: Mapping[str, Source]
    also_stated: Mapping[str, tuple[StatedBeside, ...]]
    """What other sources say of the name and the counts, by field, latest first; nothing is averaged."""


class PostRecord(Payload):
    """One recent post; counts as observed at `observed_at`."""

    id: str
    title: str | None
    text: str | None
    url: str | None
    published_at: date | None
    observed_at: date | None
    hashtags: tuple[str, ...]
    mentions: tuple[str, ...]
    views: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    sponsored: bool | None
    """Stated by the source; never guessed."""
    sponsors: tuple[str, ...]
    source: str | None
    """Who states the post; `null`: the source of the posts as a whole."""


class FullProfile(Profile):
    """A profile with its recent posts, newest first."""

    posts: tuple[PostRecord, ...]


class MatchRow(Payload):
    """One creator of the answer, with the reasons."""

    rank: int
    id: str
    name: str
    score: float
    fit: str
    """How good the match is, in a word: `strong`, `good`, `partial` or `weak`."""
    match_probability: float | None
    """The calibrated chance that a judge calls the match good, 0 to 1; `null`: not calibrated."""
    contributions: tuple[ScorePart, ...]
    evidence: tuple[CitedPassage, ...]
    share: Share
    verdicts: tuple[FilterVerdict, ...]
    exclusions: tuple[ExclusionVerdict, ...]
    personal: tuple[PersonalVerdict, ...]
    profiles: tuple[Profile, ...]
    """The profile that is ranked, then the others of the same person."""


class Calibration(Payload):
    """What the probabilities of the matches rest on."""

    basis: str


class SearchResponse(Payload):
    """One page of an answer. The same request on the same generation gives the same bytes."""

    request: AppliedRequest
    understood: Understood | None
    """What the text was read as; `null` without a text. Send it back for the same answer."""
    generation: str
    """Which build of the index answered."""
    totals: Totals
    filters: tuple[FilterResult, ...]
    plan: SearchPlan
    calibration: Calibration | None
    """`null`: the matches have no probability, `fit` says in a word how good they are."""
    matches: tuple[MatchRow, ...]
    next_cursor: str | None
    """Send it as `cursor` with the same request for the next page; `null` at the end."""


class CreatorResponse(Payload):
    """All that is known of one creator."""

    id: str
    name: str
    profiles: tuple[FullProfile, ...]
    """The profile that was asked for, then the others of the same person."""


class Generation(Payload):
    """The build of the index that is served."""

    id: str
    creators: int
    passages: int
    encoder: str
    analyser: str
    built_at: str


class StatusResponse(Payload):
    """What is served, and by what."""

    product: str
    version: str
    encoder: str
    analyser: str
    generation: Generation


class FilterValue(Payload):
    """One allowed value of a filter."""

    value: str
    title: str


class FilterDescription(Payload):
    """One thing that can be filtered on."""

    field: str
    title: str
    meaning: str
    kind: str
    takes: tuple[str, ...]
    """The keys of a condition on this field."""
    upper_limit: float | None
    default_weight: float | None
    """The least share that is asked for unless the filter says otherwise; shares only."""
    values: tuple[FilterValue, ...] | None
    """Allowed values; `null`: any."""


class FiltersResponse(Payload):
    """The dictionary of filters."""

    generation: str
    filters: tuple[FilterDescription, ...]


class Health(Payload):
    """The process answers, or is ready to search."""

    status: str


class ProblemEntry(Payload):
    """One thing wrong with a request."""

    field: str
    """Where: `filters[2].min`; empty for the body as a whole."""
    message: str
    value: bool | int | float | str | None
    """What was sent, if it is short."""


class ProblemResponse(Payload):
    """Every error, as RFC 9457 describes it. `code` is stable; switch on it."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    problems: tuple[ProblemEntry, ...]
    request_id: str
