"""A creator as bytes and back: compact JSON, the form in which records are stored everywhere.

What is unknown is left out, so that a record costs only what is known.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from discovery.creator import (
    Audience,
    Contact,
    Creator,
    CreatorId,
    DetectedLanguage,
    Platform,
    Post,
    Price,
    Provenance,
    Statement,
)

_PLAIN = (
    "handle", "url", "bio", "language", "country", "followers", "following", "posts_total", "verified",
)  # fmt: skip
_LISTS = ("categories", "links")
_POST_PLAIN = (
    "title", "text", "url", "published_at", "observed_at", "views", "likes", "comments", "shares",
    "sponsored", "source",
)  # fmt: skip
_POST_LISTS = ("hashtags", "mentions", "sponsors")
_DETECTED = ("language", "share", "captions")
_AUDIENCE_SHARES = ("countries", "ages", "genders", "languages")


def to_json(creator: Creator) -> bytes:
    """Write a creator as one line of compact JSON (UTF-8, no line break inside).

    Raises:
        ValueError: for what JSON cannot carry, such as half a surrogate pair or a count above 64 bits.
    """
    try:
        return orjson.dumps(_creator_fields(creator))
    except orjson.JSONEncodeError as error:
        raise ValueError(f"creator {creator.id!r} cannot be written as JSON: {error}") from error


def from_json(record: bytes) -> Creator:
    """Read back what `to_json` wrote.

    Raises:
        ValueError: the bytes are not such a record.
    """
    try:
        return from_object(orjson.loads(record))
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not a creator record: {error}") from error


def from_object(record: Any) -> Creator:
    """Read back what `to_json` wrote, parsed already.

    Raises:
        ValueError: it is not such a record.
    """
    try:
        return _creator(record)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a creator record: {error}") from error


def _creator_fields(creator: Creator) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": creator.id, "platform": creator.platform.value, "name": creator.name}
    for name in _PLAIN:
        if (value := getattr(creator, name)) is not None:
            fields[name] = value
    for name in _LISTS:
        if (values := getattr(creator, name)) is not None:
            fields[name] = values
    if creator.contacts is not None:
        fields["contacts"] = [{"type": entry.type, "value": entry.value} for entry in creator.contacts]
    if creator.audience is not None:
        fields["audience"] = _audience_fields(creator.audience)
    if creator.prices is not None:
        fields["prices"] = [
            {"deliverable": price.deliverable, "amount": price.amount, "currency": price.currency}
            for price in creator.prices
        ]
    if creator.posts:
        fields["posts"] = [_post_fields(post) for post in creator.posts]
    if (detected := creator.detected_language) is not None:
        fields["detected_language"] = {name: getattr(detected, name) for name in _DETECTED}
    if creator.fictional:
        fields["fictional"] = True
    if creator.provenance:
        fields["provenance"] = {
            name: _origin_fields(creator.provenance[name]) for name in sorted(creator.provenance)
        }
    if creator.also_stated:
        fields["also_stated"] = {
            name: [{"value": one.value, **_origin_fields(one.provenance)} for one in statements]
            for name, statements in sorted(creator.also_stated.items())
        }
    return fields


def _post_fields(post: Post) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": post.id}
    for name in _POST_PLAIN:
        if (value := getattr(post, name)) is not None:
            fields[name] = value
    for name in _POST_LISTS:
        if value := getattr(post, name):
            fields[name] = value
    return fields


def _audience_fields(audience: Audience) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in _AUDIENCE_SHARES:
        if (shares := getattr(audience, name)) is not None:
            fields[name] = dict(shares)
    for name in ("sample_size", "basis"):
        if (value := getattr(audience, name)) is not None:
            fields[name] = value
    return fields


def _origin_fields(origin: Provenance) -> dict[str, Any]:
    if origin.observed_at is None:
        return {"source": origin.source}
    return {"source": origin.source, "observed_at": origin.observed_at}


def _creator(fields: dict[str, Any]) -> Creator:
    fields["id"] = CreatorId(fields["id"])
    fields["platform"] = Platform(fields["platform"])
    for name in _LISTS:
        if name in fields:
            fields[name] = tuple(fields[name])
    if "contacts" in fields:
        fields["contacts"] = tuple(Contact(**entry) for entry in fields["contacts"])
    if "audience" in fields:
        fields["audience"] = Audience(**fields["audience"])
    if "detected_language" in fields:
        fields["detected_language"] = DetectedLanguage(**fields["detected_language"])
    if "prices" in fields:
        fields["prices"] = tuple(Price(**entry) for entry in fields["prices"])
    fields["posts"] = tuple(map(_post, fields.get("posts", ())))
    fields["provenance"] = {name: _origin(one) for name, one in fields.get("provenance", {}).items()}
    fields["also_stated"] = {
        name: tuple(Statement(value=one["value"], provenance=_origin(one)) for one in statements)
        for name, statements in fields.get("also_stated", {}).items()
    }
    return Creator(**fields)


def _post(fields: dict[str, Any]) -> Post:
    for name in ("published_at", "observed_at"):
        if name in fields:
            fields[name] = date.fromisoformat(fields[name])
    for name in _POST_LISTS:
        if name in fields:
            fields[name] = tuple(fields[name])
    return Post(**fields)


def _origin(fields: Mapping[str, str]) -> Provenance:
    return Provenance(source=fields["source"], observed_at=_day(fields, "observed_at"))


def _day(fields: Mapping[str, str], name: str) -> date | None:
    return date.fromisoformat(fields[name]) if name in fields else None
