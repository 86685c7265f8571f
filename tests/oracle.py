"""The exact engine that every other engine is compared with: every passage is scored, nothing is pruned.

No index, no approximation, no shared code with the engines it judges. Meant for a few hundred creators.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from discovery.creator import Creator, CreatorId
from discovery.errors import CreatorNotFound
from discovery.facets import Facets
from discovery.filters import Filter, Unknown
from discovery.match import FilterReport, Plan
from discovery.ports import (
    Analyser,
    Candidates,
    Depth,
    Encoder,
    GenerationInfo,
    Query,
    Vectors,
    Windows,
)
from discovery.verdicts import Status, admits, condition
from indexer.documents import KEYWORD_FIELDS, document

K1 = 1.2
B = 0.75
SAMPLE_CREATORS = 1_500

Sampler = Callable[[Sequence[CreatorId]], Sequence[CreatorId]]
"""Which creators the background is measured on, from all ids in order."""


def everybody(creators: Sequence[CreatorId]) -> Sequence[CreatorId]:
    """Take all creators as the background.

    Raises:
        ValueError: the corpus is so large that engines sample it; hand their sampler to the oracle.
    """
    if len(creators) > SAMPLE_CREATORS:
        raise ValueError(f"{len(creators)} creators need a sampler; at most {SAMPLE_CREATORS} do not")
    return creators


def _fieldnorm_lengths() -> list[int]:
    """Lengths that one byte can tell apart: exact up to 40, then four significant bits of the rest."""
    exact = 24
    lengths = list(range(exact))
    for code in range(256 - exact):
        bits, shift = code & 7, (code >> 3) - 1
        lengths.append(exact + (bits if shift < 0 else (bits | 8) << shift))
    return lengths


FIELDNORMS = _fieldnorm_lengths()


def quantised(length: int) -> int:
    """Return the length of a field as its fieldnorm byte remembers it: the next lower one in the table."""
    return FIELDNORMS[bisect_right(FIELDNORMS, length) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class OraclePassage:
    """One passage: whose it is, its vector (`None`: no text), and term counts and length by keyword field."""

    owner: int
    position: int
    vector: Vectors | None
    counts: dict[str, Counter[str]]


class KeywordScorer:
    """BM25 by the formula, in double precision, over all passages as documents."""

    def __init__(self, passages: Sequence[OraclePassage]) -> None:
        self._passages = passages
        self._mean_length = {
            name: sum(passage.counts[name].total() for passage in passages) / max(len(passages), 1)
            for name in KEYWORD_FIELDS
        }

    def scores(self, terms: Iterable[str]) -> NDArray[np.float64]:
        """Return the boosted sum over fields and terms, shape [passages]."""
        total = np.zeros(len(self._passages))
        for term in terms:
            for name, boost in KEYWORD_FIELDS.items():
                total += boost * self._field_scores(name, term)
        return total

    def _field_scores(self, name: str, term: str) -> NDArray[np.float64]:
        found = [passage.counts[name][term] for passage in self._passages]
        documents = sum(1 for count in found if count)
        scores = np.zeros(len(found))
        if not documents:
            return scores
        idf = log(1 + (len(found) - documents + 0.5) / (documents + 0.5))
        for row, count in enumerate(found):
            if count:
                length = quantised(self._passages[row].counts[name].total())
                norm = K1 * (1 - B + B * length / self._mean_length[name])
                scores[row] = idf * count * (K1 + 1) / (count + norm)
        return scores


class OracleAdmission:
    """Filters answered creator by creator with the reference verdicts."""

    def __init__(
        self,
        ids: Sequence[CreatorId],
        facets: Sequence[Facets],
        filters: Sequence[Filter],
        as_of: date | None,
    ) -> None:
        self._rows = {wanted: row for row, wanted in enumerate(ids)}
        self._filters = tuple(filters)
        self._statuses = [[condition(item, one, as_of)[0] for one in facets] for item in filters]
        self.rows = [
            row
            for row in range(len(ids))
            if all(
                admits(item, statuses[row]) for item, statuses in zip(filters, self._statuses, strict=True)
            )
        ]

    @property
    def count(self) -> int:
        """How many creators are admitted."""
        return len(self.rows)

    @property
    def reports(self) -> tuple[FilterReport, ...]:
        """What each filter did on its own."""
        rows = range(len(self._rows))
        missed = [
            sum(
                not admits(item, known[row])
                for item, known in zip(self._filters, self._statuses, strict=True)
            )
            for row in rows
        ]
        return tuple(
            _report(item, known, [row for row in rows if missed[row] == 1 and not admits(item, known[row])])
            for item, known in zip(self._filters, self._statuses, strict=True)
        )

    def met(self, position: int, creators: Sequence[CreatorId]) -> NDArray[np.bool_]:
        """Whether each creator is known to meet the condition of filter number `position`."""
        statuses = self._statuses[position]
        return np.array([statuses[self._rows[one]] is Status.MET for one in creators], dtype=np.bool_)


def _report(item: Filter, statuses: Sequence[Status], only_missed: Sequence[int]) -> FilterReport:
    counts = Counter(statuses)
    unknown = counts[Status.UNKNOWN]
    left_out = sum(1 for row in only_missed if statuses[row] is Status.UNKNOWN)
    return FilterReport(
        filter=item,
        met=counts[Status.MET],
        not_met=counts[Status.NOT_MET],
        unknown=unknown,
        unknown_left_out=left_out if item.unknown is Unknown.EXCLUDE else 0,
    )


class OracleEngine:
    """Implements `discovery.ports.SearchEngine` by brute force."""

    def __init__(
        self,
        creators: Sequence[Creator],
        encoder: Encoder,
        analyser: Analyser,
        generation: str = "oracle",
        sampler: Sampler = everybody,
    ) -> None:
        """Index creators with distinct ids."""
        documents = [document(one) for one in sorted(creators, key=lambda one: one.id)]
        self._creators = [one.creator for one in documents]
        self._facets = [one.facets for one in documents]
        self._ids = [one.id for one in self._creators]
        self._rows = {wanted: row for row, wanted in enumerate(self._ids)}
        if len(self._rows) != len(self._ids):
            raise ValueError("two creators share an id")
        self._encoder, self._analyser, self._generation, self._sampler = (
            encoder,
            analyser,
            generation,
            sampler,
        )
        self.passages = [
            OraclePassage(
                owner=row,
                position=passage.position,
                vector=encoder.encode_documents([passage.text])[0] if passage.text else None,
                counts={
                    name: Counter(analyser.terms(passage.fields.get(name, ""))) for name in KEYWORD_FIELDS
                },
            )
            for row, one in enumerate(documents)
            for passage in one.passages
        ]

    @property
    def info(self) -> GenerationInfo:
        """What is served."""
        return GenerationInfo(
            id=self._generation,
            creators=len(self._creators),
            passages=len(self.passages),
            encoder=self._encoder.id,
            analyser=self._analyser.id,
            built_at="2026-01-01T00:00:00Z",
        )

    def vocabulary(self, field: str) -> Sequence[str]:
        """Known values of an open filter vocabulary (`category`), sorted."""
        values = (getattr(one, field) or () for one in self._facets)
        return sorted({label for labels in values for label in labels})

    def admit(self, filters: Sequence[Filter], as_of: date | None) -> OracleAdmission:
        """Resolve filters to the creators that pass all of them."""
        return OracleAdmission(self._ids, self._facets, filters, as_of)

    def admitted(self, filters: Sequence[Filter], as_of: date | None) -> set[CreatorId]:
        """Return the ids that pass all filters (for tests; not part of the protocol)."""
        return {self._ids[row] for row in self.admit(filters, as_of).rows}

    def candidates(
        self, query: Query, admission: object, depth: Depth, exclude: Sequence[CreatorId] = ()
    ) -> Candidates:
        """Find admitted creators by their best passages; equal scores at the cut of a leg are all kept.

        At most `depth.creators` are returned: those with the best place of any passage on any leg.
        """
        assert isinstance(admission, OracleAdmission)
        rows = set(admission.rows) - {self._rows[one] for one in exclude if one in self._rows}
        places: dict[int, int] = {}
        for leg in self.legs(query, rows, depth):
            for place, row in leg:
                places[row] = min(place, places.get(row, place))
        kept = sorted(places, key=lambda row: (places[row], row))[: depth.creators]
        plan = Plan(
            vectors="none" if query.vector is None else "exact",
            keywords="exact" if query.terms else "none",
            reason="the oracle scores every passage",
        )
        return Candidates(creators=tuple(self._ids[row] for row in kept), plan=plan)

    def legs(self, query: Query, rows: set[int], depth: Depth) -> list[list[tuple[int, int]]]:
        """Return (place, creator row) of the passages that each leg finds: vectors, then keywords."""
        owners = np.array([passage.owner for passage in self.passages], dtype=np.int64)
        allowed = np.isin(owners, list(rows))
        cosine, keyword = self._cosine(query), self._keyword(query)
        return [
            _best(cosine, owners, allowed & ~np.isnan(cosine), depth.vectors),
            _best(keyword, owners, allowed & (keyword > 0), depth.keywords),
        ]

    def windows(self, query: Query, creators: Sequence[CreatorId]) -> Windows:
        """Score every passage of the given creators exactly."""
        cosine, keyword = self._cosine(query), self._keyword(query)
        picked = [self._passage_rows(self._row(one)) for one in creators]
        rows = np.array([row for group in picked for row in group], dtype=np.int64)
        return Windows(
            creators=tuple(creators),
            offsets=np.cumsum([0, *map(len, picked)], dtype=np.int64),
            post=np.array([self.passages[row].position for row in rows], dtype=np.int16),
            cosine=cosine[rows].astype(np.float32),
            keyword=keyword[rows].astype(np.float32),
        )

    def best_keyword_score(self, terms: Sequence[str]) -> float:
        """Keyword score of the best passage of all."""
        return float(self._scorer.scores(terms).max(initial=0.0))

    def background(self, query: Query) -> Windows:
        """Score the sample (everybody, unless a sampler was given) by vector only."""
        return self.windows(replace(query, terms=()), self._sampler(self._ids))

    def passage_vectors(self, creators: Sequence[CreatorId]) -> list[Vectors]:
        """Return the vectors of each creator's passages that have text, shape [passages, dimension]."""
        found = []
        for one in creators:
            passages = (self.passages[row] for row in self._passage_rows(self._row(one)))
            vectors = [passage.vector for passage in passages if passage.vector is not None]
            found.append(np.array(vectors, dtype=np.float32).reshape(-1, self._encoder.dimension))
        return found

    def read(self, creators: Sequence[CreatorId]) -> list[Creator]:
        """Return the records (recent posts only) in the order asked."""
        records = [self._creators[self._row(one)] for one in creators]
        return [replace(one, posts=one.recent_posts) for one in records]

    def _row(self, wanted: CreatorId) -> int:
        if wanted not in self._rows:
            raise CreatorNotFound(f"no creator {wanted!r} is in the index")
        return self._rows[wanted]

    def _passage_rows(self, creator: int) -> list[int]:
        return self._rows_by_creator[creator]

    @cached_property
    def _rows_by_creator(self) -> list[list[int]]:
        rows: list[list[int]] = [[] for _ in self._creators]
        for row, passage in enumerate(self.passages):
            rows[passage.owner].append(row)
        return rows

    @cached_property
    def _scorer(self) -> KeywordScorer:
        return KeywordScorer(self.passages)

    def _keyword(self, query: Query) -> NDArray[np.float64]:
        return self._scorer.scores(query.terms)

    def _cosine(self, query: Query) -> NDArray[np.float64]:
        """Inner products in double precision; NaN without a vector on either side."""
        scores = np.full(len(self.passages), np.nan)
        if query.vector is not None:
            wanted = query.vector.astype(np.float64)
            for row, passage in enumerate(self.passages):
                if passage.vector is not None:
                    scores[row] = float(np.dot(passage.vector.astype(np.float64), wanted))
        return scores


def _best(
    scores: NDArray[np.float64], owners: NDArray[np.int64], found: NDArray[np.bool_], depth: int
) -> list[tuple[int, int]]:
    """Return (place, owner) of the best passages; equal scores share a place, so the cut keeps them all."""
    rows = sorted(np.flatnonzero(found), key=lambda row: -scores[row])
    best: list[tuple[int, int]] = []
    place = 0
    for count, row in enumerate(rows):
        if count == 0 or scores[row] != scores[rows[count - 1]]:
            place = count
        if place >= depth:
            break
        best.append((place, int(owners[row])))
    return best
