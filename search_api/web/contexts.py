"""What the pages show: one frozen context a page, ready to print. Templates render these and decide nothing.

Texts that strangers wrote have been made harmless; addresses are safe to link; `None` means "do not show".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from search_api.web.shown import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of the site, or (`outside`) to the web."""

    text: str
    href: str
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a select, a checkbox or a radio button."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextInput:
    """A text field: what was typed is kept, and `problem` stands beside it."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    unit: str = ""
    problem: str = ""

    @property
    def id(self) -> str:
        """The field's identity in the page."""
        return "f-" + self.name.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRow:
    """One filter in the panel. Which parts are shown follows from which are given."""

    prefix: str
    legend: str
    chips: tuple[Choice, ...] = ()
    boxes: tuple[Choice, ...] = ()
    radios: tuple[Choice, ...] = ()
    adder: TextInput | None = None
    suggestions: str = ""
    low: TextInput | None = None
    high: TextInput | None = None
    share: TextInput | None = None
    modes: tuple[Choice, ...] = ()
    unknowns: tuple[Choice, ...] = ()
    rule: str = ""
    rule_open: bool = False
    problem: str = ""
    active: bool = False

    @property
    def id(self) -> str:
        """The row's identity in the page."""
        return "f-" + self.prefix.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterBox:
    """One thing that can be filtered on, with its rows; `more` asks for another row."""

    name: str
    title: str
    meaning: str
    rows: tuple[FilterRow, ...]
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelGroup:
    """Filters that belong together."""

    title: str
    boxes: tuple[FilterBox, ...]
    active: int = 0
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The filter panel. `suggestions` are the lists that text fields offer, by name."""

    groups: tuple[PanelGroup, ...]
    signals: tuple[TextInput, ...]
    as_of: TextInput
    sizes: tuple[Choice, ...]
    suggestions: Mapping[str, tuple[Choice, ...]]
    active: int = 0
    open: bool = False
    tuning_open: bool = False
    clear: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedRow:
    """A creator to look alike, with a weight that can be changed."""

    id: str
    name: str
    page: str
    weight: TextInput
    remove: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchBox:
    """The big box, and the creators to look alike when there are any."""

    query: TextInput
    seeds: tuple[SeedRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChip:
    """One thing understood of the brief. `look` is `topic`, `exclusion`, `personal`, `condition` or `shown`.

    `said` are the brief's own words where they are others; `hidden` travels with the form; what `fields` hold
    can be changed. `effect` says what the part does.
    """

    prefix: str
    look: str
    name: str
    value: str
    said: str
    note: str
    used: bool
    effect: str
    hidden: tuple[tuple[str, str], ...] = ()
    fields: tuple[TextInput, ...] = ()
    suggestions: str = ""
    open: bool = False

    @property
    def id(self) -> str:
        """The chip's identity in the page."""
        return "f-" + self.prefix.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodRow:
    """What the brief was understood as: `topics`, then the other `parts`.

    `topic` holds what is searched for where the topics do not say it. `hidden` tells the form's reader which
    text the parts belong to; `add` is a field for something to leave out. `plain` says that there is nothing
    but the text itself.
    """

    hidden: tuple[tuple[str, str], ...]
    topics: tuple[PartChip, ...]
    parts: tuple[PartChip, ...]
    topic: TextInput | None
    add: TextInput | None
    links: tuple[Link, ...]
    plain: bool
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """A problem of the form and the field it belongs to (`""`: none)."""

    target: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPart:
    """A stretch of a score's bar, in percent of its length."""

    signal: str
    x: str
    width: str
    loss: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """What one signal adds to a score."""

    signal: str
    title: str
    meaning: str
    short: str
    points: str
    value: str
    weight: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score with its parts, as a bar and as a table. `exact` is the sum of the parts' points."""

    short: str
    exact: str
    bar: tuple[BarPart, ...]
    parts: tuple[ScorePart, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A passage that proves a match."""

    kind: str
    segments: tuple[Segment, ...]
    day: str
    machine_day: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one requirement: `state` is `met`, `unmet`, `missed` (a wish only) or `unknown`."""

    state: str
    word: str
    requirement: str
    value: str
    source: str

    @property
    def sentence(self) -> str:
        """The whole answer in one line."""
        parts = [f"{self.requirement}: {self.word}", self.value, self.source]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One ranked creator; `profiles` lead to the other profiles of the same person."""

    rank: int
    name: str
    page: str
    platform: str
    platform_name: str
    handle: str
    link: str | None
    fictional: bool
    followers: str
    followers_word: str
    exact_followers: str
    tags: tuple[str, ...]
    fit: str
    fit_word: str
    chance: str
    chance_note: str
    score: Score
    share: str
    cited: tuple[Cited, ...]
    answers: tuple[Answer, ...]
    similar: Link
    add_seed: Link | None
    profiles: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedFilter:
    """A filter that was applied, and the way to drop it."""

    text: str
    remove: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Creators whom a filter left out only because a value is unknown, and the way to include them."""

    count: str
    reason: str
    include: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledOut:
    """Creators whom the brief's exclusions left out, and a way to allow each thing."""

    count: str
    reason: str
    allow: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What one filter removed when nobody was left, and the ways out."""

    filter: str
    removed: str
    left: str
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The way through the pages."""

    here: int
    last: int
    previous: str | None
    next: str | None
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """An answer. Either cards, or the reason why there are none."""

    heading: tuple[str, str]
    summary: str
    applied: tuple[AppliedFilter, ...]
    left_out: tuple[LeftOut, ...]
    ruled_out: RuledOut | None
    cards: tuple[Card, ...]
    removals: tuple[Removal, ...]
    nothing: str
    ways_out: tuple[Link, ...]
    pager: Pager | None
    exports: tuple[Link, ...]
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The search page, with or without an answer."""

    title: str
    box: SearchBox
    panel: Panel
    understood: UnderstoodRow | None = None
    problems: tuple[ProblemLine, ...] = ()
    examples: tuple[Link, ...] = ()
    corpus: str = ""
    results: Results | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What went wrong, what to do, and commands to run."""

    title: str
    status: int
    message: str
    advice: str
    commands: tuple[str, ...]
    request_id: str
