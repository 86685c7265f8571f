"""Values that filters ask about, worked out from the record."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Contact, Creator, DetectedLanguage, Platform, Post
from discovery.facets import MIN_RATE_POSTS, engagement_rate, facets_of, median_views
from discovery.filters import FIELDS
from tests import strategies
from tests.fictional import TODAY, creator, post, posts


def rated(count: int = MIN_RATE_POSTS, *, platform: Platform = Platform.INSTAGRAM, **changes: Any) -> Creator:
    """Build a creator of 1,000 followers with equal posts of 20 likes, 5 comments and 15 shares."""
    figures = {"likes": 20, "comments": 5, "shares": 15, "views": 500} | changes
    many = tuple(post(id=str(number), **figures) for number in range(count))
    return creator(platform=platform, followers=1_000, posts=many)


@pytest.mark.parametrize(
    ("platform", "value", "formula"),
    [
        (Platform.INSTAGRAM, 0.025, "median (likes + comments) / followers"),
        (Platform.TIKTOK, 0.04, "median (likes + comments + shares) / followers"),
        (Platform.YOUTUBE, 0.05, "median (likes + comments) / views"),
        (Platform.BLUESKY, 0.04, "median (likes + comments + shares) / followers"),
        (Platform.MASTODON, 0.04, "median (likes + comments + shares) / followers"),
    ],
)
def test_rate_by_platform(platform: Platform, value: float, formula: str) -> None:
    rate = engagement_rate(rated(platform=platform))
    assert rate is not None
    assert (rate.value, rate.posts, rate.formula) == (value, MIN_RATE_POSTS, formula)


@pytest.mark.parametrize("platform", [Platform.PODCAST, Platform.WEBSITE])
def test_podcasts_and_websites_have_no_rate(platform: Platform) -> None:
    assert engagement_rate(rated(platform=platform)) is None


def test_eleven_posts_are_too_few() -> None:
    assert engagement_rate(rated(MIN_RATE_POSTS - 1)) is None
    assert engagement_rate(rated(MIN_RATE_POSTS)) is not None


@pytest.mark.parametrize(
    ("platform", "changes", "known"),
    [
        (Platform.INSTAGRAM, {"likes": None}, False),
        (Platform.INSTAGRAM, {"comments": None}, False),
        (Platform.INSTAGRAM, {"shares": None, "views": None}, True),
        (Platform.INSTAGRAM, {"likes": 0, "comments": 0}, True),
        (Platform.TIKTOK, {"shares": None}, False),
        (Platform.TIKTOK, {"views": None}, True),
        (Platform.YOUTUBE, {"views": None}, False),
        (Platform.YOUTUBE, {"views": 0}, False),
        (Platform.YOUTUBE, {"shares": None}, True),
    ],
)
def test_unknown_inputs_make_an_unknown_rate(
    platform: Platform, changes: dict[str, Any], known: bool
) -> None:
    assert (engagement_rate(rated(platform=platform, **changes)) is not None) is known


@pytest.mark.parametrize("followers", [None, 0])
def test_rate_needs_followers_except_on_youtube(followers: int | None) -> None:
    assert engagement_rate(replace(rated(), followers=followers)) is None
    assert engagement_rate(replace(rated(platform=Platform.YOUTUBE), followers=followers)) is not None


@pytest.mark.parametrize(("age", "counts"), [(0, False), (2, False), (3, True), (400, True)])
def test_posts_seen_within_72_hours_are_left_out(age: int, counts: bool) -> None:
    young: dict[str, Any] = {"published_at": TODAY - timedelta(days=age), "observed_at": TODAY}
    assert (engagement_rate(rated(**young)) is not None) is counts


@pytest.mark.parametrize("changes", [{"published_at": None}, {"observed_at": None}])
def test_posts_without_dates_count(changes: dict[str, Any]) -> None:
    assert engagement_rate(rated(**changes)) is not None


def test_rate_is_a_median_of_the_window() -> None:
    one = rated()
    loud = tuple(replace(item, likes=900) for item in one.posts[:5])
    rate = engagement_rate(replace(one, posts=(*loud, *one.posts[5:])))
    assert rate is not None
    assert rate.value == 0.025
    older = tuple(post(id=f"o{number}", age=900, likes=1_000, comments=0) for number in range(60))
    long_rate = engagement_rate(replace(one, posts=(*rated(30).posts, *older)))
    assert long_rate is not None
    assert (long_rate.value, long_rate.posts) == (0.025, 30)


def test_views_are_a_median_of_those_stated() -> None:
    assert median_views(()) is None
    assert median_views((post(), post())) is None
    assert median_views((post(views=0), post())) == 0.0
    assert median_views((post(views=10), post(views=30), post(), post(views=1_000), post(views=11))) == 20.5


def test_nothing_known_is_unknown_everywhere() -> None:
    facets = facets_of(creator())
    assert facets.platform == "instagram"
    assert {name for name in FIELDS if getattr(facets, name) is not None} == {"platform"}


def test_stated_to_be_empty_is_not_unknown() -> None:
    facets = facets_of(creator(categories=(), contacts=(), posts=(post(),), followers=0, verified=False))
    assert facets.category == frozenset()
    assert facets.hashtags == facets.mentions == frozenset()
    assert (facets.has_contact, facets.followers, facets.verified) == (False, 0, False)


def test_labels_and_tags_are_folded() -> None:
    made = posts("a", "b", hashtags=("Vegan", "ZERO"), mentions=("Ada",))
    facets = facets_of(
        creator(categories=("Food", "STRASSE"), contacts=(Contact(type="e", value="v"),), posts=made)
    )
    assert facets.category == frozenset({"food", "strasse"})
    assert facets.hashtags == frozenset({"vegan", "zero"})
    assert facets.mentions == frozenset({"ada"})
    assert facets.has_contact is True


@pytest.mark.parametrize(
    ("stated", "answer"),
    [
        ((), None),
        ((None,), None),
        ((False, None), None),
        ((False, False), False),
        ((True, None), True),
        ((False, True), True),
    ],
)
def test_sponsored_is_stated_only(stated: tuple[bool | None, ...], answer: bool | None) -> None:
    made = tuple(post(id=str(place), sponsored=value) for place, value in enumerate(stated))
    assert facets_of(creator(posts=made)).has_sponsored_posts is answer


def test_last_post_looks_at_the_window() -> None:
    assert facets_of(creator(posts=(post(published_at=None),))).last_post is None
    facets = facets_of(creator(posts=posts("a", "b")))
    assert facets.last_post == TODAY - timedelta(days=10)
    assert facets.data_date == TODAY


@given(strategies.creators())
def test_any_creator_has_facets(one: Creator) -> None:
    facets = facets_of(one)
    rate = facets.engagement_rate
    assert rate is None or rate >= 0
    assert facets == facets_of(replace(one, posts=one.recent_posts, name="another"))


@given(strategies.creators(), st.sets(st.sampled_from(list(FIELDS)), max_size=4))
def test_single_values_are_those_of_the_whole(one: Creator, wanted: set[str]) -> None:
    whole, some = facets_of(one), facets_of(one, wanted)
    for name in FIELDS:
        if name in wanted or name == "platform":
            assert getattr(some, name) == getattr(whole, name)
        else:
            assert getattr(some, name) is None


@given(strategies.posts())
def test_a_rate_never_rests_on_one_post(item: Post) -> None:
    assert facets_of(creator(followers=10, posts=(item,))).engagement_rate is None


def test_the_language_is_the_stated_one_else_the_detected_one() -> None:
    found = DetectedLanguage(language="de", share=1.0, captions=3)
    assert facets_of(creator(detected_language=found)).language == "de"
    assert facets_of(creator(language="en", detected_language=found)).language == "en"
