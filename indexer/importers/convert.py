"""A checked line to the domain's record: provenance filled in, what a text says about itself read out."""

from datetime import date
from hashlib import blake2b

from discovery.creator import Audience, Contact, Creator, CreatorId, Post, Price, Provenance
from indexer.importers.line_model import AudienceLine, CreatorLine, PostLine
from indexer.importers.tags import hashtags_in, mentions_in
from indexer.merge import POSTS, unite_posts

_PLAIN = (
    "handle",
    "url",
    "bio",
    "language",
    "country",
    "followers",
    "following",
    "posts_total",
    "verified",
)
_STATED = ("platform", "name", *_PLAIN, "categories", "contacts", "links", "audience", "prices")
_POST_PLAIN = (
    "title",
    "text",
    "url",
    "published_at",
    "observed_at",
    "views",
    "likes",
    "comments",
    "shares",
    "sponsored",
    "source",
)


def to_creator(line: CreatorLine, default_source: str) -> Creator:
    """Turn a checked line into a creator; fields without a source of their own get the record's."""
    return Creator(
        id=CreatorId(line.id),
        platform=line.platform,
        name=line.name,
        **{name: getattr(line, name) for name in _PLAIN},
        categories=None if line.categories is None else tuple(line.categories),
        contacts=None
        if line.contacts is None
        else tuple(Contact(type=one.type, value=one.value) for one in line.contacts),
        links=None if line.links is None else tuple(dict.fromkeys(line.links)),
        audience=None if line.audience is None else _audience(line.audience),
        prices=None
        if line.prices is None
        else tuple(
            Price(deliverable=one.deliverable, amount=one.amount, currency=one.currency)
            for one in line.prices
        ),
        posts=unite_posts((), map(_post, line.posts or ())),
        fictional=line.fictional,
        provenance=_provenance(line, default_source),
    )


def _provenance(line: CreatorLine, default_source: str) -> dict[str, Provenance]:
    record = Provenance(source=line.source or default_source, observed_at=_record_day(line))
    stated = [name for name in _STATED if getattr(line, name) is not None]
    if line.posts:
        stated.append(POSTS)
    origins = dict.fromkeys(stated, record)
    for name, own in (line.provenance or {}).items():
        if name in origins:
            origins[name] = Provenance(source=own.source, observed_at=own.observed_at)
    return origins


def _record_day(line: CreatorLine) -> date | None:
    if line.observed_at is not None:
        return line.observed_at
    days = [day for post in line.posts or () for day in (post.observed_at, post.published_at)]
    return max((day for day in days if day is not None), default=None)


def _audience(line: AudienceLine) -> Audience:
    return Audience(**{name: getattr(line, name) for name in AudienceLine.model_fields})


def _post(line: PostLine) -> Post:
    words = "\n".join(part for part in (line.title, line.text) if part)
    return Post(
        id=line.id or _derived_id(line, words),
        **{name: getattr(line, name) for name in _POST_PLAIN},
        hashtags=hashtags_in(words) if line.hashtags is None else _bare(line.hashtags, "#＃"),
        mentions=mentions_in(words) if line.mentions is None else _bare(line.mentions, "@＠"),
        sponsors=_bare(line.sponsors or [], "@＠"),
    )


def _derived_id(line: PostLine, words: str) -> str:
    content = f"{line.published_at or ''}\n{line.url or ''}\n{words}"
    return f"content:{blake2b(content.encode(), digest_size=12).hexdigest()}"


def _bare(words: list[str], signs: str) -> tuple[str, ...]:
    """Take the leading signs off, and drop what is then empty or was there before."""
    stripped = (word.strip().lstrip(signs) for word in words)
    return tuple(dict.fromkeys(word for word in stripped if word))
