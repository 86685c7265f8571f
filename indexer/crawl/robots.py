"""robots.txt as RFC 9309 has it: what an answer decides, and what its rules allow. Pure.

protego reads the rules. Before it the text is brought into order: no byte order mark, a limit of size, line
ends as the RFC has them, and of the groups only those that speak to us or to everybody.
"""

import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import islice
from urllib.parse import urljoin

from protego import Protego

from indexer.crawl.document import Answer, Outcome

READ_BYTES = 512 << 10
"""So much of a file is read; the RFC asks for 500 KiB at least, and each rule costs time at each address."""
LONGEST_DELAY = 60.0
"""Seconds; a longer Crawl-delay is taken for this."""
KEPT = timedelta(hours=24)
"""How long an answer stands, as the RFC allows at most."""
CLOSED_FOR = timedelta(hours=1)
"""How soon a file that could not be had is asked for again."""
MOST_SITEMAPS = 100

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\r|\n")
_USER_AGENT = re.compile(r"\s*user[- ]?agent\s*(?::|\s)\s*(.*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]+", re.IGNORECASE)
_OTHERS = "somebody-else"

logging.getLogger("protego").setLevel(logging.CRITICAL)  # it tells of every bad line of strangers


class Decision(StrEnum):
    """What an answer to the question for robots.txt decides."""

    RULES = "rules"
    """There is a file: it decides for each address."""
    OPEN = "open"
    """There is none (4xx): everything may be fetched."""
    CLOSED = "closed"
    """It could not be had (5xx, 429, network, redirects without end): nothing may be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """A decision for one origin, as it is kept; `text` is the file's beginning."""

    decision: Decision
    text: bytes = b""
    stands: timedelta = KEPT


def decide(answer: Answer) -> Robots:
    """Return what an answer decides. Of a file that is too long, nothing is known: nothing may be fetched.

    429 is not taken for "there is none": who is asked too often has not said that all may be fetched.
    """
    if answer.outcome is Outcome.FETCHED and answer.document is not None:
        return Robots(decision=Decision.RULES, text=answer.document.body[:READ_BYTES])
    if answer.outcome is Outcome.GONE or _is_refusal(answer.status):
        return Robots(decision=Decision.OPEN)
    return Robots(decision=Decision.CLOSED, stands=CLOSED_FOR)


def _is_refusal(status: int | None) -> bool:
    return status is not None and 400 <= status < 500 and status != 429


class Rules:
    """The rules of one robots.txt for one product."""

    def __init__(self, text: bytes, product: str) -> None:
        """Read a file, whatever its bytes are. What cannot be read at all allows nothing."""
        self._agent = product.lower()
        self._parsed: Protego | None
        try:
            ordered, named = _in_order(text, self._agent)
            self._parsed = Protego.parse(ordered)
            self._asked = self._agent if named else "*"
        except Exception:  # a library's error on a stranger's text must not end a crawl
            self._parsed, self._asked = None, "*"

    def allows(self, url: str) -> bool:
        """Whether an address may be fetched; robots.txt itself always may."""
        if self._parsed is None:
            return False
        try:
            return bool(self._parsed.can_fetch(url, self._asked))
        except Exception:  # as above
            return False

    @property
    def delay(self) -> float:
        """The Crawl-delay in seconds, at most `LONGEST_DELAY`; 0 when none is asked for."""
        delay = None if self._parsed is None else self._parsed.crawl_delay(self._asked)
        return min(delay or 0.0, LONGEST_DELAY)

    def sitemaps(self, origin: str) -> tuple[str, ...]:
        """The addresses of the sitemaps that it names."""
        if self._parsed is None:
            return ()
        named = islice(self._parsed.sitemaps, MOST_SITEMAPS)
        return tuple(joined for one in named if (joined := _joined(f"{origin}/", one)))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _in_order(text: bytes, agent: str) -> tuple[str, bool]:
    """Return the text with the names of other programs made one, and whether it names `agent`."""
    kept = text.removeprefix(_BOM)[:READ_BYTES]
    if len(text) >= READ_BYTES:
        kept = kept[: max(kept.rfind(b"\n"), kept.rfind(b"\r")) + 1]  # half a line may say the contrary
    lines, named = [], False
    for line in _LINE_END.split(kept.decode("utf-8", "replace")):
        found = _USER_AGENT.fullmatch(line.partition("#")[0])
        name = None if found is None else _token(found[1])
        named |= name == agent
        if name is None:
            lines.append(" ".join(line.splitlines()))  # Python knows more line ends than the RFC
        else:
            lines.append(f"User-agent: {name if name in {agent, '*'} else _OTHERS}")
    return "\n".join(lines), named


def _token(value: str) -> str:
    """`NicheScout/1.0` and `nichescout*` speak to NicheScout, `Niche` does not."""
    value = value.strip()
    if value.startswith("*"):
        return "*"
    found = _TOKEN.match(value)
    return found[0].lower() if found else _OTHERS
