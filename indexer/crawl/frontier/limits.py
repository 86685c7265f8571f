"""Where a crawl stops though there would be more: endless calendars, sessions, copies. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Skip(StrEnum):
    """Why an address that was found is not fetched, or a document not read; each is counted in the report."""

    NO_ADDRESS = "not an address of a page"
    TOO_DEEP = "too many links away from a seed"
    TOO_MANY = "more pages than a source may have"
    ENDLESS = "more pages of one kind than it has creators for"
    COPY = "says the same as another page"
    OLD = "from before the day asked for"
    LIMIT = "limit of this crawl reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a crawl goes.

    Pages of one kind differ in numbers and codes of their address only. `barren` of them may be fetched, and
    `per_creator` more for each creator that was met on them for the first time: a list of profiles goes on,
    a calendar ends.
    """

    depth: int = 20
    pages: int = 200_000
    barren: int = 1_000
    per_creator: int = 20
    hops: int = 10

    def endless(self, pages: int, creators: int) -> bool:
        """Whether a kind of page has had enough pages for the creators that it brought."""
        return pages >= self.barren + self.per_creator * creators
