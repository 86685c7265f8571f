"""From all admitted creators to a few hundred worth scoring exactly.

Two legs, by theme and by word, each fetch their best creators among the admitted; each leg votes by standing,
and the creators with most votes are kept. Few admitted creators need no legs: all of them are candidates.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.creator import CreatorId
from discovery.match import Plan
from discovery.ports import Candidates, Depth, Query
from indexer.embedded.keywords import Hits, KeywordIndex
from indexer.embedded.planner import Choice, Path, choose
from indexer.embedded.segment import Segment
from indexer.embedded.vectors import best
from indexer.votes import theme_votes, word_votes

Bits = NDArray[np.bool_]
Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

MOST_HITS = 4_000
"""How many creators are fetched by word to be filtered: the admitted among them are the best of all."""
FEW_CREATORS = 1_000
"""Up to this many admitted creators, the words are looked up for just them."""


class CandidateSearch:
    """Finds candidates in one generation. `speaks` [creators] marks those who have a theme."""

    def __init__(
        self,
        segments: Sequence[Segment],
        speaks: Bits,
        words: KeywordIndex,
        ids: Sequence[CreatorId],
        force: Path | None,
    ) -> None:
        self._segments = segments
        self._starts = np.cumsum([0, *(len(segment.ids) for segment in segments)])
        self._speaks = speaks
        self._words = words
        self._ids = ids
        self._force = force

    def run(self, query: Query, mask: Bits, depth: Depth) -> Candidates:
        """Return at most `depth.creators` of the creators in `mask` [creators]."""
        admitted = np.flatnonzero(mask)
        if len(admitted) <= depth.creators and self._force is None:
            everybody = Choice(path=Path.EXACT, reason=f"all {len(admitted)} admitted creators scored")
            return self._result(admitted, _plan(query, everybody))
        themes, scores, choice = self._by_theme(query, mask & self._speaks, depth.vectors)
        words = self._by_word(query, mask, admitted, depth.keywords)
        votes = np.zeros(len(mask))
        votes[themes] += theme_votes(scores)
        votes[words.rows] += word_votes(words.scores)
        found = np.flatnonzero(votes)
        rows, _ = best(found, votes[found].astype(np.float32), depth.creators)
        return self._result(rows, _plan(query, choice))

    def _result(self, rows: Rows, plan: Plan) -> Candidates:
        return Candidates(creators=tuple(self._ids[row] for row in np.sort(rows).tolist()), plan=plan)

    def _by_theme(self, query: Query, mask: Bits, k: int) -> tuple[Rows, Floats, Choice]:
        """Return the creators with the best themes, their scores, and the base segment's path."""
        if query.vector is None:
            nothing = Choice(path=Path.NONE, reason="no vector to search by")
            return np.empty(0, np.int64), np.empty(0, np.float32), nothing
        choice, rows, scores = self._search_segments(query.vector, k, mask, self._force)
        if len(rows) < min(k, int(mask.sum())):
            _, rows, scores = self._search_segments(query.vector, k, mask, Path.EXACT)
            choice = Choice(path=Path.EXACT, reason=f"{choice.reason}; too few found, all compared")
        return rows, scores, choice

    def _search_segments(
        self, vector: Floats, k: int, mask: Bits, force: Path | None
    ) -> tuple[Choice, Rows, Floats]:
        """Search every segment; `mask` [creators] limits it. Returns the base segment's choice."""
        choices, rows, scores = [], [], []
        for number, segment in enumerate(self._segments):
            start, end = self._starts[number : number + 2].tolist()
            here = mask[start:end]
            admitted = int(here.sum())
            choices.append(choose(admitted, end - start, segment.costs, force))
            allowed = None if admitted == end - start else here
            found, values = segment.themes.search(vector, k, allowed, choices[-1])
            rows.append(found + start)
            scores.append(values)
        if len(rows) == 1:
            return choices[0], rows[0], scores[0]
        joined, values = np.concatenate(rows), np.concatenate(scores)
        order = np.argsort(joined, kind="stable")
        return choices[0], *best(joined[order], values[order], k)

    def _by_word(self, query: Query, mask: Bits, admitted: Rows, k: int) -> Hits:
        """Best creators by word among the admitted: looked up for few creators, else filtered."""
        if not query.terms:
            return Hits(np.empty(0, np.int64), np.empty(0, np.float32))
        if len(admitted) <= FEW_CREATORS:
            return self._words.among_creators(query.weights, admitted.tolist(), k)
        limit = min(len(mask), MOST_HITS, int(2 * k * len(mask) / len(admitted)))
        hits = self._words.best(query.weights, limit)
        kept = mask[hits.rows]
        if int(kept.sum()) < k and len(hits.rows) == limit < len(mask):
            return self._words.among_creators(query.weights, admitted.tolist(), k)
        return Hits(hits.rows[kept][:k], hits.scores[kept][:k])


def _plan(query: Query, choice: Choice) -> Plan:
    """Say which legs ran, and why the vectors took the path they took."""
    return Plan(
        vectors=choice.path if query.vector is not None else Path.NONE,
        keywords=Path.EXACT if query.terms else Path.NONE,
        reason=choice.reason,
    )
