"""The exact engine that every other engine is compared with: every passage is scored, nothing is pruned.

No index, no approximation, no shared code with the engines it judges. Meant for a few hundred creators.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
from discovery.function_words import function_terms
from discovery.match import FilterReport, Plan
from discovery.people import Profiles
from discovery.ports import (
    Analyser,
    Candidates,
    Depth,
    Encoder,
    GenerationInfo,
    Query,
    RelatedWord,
    Sample,
    Scores,
    Themes,
    Vectors,
    Windows,
)
from discovery.verdicts import Status, admits, condition
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, PROFILE, document

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


TermCounts = dict[str, Counter[str]]
"""How often each term occurs, by keyword field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OraclePassage:
    """One passage: whose it is, its vector (`None`: no text), and term counts by keyword field."""

    owner: int
    position: int
    vector: Vectors | None
    counts: TermCounts


class KeywordScorer:
    """BM25 by the formula, in double precision, over documents with boosted fields."""

    def __init__(self, documents: Sequence[TermCounts], boosts: Mapping[str, float]) -> None:
        self._documents = documents
        self._boosts = boosts
        self._mean_length = {
            name: sum(counts[name].total() for counts in documents) / max(len(documents), 1)
            for name in boosts
        }

    def scores(self, terms: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the boosted sum over fields and weighted terms, shape [documents]."""
        total = np.zeros(len(self._documents))
        for term, weight in terms.items():
            for name, boost in self._boosts.items():
                total += boost * weight * self._field_scores(name, term)
        return total

    def _field_scores(self, name: str, term: str) -> NDArray[np.float64]:
        found = [counts[name][term] for counts in self._documents]
        documents = sum(1 for count in found if count)
        scores = np.zeros(len(found))
        if not documents:
            return scores
        idf = log(1 + (len(found) - documents + 0.5) / (documents + 0.5))
        for row, count in enumerate(found):
            if count:
                length = quantised(self._documents[row][name].total())
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
        people: Sequence[Profiles] = (),
    ) -> None:
        """Index creators with distinct ids; `people` are the persons with several profiles."""
        self._people = tuple(people)
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
                counts=_counts(analyser, passage.fields, PASSAGE_FIELDS),
            )
            for row, one in enumerate(documents)
            for passage in one.passages
        ]
        self._wholes = [_counts(analyser, one.fields, CREATOR_FIELDS) for one in documents]
        self._themes = [self._theme(row) for row in range(len(documents))]
        self._words = _telling_words([one.fields["subject"] for one in documents], analyser)
        self._word_vectors = encoder.encode_documents([word for _, word in self._words])

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

    def check(self) -> None:
        """Do nothing."""

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
        """Find admitted creators by theme and words; equal scores at the cut of a leg are all kept.

        At most `depth.creators` are returned: those with the best place on any leg.
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
        """Return (place, creator row) of the creators that each leg finds: themes, then keywords."""
        allowed = np.isin(np.arange(len(self._ids)), list(rows))
        found = self.themes(query, self._ids)
        return [
            _best(found.cosine, allowed & ~np.isnan(found.cosine), depth.vectors),
            _best(found.keyword, allowed & (found.keyword > 0), depth.keywords),
        ]

    def themes(self, query: Query, creators: Sequence[CreatorId]) -> Themes:
        """Score the given creators as wholes, exactly."""
        rows = [self._row(one) for one in creators]
        cosine = np.full(len(rows), np.nan)
        if query.vector is not None:
            wanted = query.vector.astype(np.float64)
            for place, row in enumerate(rows):
                theme = self._themes[row]
                if theme is not None:
                    cosine[place] = float(np.dot(theme, wanted))
        return Themes(
            creators=tuple(creators),
            cosine=cosine.astype(np.float32),
            keyword=self._creator_words.scores(query.weights)[rows].astype(np.float32),
            passages=np.array([len(self._vectors(row)) for row in rows], dtype=np.int64),
        )

    def related_words(self, vector: Vectors, limit: int) -> Sequence[RelatedWord]:
        """Telling words nearest to a vector, by the definition."""
        if not self._words:
            return []
        cosine = self._word_vectors.astype(np.float64) @ vector.astype(np.float64)
        standing = (cosine - cosine.mean()) / max(float(cosine.std()), 1e-6)
        best = np.argsort(-standing, kind="stable")[:limit].tolist()
        named = [(*self._words[row], float(standing[row])) for row in best]
        return [RelatedWord(term, word, score) for term, word, score in named]

    def best_keyword_score(self, query: Query) -> float:
        """Keyword score of the best creator of all."""
        return float(self._creator_words.scores(query.weights).max(initial=0.0))

    def background(self, query: Query) -> Sample:
        """Score the sample (everybody, unless a sampler was given) by vector only."""
        ids = self._sampler(self._ids)
        whole, parts = self.themes(query, ids), self.windows(query, ids)
        known = ~np.isnan(whole.cosine)
        posts = (parts.post != PROFILE) & ~np.isnan(parts.cosine)
        return Sample(themes=whole.cosine[known], passages=whole.passages[known], posts=parts.cosine[posts])

    def windows(self, query: Query, creators: Sequence[CreatorId]) -> Windows:
        """Score every passage of the given creators exactly."""
        cosine, keyword = self._cosine(query), self._scorer.scores(query.weights)
        picked = [self._passage_rows(self._row(one)) for one in creators]
        rows = np.array([row for group in picked for row in group], dtype=np.int64)
        return Windows(
            creators=tuple(creators),
            offsets=np.cumsum([0, *map(len, picked)], dtype=np.int64),
            post=np.array([self.passages[row].position for row in rows], dtype=np.int16),
            cosine=cosine[rows].astype(np.float32),
            keyword=keyword[rows].astype(np.float32),
        )

    def scores(self, query: Query, creators: Sequence[CreatorId], against: Sequence[Query] = ()) -> Scores:
        """Return all that creators are ranked by."""
        return Scores(
            themes=self.themes(query, creators),
            best_keyword=self.best_keyword_score(query),
            against=tuple(self.windows(other, creators) for other in against),
        )

    def page(
        self, query: Query, creators: Sequence[CreatorId], beside: Sequence[CreatorId] = ()
    ) -> tuple[Windows, list[Creator]]:
        """Return all that a page shows."""
        there = [one for one in beside if one in self._rows]
        return self.windows(query, creators), self.read([*creators, *there])

    def profiles_of(self, creators: Sequence[CreatorId]) -> dict[CreatorId, Profiles]:
        """Return all profiles of those who have several."""
        return {one: person for one in creators for person in self._people if one in person}

    def passage_vectors(self, creators: Sequence[CreatorId]) -> list[Vectors]:
        """Return the vectors of each creator's passages that have text, shape [passages, dimension]."""
        return [
            np.array(self._vectors(self._row(one)), dtype=np.float32).reshape(-1, self._encoder.dimension)
            for one in creators
        ]

    def read(self, creators: Sequence[CreatorId]) -> list[Creator]:
        """Return the records (`kept_posts` only) in the order asked."""
        records = [self._creators[self._row(one)] for one in creators]
        return [replace(one, posts=one.kept_posts) for one in records]

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

    def _vectors(self, creator: int) -> list[Vectors]:
        vectors = (self.passages[row].vector for row in self._passage_rows(creator))
        return [vector for vector in vectors if vector is not None]

    def _theme(self, creator: int) -> NDArray[np.float64] | None:
        """The mean of a creator's vectors, brought to length 1."""
        vectors = self._vectors(creator)
        if not vectors:
            return None
        total = np.sum(vectors, axis=0, dtype=np.float64)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-300))

    @cached_property
    def _scorer(self) -> KeywordScorer:
        return KeywordScorer([passage.counts for passage in self.passages], PASSAGE_FIELDS)

    @cached_property
    def _creator_words(self) -> KeywordScorer:
        return KeywordScorer(self._wholes, CREATOR_FIELDS)

    def _cosine(self, query: Query) -> NDArray[np.float64]:
        """Inner products in double precision; NaN without a vector on either side."""
        scores = np.full(len(self.passages), np.nan)
        if query.vector is not None:
            wanted = query.vector.astype(np.float64)
            for row, passage in enumerate(self.passages):
                if passage.vector is not None:
                    scores[row] = float(np.dot(passage.vector.astype(np.float64), wanted))
        return scores


