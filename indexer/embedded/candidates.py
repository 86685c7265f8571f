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
"""A search that finds fewer creators than this (and than are admitted) is repeated over all their vectors."""
PASSAGES_A_CREATOR = 6
"""With fewer fetched passages than this for each of them, fewer creators are enough."""
MOST_HITS = 4_000
"""How many passages are fetched to be filtered; the admitted among them are the best of all admitted."""
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

    def run(self, query: Query, mask: Bits, depth: Depth) -> Candidates:
        """Return at most `depth.creators` of the creators in `mask` [creators]."""
        admitted = np.flatnonzero(mask)
        if len(admitted) <= depth.creators and self._force is None:
            everybody = Choice(path=Path.EXACT, reason=f"all {len(admitted)} admitted creators scored")
            return self._result(admitted, _plan(query, everybody))
        creators, scores, choice = self._by_vector(query, mask, depth.vectors)
        words = self._by_word(query, mask, admitted, depth.keywords)
        votes = np.zeros(len(mask))
        _vote(votes, creators, scores, VECTOR_SHARE)
        _vote(votes, self._table.creator[words.rows], words.scores, 1.0 - VECTOR_SHARE)
        found = np.flatnonzero(votes)
        rows, _ = best(found, votes[found].astype(np.float32), depth.creators)
        return self._result(rows, _plan(query, choice))

    def _result(self, rows: Rows, plan: Plan) -> Candidates:
        return Candidates(creators=tuple(self._ids[row] for row in np.sort(rows).tolist()), plan=plan)

    def _by_vector(self, query: Query, mask: Bits, k: int) -> tuple[Rows, Floats, Choice]:
        """Return the creators (repeated) and scores of the best passages, and the base segment's path."""
        if query.vector is None:
            nothing = Choice(path=Path.NONE, reason="no vector to search by")
            return np.empty(0, np.int64), np.empty(0, np.float32), nothing
        allowed = None if mask.all() else mask[self._table.vector_creator]
        choice, rows, scores = self._search_segments(query.vector, k, allowed, self._force)
        if self._too_few(rows, allowed, min(ENOUGH, k // PASSAGES_A_CREATOR)):
            everything = len(self._table.vector_creator)
            _, rows, scores = self._search_segments(query.vector, everything, allowed, Path.EXACT)
            choice = Choice(path=Path.EXACT, reason=f"{choice.reason}; too few creators found, all compared")
        return self._table.vector_creator[rows], scores, choice

    def _too_few(self, rows: Rows, allowed: Bits | None, enough: int) -> bool:
        creators = self._table.vector_creator
        found = np.unique(creators[rows]).size
        return found < enough and found < np.unique(creators if allowed is None else creators[allowed]).size

    def _search_segments(
        self, vector: Floats, k: int, allowed: Bits | None, force: Path | None
    ) -> tuple[Choice, Rows, Floats]:
        """Search every segment; `allowed` [vectors] limits it. Returns the base segment's choice."""
        choices, rows, scores = [], [], []
        for number, segment in enumerate(self._segments):
            start, end = self._table.vector_starts[number : number + 2].tolist()
            here = None if allowed is None else allowed[start:end]
            admitted = end - start if here is None else int(here.sum())
            choices.append(choose(admitted, end - start, segment.costs, force))
            found, values = segment.vectors.search(vector, k, here, choices[-1])
            rows.append(found + start)
            scores.append(values)
        if len(rows) == 1:
            return choices[0], rows[0], scores[0]
        joined, values = np.concatenate(rows), np.concatenate(scores)
        order = np.argsort(joined, kind="stable")
        return choices[0], *best(joined[order], values[order], k)

    def _by_word(self, query: Query, mask: Bits, admitted: Rows, k: int) -> Hits:
        """Best passages by word among the admitted: looked up for few creators, else filtered."""
        if not query.terms:
            return Hits(np.empty(0, np.int64), np.empty(0, np.float32))
        if len(admitted) <= FEW_CREATORS:
            return self._keywords.among_creators(query.terms, admitted.tolist(), k)
        passages = len(self._table.creator)
        limit = min(passages, MOST_HITS, int(2 * k * len(mask) / len(admitted)))
        hits = self._keywords.best(query.terms, limit)
        kept = mask[self._table.creator[hits.rows]]
        if int(kept.sum()) < min(k, ENOUGH) and len(hits.rows) == limit < passages:
            return self._keywords.among_creators(query.terms, admitted.tolist(), k)
        return Hits(hits.rows[kept][:k], hits.scores[kept][:k])


def _plan(query: Query, choice: Choice) -> Plan:
    """Say which legs ran, and why the vectors took the path they took."""
    return Plan(
        vectors=choice.path if query.vector is not None else Path.NONE,
        keywords=Path.EXACT if query.terms else Path.NONE,
        reason=choice.reason,
    )


def _vote(votes: NDArray[np.float64], creators: NDArray[np.integer], scores: Floats, weight: float) -> None:
    """Add each passage's standing among the fetched (0..1, weighted) to its creator's votes."""
    if not len(scores):
        return
    low, high = float(scores.min()), float(scores.max())
    standing = (scores.astype(np.float64) - low) / max(high - low, 1e-9)
    np.add.at(votes, creators, weight * (0.05 + standing))
