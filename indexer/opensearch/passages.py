"""Exact scores of every passage of some creators, for several queries in one round trip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.creator import WINDOW, CreatorId
from discovery.errors import CreatorNotFound
from discovery.ports import Query, Windows
from indexer.opensearch.queries import MAX_HITS, passage_words_of, passages_of
from indexer.opensearch.searching import Answer, Search, cosines_of, creators_of, scores_of, values_of

CHUNK = MAX_HITS // (WINDOW + 1)
"""How many creators are named in one search, so that all their passages fit into its answer."""

Place = tuple[CreatorId, int]
"""A creator and the position of a passage of theirs."""
Scores = dict[Place, float]


@dataclass(frozen=True, slots=True)
class _Part:
    """One search of a question: its query's number, whether all passages are listed, or those with a hit."""

    number: int
    lists: bool


class PassageQuestion:
    """Queries about the passages of some creators: what is to be searched, and what the answers mean."""

    def __init__(self, index: str, asked: Sequence[Query], creators: Sequence[CreatorId]) -> None:
        self._asked = asked
        self._creators = creators
        self._parts: list[_Part] = []
        self.searches: list[Search] = []
        by_vector = [number for number, query in enumerate(asked) if query.vector is not None]
        for start in range(0, len(creators), CHUNK):
            some = creators[start : start + CHUNK]
            for number in by_vector or range(min(1, len(asked))):  # somebody must list the passages
                self._add(_Part(number, True), index, passages_of(some, asked[number].vector, MAX_HITS))
            for number, query in enumerate(asked):
                for body in passage_words_of(some, query.weights, MAX_HITS):
                    self._add(_Part(number, False), index, body)

    def windows(self, answers: Sequence[Answer]) -> list[Windows]:
        """Put the answers to `searches` in order, for each query.

        Raises:
            CreatorNotFound: somebody has no passage, not even a profile.
        """
        cosines: list[Scores] = [{} for _ in self._asked]
        words: list[Scores] = [{} for _ in self._asked]
        listed: dict[CreatorId, set[int]] = {one: set() for one in self._creators}
        for part, answer in zip(self._parts, answers, strict=True):
            places = _places(answer)
            if part.lists:
                for one, position in places:
                    listed[one].add(position)
                cosines[part.number].update(zip(places, cosines_of(answer).tolist(), strict=True))
            else:
                found = words[part.number]
                for place, score in zip(places, scores_of(answer).tolist(), strict=True):
                    found[place] = found.get(place, 0.0) + score
        return self._windows(listed, cosines, words)

    def _add(self, part: _Part, index: str, body: Mapping[str, Any]) -> None:
        self._parts.append(part)
        self.searches.append(Search(index, body))

    def _windows(
        self, listed: Mapping[CreatorId, set[int]], cosines: Sequence[Scores], words: Sequence[Scores]
    ) -> list[Windows]:
        for one, positions in listed.items():
            if self._asked and not positions:
                raise CreatorNotFound(f"no creator {one!r} is in the index")
        rows = [(one, position) for one in self._creators for position in sorted(listed[one])]
        offsets = np.cumsum([0, *(len(listed[one]) for one in self._creators)], dtype=np.int64)
        post = np.array([position for _, position in rows], dtype=np.int16)
        return [
            Windows(
                creators=tuple(self._creators),
                offsets=offsets,
                post=post,
                cosine=_column(cosine, rows, np.nan),
                keyword=_column(word, rows, 0.0),
            )
            for cosine, word in zip(cosines, words, strict=True)
        ]


def _places(answer: Answer) -> list[Place]:
    return list(zip(creators_of(answer), values_of(answer, "position").tolist(), strict=True))


def _column(scores: Scores, rows: Sequence[Place], absent: float) -> NDArray[np.float32]:
    return np.array([scores.get(place, absent) for place in rows], dtype=np.float32)