def _telling_words(texts: Sequence[str], analyser: Analyser) -> list[tuple[str, str]]:
    """Words of Latin letters in at least 5 creators and at most a tenth (or 5), the most frequent first."""
    found = [(text, analyser.find(text, None)) for text in texts]
    creators = Counter(term for _, terms in found for term in {one.text for one in terms})
    forms = Counter(
        form
        for text, terms in found
        for form in {(one.text, text[one.start : one.end].lower()) for one in terms}
    )
    words = []
    for term in {term for term, _ in forms}:
        written = {form: count for (other, form), count in forms.items() if other == term}
        total = creators[term]
        plain = term.isascii() and term.isalpha() and len(term) >= 3 and term not in function_terms(analyser)
        if plain and 5 <= total <= max(5, 0.1 * len(texts)):
            words.append((-total, term, max(written, key=lambda form: (written[form], form))))
    return [(term, form) for _, term, form in sorted(words)]


def _counts(analyser: Analyser, texts: Mapping[str, str], fields: Mapping[str, float]) -> TermCounts:
    return {name: Counter(analyser.terms(texts.get(name, ""))) for name in fields}


def _best(scores: NDArray[np.float32], found: NDArray[np.bool_], depth: int) -> list[tuple[int, int]]:
    """Return (place, creator) of the best; equal scores share a place, so the cut keeps them all."""
    rows = sorted(np.flatnonzero(found).tolist(), key=lambda row: -scores[row])
    best: list[tuple[int, int]] = []
    place = 0
    for count, row in enumerate(rows):
        if count == 0 or scores[row] != scores[rows[count - 1]]:
            place = count
        if place >= depth:
            break
        best.append((place, row))
    return best
