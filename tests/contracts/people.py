"""Persons with several profiles: known to the engine, shown together, and one place in an answer."""

from datetime import date

import pytest
from hypothesis import given

from discovery.brief import MAX_DEPTH, Brief, Seed
from discovery.creator import CreatorId, creator_id
from discovery.filters import Filter
from discovery.people import Profiles
from tests import strategies
from tests.contracts.comparison import assert_same_bytes, assert_same_ranking
from tests.contracts.pair import Pair, PairedContract, matcher, query_for
from tests.fictional import corpus

COOK, BARBECUE = creator_id("instagram:mira.invented"), creator_id("youtube:joris.madeup")
PERSONS: tuple[Profiles, ...] = (
    (COOK, creator_id("tiktok:oat.and.only")),
    (creator_id("instagram:gardener.nobody"), creator_id("podcast:nadia.fiction"), BARBECUE),
)


class PeopleContract(PairedContract):
    """What every engine must know of people with several profiles."""

    @pytest.fixture(scope="class")
    @classmethod
    def linked(cls) -> Pair:
        """Serve the invented corpus, with two persons in it."""
        return cls.make_pair(corpus(), PERSONS)

    def test_people_by_profile(self, linked: Pair) -> None:
        wanted = {one: person for person in PERSONS for one in person}
        assert dict(linked.engine.profiles_of(linked.ids)) == wanted
        assert dict(linked.engine.profiles_of([BARBECUE, CreatorId("x:nobody")])) == {BARBECUE: PERSONS[1]}
        assert dict(linked.engine.profiles_of([])) == {}

    def test_no_people_where_nobody_is_linked(self, pair: Pair, empty: Pair) -> None:
        assert dict(pair.engine.profiles_of(pair.ids)) == {}
        assert dict(empty.engine.profiles_of([COOK])) == {}

    def test_people_stand_beside_a_page(self, linked: Pair) -> None:
        engine, query, page = linked.engine, query_for("vegan recipes"), linked.ids[:3]
        beside = [BARBECUE, CreatorId("x:gone"), COOK]
        windows, records = engine.page(query, page, beside)
        assert_same_bytes(windows, engine.windows(query, page))
        assert records == engine.read([*page, BARBECUE, COOK])
        assert engine.page(query, [], [COOK])[1] == engine.read([COOK])

    @pytest.mark.parametrize("brief", ["vegan recipes", "garden and barbecue smoke", "podcast about plants"])
    def test_people_take_one_place(self, linked: Pair, brief: str) -> None:
        ranking = matcher(linked.engine).search(Brief(query=brief, limit=MAX_DEPTH))
        assert_same_ranking(ranking, matcher(linked.oracle).search(Brief(query=brief, limit=MAX_DEPTH)))
        assert ranking.ranked == len(ranking.matches)
        for person in PERSONS:
            (match,) = [one for one in ranking.matches if one.creator.id in person]
            together = {match.creator.id, *(one.id for one in match.profiles)}
            assert together == set(person)
        others = [one for one in ranking.matches if not any(one.creator.id in person for person in PERSONS)]
        assert {one.profiles for one in others} == {()}

    def test_people_take_one_place_over_all_pages(self, linked: Pair) -> None:
        search = matcher(linked.engine).search
        whole = search(Brief(query="vegan recipes and gardens", limit=MAX_DEPTH))
        pages = [
            search(Brief(query="vegan recipes and gardens", limit=7, offset=start))
            for start in range(0, whole.ranked, 7)
        ]
        assert [match for page in pages for match in page.matches] == list(whole.matches)
        assert {page.ranked for page in pages} == {whole.ranked}

    def test_people_are_not_like_themselves(self, linked: Pair) -> None:
        ranking = matcher(linked.engine).search(Brief(seeds=(Seed(creator=COOK),), limit=MAX_DEPTH))
        assert set(ranking.ids).isdisjoint(PERSONS[0])

    @given(brief=strategies.briefs, filters=strategies.filter_lists(), as_of=strategies.as_of_days)
    def test_people_with_filters(
        self, linked: Pair, brief: str, filters: list[Filter], as_of: date | None
    ) -> None:
        """The best of the profiles that pass takes the place, whoever else of the person does not."""
        known = linked.oracle.vocabulary("category")
        filters = [one for one in filters if one.field != "category" or set(one.any_of or ()) <= set(known)]
        asked = Brief(query=brief, filters=tuple(filters), as_of=as_of, limit=MAX_DEPTH)
        got = matcher(linked.engine).search(asked)
        assert_same_ranking(got, matcher(linked.oracle).search(asked))
        admitted = linked.oracle.admitted([*got.brief.filters, *got.read], as_of)
        for person in PERSONS:
            shown = [match for match in got.matches if match.creator.id in person]
            assert len(shown) <= 1
            assert {match.creator.id for match in shown} <= admitted
