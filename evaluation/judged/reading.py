"""Answers to be read by a person: who stands at the top of a brief that rules something out, and by what.

Nothing is judged here: whether a creator breaks an exclusion is for the reader to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from discovery.brief import Brief
from discovery.errors import InvalidInput, Problem
from discovery.match import ExclusionVerdict, Match
from discovery.matching import Matcher
from discovery.understanding.parts import PartKind
from evaluation.judged.lines import BadField, first_line, read_items
from evaluation.judged.systems import Progress, no_progress
from evaluation.judged.table import Table

TOP = 10
BIO_LENGTH = 160
TITLES = 5
TITLE_LENGTH = 70
_IDS = ("id", "brief_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """A brief that rules something out. `exclusion` is what, in its own words, if the table says it."""

    id: str
    text: str
    exclusion: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of a creator: the starts of the bio and of the newest posts, and the verdicts."""

    rank: int
    name: str
    bio: str
    posts: tuple[str, ...]
    exclusions: tuple[ExclusionVerdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The top of one answer: what was read as ruled out, how many that left out, and who stands there."""

    brief: ToRead
    understood: tuple[str, ...]
    ruled_out: int
    creators: tuple[Shown, ...]


def read_to_read(path: Path) -> tuple[ToRead, ...]:
    """Read a table, parted by tabs, with the columns `id` (or `brief_id`) and `text`, and `exclusion` if any.

    Raises:
        InvalidInput: with file, line and field of what cannot be read.
    """
    header = first_line(path).split("\t")
    names = [name for name in _IDS if name in header]
    if not names or "text" not in header:
        message = "has no columns id and text; begin with the line id text exclusion, parted by tabs"
        raise InvalidInput([Problem(field=f"{path.name}, line 1", message=message, value=header)])
    return tuple(
        read_items(
            path,
            lambda line: _to_read(dict(zip(header, line.split("\t"), strict=False)), names[0]),
            header=True,
        )
    )


def pages(matcher: Matcher, briefs: Sequence[ToRead], progress: Progress = no_progress) -> tuple[Page, ...]:
    """Search every brief."""
    found = []
    for done, brief in enumerate(briefs, start=1):
        found.append(_page(matcher, brief))
        progress("searching", done, len(briefs))
    return tuple(found)


def page_table(page: Page) -> Table:
    """Show a page: what is asked, what was read as ruled out, and who stands at the top."""
    understood = "; ".join(page.understood) or "nothing"
    wanted = f" (ruled out: {page.brief.exclusion})" if page.brief.exclusion else ""
    rows = tuple(
        (
            str(one.rank),
            one.name,
            one.bio,
            " | ".join(one.posts),
            "; ".join(f"{each.status.value}, {each.count} of {each.seen}" for each in one.exclusions),
        )
        for one in page.creators
    )
    return Table(
        title=f"{page.brief.id}: {page.brief.text}{wanted}; read as ruled out: {understood}; "
        f"left out: {page.ruled_out}",
        columns=("rank", "name", "bio", "newest posts", "exclusions"),
        rows=rows,
    )


def _page(matcher: Matcher, brief: ToRead) -> Page:
    ranking = matcher.search(Brief(query=brief.text, limit=TOP))
    parts = ranking.understood.of(PartKind.EXCLUSION) if ranking.understood else ()
    return Page(
        brief=brief,
        understood=tuple(part.text or "" for part in parts),
        ruled_out=ranking.ruled_out,
        creators=tuple(map(_shown, ranking.matches)),
    )


def _shown(match: Match) -> Shown:
    posts = (post.title or post.caption for post in match.creator.recent_posts)
    return Shown(
        rank=match.rank,
        name=match.creator.name,
        bio=(match.creator.bio or "")[:BIO_LENGTH],
        posts=tuple(text[:TITLE_LENGTH] for text in posts if text.strip())[:TITLES],
        exclusions=match.exclusions,
    )


def _to_read(cells: dict[str, str], name: str) -> ToRead:
    for field in (name, "text"):
        if not cells.get(field, "").strip():
            raise BadField(field, "is empty; part the columns by tabs", cells.get(field))
    exclusion = cells.get("exclusion", "").strip()
    return ToRead(id=cells[name].strip(), text=cells["text"].strip(), exclusion=exclusion or None)
