"""The engine over a cluster: one generation, safe from several threads.

A search takes three round trips: candidates, scores, page.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np

from discovery.creator import Creator, CreatorId
from discovery.errors import CreatorNotFound, EngineUnavailable
from discovery.filters import Filter
from discovery.match import Plan
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
from indexer.opensearch import queries
from indexer.opensearch.admission import QueryAdmission, buckets
from indexer.opensearch.background import load_background, load_words
from indexer.opensearch.connection import Connection
from indexer.opensearch.manifest import Manifest
from indexer.opensearch.names import Names
from indexer.opensearch.passages import PassageQuestion
from indexer.opensearch.people import load_people
from indexer.opensearch.searching import (
    Answer,
    Search,
    cosines_of,
    creators_of,
    scores_of,
    search,
    search_all,
    values_of,
)
from indexer.people import by_profile
from indexer.records import from_object
from indexer.votes import theme_votes, word_votes

MOST_VALUES = 10_000
"""How many values of an open vocabulary are known at most."""
CHUNK = 2_000
"""How many creators are named in one search."""
CHECK_SECONDS = 2.0


class ClusterEngine:
    """A `SearchEngine` over the indices of one generation."""

    def __init__(self, connection: Connection, names: Names, manifest: Manifest) -> None:
        self._connection = connection
        self._names = names
        self._manifest = manifest
        self._background = load_background(connection, names, manifest.origin.dimension)
        self._words = load_words(connection, names, manifest.origin.dimension)
        self._people = by_profile(load_people(connection, names))

    @property
    def info(self) -> GenerationInfo:
        """What is served."""
        return self._manifest.info

    def check(self) -> None:
        """Ask the cluster whether it could search now.

        Raises:
            EngineUnavailable: it could not.
        """
        body = {"size": 0, "track_total_hits": False, "terminate_after": 1}
        search(self._connection, self._names.all, body, CHECK_SECONDS)

    def vocabulary(self, field: str) -> Sequence[str]:
        """Known values of an open filter vocabulary, sorted."""
        if field not in self._vocabularies:
            values = {"terms": {"field": field, "size": MOST_VALUES, "order": {"_key": "asc"}}}
            found = self._ask({"size": 0, "track_total_hits": False, "aggs": {"values": values}})
            keys = (bucket["key"] for bucket in found["aggregations"]["values"]["buckets"])
            self._vocabularies[field] = tuple(sorted(keys))
        return self._vocabularies[field]

    @cached_property
    def _vocabularies(self) -> dict[str, tuple[str, ...]]:
        return {}

    def admit(self, filters: Sequence[Filter], as_of: date | None) -> QueryAdmission:
        """Put filters into the queries to come."""
        return QueryAdmission(self._ask, filters, as_of)

    def candidates(
        self, query: Query, admission: Admission, depth: Depth, exclude: Sequence[CreatorId] = ()
    ) -> Candidates:
        """Find admitted creators worth scoring exactly, in one round trip.

        A second one compares all themes where the graph found fewer than there are.
        """
        assert isinstance(admission, QueryAdmission)
        given = (admission.filters, admission.as_of, exclude)
        bodies = {"counts": queries.counts(*given)}
        if query.vector is not None and depth.vectors > 0:
            bodies["themes"] = queries.nearest_themes(query.vector, depth.vectors, *given)
        if query.terms and depth.keywords > 0:
            bodies["words"] = queries.best_words(query, depth.keywords, *given)
        answers = dict(zip(bodies, self._all(bodies.values(), query), strict=True))
        admission.learn(answers["counts"])
        speaking = buckets(answers["counts"])[queries.SPEAKING]["doc_count"]
        plan = _plan(query, admission.count, self.info.creators, depth)
        if query.vector is not None and "themes" in answers:
            wanted = min(depth.vectors, speaking, queries.MAX_HITS)
            if len(answers["themes"]["hits"]["hits"]) < wanted:
                answers["themes"] = self._ask(queries.all_themes(query.vector, depth.vectors, *given))
                plan = Plan(
                    vectors="exact",
                    keywords=plan.keywords,
                    reason=f"{plan.reason}; too few found, all compared",
                )
        for name in answers.keys() - {"counts"}:
            admission.learn_wishes(answers[name])
        return Candidates(creators=_cut(answers, depth.creators), plan=plan)

    def themes(self, query: Query, creators: Sequence[CreatorId]) -> Themes:
        """Score the given creators as wholes, exactly."""
        searches = self._theme_searches(query, creators)
        return self._themes(creators, search_all(self._connection, searches, _preference(query)))

    def related_words(self, vector: Vectors, limit: int) -> Sequence[RelatedWord]:
        """Telling words nearest to a vector, nearest first."""
        return self._words.nearest(vector, limit)

    def best_keyword_score(self, query: Query) -> float:
        """Keyword score of the best creator of the whole generation."""
        return _best(self._all(self._best_bodies(query), query))

    def background(self, query: Query) -> Sample:
        """Score the sample that stands for the average creator."""
        return self._background.scores(query)

    def windows(self, query: Query, creators: Sequence[CreatorId]) -> Windows:
        """Score every passage of the given creators exactly."""
        asked = PassageQuestion(self._names.passages, [query], creators)
        return asked.windows(search_all(self._connection, asked.searches, _preference(query)))[0]

    def scores(self, query: Query, creators: Sequence[CreatorId], against: Sequence[Query] = ()) -> Scores:
        """Return all that creators are ranked by, in one round trip."""
        themes = self._theme_searches(query, creators)
        best = [Search(self._names.creators, body) for body in self._best_bodies(query)]
        passages = PassageQuestion(self._names.passages, against, creators)
        searches = [*themes, *best, *passages.searches]
        answers = search_all(self._connection, searches, _preference(query))
        first, second = len(themes), len(themes) + len(best)
        return Scores(
            themes=self._themes(creators, answers[:first]),
            best_keyword=_best(answers[first:second]),
            against=tuple(passages.windows(answers[second:])),
        )

    def page(
        self, query: Query, creators: Sequence[CreatorId], beside: Sequence[CreatorId] = ()
    ) -> tuple[Windows, list[Creator]]:
        """Return all that a page shows, in one round trip."""
        passages = PassageQuestion(self._names.passages, [query], creators)
        searches = [*passages.searches, *self._record_searches([*creators, *beside])]
        answers = search_all(self._connection, searches, _preference(query))
        count = len(passages.searches)
        windows, kept = passages.windows(answers[:count])[0], _kept(answers[count:])
        records = _records(creators, kept)
        most = [len(one.searched_posts) for one in records]
        if np.any(windows.post >= np.repeat(np.array(most, dtype=np.int64), np.diff(windows.offsets))):
            raise EngineUnavailable("the index changed during the search; ask again")
        return windows, [*records, *_records([one for one in beside if one in kept], kept)]

    def profiles_of(self, creators: Sequence[CreatorId]) -> Mapping[CreatorId, Profiles]:
        """Return all profiles of those who have several; no round trip."""
        return {one: self._people[one] for one in creators if one in self._people}

    def passage_vectors(self, creators: Sequence[CreatorId]) -> list[Vectors]:
        """Return the vectors of each creator's passages with text."""
        dimension = self._manifest.origin.dimension
        found: dict[CreatorId, list[tuple[int, list[float]]]] = {one: [] for one in creators}
        for start in range(0, len(creators), CHUNK // 10):
            some = creators[start : start + CHUNK // 10]
            body = queries.sources(some, ["creator", "position", "vector"], queries.MAX_HITS)
            for hit in search(self._connection, self._names.passages, body)["hits"]["hits"]:
                kept = hit["_source"]
                found[kept["creator"]].append((kept["position"], kept.get("vector")))
        for one, passages in found.items():
            if not passages:
                raise _missing(one)
        return [
            np.array([vector for _, vector in sorted(found[one]) if vector], dtype=np.float32).reshape(
                -1, dimension
            )
            for one in creators
        ]

    def read(self, creators: Sequence[CreatorId]) -> list[Creator]:
        """Return records in the order asked."""
        answers = search_all(self._connection, self._record_searches(creators), "records")
        return _records(creators, _kept(answers))

    def _ask(self, body: Mapping[str, Any]) -> Answer:
        return search(self._connection, self._names.creators, body)

    def _all(self, bodies: Any, query: Query) -> list[Answer]:
        searches = [Search(self._names.creators, body) for body in bodies]
        return search_all(self._connection, searches, _preference(query))

    def _best_bodies(self, query: Query) -> list[Mapping[str, Any]]:
        return [queries.best_of_all(query)] if query.weights else []

    def _theme_searches(self, query: Query, creators: Sequence[CreatorId]) -> list[Search]:
        bodies = []
        for start in range(0, len(creators), CHUNK):
            some = creators[start : start + CHUNK]
            bodies += [queries.themes_of(some, query.vector), *queries.words_of(some, query.weights)]
        return [Search(self._names.creators, body) for body in bodies]

    def _themes(self, creators: Sequence[CreatorId], answers: Sequence[Answer]) -> Themes:
        """Put answers to `_theme_searches` in order; those that tell of passages are of themes."""
        cosine: dict[CreatorId, float] = {}
        passages: dict[CreatorId, int] = {}
        keyword: dict[CreatorId, float] = {}
        for answer in answers:
            found = creators_of(answer)
            if found and "passages" in answer["hits"]["hits"][0]["fields"]:
                cosine |= zip(found, cosines_of(answer).tolist(), strict=True)
                passages |= zip(found, values_of(answer, "passages").tolist(), strict=True)
            else:
                for one, score in zip(found, scores_of(answer).tolist(), strict=True):
                    keyword[one] = keyword.get(one, 0.0) + score
        for one in creators:
            if one not in passages:
                raise _missing(one)
        return Themes(
            creators=tuple(creators),
            cosine=np.array([cosine[one] for one in creators], dtype=np.float32),
            keyword=np.array([keyword.get(one, 0.0) for one in creators], dtype=np.float32),
            passages=np.array([passages[one] for one in creators], dtype=np.int64),
        )

    def _record_searches(self, creators: Sequence[CreatorId]) -> list[Search]:
        chunks = (creators[start : start + CHUNK] for start in range(0, len(creators), CHUNK))
        return [
            Search(self._names.creators, queries.sources(some, ["creator", "record"], len(some)))
            for some in chunks
        ]


def _cut(answers: Mapping[str, Answer], most: int) -> tuple[CreatorId, ...]:
    """Let both legs vote, and keep the creators with most votes."""
    votes: dict[CreatorId, float] = {}
    for name, count, scored in (
        ("themes", theme_votes, cosines_of),
        ("words", word_votes, scores_of),
    ):
        if name in answers:
            for one, vote in zip(creators_of(answers[name]), count(scored(answers[name])), strict=True):
                votes[one] = votes.get(one, 0.0) + float(vote)
    kept = sorted(votes, key=lambda one: (-votes[one], one))[:most]
    return tuple(sorted(kept))


def _plan(query: Query, admitted: int, total: int, depth: Depth) -> Plan:
    """Say which legs ran, and how."""
    if query.vector is None or depth.vectors < 1:
        vectors, reason = "none", "no vector to search by"
    elif admitted <= depth.vectors:
        vectors, reason = "exact", f"all {admitted} admitted creators compared"
    else:
        vectors = "approximate"
        reason = f"{admitted} of {total} creators admitted: {depth.vectors} nearest in the graph of themes"
    return Plan(vectors=vectors, keywords="exact" if query.terms else "none", reason=reason)


def _best(answers: Sequence[Answer]) -> float:
    return max((float(score) for answer in answers for score in scores_of(answer)), default=0.0)


def _kept(answers: Sequence[Answer]) -> dict[CreatorId, Any]:
    return {
        hit["_source"]["creator"]: hit["_source"]["record"] for one in answers for hit in one["hits"]["hits"]
    }


def _records(creators: Sequence[CreatorId], kept: Mapping[CreatorId, Any]) -> list[Creator]:
    for one in creators:
        if one not in kept:
            raise _missing(one)
    return [from_object(kept[one]) for one in creators]


def _missing(wanted: CreatorId) -> CreatorNotFound:
    return CreatorNotFound(f"no creator {wanted!r} is in the index")


def _preference(query: Query) -> str:
    """The same text for the same query, so that all its pages are answered by the same copies."""
    vector = b"" if query.vector is None else query.vector.tobytes()
    return blake2b(vector + repr(sorted(query.terms)).encode(), digest_size=8).hexdigest()
