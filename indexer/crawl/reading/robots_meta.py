"""What a page asks robots not to do with it: meta elements and X-Robots-Tag. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_AGENT = re.compile(r"\s*(\*|[A-Za-z][\w.-]*)\s*:\s*(.*)", re.DOTALL)
_UNAVAILABLE = "unavailable_after"
_WITH_VALUE = frozenset({_UNAVAILABLE, "max-snippet", "max-image-preview", "max-video-preview"})
_NEXT_YEARS = re.compile(r"(\b\d{1,2}-[A-Za-z]{3}-)(\d{2})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """What may be done with a page: keep it, keep its texts, follow its links. `reason` says why not."""

    index: bool = True
    snippet: bool = True
    follow: bool = True
    reason: str = ""


def permission(metas: Iterable[tuple[str, str]], header: str, product: str, now: datetime) -> Permission:
    """Read the directives for all robots, and for `product`.

    `metas` are names and contents of meta elements, `header` the value of X-Robots-Tag, several joined by
    commas. A directive right behind another robot's name is passed over, all others are kept to: of several
    joined headers nobody can tell where the other robot's end.
    """
    agents = {"robots", product.casefold()}
    said = [one for name, content in metas if name.casefold() in agents for one in _directives(content, "")]
    said += _directives(header, product.casefold())
    index = snippet = follow = True
    reason = ""
    for directive, value in said:
        if directive in {"noindex", "none"} or (directive == _UNAVAILABLE and _is_past(value, now)):
            index, reason = False, reason or f"{directive} {value}".strip()
        snippet = snippet and not (directive == "nosnippet" or (directive == "max-snippet" and value == "0"))
        follow = follow and directive not in {"nofollow", "none"}
    return Permission(index=index, snippet=snippet, follow=follow, reason=reason)


def _directives(text: str, product: str) -> Iterator[tuple[str, str]]:
    """Yield directives in lower case with what stands behind their colon."""
    parts = text[:10_000].split(",")
    for place, part in enumerate(parts):
        words = part
        found = _AGENT.match(words)
        if found and found[1].casefold() not in _WITH_VALUE:
            if found[1].casefold() not in {product, "robots", "*"}:
                continue
            words = found[2]
            found = _AGENT.match(words)
        if found and found[1].casefold() in _WITH_VALUE:
            name, value = found[1].casefold(), found[2].strip()
            if name == _UNAVAILABLE and place + 1 < len(parts) and _moment(value) is None:
                value = f"{value},{parts[place + 1]}"  # "Friday, 25 Jun 2027 15:00:00 GMT" holds a comma
            yield name, value.casefold() if name != _UNAVAILABLE else value
        else:
            yield words.strip().casefold(), ""


def _is_past(value: str, now: datetime) -> bool:
    moment = _moment(value)
    return moment is not None and moment <= now


def _moment(value: str) -> datetime | None:
    text = _NEXT_YEARS.sub(r"\g<1>20\g<2>", value.strip())
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
