"""The values of a creator that filters ask about, each with its basis.

Decided once, here: engines index these values, and verdicts are given on them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from discovery.creator import Creator, Platform, Post

MIN_RATE_POSTS = 12
"""An engagement rate is a median of at least this many posts, else it is unknown."""
SETTLING_DAYS = 3
"""Posts younger than this when observed are still collecting likes and are left out."""
_NO_RATE = frozenset({Platform.PODCAST, Platform.WEBSITE})
_SHARES_COUNT = frozenset({Platform.TIKTOK, Platform.BLUESKY, Platform.MASTODON})
"""Where passing a post on is an interaction that everybody sees counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementRate:
    """A median interaction rate: fraction, how many posts it rests on, and what was divided by what."""

    value: float
    posts: int
    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Filterable values of one creator. `None` is unknown; an empty set is stated to be empty."""

    platform: str
    followers: int | None = None
    engagement_rate: float | None = None
    views: float | None = None
    last_post: date | None = None
    data_date: date | None = None
    country: str | None = None
    language: str | None = None
    category: frozenset[str] | None = None
    hashtags: frozenset[str] | None = None
    mentions: frozenset[str] | None = None
    verified: bool | None = None
    has_contact: bool | None = None
    has_sponsored_posts: bool | None = None
    audience_country: Mapping[str, float] | None = None
    audience_age: Mapping[str, float] | None = None
    audience_gender: Mapping[str, float] | None = None
    audience_language: Mapping[str, float] | None = None


def facets_of(creator: Creator, wanted: Collection[str] | None = None) -> Facets:
    """Work out the filterable values of a creator from the record (recent posts only).

    With `wanted`, only those fields are worked out and the others are left unknown.
    """
    return Facets(
        platform=creator.platform.value,
        **{name: work(creator) for name, work in _VALUES.items() if wanted is None or name in wanted},
    )


def engagement_rate(creator: Creator) -> EngagementRate | None:
    """Return the creator's engagement rate, or `None` where its inputs are unknown.

    Median over the recent posts of interactions divided by a base: likes + comments over followers
    (Instagram), likes + comments + shares over followers (TikTok), likes + comments + shares over followers
    (Bluesky), likes + comments + shares over followers (Mastodon), likes + comments over views (YouTube);
    not defined for podcasts and websites. At least 12 posts; posts observed within 72 hours of publication
    are left out.
    """
    if creator.platform in _NO_RATE:
        return None
    if creator.platform is Platform.YOUTUBE:
        formula = "median (likes + comments) / views"
    elif creator.platform in _SHARES_COUNT:
        formula = "median (likes + comments + shares) / followers"
    else:
        formula = "median (likes + comments) / followers"
    rates = [
        rate
        for post in creator.recent_posts
        if _settled(post) and (rate := _post_rate(creator, post)) is not None
    ]
    if len(rates) < MIN_RATE_POSTS:
        return None
    return EngagementRate(value=median(rates), posts=len(rates), formula=formula)


def median_views(posts: tuple[Post, ...]) -> float | None:
    """Median views of the posts that state them, or `None` when none does."""
    views = [post.views for post in posts if post.views is not None]
    return float(median(views)) if views else None


def _post_rate(creator: Creator, post: Post) -> float | None:
    if post.likes is None or post.comments is None:
        return None
    interactions = post.likes + post.comments
    if creator.platform is Platform.YOUTUBE:
        return interactions / post.views if post.views else None
    if not creator.followers:
        return None
    if creator.platform in _SHARES_COUNT:
        if post.shares is None:
            return None
        interactions += post.shares
    return interactions / creator.followers


def _settled(post: Post) -> bool:
    if post.published_at is None or post.observed_at is None:
        return True
    return (post.observed_at - post.published_at).days >= SETTLING_DAYS


def _tags(posts: tuple[Post, ...], name: str) -> frozenset[str] | None:
    if not posts:
        return None
    return frozenset(tag.casefold() for post in posts for tag in getattr(post, name))


def _has_sponsored(posts: tuple[Post, ...]) -> bool | None:
    """Stated only: one stated post is enough for yes; no needs a statement on every recent post."""
    stated = [post.sponsored for post in posts]
    if any(stated):
        return True
    if stated and all(value is False for value in stated):
        return False
    return None


def _rate(creator: Creator) -> float | None:
    rate = engagement_rate(creator)
    return None if rate is None else rate.value


def _categories(creator: Creator) -> frozenset[str] | None:
    if creator.categories is None:
        return None
    return frozenset(label.casefold() for label in creator.categories)


def _last_post(creator: Creator) -> date | None:
    return max((post.published_at for post in creator.recent_posts if post.published_at), default=None)


def _audience(dimension: str) -> Callable[[Creator], Mapping[str, float] | None]:
    return lambda creator: getattr(creator.audience, dimension) if creator.audience else None


_VALUES: Mapping[str, Callable[[Creator], Any]] = {
    "followers": lambda creator: creator.followers,
    "engagement_rate": _rate,
    "views": lambda creator: median_views(creator.recent_posts),
    "last_post": _last_post,
    "data_date": lambda creator: creator.data_date,
    "country": lambda creator: creator.country,
    "language": lambda creator: creator.content_language,
    "category": _categories,
    "hashtags": lambda creator: _tags(creator.recent_posts, "hashtags"),
    "mentions": lambda creator: _tags(creator.recent_posts, "mentions"),
    "verified": lambda creator: creator.verified,
    "has_contact": lambda creator: None if creator.contacts is None else bool(creator.contacts),
    "has_sponsored_posts": lambda creator: _has_sponsored(creator.recent_posts),
    "audience_country": _audience("countries"),
    "audience_age": _audience("ages"),
    "audience_gender": _audience("genders"),
    "audience_language": _audience("languages"),
}
