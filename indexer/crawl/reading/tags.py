"""Hashtags of a post: those in its words, and the keywords that the page gives it. Pure."""

from collections.abc import Iterable

from indexer.importers.tags import hashtags_in

MAX_KEYWORDS = 30


def with_keywords(words: Iterable[str | None], keywords: Iterable[str]) -> tuple[str, ...] | None:
    """Return hashtags and keywords, each once (case ignored); keywords may be lists with commas.

    `None`: there are no keywords, and the hashtags are left to be read off the words.
    """
    stated = [word.strip().lstrip("#＃").strip() for one in keywords for word in one[:5_000].split(",")]
    kept = [word for word in stated if 0 < len(word) <= 100][:MAX_KEYWORDS]
    if not kept:
        return None
    unique: dict[str, str] = {}
    for word in (*hashtags_in("\n".join(part for part in words if part)), *kept):
        unique.setdefault(word.casefold(), word)
    return tuple(unique.values())
