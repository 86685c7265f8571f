"""Brief in, ranking out. Orchestrates the ports and owns nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from discovery.brief import Brief
from discovery.creator import Creator, CreatorId
from discovery.errors import CreatorNotFound, InvalidInput, Problem, did_you_mean
from discovery.excerpts import excerpt
from discovery.facets import facets_of
from discovery.filters import Mode
from discovery.function_words import function_terms
from discovery.match import Evidence, Match, NicheShare, Ranking
from discovery.ports import Admission, Analyser, Depth, Encoder, EngineSource, Query, SearchEngine, Suppressed
from discovery.ranking.post_scores import Floats
from discovery.ranking.scorer import Scored, score
from discovery.verdicts import verdict

CITED_POSTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """The one way from a brief to ranked creators; every face calls it.

    `engine` hands out the current generation; one search uses one generation from beginning to end.
    """

    engine: EngineSource
    encoder: Encoder
    analyser: Analyser
    suppressed: Suppressed
    depth: Depth = field(default_factory=Depth)

    def search(self, brief: Brief) -> Ranking:
        """Answer a brief of a text, of seeds, or of both.

        Raises:
            InvalidInput: a category that the index does not know, or a seed that is not in it.
        """
        engine = self.engine()
        started = perf_counter()
        _check_vocabulary(brief, engine)
        query = self._query(brief, engine)
        encoded = perf_counter()
        admission = engine.admit(brief.filters, brief.as_of)
        seeds = [seed.creator for seed in brief.seeds]
        found = engine.candidates(query, admission, self.depth, exclude=seeds)
        scored = score(
            engine.windows(query, found.creators),
            engine.background(query),
            brief.all_weights,
            best_keyword=engine.best_keyword_score(query.terms) if query.terms else None,
            preferences=_preferences(brief, admission, found.creators),
        )
        matches = self._matches(brief, engine, scored, frozenset(query.terms))
        return Ranking(
            brief=brief,
            generation=engine.info.id,
            matches=matches,
            admitted=admission.count,
            ranked=len(scored.order),
            filters=admission.reports,
            plan=found.plan,
            weights=brief.all_weights,
            timings={"encode": encoded - started, "search": perf_counter() - encoded},
        )

    def creator(self, wanted: CreatorId, engine: SearchEngine | None = None) -> Creator:
        """Return one record (recent posts only).

        Raises:
            CreatorNotFound: not in the index, or asked to be left out.
        """
        (found,) = (engine or self.engine()).read([wanted])
        if self.suppressed(found):
            raise CreatorNotFound(f"no creator {wanted!r} is in the index")
        return found

    def _query(self, brief: Brief, engine: SearchEngine) -> Query:
        parts = []
        if brief.query.strip():
            parts.append(self.encoder.encode_queries([brief.query])[0])
        if brief.seeds:
            parts.append(self._seed_vector(brief, engine))
        total = np.sum(parts, axis=0)
        norm = float(np.linalg.norm(total))
        vector = (total / norm).astype(np.float32) if norm > 0 else None
        return Query(vector=vector, terms=telling_terms(brief.query, self.analyser))

    def _seed_vector(self, brief: Brief, engine: SearchEngine) -> Floats:
        """Weighted mean of the seeds' mean passage vectors."""
        problems = []
        total: Floats | None = None
        for position, seed in enumerate(brief.seeds):
            try:
                creator = self.creator(seed.creator, engine)
                (vectors,) = engine.passage_vectors([creator.id])
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

    def _matches(
        self, brief: Brief, engine: SearchEngine, scored: Scored, terms: frozenset[str]
    ) -> tuple[Match, ...]:
        """Cut the page; the place of a creator who asked to be left out since the build stays empty."""
        wanted = range(brief.offset, brief.offset + brief.limit)
        rows = scored.order[wanted.start : wanted.stop]
        creators = engine.read([scored.creators[row] for row in rows])
        return tuple(
            self._match(brief, scored, rank, row, creator, terms)
            for rank, row, creator in zip(wanted, rows, creators, strict=False)
            if not self.suppressed(creator)
        )

    def _match(
        self, brief: Brief, scored: Scored, rank: int, row: int, creator: Creator, terms: frozenset[str]
    ) -> Match:
        asked = {item.field for item in brief.filters}
        facets = facets_of(creator, asked | {"data_date"} if "last_post" in asked else asked)
        return Match(
            rank=rank + 1,
            creator=creator,
            score=float(scored.scores[row]),
            contributions=scored.contributions(row),
            evidence=self._evidence(scored, row, creator, terms),
            share=NicheShare(
                on_niche=scored.on_niche(row),
                posts=0 if scored.table.stand_in[row] else int(scored.table.counts[row]),
            ),
            verdicts=tuple(verdict(item, creator, facets, brief.as_of) for item in brief.filters),
        )

    def _evidence(
        self, scored: Scored, row: int, creator: Creator, terms: frozenset[str]
    ) -> tuple[Evidence, ...]:
        cited = []
        scores = scored.table.citing[row]
        on_niche = scored.table.posts[row] > scored.yardstick.threshold
        order = [int(post) for post in np.argsort(-scores, kind="stable") if not np.isnan(scores[post])]
        order = order[:1] + [post for post in order[1:] if on_niche[post]]
        for post in order[:CITED_POSTS]:
            cited.append(self._cite_post(creator, post, float(scores[post]), terms))
        bio = scored.table.bio[row]
        if creator.bio and not np.isnan(bio) and (bio > scored.yardstick.bio_centre or not cited):
            text, ranges = excerpt(creator.bio, terms, self.analyser)
            score = round(float(scored.table.citing_bio[row]), 4)
            cited.append(Evidence(kind="bio", text=text, highlights=ranges, score=score))
        return tuple(cited)

    def _cite_post(self, creator: Creator, position: int, value: float, terms: frozenset[str]) -> Evidence:
        post = creator.recent_posts[position]
        words = post.caption.strip() or " ".join(f"#{tag}" for tag in post.hashtags)
        text, ranges = excerpt(words, terms, self.analyser)
        return Evidence(
            kind="post",
            text=text,
            highlights=ranges,
            score=round(value, 4),
            post_id=post.id,
            published_at=post.published_at,
            url=post.url,
        )


def telling_terms(text: str, analyser: Analyser) -> tuple[str, ...]:
    """Return the distinct terms of a text without function words, unless it has no others."""
    unique = dict.fromkeys(analyser.terms(text))
    silent = function_terms(analyser)
    return tuple(term for term in unique if term not in silent) or tuple(unique)


def _preferences(brief: Brief, admission: Admission, creators: Sequence[CreatorId]) -> Floats | None:
    """Share of the `should` filters that each creator is known to meet."""
    wished = [position for position, item in enumerate(brief.filters) if item.mode is Mode.SHOULD]
    if not wished:
        return None
    met = np.array([admission.met(position, creators) for position in wished], dtype=np.float64)
    share: Floats = met.mean(axis=0)
    return share


def _check_vocabulary(brief: Brief, engine: SearchEngine) -> None:
    problems = []
    for position, item in enumerate(brief.filters):
        if item.spec.vocabulary != "category":
            continue
        known = engine.vocabulary(item.field)
        for place, value in enumerate(item.any_of or ()):
            if value not in known:
                message = f"unknown category {value!r}.{did_you_mean(value, known)}"
                where = f"filters[{position}].any_of[{place}]"
                problems.append(Problem(field=where, message=message, value=value))
    if problems:
        raise InvalidInput(problems)
