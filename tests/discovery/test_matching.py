"""From a brief to a ranking, over the oracle: what is cited is there, who asked to be left out is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.brief import MAX_DEPTH, Brief, Seed
from discovery.citing import CITED_POSTS
from discovery.creator import Creator, CreatorId, creator_id
from discovery.errors import CreatorNotFound, InvalidInput
from discovery.facets import facets_of
from discovery.filters import Filter, Mode, Unknown
from discovery.interpretation import leaves_choice
from discovery.match import Match, Ranking
from discovery.matching import Matcher
from discovery.people import Profiles
from discovery.ports import Candidates
from discovery.verdicts import Status, verdict
from embeddings.hashing_encoder import HashingEncoder
from indexer.analysis import StandardAnalyser
from tests import strategies
from tests.fictional import corpus, creator, posts
from tests.oracle import OracleEngine

ENCODER = HashingEncoder(256)
ANALYSER = StandardAnalyser()
CORPUS = corpus()
ORACLE = OracleEngine(CORPUS, ENCODER, ANALYSER, generation="g1")
MIRA = creator_id("instagram:mira.invented")
TOVE = creator_id("instagram:tove.påhitt")


def matcher(
    creators: Sequence[Creator] | None = None,
    left_out: Sequence[CreatorId] = (),
    people: Sequence[Profiles] = (),
) -> Matcher:
    """Put a matcher over the corpus or over some creators."""
    if creators is None and not people:
        engine = ORACLE
    else:
        engine = OracleEngine(CORPUS if creators is None else creators, ENCODER, ANALYSER, people=people)
    return Matcher(
        engine=lambda: engine, encoder=ENCODER, analyser=ANALYSER, suppressed=lambda one: one.id in left_out
    )


def search(query: str = "", **given_fields: Any) -> Ranking:
    """Search the corpus."""
    return matcher().search(Brief(query=query, **({"limit": 100} | given_fields)))


def by_id(ranking: Ranking) -> dict[CreatorId, Match]:
    """Return the matches by creator."""
    return {match.creator.id: match for match in ranking.matches}


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("vegan recipes for students", "instagram:mira.invented"),
        ("trail running shoes", "instagram:tove.påhitt"),
        ("Sauerteig Brötchen", "instagram:lena.erfunden"),
        ("chess openings", "instagram:twin-a"),
        ("شوربة العدس النباتية", "instagram:ليلى.مختلقة"),
        ("מרק עדשים טבעוני", "instagram:נועה.מומצאת"),
        ("ヴィーガンカフェ", "instagram:架空.さくら"),
        ("비건 김치찌개", "instagram:가상.민지"),
        ("compost and beans in the vegetable garden", "instagram:gardener.nobody"),
    ],
)
def test_the_obvious_creator_comes_first(query: str, best: str) -> None:
    assert search(query).ids[0] == best


@settings(max_examples=30)
@given(strategies.briefs, strategies.filter_lists(2))
def test_evidence_contains_what_it_cites(query: str, filters: list[Filter]) -> None:
    filters = [one for one in filters if one.field != "category"]
    terms = frozenset(ANALYSER.terms(query))
    for match in search(query, filters=tuple(filters)).matches:
        texts = {
            post.id: post.caption.strip() or " ".join(f"#{tag}" for tag in post.hashtags)
            for post in match.creator.searched_posts
        }
        assert len([one for one in match.evidence if one.kind == "post"]) <= CITED_POSTS
        for cited in match.evidence:
            whole = match.creator.bio if cited.kind == "bio" else texts[str(cited.post_id)]
            assert cited.text.strip("…") in (whole or "")
            words = ANALYSER.find(cited.text, terms)
            for start, end in cited.highlights:
                assert any(word.start <= start < end <= word.end for word in words)


@settings(max_examples=30)
@given(strategies.briefs, strategies.filter_lists(), strategies.as_of_days)
def test_every_match_was_let_through_and_says_why(
    query: str, filters: list[Filter], as_of: date | None
) -> None:
    filters = [one for one in filters if one.field != "category"]
    ranking = search(query, filters=tuple(filters), as_of=as_of)
    admitted = ORACLE.admitted(filters, as_of)
    assert set(ranking.ids) <= admitted
    assert ranking.admitted == len(admitted)
    assert [report.filter for report in ranking.filters] == filters
    for match in ranking.matches:
        facets = facets_of(match.creator)
        assert match.verdicts == tuple(verdict(item, match.creator, facets, as_of) for item in filters)


def test_rank_share_and_order() -> None:
    ranking = search("vegan recipes")
    assert [match.rank for match in ranking.matches] == list(range(1, len(ranking.matches) + 1))
    keys = [(-match.score, match.creator.id) for match in ranking.matches]
    assert keys == sorted(keys)
    for match in ranking.matches:
        assert 0 <= match.share.on_niche <= match.share.posts <= 30
    gardener = by_id(ranking)[creator_id("instagram:gardener.nobody")]
    assert gardener.share.posts == 30
    assert len(gardener.creator.posts) == 30


def test_pages_are_cuts_of_one_ranking() -> None:
    whole = search("vegan recipes")
    pages = [search("vegan recipes", offset=offset, limit=7).matches for offset in range(0, whole.ranked, 7)]
    assert [match for page in pages for match in page] == list(whole.matches)
    assert search("vegan recipes", offset=whole.ranked).matches == ()


def test_the_same_brief_gives_the_same_answer() -> None:
    first, second = search("vegan recipes 🌱"), search("vegan recipes 🌱")
    assert first.matches == second.matches
    assert (first.generation, first.plan, first.filters) == (second.generation, second.plan, second.filters)
    assert first.generation == "g1"
    assert set(first.timings) == {"encode", "search"}


@settings(max_examples=8)
@given(st.data(), strategies.briefs)
def test_saying_it_again_changes_nothing(data: st.DataObject, query: str) -> None:
    """Everybody posts what they post up to three times, in any order; the ranking is as without it."""
    again = [data.draw(strategies.with_copies(one)) for one in CORPUS[:14]]
    plain, copied = (
        matcher(some).search(Brief(query=query, limit=MAX_DEPTH)) for some in (CORPUS[:14], again)
    )
    assert set(copied.ids) == set(plain.ids)
    for one, match in by_id(copied).items():
        other = by_id(plain)[one]
        assert match.score == pytest.approx(other.score, abs=2e-4)
        assert match.share == other.share
        assert [item.score for item in match.evidence] == [item.score for item in other.evidence]


def test_who_keeps_to_the_subject_comes_before_who_once_struck_it() -> None:
    crowd = [creator(f"Person {place}", bio="dogs", posts=posts("cats and birds")) for place in range(40)]
    lucky = creator("Lucky", posts=posts("sourdough bread", *(f"day {day} by the sea" for day in range(9))))
    steady = creator("Steady", posts=posts(*(f"sourdough bread, loaf {day}" for day in range(10))))
    both = by_id(matcher([*crowd, lucky, steady]).search(Brief(query="sourdough bread", limit=100)))
    assert both[steady.id].rank == 1
    (best, *_) = both[lucky.id].contributions
    assert best.signal == "theme"
    assert best.points < both[steady.id].contributions[0].points


def test_up_to_three_posts_are_cited_best_first() -> None:
    mira = by_id(search("vegan tofu and lentils"))[MIRA]
    cited = [one for one in mira.evidence if one.kind == "post"]
    assert 1 <= len(cited) <= CITED_POSTS
    assert [one.score for one in cited] == sorted((one.score for one in cited), reverse=True)
    assert cited[0].post_id in {"p0", "p1", "p2"}
    assert cited[0].published_at is not None
    marked = {one.text[start:end].casefold() for one in cited for start, end in one.highlights}
    assert marked & {"tofu", "lentils", "vegan"}


def test_a_creator_without_posts_is_cited_by_the_bio() -> None:
    baker = by_id(search("vegan baker"))[creator_id("instagram:only.bio")]
    assert [one.kind for one in baker.evidence] == ["bio"]
    assert baker.share.posts == 0


def test_a_post_of_hashtags_alone_is_cited_by_them() -> None:
    tags = by_id(search("vegan food"))[creator_id("instagram:tags.alone")]
    assert all(one.text for one in tags.evidence)


def test_creators_of_whom_nothing_was_found_are_not_ranked() -> None:
    class Generous(OracleEngine):
        """Scores everybody who is admitted, as an engine may where they are few."""

        def candidates(self, *given_arguments: Any, **options: Any) -> Candidates:
            """Return everybody."""
            plan = super().candidates(*given_arguments, **options).plan
            return Candidates(creators=tuple(self.admitted([], None)), plan=plan)

    engine = Generous(CORPUS, ENCODER, ANALYSER)
    ranking = replace(matcher(), engine=lambda: engine).search(Brief(query="vegan", limit=100))
    assert "instagram:nothing.known" not in ranking.ids
    assert ranking.ids == search("vegan").ids


def test_who_asked_to_be_left_out_is_nowhere() -> None:
    brief = Brief(query="vegan recipes for students", limit=100)
    open_ids, closed = matcher().search(brief).ids, matcher(left_out=[MIRA])
    assert closed.search(brief).ids == [one for one in open_ids if one != MIRA]
    with pytest.raises(CreatorNotFound, match=r"no creator 'instagram:mira\.invented' is in the index"):
        closed.creator(MIRA)
    assert matcher().creator(MIRA).id == MIRA


OAT = creator_id("tiktok:oat.and.only")
PERSON: Profiles = (MIRA, OAT)
VEGAN = Brief(query="vegan recipes for students", limit=100)


def test_a_person_takes_one_place_with_the_best_profile() -> None:
    alone, together = matcher().search(VEGAN), matcher(people=[PERSON]).search(VEGAN)
    best, other = sorted(PERSON, key=alone.ids.index)

    assert together.ids == [one for one in alone.ids if one != other]
    assert together.ranked == alone.ranked - 1
    match = by_id(together)[best]
    assert [one.id for one in match.profiles] == [other]
    assert replace(match, profiles=()) == replace(by_id(alone)[best], rank=match.rank)


def test_a_filter_decides_which_profile_is_shown_and_the_others_stand_beside_it() -> None:
    small = Filter(field="platform", any_of=("tiktok",))
    (shown,) = matcher(people=[PERSON]).search(replace(VEGAN, filters=(small,))).matches[:1]

    assert shown.creator.id == OAT
    assert [one.id for one in shown.profiles] == [MIRA]


@pytest.mark.parametrize("left_out", PERSON)
def test_of_a_person_who_asked_to_be_left_out_no_profile_leads_to_another(left_out: CreatorId) -> None:
    closed = matcher(left_out=[left_out], people=[PERSON])
    ranking = closed.search(VEGAN)

    assert left_out not in ranking.ids
    assert all(match.profiles == () for match in ranking.matches)
    (other,) = set(PERSON) - {left_out}
    assert closed.profiles(closed.creator(other)) == ()


def test_the_other_profiles_of_a_creator() -> None:
    whole = matcher(people=[PERSON])

    assert whole.profiles(whole.creator(MIRA)) == (whole.creator(OAT),)
    assert whole.profiles(whole.creator(TOVE)) == ()


def test_who_is_gone_leads_nowhere() -> None:
    gone = matcher(people=[(MIRA, CreatorId("x:gone"))])

    assert gone.profiles(gone.creator(MIRA)) == ()
    assert by_id(gone.search(VEGAN))[MIRA].profiles == ()


def test_another_profile_of_a_seed_is_not_like_it() -> None:
    brief = Brief(seeds=(Seed(creator=MIRA),), limit=100)

    assert OAT in matcher().search(brief).ids
    assert OAT not in matcher(people=[PERSON]).search(brief).ids


def test_an_unknown_creator_is_not_found() -> None:
    with pytest.raises(CreatorNotFound, match="no creator 'x:nobody' is in the index"):
        matcher().creator(CreatorId("x:nobody"))


def test_one_record_has_the_kept_posts_only() -> None:
    assert len(matcher().creator(creator_id("instagram:gardener.nobody")).posts) == 30


# Filters


@settings(max_examples=20)
@given(strategies.briefs, strategies.filter_lists(2))
def test_no_filter_that_leaves_no_choice_moves_a_score(query: str, filters: list[Filter]) -> None:
    filters = [one for one in filters if one.field != "category" and not leaves_choice(one)]
    whole = by_id(search(query))
    for one, match in by_id(search(query, filters=tuple(filters))).items():
        assert (match.score, match.contributions) == (whole[one].score, whole[one].contributions)
        assert (match.evidence, match.share) == (whole[one].evidence, whole[one].share)


def test_must_reports_whom_it_left_out() -> None:
    ranking = search("vegan", filters=(Filter(field="followers", min=10_000),))
    (report,) = ranking.filters
    assert (report.met + report.not_met + report.unknown) == len(CORPUS)
    assert ranking.admitted == report.met
    assert report.unknown_left_out == report.unknown > 0
    kept = search("vegan", filters=(Filter(field="followers", min=10_000, unknown=Unknown.INCLUDE),))
    assert kept.admitted == report.met + report.unknown
    assert kept.filters[0].unknown_left_out == 0


def test_left_out_as_unknown_are_those_who_would_come_back() -> None:
    """Four people of unknown followers: one passes the other filters, the rest would stay out."""
    people = [
        creator("Known", followers=900, country="DE", language="de", bio="vegan"),
        creator("Back", country="DE", language="de", bio="vegan"),
        creator("Elsewhere", country="FR", language="de", bio="vegan"),
        creator("Nowhere", language="de", bio="vegan"),
        creator("Other tongue", country="DE", language="fr", bio="vegan"),
        creator("Placeless", followers=900, language="de", bio="vegan"),
    ]
    filters = (
        Filter(field="followers", min=1),
        Filter(field="country", any_of=("DE",)),
        Filter(field="language", any_of=("fr",), mode=Mode.NOT),
    )
    ranking = matcher(people).search(Brief(query="vegan", filters=filters))
    assert [report.unknown for report in ranking.filters] == [4, 2, 0]
    assert [report.unknown_left_out for report in ranking.filters] == [1, 1, 0]
    kept = (replace(filters[0], unknown=Unknown.INCLUDE), *filters[1:])
    assert matcher(people).search(Brief(query="vegan", filters=kept)).admitted == ranking.admitted + 1


def test_not_keeps_the_unknown() -> None:
    matches = search("vegan", filters=(Filter(field="country", any_of=("GB",), mode=Mode.NOT),)).matches
    assert MIRA not in {match.creator.id for match in matches}
    assert {match.verdicts[0].status for match in matches} == {Status.MET, Status.UNKNOWN}


@pytest.mark.parametrize(
    "wish",
    [
        Filter(field="country", any_of=("SE",), mode=Mode.SHOULD),
        Filter(field="followers", min=30_000, max=32_000, mode=Mode.SHOULD),
        Filter(field="category", any_of=("outdoor",), mode=Mode.SHOULD),
    ],
)
def test_should_raises_those_who_meet_it_and_drops_nobody(wish: Filter) -> None:
    plain, wished = by_id(search("vegan")), by_id(search("vegan", filters=(wish,)))
    assert set(plain) == set(wished)
    for one, match in wished.items():
        raised = match.verdicts[0].status is Status.MET
        assert match.score == pytest.approx(plain[one].score + (0.9 if raised else 0.0), abs=1e-9)
    assert wished[TOVE].rank < plain[TOVE].rank


def test_two_wishes_share_the_preference() -> None:
    wishes = (
        Filter(field="language", any_of=("sv",), mode=Mode.SHOULD),
        Filter(field="followers", min=900_000, mode=Mode.SHOULD),
    )
    tove = by_id(search("vegan", filters=wishes))[TOVE]
    assert {part.signal: part.points for part in tove.contributions}["preferences"] == 0.45


def test_unknown_category_gets_the_nearest() -> None:
    with pytest.raises(InvalidInput) as caught:
        search(
            "vegan",
            filters=(
                Filter(field="followers", min=1),
                Filter(field="category", any_of=("food", "sprt", "qq")),
            ),
        )
    assert {problem.field: problem.message for problem in caught.value.problems} == {
        "filters[1].any_of[1]": "unknown category 'sprt'. Did you mean 'sport'?",
        "filters[1].any_of[2]": "unknown category 'qq'. Known: food, home, outdoor, sport, vegan.",
    }


def test_as_of_moves_the_age_of_posts() -> None:
    fresh = Filter(field="last_post", max=15)
    assert search("vegan", filters=(fresh,)).admitted > 20
    assert search("vegan", filters=(fresh,), as_of=date(2026, 6, 1)).admitted == 0


# Seeds


def test_seeds_find_their_like_and_not_themselves() -> None:
    ranking = search(seeds=(Seed(creator=creator_id("instagram:twin-a")),))
    assert ranking.ids[:2] == ["instagram:twin-b", "instagram:twin-c"]
    assert "instagram:twin-a" not in ranking.ids
    assert all(part.signal != "keywords" for part in ranking.matches[0].contributions)


def test_the_heavier_seed_decides() -> None:
    food, trips = (
        creator_id("instagram:only.bio"),
        creator_id("instagram:steady.rate"),
    )
    vegan, train = creator_id("tiktok:oat.and.only"), creator_id("instagram:audience.elsewhere")

    def ranks(food_weight: float, trips_weight: float) -> tuple[int, int]:
        seeds = (Seed(creator=food, weight=food_weight), Seed(creator=trips, weight=trips_weight))
        found = by_id(search(seeds=seeds))
        return found[vegan].rank, found[train].rank

    first, second = ranks(10, 0.1), ranks(0.1, 10)
    assert first[0] < first[1]
    assert second[1] < second[0]
    assert first[0] < second[0]
    assert second[1] < first[1]


def test_only_the_proportion_of_the_weights_counts() -> None:
    pair = (MIRA, TOVE)
    one, other = (
        search(seeds=tuple(Seed(creator=seed, weight=weight) for seed in pair)) for weight in (0.5, 8.0)
    )
    assert one.matches == other.matches


def test_a_text_and_seeds_work_together() -> None:
    both = search("chess", seeds=(Seed(creator=MIRA),))
    assert MIRA not in both.ids
    assert "instagram:twin-a" in both.ids[:10]


def test_every_bad_seed_is_named() -> None:
    seeds = tuple(Seed(creator=CreatorId(one)) for one in ("x:nobody", MIRA, "instagram:nothing.known"))
    with pytest.raises(InvalidInput) as caught:
        search(seeds=seeds)
    assert {problem.field: problem.message for problem in caught.value.problems} == {
        "seeds[0].creator": "no creator 'x:nobody' is in the index",
        "seeds[2].creator": "'instagram:nothing.known' has no text to compare; leave it out",
    }


# Odd questions


@pytest.mark.parametrize(
    "query", ["\x00", "🌱", "*", '" OR 1=1', "the of and", "x" * 2_000, "\u202e\u200b", "﷽"]
)
def test_any_text_is_answered(query: str) -> None:
    ranking = search(query)
    assert ranking.ranked > 0
    assert len(set(ranking.ids)) == len(ranking.ids)


def test_an_index_of_nobody_answers_with_nobody() -> None:
    ranking = matcher([]).search(Brief(query="vegan"))
    assert (ranking.matches, ranking.admitted, ranking.ranked) == ((), 0, 0)


def test_words_of_every_passage_are_dropped_unless_there_are_no_others() -> None:
    """Short words in over a tenth of the passages tell nothing; alone they are better than nothing."""
    crowd = [creator(f"Person {place}", bio="and so on", posts=posts("and then")) for place in range(30)]
    one = creator("Weaver", bio="and so on", posts=posts("weaving and spinning"))
    ranking = matcher([*crowd, one]).search(Brief(query="and weaving"))
    assert ranking.ids[0] == one.id
    cited = [item for match in ranking.matches for item in match.evidence]
    marked = {item.text[start:end] for item in cited for start, end in item.highlights}
    assert marked == {"weaving"}
    alone = matcher([*crowd, one]).search(Brief(query="and"))
    assert all(item.highlights for match in alone.matches for item in match.evidence)


@settings(max_examples=25)
@given(strategies.corpora(), strategies.briefs, st.integers(1, 5))
def test_any_creators_can_be_searched(creators: list[Creator], query: str, limit: int) -> None:
    ranking = matcher(creators).search(Brief(query=query, limit=limit))
    assert len(ranking.matches) == min(limit, ranking.ranked)
    assert ranking.ranked <= ranking.admitted == len(creators)
