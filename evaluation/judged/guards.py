"""What a ranking must not do, whatever it scores on judged briefs: three guards, on creators with all posts.

It may not reward how much somebody posts or how many follow, may not be moved by copies of posts, and what it
cites must carry the score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from discovery.brief import MAX_DEPTH, Brief
from discovery.creator import CreatorId
from discovery.match import Match
from discovery.matching import Matcher
from evaluation.judged.bias import Bias, biases, irrelevant
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.copies import Copies, measure_copies, tripled
from evaluation.judged.faithfulness import Deletion, Faithfulness, deletion, measure_faithfulness
from evaluation.judged.qrels import Judgments
from evaluation.judged.resampling import SEED
from evaluation.judged.systems import Progress, no_progress
from evaluation.judged.variants import Variants, Whole, beside

TOP = 10
"""Of this many first creators of each brief the cited posts are deleted."""
COPIED_TOP = 3
"""This many first creators of each brief are copied,"""
COPIED_ANYBODY = 100
"""and this many drawn from everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """What the guards found; `faithfulness` is `None` when nobody has ten posts."""

    biases: tuple[Bias, ...]
    copies: Copies
    faithfulness: Faithfulness | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The first creators of a brief, and how far apart the best and the worst score of all ranked are."""

    first: tuple[Match, ...]
    range: float


def check_guards(
    whole: Whole, briefs: Sequence[JudgedBrief], judgments: Judgments, progress: Progress = no_progress
) -> Guards:
    """Hold the product to all guards."""
    answers = {}
    for done, brief in enumerate(briefs, start=1):
        answers[brief.id] = _answer(whole.matcher, brief)
        progress("guards", done, len(briefs))
    scored = irrelevant(whole.matcher, briefs, judgments, progress)
    variants = Variants()
    deletions = {
        brief: _deletions(whole, found, variants, place * TOP)
        for place, (brief, found) in enumerate(answers.items())
    }
    copies = _copies(whole, list(answers.values()), variants)
    with beside(whole, variants, progress) as matcher:
        return Guards(
            biases=biases(scored),
            copies=measure_copies(
                matcher, briefs, {brief: one.range for brief, one in answers.items()}, copies
            ),
            faithfulness=measure_faithfulness(matcher, briefs, deletions),
        )


def _answer(matcher: Matcher, brief: JudgedBrief) -> Answer:
    matches = matcher.search(Brief(query=brief.text, limit=MAX_DEPTH)).matches
    apart = matches[0].score - matches[-1].score if matches else 0.0
    return Answer(first=matches[:TOP], range=max(apart, 1e-9))


def _deletions(whole: Whole, found: Answer, variants: Variants, number: int) -> list[Deletion]:
    records = whole.creators([match.creator.id for match in found.first])
    made = (
        deletion(match, records[match.creator.id], variants, number + place)
        for place, match in enumerate(found.first)
    )
    return [one for one in made if one is not None]


def _copies(whole: Whole, answers: Sequence[Answer], variants: Variants) -> dict[CreatorId, CreatorId]:
    everybody = whole.ids()
    random = np.random.default_rng(SEED)
    drawn = random.choice(len(everybody), min(COPIED_ANYBODY, len(everybody)), replace=False).tolist()
    chosen = [match.creator.id for found in answers for match in found.first[:COPIED_TOP]]
    chosen += [everybody[place] for place in drawn]
    return {
        one.id: variants.add(tripled(one)) for one in whole.creators(list(dict.fromkeys(chosen))).values()
    }
