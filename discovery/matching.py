"""Brief in, ranking out. Orchestrates the ports and owns nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from time import perf_counter

import numpy as np

from discovery.asking import Asker, weights_for
from discovery.brief import Brief
from discovery.citing import Citer
from discovery.creator import Creator, CreatorId
from discovery.errors import CreatorNotFound, InvalidInput, Problem, did_you_mean
from discovery.facets import facets_of
from discovery.filters import Filter
from discovery.interpretation import Interpretation, interpret
from discovery.match import Match, Ranking
from discovery.people import Profiles, one_each, others
from discovery.personal_wishes import personal_verdict
from discovery.ports import Admission, Analyser, Depth, Encoder, EngineSource, Query, SearchEngine, Suppressed
from discovery.ranking.background import Floats
from discovery.ranking.calibration import Calibration, calibration
from discovery.ranking.expansion import strongest
from discovery.ranking.scorer import Scored, score
from discovery.ruling_out import RuledOut, exclusions_of, questions, ruled_out
from discovery.understanding.parts import Understood
from discovery.verdicts import Verdict, verdict

Reader = Callable[[str], Understood]
"""Reads the text of a brief."""


def as_it_is(text: str) -> Understood:
    """Understand nothing: the whole text is searched for."""
    return Understood(query=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """The one way from a brief to ranked creators; every face calls it.

    `engine` hands out the current generation; one search uses one generation from beginning to end. `read`
    understands the text of a brief.
    """

    engine: EngineSource
    encoder: Encoder
    analyser: Analyser
    suppressed: Suppressed
    read: Reader = as_it_is
    depth: Depth = field(default_factory=Depth)

    def search(self, brief: Brief) -> Ranking:
        """Answer a brief of a text, of seeds, or of both.

        Raises:
            InvalidInput: a category that the index does not know, or a seed that is not in it.
        """
        engine = self.engine()
        started = perf_counter()
        _check_vocabulary(brief, engine)
        understood = brief.understood or self.read(brief.query)
        asked = interpret(brief, understood)
        weights = weights_for(brief, understood.language, self.encoder)
        default_weights = weights_for(replace(brief, weights={}), understood.language, self.encoder)
        query = self._asker(engine).query(brief, asked, weights["related_words"])
        encoded = perf_counter()
        admission = engine.admit(asked.filters, brief.as_of)
        seeds = [seed.creator for seed in brief.seeds]
        same = engine.profiles_of(seeds)
        excluded = [*seeds, *(other for seed in seeds for other in others(seed, same))]
        found = engine.candidates(query, admission, self.depth, exclude=list(dict.fromkeys(excluded)))
        scored, against = self._scored(asked, query, weights, admission, found.creators, engine)
        people = engine.profiles_of(scored.creators)
        scored = replace(scored, order=one_each(scored.order, scored.creators, people))
        chances = calibration(self.encoder.id, weights, default_weights, seeds=bool(brief.seeds))
        return Ranking(
            brief=brief,
            understood=understood if brief.query.strip() else None,
            read=asked.filters[len(brief.filters) :],
            generation=engine.info.id,
            matches=self._matches(brief, asked, engine, scored, query, against, chances, people),
            admitted=admission.count,
            ranked=len(scored.order),
            ruled_out=scored.ruled_out,
            filters=admission.reports,
            plan=found.plan,
            weights=weights,
            probability_basis=chances.basis,
            timings={"encode": encoded - started, "search": perf_counter() - encoded},
        )

    def score(self, brief: Brief, creators: Sequence[CreatorId]) -> Scored:
        """Score creators that are named, whether or not a search would find them; filters leave nobody out.

        Raises:
            CreatorNotFound: one is not in the index.
        """
        engine = self.engine()
        understood = brief.understood or self.read(brief.query)
        asked = interpret(brief, understood)
        weights = weights_for(brief, understood.language, self.encoder)
        query = self._asker(engine).query(brief, asked, weights["related_words"])
        admission = engine.admit(asked.filters, brief.as_of)
        return self._scored(asked, query, weights, admission, creators, engine)[0]

    def creator(self, wanted: CreatorId, engine: SearchEngine | None = None) -> Creator:
        """Return one record (`kept_posts` only).

        Raises:
            CreatorNotFound: not in the index, or asked to be left out.
        """
        (found,) = (engine or self.engine()).read([wanted])
        if self.suppressed(found):
            raise CreatorNotFound(f"no creator {wanted!r} is in the index")
        return found

    def profiles(self, creator: Creator) -> tuple[Creator, ...]:
        """Return the other profiles of the same person (`kept_posts` only).

        None is returned when any of them asked to be left out, or is gone.
        """
        engine = self.engine()
        wanted = others(creator.id, engine.profiles_of([creator.id]))
        try:
            return self._together(engine.read(wanted))
        except CreatorNotFound:
            return ()

    def _asker(self, engine: SearchEngine) -> Asker:
        return Asker(
            engine=engine,
            encoder=self.encoder,
            analyser=self.analyser,
            lookup=lambda wanted: self.creator(wanted, engine),
        )

    def _scored(
        self,
        asked: Interpretation,
        query: Query,
        weights: Mapping[str, float],
        admission: Admission,
        creators: Sequence[CreatorId],
        engine: SearchEngine,
    ) -> tuple[Scored, list[RuledOut]]:
        """Score creators, and hold what is ruled out against them."""
        exclusions = exclusions_of(asked.exclusions, query, self.encoder, self.analyser)
        found = engine.scores(query, creators, questions(exclusions, query))
        against = ruled_out(exclusions, found.against, engine.background)
        scored = score(
            found.themes,
            engine.background(query),
            weights,
            best_keyword=found.best_keyword if query.terms else None,
            preferences=_preferences(asked.preferred, admission, creators),
            exclusions=[one.found.share for one in against],
        )
        return scored, against

    def _matches(
        self,
        brief: Brief,
        asked: Interpretation,
        engine: SearchEngine,
        scored: Scored,
        query: Query,
        against: Sequence[RuledOut],
        chances: Calibration,
        people: Mapping[CreatorId, Profiles],
    ) -> tuple[Match, ...]:
        """Cut the page; the place of a creator who asked to be left out since the build stays empty."""
        rows = scored.order[brief.offset : brief.offset + brief.limit]
        ids = [scored.creators[row] for row in rows]
        beside = [other for one in ids for other in others(one, people)]
        windows, read = engine.page(replace(query, related=strongest(query.related)), ids, beside)
        creators, known = read[: len(ids)], {one.id: one for one in read[len(ids) :]}
        citer = Citer(
            windows=windows,
            yardstick=scored.yardstick,
            terms=frozenset(query.terms),
            analyser=self.analyser,
        )
        return tuple(
            Match(
                rank=brief.offset + place + 1,
                creator=creator,
                score=float(scored.scores[row]),
                contributions=scored.contributions(row),
                evidence=citer.evidence(place, creator),
                share=citer.share(place),
                verdicts=_verdicts(asked.filters, creator, brief.as_of),
                exclusions=tuple(one.verdict(row) for one in against),
                personal=tuple(personal_verdict(wish, creator, self.analyser) for wish in asked.personal),
                fit=chances.fit(scored.known_values(row)),
                probability=chances.probability(float(scored.scores[row])),
                profiles=self._together([known.get(one) for one in others(creator.id, people)]),
            )
            for place, (row, creator) in enumerate(zip(rows, creators, strict=True))
            if not self.suppressed(creator)
        )

    def _together(self, profiles: Sequence[Creator | None]) -> tuple[Creator, ...]:
        """Profiles that may be shown as one person's: all, or none when one is gone or is to be left out."""
        there = tuple(one for one in profiles if one is not None and not self.suppressed(one))
        return there if len(there) == len(profiles) else ()


def _verdicts(filters: Sequence[Filter], creator: Creator, as_of: date | None) -> tuple[Verdict, ...]:
    """Answer every filter."""
    asked = {item.field for item in filters}
    facets = facets_of(creator, asked | {"data_date"} if "last_post" in asked else asked)
    return tuple(verdict(item, creator, facets, as_of) for item in filters)


def _preferences(
    preferred: Sequence[int], admission: Admission, creators: Sequence[CreatorId]
) -> Floats | None:
    """Share of the preferred conditions that each creator is known to meet."""
    if not preferred:
        return None
    met = np.array([admission.met(position, creators) for position in preferred], dtype=np.float64)
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
