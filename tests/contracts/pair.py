"""An engine beside the exact one over the same creators, and what the tests of both need."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from discovery.creator import Creator, CreatorId
from discovery.filters import Filter
from discovery.matching import Matcher
from discovery.people import Profiles
from discovery.ports import Depth, Query, SearchEngine
from embeddings.hashing_encoder import HashingEncoder
from indexer.analysis import StandardAnalyser
from tests.fictional import corpus
from tests.oracle import OracleEngine

ENCODER = HashingEncoder()
ANALYSER = StandardAnalyser()
EVERYTHING = Depth(vectors=100_000, keywords=100_000, creators=100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An engine and the oracle over the same creators."""

    creators: tuple[Creator, ...]
    engine: SearchEngine
    oracle: OracleEngine

    @property
    def ids(self) -> list[CreatorId]:
        """All ids, in order."""
        return sorted(one.id for one in self.creators)


def query_for(text: str) -> Query:
    """Turn a text into a query as the matcher does."""
    terms = dict.fromkeys(ANALYSER.terms(text))
    return Query(vector=ENCODER.encode_queries([text])[0], terms=tuple(terms))


def widest_query(creators: Iterable[Creator]) -> Query:
    """Return a query that every creator with any searchable text at all answers."""
    return query_for(" ".join(f"{one.name} {one.handle or ''}" for one in creators))


def found(
    engine: SearchEngine,
    query: Query,
    filters: Sequence[Filter] = (),
    as_of: date | None = None,
    **options: Any,
) -> set[CreatorId]:
    """Return the candidates of a query as a set, after checking that none comes twice."""
    admission = engine.admit(filters, as_of)
    listed = engine.candidates(query, admission, **({"depth": EVERYTHING} | options)).creators
    assert len(set(listed)) == len(listed)
    return set(listed)


def matcher(engine: SearchEngine, depth: Depth | None = None) -> Matcher:
    """Put a matcher over an engine."""
    return Matcher(
        engine=lambda: engine,
        encoder=ENCODER,
        analyser=ANALYSER,
        suppressed=lambda _: False,
        depth=depth or Depth(),
    )


class PairedContract(ABC):
    """Subclass this and implement `make_engine`: tests get the engine and the oracle side by side."""

    @classmethod
    @abstractmethod
    def make_engine(cls, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> SearchEngine:
        """Build the engine over creators, with `ENCODER` and `ANALYSER`, and open it."""

    @classmethod
    def make_pair(cls, creators: Sequence[Creator], persons: Sequence[Profiles] = ()) -> Pair:
        """Build the engine and the oracle over the same creators and persons."""
        return Pair(
            creators=tuple(creators),
            engine=cls.make_engine(creators, persons),
            oracle=OracleEngine(creators, ENCODER, ANALYSER, people=persons),
        )

    @pytest.fixture(scope="class")
    @classmethod
    def pair(cls) -> Pair:
        """Serve the invented corpus, once for all tests of a class."""
        return cls.make_pair(corpus())

    @pytest.fixture(scope="class")
    @classmethod
    def empty(cls) -> Pair:
        """Serve nobody."""
        return cls.make_pair([])
