"""Gathers what an engine knows of the things that a brief rules out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from discovery.creator import CreatorId
from discovery.match import ExclusionVerdict
from discovery.ports import Analyser, Encoder, Query, SearchEngine, Vectors
from discovery.ranking.exclusions import Broken, broken
from discovery.telling_terms import telling_terms
from discovery.verdicts import Status

MAX_TERMS = 8
"""How many words of an exclusion are looked up, one by one."""
_OFFICIAL = """
official offiziell offizielle offiziellen offizieller offizielles officiel officielle officiels officielles
oficial oficiales oficiais 公式 공식 आधिकारिक
"""
"""What the accounts of companies, clubs and stars call themselves."""
_KIND_OF_ACCOUNT = """
channel account page profile feed site creator influencer content post video only just
kanal kanäle konto konten seite kanälen chaîne compte page canal canales cuenta página canais conta
チャンネル アカウント 채널 계정 चैनल अकाउंट
"""
"""Words for any account, which tell nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledOut:
    """One exclusion and how far each candidate breaks it, in the order of the candidates."""

    text: str
    found: Broken

    def verdict(self, row: int) -> ExclusionVerdict:
        """The answer for one candidate."""
        count, seen = int(self.found.count[row]), int(self.found.seen[row])
        status = Status.NOT_MET if count else (Status.MET if seen else Status.UNKNOWN)
        return ExclusionVerdict(text=self.text, status=status, count=count, seen=seen)


def ruled_out(
    exclusions: Sequence[str],
    query: Query,
    creators: Sequence[CreatorId],
    *,
    engine: SearchEngine,
    encoder: Encoder,
    analyser: Analyser,
) -> list[RuledOut]:
    """Hold every exclusion against the candidates' own passages."""
    if not exclusions:
        return []
    to_brief = engine.windows(replace(query, terms=(), related={}), creators).cosine
    vectors = encoder.encode_queries(list(exclusions))
    return [
        RuledOut(
            text=text,
            found=_broken(text, vector, to_brief, frozenset(query.terms), creators, engine, analyser),
        )
        for text, vector in zip(exclusions, vectors, strict=True)
    ]


def _broken(
    text: str,
    vector: Vectors,
    to_brief: Vectors,
    wanted: frozenset[str],
    creators: Sequence[CreatorId],
    engine: SearchEngine,
    analyser: Analyser,
) -> Broken:
    query = Query(vector=vector, terms=())
    said = [
        np.any(
            [engine.windows(Query(vector=None, terms=(term,)), creators).keyword > 0 for term in same], axis=0
        )
        for same in telling_words(text, wanted, analyser)
    ]
    return broken(engine.windows(query, creators), said, to_brief, engine.background(query).posts)


def telling_words(text: str, wanted: frozenset[str], analyser: Analyser) -> Sequence[tuple[str, ...]]:
    """Return the words of an exclusion that tell it from the brief, each with its other forms.

    "Official" says it all, in any language; words for accounts, and words that the brief itself looks for,
    say nothing.
    """
    terms = telling_terms(text, analyser)
    official = tuple(dict.fromkeys(analyser.terms(_OFFICIAL)))
    if any(term in official for term in terms):
        return [official]
    nothing = wanted.union(analyser.terms(_KIND_OF_ACCOUNT))
    return [(term,) for term in terms if term not in nothing][:MAX_TERMS]
