"""Deleting what is cited costs, deleting anything costs little; how the two are weighed."""

from dataclasses import replace

import pytest

from discovery.brief import Brief
from evaluation.judged.faithfulness import (
    DRAWS,
    Loss,
    deletion,
    measure_faithfulness,
    summary,
    without,
)
from evaluation.judged.scoring import scores_of
from evaluation.judged.variants import Variants, Whole, beside
from indexer.home import Home
from tests.evaluation.judged.invented import brief
from tests.evaluation.judged.prolific import prolific, whole_of
from tests.fictional import creator, post

BRIEF = brief("b", text="chess")


def silent(*_told: object) -> None:
    """Report nothing."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return whole_of(Home(tmp_path_factory.mktemp("home")), prolific(40))


def loss(name: str, cited: float, random: float, moved: float) -> Loss:
    return Loss(brief=name, creators=1, cited=cited, random=random, moved=moved)


def test_a_deleted_post_takes_its_copies_with_it() -> None:
    first, copy = post("Chess  opening", id="1"), post("chess OPENING", id="2")
    other, silent_one, silent_two = post("Tea", id="3"), post("", id="4"), post("", id="5")
    one = creator(posts=(first, copy, other, silent_one, silent_two))
    assert [each.id for each in without(one, [first]).posts] == ["3", "4", "5"]
    assert [each.id for each in without(one, [silent_one]).posts] == ["1", "2", "3", "5"]


def test_variants_of_a_match(installed: Whole) -> None:
    match = installed.matcher.search(Brief(query="chess")).matches[0]
    record = installed.creators([match.creator.id])[match.creator.id]
    variants = Variants()
    made = deletion(match, record, variants, 7)
    assert made is not None
    assert (made.creator, made.without_cited, len(made.without_random)) == (
        record.id,
        "variant:000000",
        DRAWS,
    )
    cited = {one.post_id for one in match.evidence if one.post_id}
    kept = [{post.id for post in one.posts} for one in variants.creators]
    everything = {post.id for post in record.posts}
    assert kept[0] == everything - cited
    assert {len(one) for one in kept} == {12 - len(cited)}
    assert len(set(map(frozenset, kept))) > 2
    again = Variants()
    deletion(match, record, again, 7)
    assert again.creators == variants.creators


def test_who_has_few_posts_or_none_cited_gives_nothing(installed: Whole) -> None:
    match = installed.matcher.search(Brief(query="chess")).matches[0]
    record = installed.creators([match.creator.id])[match.creator.id]
    few = replace(record, posts=record.posts[:9])
    assert deletion(match, few, Variants(), 0) is None
    assert deletion(replace(match, evidence=()), record, Variants(), 0) is None


def test_losses_are_those_of_the_scores(installed: Whole) -> None:
    matches = installed.matcher.search(Brief(query="chess")).matches[:2]
    records = installed.creators([match.creator.id for match in matches])
    variants = Variants()
    made = [
        deletion(match, records[match.creator.id], variants, place) for place, match in enumerate(matches)
    ]
    deletions = [one for one in made if one is not None]
    with beside(installed, variants, silent) as matcher:
        found = measure_faithfulness(matcher, [BRIEF, brief("c")], {"b": deletions})
        cited, random = [], []
        for one in deletions:
            ids = [one.creator, one.without_cited, *one.without_random]
            before, after, *others = scores_of(matcher, "chess", ids).tolist()
            cited.append(before - after)
            random += [before - other for other in others]
    assert found is not None
    (only,) = found.losses
    assert only.cited == pytest.approx(sum(cited) / 2)
    assert only.random == pytest.approx(sum(random) / len(random))
    assert only.moved == pytest.approx(sum(map(abs, random)) / len(random))
    assert only.cited > only.moved > 0


def test_without_anybody_there_is_nothing_to_say(installed: Whole) -> None:
    assert measure_faithfulness(installed.matcher, [BRIEF], {"b": []}) is None


def test_ratios_and_medians() -> None:
    found = summary([loss("a", 3.0, 1.0, 2.0), loss("b", 2.0, 1.0, 1.0), loss("c", 8.0, 2.0, 2.0)])
    assert (found.ratio, found.strict_ratio) == (3.0, 2.0)
    assert found.at_least == pytest.approx(2 / 3)
    assert (found.cited, found.random, found.moved) == pytest.approx((13 / 3, 4 / 3, 5 / 3))


def test_gains_by_random_posts_are_no_losses_and_cited_posts_must_lose_something() -> None:
    assert loss("a", 2.0, -1.0, 1.0).ratio == 2_000.0
    assert summary([loss("a", 0.0, -1.0, 1.0)]).at_least == 0.0
    assert summary([loss("a", -1.0, -1.0, 1.0)]).ratio < 0
