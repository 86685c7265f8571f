"""What a source would make of a page, without network and without a record."""

from collections.abc import Mapping
from dataclasses import dataclass

from crawl_config.patterns import allows
from crawl_config.source import Parser, Source
from indexer.crawl.document import Document, Reader, Reading, Task
from indexer.crawl.reading.reader import FEED, PAGE
from indexer.crawl.reading.selecting import Finding, findings


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


def check_page(document: Document, source: Source, readers: Mapping[Parser, Reader]) -> Checked:
    """Read a page or a feed as a crawl of the source would that comes to it from a seed or a link."""
    parser = Parser.FEED if _is_feed(document) else source.parser
    step = FEED if parser is Parser.FEED else PAGE
    reading = readers[parser].read(document, Task(url=document.url, step=step), source)
    urls = tuple(dict.fromkeys(task.url for task in reading.follow))
    return Checked(
        url=document.url,
        is_allowed=allows(source, document.url),
        findings=findings(document, source) if parser is Parser.PAGE else (),
        reading=reading,
        followed=tuple(url for url in urls if allows(source, url)),
        outside=tuple(url for url in urls if not allows(source, url)),
    )


def _is_feed(document: Document) -> bool:
    kind = document.headers.get("content-type", "")
    return "xml" in kind and "html" not in kind
