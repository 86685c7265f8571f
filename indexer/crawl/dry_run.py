"""What a source would make of a page, without network and without a record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from crawl_config.patterns import allows
from crawl_config.source import Source
from indexer.crawl.document import Document, Reader, Reading


class Finding(Protocol):
    """What one selector found: where its value goes, how many elements fit, the value that is taken."""

    @property
    def where(self) -> str:
        """The field: `creator.name`, `post[0].text`."""

    @property
    def css(self) -> str:
        """The selector."""

    @property
    def count(self) -> int:
        """How many elements fit."""

    @property
    def value(self) -> str | None:
        """What was read; `None` for nothing."""


Findings = Callable[[Document, Source], Sequence[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One page as it was read. `followed` are the addresses that would be fetched next, `outside` those not.

    `is_allowed` says whether the page itself would be fetched.
    """

    url: str
    is_allowed: bool
    findings: tuple[Finding, ...]
    reading: Reading
    followed: tuple[str, ...]
    outside: tuple[str, ...]


def check_page(document: Document, source: Source, reader: Reader, findings: Findings | None) -> Checked:
    """Read a page as a crawl of the source would, from its first step on; `findings` looks at its selectors."""
    task = replace(reader.start(source)[0], url=document.url, creator=None)
    reading = reader.read(document, task, source)
    urls = tuple(dict.fromkeys(task.url for task in reading.follow))
    return Checked(
        url=document.url,
        is_allowed=allows(source, document.url),
        findings=tuple(findings(document, source)) if findings else (),
        reading=reading,
        followed=tuple(url for url in urls if allows(source, url)),
        outside=tuple(url for url in urls if not allows(source, url)),
    )
