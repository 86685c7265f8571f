"""The embedded engine: one published generation, read-only, safe from several threads."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from discovery.creator import Creator, CreatorId
from discovery.errors import CreatorNotFound
from discovery.filters import Filter
from discovery.people import Profiles
from discovery.ports import (
    Admission,
    Candidates,
    Depth,
    GenerationInfo,
    Query,
    RelatedWord,
    Sample,
    Scores,
    Themes,
    Vectors,
    Windows,
)
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, PROFILE
from indexer.embedded.admission import BitmapAdmission
from indexer.embedded.candidates import CandidateSearch
from indexer.embedded.keywords import Hits, KeywordIndex, creator_key
from indexer.embedded.manifest import Manifest, read_manifest, verify
from indexer.embedded.passage_table import PassageTable
from indexer.embedded.people import read_people
from indexer.embedded.planner import Path as PlanPath
from indexer.embedded.segment import Segment
from indexer.embedded.vectors import inner_products
from indexer.embedded.words import RelatedWords
from indexer.embedded.writer import CREATORS, PASSAGES
from indexer.people import present

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


class EmbeddedEngine:
    """A `SearchEngine` over one generation folder.

    `force` makes every vector search take one path; for measuring recall and for tests.
    """

    def __init__(self, folder: Path, manifest: Manifest, force: PlanPath | None = None) -> None:
        numbers = range(len(manifest.segments))
        self._segments = [Segment(folder / f"segment-{n}", manifest.dimension) for n in numbers]
        self._ids: list[CreatorId] = [one for segment in self._segments for one in segment.ids]
        self._live: NDArray[np.bool_] = np.load(folder / "live.npy", allow_pickle=False)
        live = self._live.tolist()
        self._rows = {one: row for row, one in enumerate(self._ids) if live[row]}
        self._table = PassageTable(self._segments)
        keys = [creator_key(row) for row in range(len(self._ids))]
        self._passage_words = KeywordIndex(folder / PASSAGES, keys, PASSAGE_FIELDS)
        self._creator_words = KeywordIndex(folder / CREATORS, keys, CREATOR_FIELDS)
        self._sample: Rows = np.load(folder / "sample.npy", allow_pickle=False)
        self._sample_ids = tuple(self._ids[row] for row in self._sample.tolist())
        self._starts = np.concatenate([[0], np.cumsum(manifest.segments)])
        self._words = RelatedWords(folder, manifest.dimension)
        self._people = present(read_people(folder), self._rows)
        speaks = self._table.vectors_of_creator > 0
        self._search = CandidateSearch(self._segments, speaks, self._creator_words, self._ids, force)
        self._info = manifest.info

    @property
    def info(self) -> GenerationInfo:
        """What is served."""
        return self._info

    def check(self) -> None:
        """Do nothing: what is open can be searched."""

    def vocabulary(self, field: str) -> Sequence[str]:
        """Known values of an inverted filter field, sorted."""
        if field not in self._vocabularies:
            values = {value for segment in self._segments for value in segment.columns.values(field)}
            self._vocabularies[field] = tuple(sorted(values))
        return self._vocabularies[field]

    @cached_property
    def _vocabularies(self) -> dict[str, tuple[str, ...]]:
        return {}

    def warm(self) -> None:
        """Read what the first search would otherwise wait for.

        What is loaded by now lives as long as the engine: the garbage collector need not look through its
        hundreds of thousands of objects again and again, which would stop a search for 30 to 150 ms.
        """
        _ = self._background_parts
        gc.collect()
        gc.freeze()

    def admit(self, filters: Sequence[Filter], as_of: date | None) -> BitmapAdmission:
        """Resolve filters to a bitmap over creators."""
        columns = [segment.columns for segment in self._segments]
        return BitmapAdmission(columns, self._live, self._rows, filters, as_of)

    def candidates(
        self, query: Query, admission: Admission, depth: Depth, exclude: Sequence[CreatorId] = ()
    ) -> Candidates:
        """Find admitted creators worth scoring exactly."""
        assert isinstance(admission, BitmapAdmission)
        mask = admission.mask
        if exclude:
            mask = mask.copy()
            mask[[self._rows[one] for one in exclude if one in self._rows]] = False
        return self._search.run(query, mask, depth)

    def themes(self, query: Query, creators: Sequence[CreatorId]) -> Themes:
        """Score the given creators as wholes, exactly."""
        rows = self._rows_of(creators)
        count = self._table.vectors_of_creator[rows]
        cosine = np.full(len(rows), np.nan, dtype=np.float32)
        if query.vector is not None:
            known = count > 0
            cosine[known] = self._theme_scores(query.vector, rows[known])
        hits = self._creator_words.among_creators(query.weights, rows.tolist(), len(rows))
        return Themes(creators=tuple(creators), cosine=cosine, keyword=_placed(hits, rows), passages=count)

    def related_words(self, vector: Vectors, limit: int) -> Sequence[RelatedWord]:
        """Telling words nearest to a vector, nearest first."""
        return self._words.nearest(vector, limit)

    def best_keyword_score(self, query: Query) -> float:
        """Keyword score of the best creator of the whole generation."""
        scores = self._creator_words.best(query.weights, 1).scores
        return float(scores[0]) if scores.size else 0.0

    def background(self, query: Query) -> Sample:
        """Score the sample that stands for the average creator."""
        themes, passages, posts = self._background_parts
        if query.vector is None:
            return Sample(
                themes=np.empty(0, np.float32), passages=passages[:0], posts=np.empty(0, np.float32)
            )
        return Sample(
            themes=inner_products(query.vector, themes),
            passages=passages,
            posts=inner_products(query.vector, posts),
        )

    def windows(self, query: Query, creators: Sequence[CreatorId]) -> Windows:
        """Score every passage of the given creators exactly."""
        rows = self._rows_of(creators)
        passages, offsets = self._table.passages_of(rows)
        vectors = self._table.vector_of[passages]
        cosine = np.full(len(passages), np.nan, dtype=np.float32)
        if query.vector is not None:
            known = vectors >= 0
            cosine[known] = self._table.scores(query.vector, vectors[known])
        hits = self._passage_words.among_creators(query.weights, rows.tolist(), len(passages))
        return Windows(
            creators=tuple(creators),
            offsets=offsets,
            post=self._table.position[passages],
            cosine=cosine,
            keyword=_placed(hits, passages),
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

    def profiles_of(self, creators: Sequence[CreatorId]) -> Mapping[CreatorId, Profiles]:
        """Return all profiles of those who have several."""
        return {one: self._people[one] for one in creators if one in self._people}

    def passage_vectors(self, creators: Sequence[CreatorId]) -> list[Vectors]:
        """Return the vectors of each creator's passages with text."""
        found = []
        for row in self._rows_of(creators).tolist():
            passages, _ = self._table.passages_of(np.array([row]))
            vectors = self._table.vector_of[passages]
            found.append(self._table.rows(vectors[vectors >= 0]))
        return found

    def read(self, creators: Sequence[CreatorId]) -> list[Creator]:
        """Return records in the order asked."""
        found = []
        for row in self._rows_of(creators).tolist():
            number = int(np.searchsorted(self._starts, row, side="right")) - 1
            found.append(self._segments[number].record(row - int(self._starts[number])))
        return found

    @cached_property
    def _background_parts(self) -> tuple[Floats, Rows, Floats]:
        """Themes of the sample, how many passages each rests on, and posts: read in one sweep a query."""
        count = self._table.vectors_of_creator[self._sample]
        speaking = self._sample[count > 0]
        passages, _ = self._table.passages_of(self._sample)
        vectors = self._table.vector_of[passages]
        posts = (vectors >= 0) & (self._table.position[passages] != PROFILE)
        return self._themes_of(speaking), count[count > 0], self._table.rows(vectors[posts])

    def _theme_scores(self, vector: Floats, rows: Rows) -> Floats:
        """Inner products of creators' themes with a query, shape [rows]."""
        scores = np.empty(len(rows), dtype=np.float32)
        for number, mine, local in self._by_segment(rows):
            scores[mine] = self._segments[number].themes.scores(vector, local)
        return scores

    def _themes_of(self, rows: Rows) -> Floats:
        """Themes of creators, shape [rows, dimension]."""
        dimension = self._segments[0].themes.matrix.shape[1]
        themes = np.empty((len(rows), dimension), dtype=np.float32)
        for number, mine, local in self._by_segment(rows):
            themes[mine] = self._segments[number].themes.matrix[local]
        return themes

    def _by_segment(self, rows: Rows) -> Iterator[tuple[int, NDArray[np.bool_], Rows]]:
        """Split creator rows by the segment that holds them: its number, which of them, its own rows."""
        owner = np.searchsorted(self._starts, rows, side="right") - 1
        for number in range(len(self._segments)):
            mine = owner == number
            if mine.any():
                yield number, mine, rows[mine] - self._starts[number]

    def _rows_of(self, creators: Sequence[CreatorId]) -> Rows:
        try:
            return np.array([self._rows[one] for one in creators], dtype=np.int64)
        except KeyError as missing:
            raise CreatorNotFound(f"no creator {missing.args[0]!r} is in the index") from None


def _placed(hits: Hits, rows: Rows) -> Floats:
    """Scores of the hits at the places of their rows, shape [rows]; 0 without a hit."""
    scores = np.zeros(len(rows), dtype=np.float32)
    if hits.rows.size:
        order = np.argsort(rows, kind="stable")
        scores[order[np.searchsorted(rows, hits.rows, sorter=order)]] = hits.scores
    return scores


def open_generation(folder: Path, force: PlanPath | None = None) -> EmbeddedEngine:
    """Check every file of a generation and open it.

    Raises:
        IndexDamaged: a file is missing or differs from the manifest; nothing is served from it.
    """
    manifest = read_manifest(folder)
    verify(folder, manifest)
    return EmbeddedEngine(folder, manifest, force)
