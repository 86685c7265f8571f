"""What a document states of a creator, with its source and day on every field. The way of every reader."""

from collections.abc import Mapping, Sequence
from datetime import date

from crawl_config.source import Source
from discovery.creator import Creator
from discovery.errors import Problem
from indexer.crawl.ages import born_below_18, says_below_18
from indexer.importers.bad_line import shown
from indexer.importers.stated import creator_of

MINOR = "states an age below 18: not listed"
MOST_PROBLEMS = 20
"""How many problems of one creator are told."""

_COUNTS = ("views", "likes", "comments", "shares")


def creator_from(
    values: Mapping[str, object],
    posts: Sequence[Mapping[str, object]],
    *,
    source: Source,
    observed_at: date,
    born: object = None,
) -> tuple[Creator | None, tuple[str, ...]]:
    """Build a creator of what one document states, and tell in words what was passed over.

    `values` are by field of `Creator` (without `provenance`), `posts` by field of `Post`: plain values, days
    as dates or ISO texts, `None` for unknown, contacts as `{"type": ..., "value": ...}`. Each is checked as
    an import checks it, and dropped alone when it would be refused; hashtags and mentions that are not given
    are read off a post's words. Every field says that `source` stated it on `observed_at`, every post the
    source, and the day when it carries counts. `platform` is by default that of the source. `born` is a
    stated day of birth (ISO, or year alone); it is looked at and never kept.

    Without a name the handle or the id stands for it, without provenance, so that it replaces no stated one.
    `None`: id or platform are missing or refused, or `born` or the bio says that they are below 18 (then the
    only problem is `MINOR`, and the reader names them in `Reading.leave_out`).
    """
    stated: dict[str, object] = {"platform": source.platform, **values, "observed_at": observed_at}
    if says_below_18(stated.get("bio")) or born_below_18(born, observed_at):
        return None, (MINOR,)
    dated = [{**post, "observed_at": observed_at if _is_counted(post) else None} for post in posts]
    creator, problems = creator_of(stated, dated, source.name)
    told = [_told(problem) for problem in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        told.append(f"and {len(problems) - MOST_PROBLEMS} more problems")
    return creator, tuple(told)


def _is_counted(post: Mapping[str, object]) -> bool:
    return any(post.get(name) is not None for name in _COUNTS)


def _told(problem: Problem) -> str:
    return str(problem) if problem.value is None else f"{problem} (it says {shown(problem.value)!r})"
