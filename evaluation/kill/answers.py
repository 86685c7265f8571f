"""What an installation answers: the published generation, opened and searched as a server would."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import inf

from discovery.brief import MAX_DEPTH, Brief
from discovery.creator import Creator, CreatorId
from discovery.filters import Filter, Mode
from discovery.matching import Matcher
from discovery.ports import SearchEngine, Suppressed
from evaluation.kill.work import ANALYSER, ENCODER

SAID = {"related_words": 0.0}
"""Related words stay those of the last whole build, so what is compared with one goes by the words said."""
BRIEFS = (
    Brief(query="vegan recipes for students", limit=MAX_DEPTH, weights=SAID),
    Brief(
        query="yoga and the garden 🌱",
        limit=MAX_DEPTH,
        weights=SAID,
        filters=(
            Filter(field="followers", min=40_000),
            Filter(field="country", any_of=("US",), mode=Mode.NOT),
        ),
    ),
)
FIRST_PAGE = 20

Scores = Mapping[CreatorId, float]


@dataclass(frozen=True, slots=True)
class Answers:
    """The scores of everybody ranked, for each brief."""

    scores: tuple[Scores, ...]

    def without(self, ids: Collection[CreatorId]) -> "Answers":
        """The same answers with some people left out."""
        return Answers(tuple({one: score[one] for one in score if one not in ids} for score in self.scores))

    def furthest(self, other: "Answers") -> float:
        """By how much two answers differ: the greatest difference of a score, infinite for other creators."""
        if any(mine.keys() != theirs.keys() for mine, theirs in zip(self.scores, other.scores, strict=True)):
            return inf
        return max(
            (
                abs(mine[one] - theirs[one])
                for mine, theirs in zip(self.scores, other.scores, strict=True)
                for one in mine
            ),
            default=0.0,
        )


def matcher_over(engine: SearchEngine, suppressed: Suppressed) -> Matcher:
    """Put a matcher over one generation."""
    return Matcher(engine=lambda: engine, encoder=ENCODER, analyser=ANALYSER, suppressed=suppressed)


def answers_of(matcher: Matcher) -> Answers:
    """Answer every brief as a whole."""
    rankings = [matcher.search(brief) for brief in BRIEFS]
    return Answers(
        tuple({match.creator.id: match.score for match in ranking.matches} for ranking in rankings)
    )


def brief_for(creator: Creator) -> Brief:
    """A brief that somebody would surely answer: their own words."""
    return Brief(query=f"{creator.name} {creator.bio or ''}", limit=FIRST_PAGE)
