"""How the dry run of a source is told: lines of text. Values come from strangers' pages."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from crawl_config.source import Source
from discovery.creator import Contact, Creator, Post
from indexer.crawl.document import Outcome
from indexer.crawl.dry_run import Checked
from indexer.crawl.reading.selecting import Finding
from search_api.commands.terminal import harmless

MOST_LISTED = 10
"""Posts and links of a page that are told one by one."""
MOST_SHOWN = 90
"""Characters of a value that are shown."""
_NOT_STATED = {"id", "posts", "provenance", "also_stated", "fictional", "detected_language"}
_NUMBER = re.compile(r"\[\d+\]")


def about(source: Source) -> str:
    """Say in one line what a source without problems is."""
    manners, seeds = source.manners, len(source.seeds)
    state = "enabled" if source.enabled else "not enabled"
    return harmless(
        f"{source.name}: no problems. {source.parser.value}, {state}, {_counted(seeds, 'seed')}; "
        f"asks {', '.join(source.allowed.hosts)} every {manners.delay_seconds:g} s as {manners.user_agent}; "
        f"keeps for {source.retention_days:,} days."
    )


def page_lines(file: str, checked: Checked) -> Iterator[str]:
    """Tell what a page was read as, line by line."""
    yield _line(0, f"{file}, read as {checked.url}")
    if not checked.is_allowed:
        yield _line(1, "would not be fetched: it is outside of what the source allows")
    yield _line(1, checked.reading.outcome.value)
    if checked.findings:
        yield _line(1, "selectors")
        yield from _columns(map(_found, checked.findings))
    for creator in checked.reading.creators:
        yield _line(1, f"creator {creator.id}")
        yield from _columns(_stated(creator))
    for creator_id in checked.reading.leave_out:
        yield _line(1, f"to be left out: {creator_id}")
    yield from _list("follows", checked.followed)
    yield from _list("links outside of what the source allows", checked.outside)
    yield from _list("problems", checked.reading.problems)


def summary(pages: Sequence[Checked]) -> Iterator[str]:
    """Tell of all pages together, and name the selectors that found nothing on any of them."""
    creators = {creator.id for page in pages for creator in page.reading.creators}
    followed = {url for page in pages for url in page.followed}
    yield (
        f"{_counted(len(pages), 'page')} read, {_counted(len(creators), 'creator')}, "
        f"{_counted(len(followed), 'address', 'addresses')} to follow."
    )
    unread = sum(page.reading.outcome is not Outcome.FETCHED for page in pages)
    if unread:
        yield f"{_counted(unread, 'page')} gave nothing: the reason stands above."
    found: dict[tuple[str, str], int] = {}
    for finding in (finding for page in pages for finding in page.findings):
        key = (_NUMBER.sub("", finding.where), finding.css)
        found[key] = found.get(key, 0) + (0 if finding.value is None else 1)
    idle = [f"{where} ({css})" for (where, css), count in found.items() if not count]
    if idle:
        yield harmless(f"Found nothing on any page: {', '.join(idle)}.")


def _found(finding: Finding) -> tuple[str, ...]:
    value = "nothing" if finding.value is None else _shown(finding.value)
    return (finding.where, _shown(finding.css), _counted(finding.count, "element"), value)


def _stated(creator: Creator) -> Iterator[tuple[str, ...]]:
    for name in Creator.__dataclass_fields__:
        value = getattr(creator, name)
        if name not in _NOT_STATED and value is not None:
            origin = creator.provenance.get(name)
            dated = "" if origin is None or origin.observed_at is None else f", {origin.observed_at}"
            yield (name, f"{origin.source}{dated}" if origin else "no origin", _shown(_text(value)))
    for number, post in enumerate(creator.posts[:MOST_LISTED], start=1):
        yield (f"post {number}", post.source or "no origin", _shown(_post_text(post)))
    if len(creator.posts) > MOST_LISTED:
        yield ("posts", "", f"and {len(creator.posts) - MOST_LISTED:,} more")


def _post_text(post: Post) -> str:
    counts = [
        f"{getattr(post, name):,} {name}"
        for name in ("views", "likes", "comments", "shares")
        if getattr(post, name) is not None
    ]
    tags = " ".join(f"#{tag}" for tag in post.hashtags)
    day = str(post.published_at) if post.published_at else ""
    return " · ".join(part for part in (day, post.title, post.text, tags, *counts, post.url) if part)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, tuple):
        return ", ".join(map(_text, value)) or "none"
    if isinstance(value, Contact):
        return f"{value.type} {value.value}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {inner}" for key, inner in value.items())
    return value.isoformat() if isinstance(value, date) else str(value)


def _list(title: str, entries: Sequence[str]) -> Iterator[str]:
    if not entries:
        return
    yield _line(1, title)
    for entry in entries[:MOST_LISTED]:
        yield _line(2, _shown(entry, most=200))
    if len(entries) > MOST_LISTED:
        yield _line(2, f"and {len(entries) - MOST_LISTED:,} more")


def _columns(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Lay rows out under each other; the last column is as long as it likes."""
    kept = list(rows)
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
    for row in kept:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield _line(2, "  ".join(cells).rstrip())


def _line(depth: int, text: str) -> str:
    return "  " * depth + harmless(text)


def _shown(text: str, most: int = MOST_SHOWN) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def _counted(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
