"""Gathers what an engine knows of the things that a brief rules out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from discovery.match import ExclusionVerdict
from discovery.ports import Analyser, Encoder, Query, Sample, Windows
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """What an engine is asked about one exclusion: who is about it, and who says its telling words."""

    text: str
    about: Query
    words: tuple[Query, ...]


def exclusions_of(
    texts: Sequence[str], query: Query, encoder: Encoder, analyser: Analyser
) -> list[Exclusion]:
    """Turn what a brief rules out into questions; `query` is the brief's."""
    if not texts:
        return []
    wanted = frozenset(query.terms)
    return [
        Exclusion(
            text=text,
            about=Query(vector=vector, terms=()),
            words=tuple(Query(vector=None, terms=same) for same in telling_words(text, wanted, analyser)),
        )
        for text, vector in zip(texts, encoder.encode_queries(list(texts)), strict=True)
    ]


def questions(exclusions: Sequence[Exclusion], query: Query) -> list[Query]:
    """Return all that is asked of the candidates' passages; nothing without an exclusion."""
    if not exclusions:
        return []
    asked = [replace(query, terms=(), related={})]
    for one in exclusions:
        asked += [one.about, *one.words]
    return asked


def ruled_out(
    exclusions: Sequence[Exclusion],
    answers: Sequence[Windows],
    background: Callable[[Query], Sample],
) -> list[RuledOut]:
    """Read the answers to `questions`, in their order."""
    given = iter(answers)
    to_brief = next(given).cosine if exclusions else None
    found = []
    for one in exclusions:
        about = next(given)
        said = [next(given).keyword > 0 for _ in one.words]
        assert to_brief is not None
        found.append(
            RuledOut(text=one.text, found=broken(about, said, to_brief, background(one.about).posts))
        )
    return found


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
