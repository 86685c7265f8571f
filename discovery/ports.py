"""What the domain asks of the outside, as protocols. Engines, encoders and stores stand behind them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from discovery.brief import MAX_DEPTH
from discovery.creator import Creator, CreatorId
from discovery.filters import Filter
from discovery.match import FilterReport, Plan
from discovery.people import Profiles

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Texts to unit vectors, shape [texts, dimension], float32. `id` changes whenever the vectors would."""

    @property
    def id(self) -> str:
        """Model, weight hash, runtime and precision in one string."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def languages(self) -> frozenset[str] | None:
        """Languages that it was trained to read (ISO 639-1); `None`: many."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode briefs."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode passages."""


class Term(NamedTuple):
    """An index term and the characters of the text that it came from: text[start:end]."""

    text: str
    start: int
    end: int


class Analyser(Protocol):
    """Text to index terms. The one analyser feeds every keyword engine and the highlighting."""

    @property
    def id(self) -> str:
        """Name and version; changes whenever the terms would."""

    def terms(self, text: str) -> list[str]:
        """Index terms of a text in order."""

    def find(self, text: str, wanted: Collection[str] | None) -> list[Term]:
        """Where wanted terms (`None`: all) occur in a text, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A brief as an engine sees it: a unit vector (or none) and index terms (or none).

    `related` are terms that the brief means without saying them, each with a weight; its own terms weigh 1.
    """

    vector: Vectors | None
    terms: tuple[str, ...]
    related: Mapping[str, float] = field(default_factory=dict)

    @property
    def weights(self) -> dict[str, float]:
        """All terms that are looked for, with their weights."""
        return dict.fromkeys(self.terms, 1.0) | dict(self.related)


class RelatedWord(NamedTuple):
    """An index term, the form in which it is mostly written, and its standing among all words of the index.

    The standing is how much nearer to a vector it is than words are on average, in standard deviations.
    """

    term: str
    word: str
    standing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How many creators each leg fetches, and how many are scored exactly at most."""

    vectors: int = 500
    keywords: int = 500
    creators: int = MAX_DEPTH


class Admission(Protocol):
    """The creators that the filters let through, resolved once per search."""

    @property
    def count(self) -> int:
        """How many creators are admitted."""

    @property
    def reports(self) -> tuple[FilterReport, ...]:
        """What each filter did on its own."""

    def met(self, position: int, creators: Sequence[CreatorId]) -> NDArray[np.bool_]:
        """Whether each creator is known to meet the condition of filter number `position`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Themes:
    """Exact scores of creators as wholes, shape [creators] each.

    `cosine` is the inner product of the query vector with the creator's theme, the mean of the vectors of
    all passages brought to length 1 (NaN: no passage has a vector); `keyword` is the BM25 score of all their
    words as one document (0 without a hit); `passages` counts the passages with a vector.
    """

    creators: tuple[CreatorId, ...]
    cosine: NDArray[np.float32]
    keyword: NDArray[np.float32]
    passages: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the generation's fixed random sample of creators scores on a query, by vector.

    `themes` [sampled creators with a vector], with the number of their `passages`, and `posts` [their posts].
    """

    themes: NDArray[np.float32]
    passages: NDArray[np.int64]
    posts: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Exact scores of every passage of some creators: one profile passage, then posts newest first.

    Passages lie one creator after the other; those of `creators[i]` are `offsets[i]:offsets[i + 1]`.
    `post` is the position in `searched_posts`, or -1 for the profile. `cosine` is the inner product with the
    query vector (NaN where the passage has no text of its own to encode: a profile without a bio);
    `keyword` is the BM25 score (0 without a hit). Shapes: offsets [creators + 1], the others [passages].
    """

    creators: tuple[CreatorId, ...]
    offsets: NDArray[np.int64]
    post: NDArray[np.int16]
    cosine: NDArray[np.float32]
    keyword: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What creators are ranked by: themes, the best keyword score of all, and passages held against them."""

    themes: Themes
    best_keyword: float
    against: tuple[Windows, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Creators worth scoring exactly (no order is meant), and how they were found."""

    creators: tuple[CreatorId, ...]
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationInfo:
    """What an engine serves: identity, size, and what it was built with."""

    id: str
    creators: int
    passages: int
    encoder: str
    analyser: str
    built_at: str


class SearchEngine(Protocol):
    """One immutable generation of the index. It retrieves and scores passages; it never ranks creators."""

    @property
    def info(self) -> GenerationInfo:
        """What is served."""

    def check(self) -> None:
        """See whether a search could be answered now.

        Raises:
            EngineUnavailable: it could not.
        """

    def vocabulary(self, field: str) -> Sequence[str]:
        """Known values of an open filter vocabulary (`category`), sorted."""

    def admit(self, filters: Sequence[Filter], as_of: date | None) -> Admission:
        """Resolve filters to the creators that pass all of them."""

    def candidates(
        self, query: Query, admission: Admission, depth: Depth, exclude: Sequence[CreatorId] = ()
    ) -> Candidates:
        """Find admitted creators by their themes and by their words, both legs together.

        Never a short list: all admitted creators with a hit are returned when fewer than the depth exist.
        """

    def themes(self, query: Query, creators: Sequence[CreatorId]) -> Themes:
        """Score the given creators as wholes, exactly."""

    def related_words(self, vector: Vectors, limit: int) -> Sequence[RelatedWord]:
        """Telling words of the generation that are nearest to a vector, nearest first."""

    def best_keyword_score(self, query: Query) -> float:
        """Keyword score of the generation's best creator, whatever the filters; 0 without a hit."""

    def background(self, query: Query) -> Sample:
        """Score the generation's fixed random sample of creators: what an average creator looks like."""

    def windows(self, query: Query, creators: Sequence[CreatorId]) -> Windows:
        """Score every passage of the given creators exactly."""

    def scores(self, query: Query, creators: Sequence[CreatorId], against: Sequence[Query] = ()) -> Scores:
        """Return themes, best keyword score, and the windows of other queries, all at once.

        A search asks an engine three times, whatever lies between them: `candidates`, `scores`, `page`.
        """

    def page(
        self, query: Query, creators: Sequence[CreatorId], beside: Sequence[CreatorId] = ()
    ) -> tuple[Windows, list[Creator]]:
        """Return the windows and the records of the creators of a page, at once.

        After their records come those of `beside`, in order, without those who are gone.
        """

    def profiles_of(self, creators: Sequence[CreatorId]) -> Mapping[CreatorId, Profiles]:
        """Return all profiles of the person, for those of the creators that are one of several of a person.

        Kept in memory: no round trip.
        """

    def passage_vectors(self, creators: Sequence[CreatorId]) -> list[Vectors]:
        """Return the vectors of each creator's passages that have text, shape [passages, dimension]."""

    def read(self, creators: Sequence[CreatorId]) -> list[Creator]:
        """Return the records (`kept_posts` only) in the order asked.

        Raises:
            CreatorNotFound: for an id that is not in this generation.
        """


EngineSource = Callable[[], SearchEngine]
"""Hands out the generation that is current at the call."""

Suppressed = Callable[[Creator], bool]
"""Whether a creator asked to be left out."""
