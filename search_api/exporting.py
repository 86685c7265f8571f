"""A ranking as a file: CSV for spreadsheets, NDJSON for programs. Rows come one by one.

Spreadsheet programs run cells that begin like a formula. Texts are written by strangers, so such a cell
gets an apostrophe in front and is quoted. Numbers are our own and stay numbers.
"""

import csv
import io
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Literal

from discovery.match import Ranking
from search_api.payloads import MatchRow
from search_api.rendering import match_rows

Format = Literal["csv", "ndjson"]
MIMETYPES = MappingProxyType({"csv": "text/csv", "ndjson": "application/x-ndjson"})

BYTE_ORDER_MARK = "\ufeff"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CITED = 3

Cell = str | int | float | None


def export_rows(ranking: Ranking, form: Format) -> Iterator[bytes]:
    """Yield the file of a ranking, piece by piece, in UTF-8."""
    return csv_rows(ranking) if form == "csv" else ndjson_rows(ranking)


def ndjson_rows(ranking: Ranking) -> Iterator[bytes]:
    """Yield one match a line, shaped as in the answer to a search."""
    for row in match_rows(ranking):
        yield row.to_json() + b"\n"


def csv_rows(ranking: Ranking) -> Iterator[bytes]:
    """Yield a table with a header, one creator a line, lines ended by CR LF, after a byte order mark."""
    yield BYTE_ORDER_MARK.encode() + _line(list(COLUMNS))
    for row in match_rows(ranking):
        yield _line(_cells(row, ranking.generation))


def safe_cell(value: Cell) -> Cell:
    """Return a cell that no spreadsheet program takes for a formula."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_DANGEROUS):
        return "'" + value
    return value


def _line(cells: list[Cell]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(["" if cell is None else safe_cell(cell) for cell in cells])
    return buffer.getvalue().encode()


def _cells(row: MatchRow, generation: str) -> list[Cell]:
    return [*(read(row) for read in list(COLUMNS.values())[:-1]), generation]


def _cited(position: int, name: str) -> Callable[[MatchRow], Cell]:
    def read(row: MatchRow) -> Cell:
        posts = [cited for cited in row.evidence if cited.kind == "post"]
        if position >= len(posts):
            return None
        value = getattr(posts[position], name)
        return None if value is None else str(value)

    return read


def _rate(row: MatchRow) -> Cell:
    rate = row.profiles[0].engagement_rate
    return None if rate is None else rate.value


def _rate_posts(row: MatchRow) -> Cell:
    rate = row.profiles[0].engagement_rate
    return None if rate is None else rate.posts


def _last_post(row: MatchRow) -> Cell:
    day = row.profiles[0].last_post
    return None if day is None else day.isoformat()


def _flag(value: bool | None) -> Cell:
    return None if value is None else ("yes" if value else "no")


COLUMNS: MappingProxyType[str, Callable[[MatchRow], Cell]] = MappingProxyType(
    {
        "rank": lambda row: row.rank,
        "id": lambda row: row.id,
        "name": lambda row: row.name,
        "platform": lambda row: row.profiles[0].platform,
        "handle": lambda row: row.profiles[0].handle,
        "url": lambda row: row.profiles[0].url,
        "score": lambda row: row.score,
        "fit": lambda row: row.fit,
        "match_probability": lambda row: row.match_probability,
        "posts_on_niche": lambda row: row.share.on_niche,
        "posts_read": lambda row: row.share.posts,
        "followers": lambda row: row.profiles[0].followers,
        "engagement_rate": _rate,
        "engagement_rate_posts": _rate_posts,
        "views": lambda row: row.profiles[0].views,
        "last_post": _last_post,
        "country": lambda row: row.profiles[0].country,
        "language": lambda row: row.profiles[0].language,
        "language_detected": lambda row: (
            found.language if (found := row.profiles[0].language_detected) else None
        ),
        "categories": lambda row: "; ".join(row.profiles[0].categories or ()) or None,
        "verified": lambda row: _flag(row.profiles[0].verified),
        "contacts": lambda row: "; ".join(item.value for item in row.profiles[0].contacts or ()) or None,
        "fictional": lambda row: _flag(row.profiles[0].fictional),
        "scores_by_signal": lambda row: "; ".join(
            f"{part.signal} {part.points:g}" for part in row.contributions
        ),
        "verdicts": lambda row: (
            "; ".join(f"{item.condition}: {item.status}" for item in row.verdicts) or None
        ),
        "exclusions": lambda row: (
            "; ".join(f"{item.text}: {item.status} ({item.basis})" for item in row.exclusions) or None
        ),
        "personal": lambda row: "; ".join(f"{item.text}: {item.status}" for item in row.personal) or None,
        **{
            f"cited_{position + 1}_{name}": _cited(position, name)
            for position in range(_CITED)
            for name in ("text", "published_at", "url")
        },
        "other_profiles": lambda row: (
            "; ".join(f"{one.platform} {one.url or one.id}" for one in row.profiles[1:]) or None
        ),
        "generation": lambda row: None,
    }
)
"""The columns in order, each with how it is read from a match (the generation is the answer's)."""
