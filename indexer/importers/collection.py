"""The public-data collection format: one JSON object a line, gathered from published sets of creators.

Recognised by its key `n_posts_found`. Its records become lines of the JSON Lines format:

- `sources` are the source; followers and bio keep their own, `followers_at` is the day of the followers.
  Of a date that names only a month or a year, the first day is taken: data is never made newer than it is.
- A video's `title` and `description`, or a post's `caption`, are its title and text. `tags` and the hashtags
  in the text together are its hashtags. A non-empty `sponsor_tag` says that it is sponsored.
- `category`, then the labels that hold at least a tenth of the posts, are the categories.
- An e-mail address that was masked in the bio is a contact whose address is `[email]`.
- `language` counts when it is a known code; another program's detected language and `trending_in` are not
  taken over: neither is a statement about the creator.
"""

from collections.abc import Iterator
from typing import Any

from indexer.importers.codes import language_of
from indexer.importers.tags import hashtags_in

MARK = "n_posts_found"
"""The key by which the format is recognised."""
MASKED_EMAIL = "[email]"
LEAST_CATEGORY_SHARE = 0.1

_SAME = ("id", "platform", "name", "handle", "bio", "country", "followers", "following", "verified")
_POST_SAME = ("id", "title", "published_at", "views", "likes", "comments", "shares")


def to_line(record: dict[str, Any]) -> dict[str, Any]:
    """Rewrite a record of the collection as a line of the JSON Lines format, which remains to be checked.

    Raises:
        ValueError: the record is not of the collection's format.
    """
    try:
        return _line(record)
    except (TypeError, AttributeError, KeyError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise ValueError(f"is not a record of the public-data collection format: {reason}") from error


def _line(record: dict[str, Any]) -> dict[str, Any]:
    line = {name: record[name] for name in _SAME if record.get(name) is not None}
    source = ", ".join(record["sources"])
    line["source"] = source
    line["posts_total"] = record.get("media_count")
    line["language"] = language_of(record.get("language"))
    line["categories"] = list(dict.fromkeys(_categories(record))) or None
    line["posts"] = [_post(post) for post in record["posts"]]
    if MASKED_EMAIL in record.get("bio", ""):
        line["contacts"] = [{"type": "email", "value": MASKED_EMAIL}]
    line["provenance"] = _provenance(record, source)
    return line


def _provenance(record: dict[str, Any], source: str) -> dict[str, dict[str, str | None]]:
    origins: dict[str, dict[str, str | None]] = {}
    if "followers" in record:
        day = _first_day(record.get("followers_at"))
        origins["followers"] = {"source": record.get("followers_source", source), "observed_at": day}
    if "bio_source" in record:
        origins["bio"] = {"source": record["bio_source"]}
    return origins


def _post(post: dict[str, Any]) -> dict[str, Any]:
    line = {name: post[name] for name in _POST_SAME if post.get(name) is not None}
    text = post.get("description") or post.get("caption")
    line["text"] = text
    line["observed_at"] = _first_day(post.get("observed_at"))
    spoken = hashtags_in("\n".join(part for part in (post.get("title"), text) if part))
    stated = (tag.strip().lstrip("#") for tag in post.get("tags", ()))
    unique = {tag.casefold(): tag for tag in (*spoken, *stated) if tag}
    line["hashtags"] = list(unique.values())
    if post.get("sponsor_tag"):
        line["sponsored"] = True
    return line


def _categories(record: dict[str, Any]) -> Iterator[str]:
    if record.get("category"):
        yield _bare(record["category"])
    labels = record.get("categories") or []
    if isinstance(labels, dict):
        least = LEAST_CATEGORY_SHARE * sum(labels.values())
        labels = sorted((name for name in labels if labels[name] >= least), key=lambda name: -labels[name])
    yield from map(_bare, labels)


def _bare(category: str) -> str:
    """Take the collection's own prefix off: `podcast/design` is the source's `design`."""
    for prefix in ("instagram/", "podcast/"):
        category = category.removeprefix(prefix)
    return category


def _first_day(day: str | None) -> str | None:
    if day is None:
        return None
    return day + {4: "-01-01", 7: "-01"}.get(len(day), "")
