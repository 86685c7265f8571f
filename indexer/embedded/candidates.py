"""From millions of passages to a few hundred creators worth scoring exactly.

Two legs, by vector and by word, each fetch their best passages among the admitted creators; passages vote
for their creators, and the creators with most votes are kept. Few admitted creators need no legs: all of
them are candidates.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.creator import CreatorId
from discovery.match import Plan
from discovery.ports import Candidates, Depth, Query
from indexer.embedded.keywords import Hits, KeywordIndex
from indexer.embedded.passage_table import PassageTable
from indexer.embedded.planner import Choice, Path, choose
from indexer.embedded.segment import Segment
from indexer.embedded.vectors import best

Bits = NDArray[np.bool_]
Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

VECTOR_SHARE = 0.8
"""How much a vote by vector counts against one by word."""
ENOUGH = 100
"""An approximate search that finds fewer creators than this (and than are admitted) is repeated exactly."""
FEW_CREATORS = 1_000
"""Up to this many admitted creators, the words are looked up for just them."""


class CandidateSearch:
    """Finds candidates in one generation."""

    def __init__(
        self,
        segments: Sequence[Segment],
        table: PassageTable,
        keywords: KeywordIndex,
        ids: Sequence[CreatorId],
        force: Path | None,
    ) -> None:
        self._segments = segments
        self._table = table
        self._keywords = keywords
        self._ids = ids
        self._force = force

    def run(self, query: Query, mask: Bits, depth: Depth, *, everyone: bool) -> Candidates:
        """Return at most `depth.creators` of the creators in `mask` [creators].

        `everyone` says that the mask holds all creators that are not deleted.
        """
        admitted = np.flatnonzero(mask)
        if len(admitted) <= depth.creators and self._force is None:
            reason = f"all {len(admitted)} admitted creators scored"
            return self._result(admitted, Plan(vectors=Path.EXACT, keywords=Path.EXACT, reason=reason))
        creators, scores, choice = self._by_vector(query, mask, depth.vectors, everyone=everyone)
        words = self._by_word(query, mask, admitted, depth.keywords)
        votes = np.zeros(len(mask))
        _vote(votes, creators, scores, VECTOR_SHARE)
        _vote(votes, self._table.creator[words.rows], words.scores, 1.0 - VECTOR_SHARE)
        found = np.flatnonzero(votes)
        rows, _ = best(found, votes[found].astype(np.float32), depth.creators)
        plan = Plan(
            vectors=choice.path if query.vector is not None else Path.NONE,
            keywords=Path.EXACT if query.terms else Path.NONE,
            reason=choice.reason,
        )
        return self._result(rows, plan)

    def _result(self, rows: Rows, plan: Plan) -> Candidates:
        return Candidates(creators=tuple(self._ids[row] for row in np.sort(rows).tolist()), plan=plan)

    def _by_vector(self, query: Query, mask: Bits, k: int, *, everyone: bool) -> tuple[Rows, Floats, Choice]:
        """Return the creators (repeated) and scores of the best passages, and the base segment's path."""
        nothing = Choice(path=Path.NONE, probes=0, reason="no vector to search by")
        if query.vector is None:
            return np.empty(0, np.int64), np.empty(0, np.float32), nothing
        allowed = mask[self._table.vector_creator]
        choice = self._choice(0, allowed)
        rows, scores = self._search_segments(query.vector, k, allowed, everyone=everyone, force=self._force)
        if choice.path is Path.APPROXIMATE and self._too_few(rows, allowed):
            rows, scores = self._search_segments(
                query.vector, k, allowed, everyone=everyone, force=Path.EXACT
            )
            choice = Choice(path=Path.EXACT, probes=0, reason=f"{choice.reason}; too few found, repeated")
        return self._table.vector_creator[rows].astype(np.int64), scores, choice

    def _too_few(self, rows: Rows, allowed: Bits) -> bool:
        found = np.unique(self._table.vector_creator[rows]).size
        return found < ENOUGH and found < np.unique(self._table.vector_creator[allowed]).size

    def _choice(self, number: int, allowed: Bits, force: Path | None = None) -> Choice:
        start, end = self._table.vector_starts[number : number + 2]
        admitted = int(allowed[start:end].sum())
        return choose(admitted, int(end - start), self._segments[number].costs, force or self._force)

    def _search_segments(
        self, vector: Floats, k: int, allowed: Bits, *, everyone: bool, force: Path | None
    ) -> tuple[Rows, Floats]:
        parts = []
        for number, segment in enumerate(self._segments):
            start, end = self._table.vector_starts[number : number + 2]
            here = allowed[start:end]
            choice = self._choice(number, allowed, force)
            all_here = everyone and bool(here.all())
            rows, scores = segment.vectors.search(vector, k, None if all_here else here, choice)
            parts.append((rows + start, scores))
        rows = np.concatenate([part[0] for part in parts])
        scores = np.concatenate([part[1] for part in parts])
        order = np.argsort(rows, kind="stable")
        return best(rows[order], scores[order], k)

    def _by_word(self, query: Query, mask: Bits, admitted: Rows, k: int) -> Hits:
        """Best passages by word among the admitted: looked up for few creators, filtered for many."""
        if not query.terms:
            return Hits(np.empty(0, np.int64), np.empty(0, np.float32))
        if len(admitted) <= FEW_CREATORS:
            return self._keywords.among_creators(query.terms, admitted.tolist(), k)
        passages = len(self._table.creator)
        share = len(admitted) / len(mask)
        limit = min(passages, int(k / share * 1.2))
        while True:
            hits = self._keywords.best(query.terms, limit)
            kept = mask[self._table.creator[hits.rows]]
            if int(kept.sum()) >= k or len(hits.rows) < limit or limit >= passages:
                return Hits(hits.rows[kept][:k], hits.scores[kept][:k])
            limit = min(passages, limit * 4)


def _vote(votes: NDArray[np.float64], creators: NDArray[np.integer], scores: Floats, weight: float) -> None:
    """Add each passage's standing among the fetched (0..1, weighted) to its creator's votes."""
    if not len(scores):
        return
    low, high = float(scores.min()), float(scores.max())
    standing = (scores.astype(np.float64) - low) / max(high - low, 1e-9)
    np.add.at(votes, creators, weight * (0.05 + standing))
