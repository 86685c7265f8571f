"""From a brief to what an engine is asked: a vector, words, and the weights that hold for it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from discovery.brief import Brief, Seed
from discovery.creator import Creator, CreatorId
from discovery.errors import CreatorNotFound, InvalidInput, Problem
from discovery.interpretation import Interpretation
from discovery.ports import Analyser, Encoder, Query, SearchEngine
from discovery.ranking.background import Floats
from discovery.ranking.expansion import RELATED_WORDS, related_weights
from discovery.ranking.weights import UNREAD
from discovery.telling_terms import telling_terms

MAX_TERMS = 400
"""The first so many words of a brief are looked up: OpenSearch takes about a thousand clauses, two a word."""
Lookup = Callable[[CreatorId], Creator]
"""The record of a creator; raises `CreatorNotFound`."""


def weights_for(brief: Brief, language: str | None, encoder: Encoder) -> dict[str, float]:
    """Return the weights of a search: what the encoder cannot read counts less, unless the caller weighs it.

    `language` is that of the brief, `None` where it is not clear.
    """
    weights = brief.all_weights
    if language is not None and encoder.languages is not None and language not in encoder.languages:
        unread = {"theme": weights["theme"] * UNREAD, "related_words": 0.0}
        weights |= {name: value for name, value in unread.items() if name not in brief.weights}
    return weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Puts briefs to one engine."""

    engine: SearchEngine
    encoder: Encoder
    analyser: Analyser
    lookup: Lookup

    def query(self, brief: Brief, asked: Interpretation, related: float) -> Query:
        """Return the query of a brief; `related` scales the weights of words that it means without saying.

        Raises:
            InvalidInput: naming every seed that is not in the index, or has no text.
        """
        vector = self._vector(brief, asked.text)
        terms = telling_terms(asked.topic, self.analyser)[:MAX_TERMS]
        if vector is None or not terms or related == 0.0:
            return Query(vector=vector, terms=terms)
        words = self.engine.related_words(vector, RELATED_WORDS)
        return Query(vector=vector, terms=terms, related=related_weights(words, terms, related))

    def _vector(self, brief: Brief, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]] | None:
        parts = []
        if text.strip():
            parts.append(self.encoder.encode_queries([text])[0])
        if brief.seeds:
            parts.append(self._seed_vector(brief.seeds))
        total = np.sum(parts, axis=0)
        norm = float(np.linalg.norm(total))
        return (total / norm).astype(np.float32) if norm > 0 else None

    def _seed_vector(self, seeds: tuple[Seed, ...]) -> Floats:
        """Weighted mean of the seeds' mean passage vectors."""
        problems = []
        total: Floats | None = None
        for position, seed in enumerate(seeds):
            try:
                (vectors,) = self.engine.passage_vectors([self.lookup(seed.creator).id])
                trouble = None if len(vectors) else f"{seed.creator!r} has no text to compare; leave it out"
            except CreatorNotFound as error:
                trouble = str(error)
            if trouble:
                where = f"seeds[{position}].creator"
                problems.append(Problem(field=where, message=trouble, value=seed.creator))
                continue
            mean = vectors.mean(axis=0, dtype=np.float64)
            part = seed.weight * mean / max(float(np.linalg.norm(mean)), 1e-12)
            total = part if total is None else total + part
        if problems or total is None:
            raise InvalidInput(problems)
        return total / max(float(np.linalg.norm(total)), 1e-12)
