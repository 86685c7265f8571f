"""From a document to what it brings: creators to be stored, addresses to be fetched. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from hashlib import blake2b

from crawl_config.source import Source
from discovery.creator import Creator
from indexer.crawl import sitemaps
from indexer.crawl.document import Document, Outcome, Reader, Reading, Task
from indexer.crawl.frontier.limits import Skip
from indexer.crawl.frontier.tasks import Found, Stored
from indexer.crawl.loop.parts import Allows
from indexer.crawl.sitemaps import DEEPEST, STEP
from indexer.records import to_json

_LEVEL = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a document brings. `outside` links lead where its source may not go."""

    reading: Reading
    found: tuple[Found, ...] = ()
    skipped: Counter[Skip] = field(default_factory=Counter)
    outside: int = 0


def content_hash(document: Document, host: str) -> bytes:
    """Return what tells one document of a host from another; links of the same words lead to other hosts."""
    return blake2b(document.body, digest_size=16, key=host.removeprefix("www.").encode()[:64]).digest()


def understand(
    reader: Reader, document: Document, stored: Stored, source: Source, allows: Allows, since: date | None
) -> Understood:
    """Let a reader read a document, and keep what can be stored and may be fetched.

    A reader that fails has not read the document; a crawl does not end by it.
    """
    try:
        reading = reader.read(document, stored.task, source)
    except Exception as error:
        return Understood(reading=_unreadable(f"{type(error).__name__} while reading"))
    creators, problems = _storable(reading.creators)
    followed = () if _is_old(reading, since) else reading.follow
    found = tuple(
        Found(
            task=task,
            due=document.fetched_at.timestamp(),
            depth=stored.depth + 1,
            exact=source.parser.is_api,
        )
        for task in followed
        if allows(source, task.url)
    )
    kept = replace(
        reading,
        creators=tuple(_since(one, since) for one in creators),
        problems=(*reading.problems, *problems),
    )
    return Understood(
        reading=kept,
        found=found,
        skipped=Counter({Skip.OLD: len(reading.follow) - len(followed)}),
        outside=len(followed) - len(found),
    )


def understand_sitemap(
    document: Document, stored: Stored, source: Source, page: Task, follows: Allows, since: date | None
) -> Understood:
    """Read a sitemap: its pages become tasks like `page`, further sitemaps are looked at too."""
    try:
        read = sitemaps.read(document.body)
    except sitemaps.NoSitemap as error:
        return Understood(reading=_unreadable(str(error)))
    now, level = document.fetched_at.timestamp(), int(stored.task.context.get(_LEVEL, "0"))
    skipped: Counter[Skip] = Counter()
    oldest = datetime.combine(since, time.min, UTC).timestamp() if since else None
    found = []
    for entry in read.pages:
        if oldest is not None and entry.changed_at is not None and entry.changed_at < oldest:
            skipped[Skip.OLD] += 1
        elif follows(source, entry.url):
            task = replace(page, url=entry.url)
            found.append(Found(task=task, due=now, depth=1, changed_at=_past(entry.changed_at, now)))
    outside = len(read.pages) - len(found) - skipped[Skip.OLD]
    for entry in read.sitemaps:
        if level >= DEEPEST:
            skipped[Skip.TOO_DEEP] += 1
        else:
            task = sitemap_task(entry.url, level + 1)
            found.append(Found(task=task, due=now, changed_at=_past(entry.changed_at, now)))
    return Understood(reading=Reading(), found=tuple(found), skipped=skipped, outside=outside)


def sitemap_task(url: str, level: int = 0) -> Task:
    """Return the task of a sitemap that was named by `level` others, one by the next."""
    return Task(url=url, step=STEP, context={_LEVEL: str(level)})


def _past(moment: float | None, now: float) -> float | None:
    """A change that is yet to come would have a page fetched at every visit."""
    return None if moment is None or moment > now else moment


def _unreadable(why: str) -> Reading:
    return Reading(outcome=Outcome.UNREADABLE, problems=(why,))


def _storable(creators: Iterable[Creator]) -> tuple[list[Creator], list[str]]:
    """Leave out records that no file can hold: one of them would keep a whole batch from being stored."""
    kept, problems = [], []
    for creator in creators:
        try:
            to_json(creator)
        except ValueError as error:
            problems.append(str(error))
        else:
            kept.append(creator)
    return kept, problems


def _since(creator: Creator, since: date | None) -> Creator:
    if since is None:
        return creator
    posts = tuple(post for post in creator.posts if post.published_at is None or post.published_at >= since)
    return replace(creator, posts=posts)


def _is_old(reading: Reading, since: date | None) -> bool:
    """Whether all posts of a page are from before a day: then its further pages are too."""
    days = [post.published_at for one in reading.creators for post in one.posts]
    return since is not None and bool(days) and all(day is not None and day < since for day in days)
