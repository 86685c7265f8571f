"""Throughput of reading pages: all of it, held against BeautifulSoup's own parse of the same pages."""

import gc
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from statistics import median

from bs4 import BeautifulSoup

from crawl_config.source import Allowed, Manners, Parser, Source
from evaluation.benchmark.figures import say
from evaluation.benchmark.page_corpus import KINDS, page_corpus
from indexer.crawl.document import Document, Reading, Task
from indexer.crawl.reading.reader import PAGES

ROUNDS = 5

_SOURCE = Source(
    name="benchmark",
    parser=Parser.PAGE,
    enabled=True,
    seeds=(),
    allowed=Allowed(hosts=("*.example",)),
    manners=Manners(contact="benchmark@makers.example"),
    retention_days=1,
    basis="invented pages",
    terms_url="https://makers.example/terms",
    follow=("/",),
)


def measure_extraction(rounds: int = ROUNDS, each: int = 10) -> None:
    """Print what reading costs, as a share of the parse alone, both taken in turns in one process.

    `each` pages of every kind are read `rounds` times."""
    documents = [_document(url, body) for url, body in page_corpus(each=each)]
    sizes = [len(document.body) for document in documents]
    creators = sum(len(_read(document).creators) for document in documents)
    parse, read = _in_turns(documents, rounds)
    say("extraction: pages", len(sizes))
    say("extraction: kB at the median", f"{median(sizes) / 1e3:.0f}")
    say("extraction: creators read", creators)
    say("extraction: BeautifulSoup's own parse with lxml, ms a page", f"{1e3 * sum(parse) / len(parse):.1f}")
    say("extraction: all of it (charset, parse, formats), ms a page", f"{1e3 * sum(read) / len(read):.1f}")
    say("extraction: MB of pages a second, one core", f"{sum(sizes) / 1e6 / sum(read):.1f}")
    say("extraction: times the parse alone, in total", f"{sum(read) / sum(parse):.2f}")
    for place, kind in enumerate(KINDS):
        times = sum(read[place :: len(KINDS)]) / sum(parse[place :: len(KINDS)])
        say(
            f"extraction: times the parse alone, {kind.__name__.strip('_').replace('_', ' ')}", f"{times:.2f}"
        )


def _in_turns(documents: Sequence[Document], rounds: int) -> tuple[list[float], list[float]]:
    """Return the least seconds that parse and reading take for each document: all else only adds.

    The parse is handed text, so that finding out the charset counts for the reading alone.
    """
    parsed, taken = [], []
    for document in documents:
        parse = partial(BeautifulSoup, document.body.decode(), "lxml")
        read = partial(_read, document)
        times = [(_seconds(parse), _seconds(read)) for _ in range(rounds)]
        parsed.append(min(alone for alone, _ in times))
        taken.append(min(whole for _, whole in times))
    return parsed, taken


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _read(document: Document) -> Reading:
    return PAGES.read(document, Task(url=document.url, step="page"), _SOURCE)


def _document(url: str, body: bytes) -> Document:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    headers = {"content-type": "text/html; charset=utf-8"}
    return Document(url=url, status=200, headers=headers, body=body, fetched_at=moment)
