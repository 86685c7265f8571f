"""Throughput of reading pages: the whole extraction held against BeautifulSoup's own parse of the same pages."""

import gc
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from statistics import median

from bs4 import BeautifulSoup

from crawl_config.source import Allowed, Manners, Parser, Source
from evaluation.benchmark.figures import say
from evaluation.benchmark.page_corpus import page_corpus
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


def measure_extraction(rounds: int = ROUNDS) -> None:
    """Print what reading costs, as a share of the parse alone, both taken in turns in one process."""
    documents = [_document(url, body) for url, body in page_corpus()]
    sizes = [len(document.body) for document in documents]
    creators = sum(len(_read(document).creators) for document in documents)
    parse, read = _in_turns(documents, rounds)
    say(
        "extraction: pages, kB at the median, creators read",
        f"{len(sizes)} {median(sizes) / 1e3:.0f} {creators}",
    )
    say("extraction: BeautifulSoup's own parse with lxml, ms a page", f"{1e3 * sum(parse) / len(parse):.1f}")
    say("extraction: all of it (charset, parse, formats), ms a page", f"{1e3 * sum(read) / len(read):.1f}")
    say("extraction: MB of pages a second, one core", f"{sum(sizes) / 1e6 / sum(read):.1f}")
    say("extraction: times the parse alone, in total", f"{sum(read) / sum(parse):.2f}")
    ratios = sorted(taken / alone for taken, alone in zip(read, parse, strict=True))
    say("extraction: times the parse alone, by page: median, most", f"{median(ratios):.2f} {ratios[-1]:.2f}")


def _in_turns(documents: Sequence[Document], rounds: int) -> tuple[list[float], list[float]]:
    """Return the least seconds that parse and reading take for each document: what else runs only adds."""
    parsed, taken = [], []
    for document in documents:
        text = document.body.decode()
        alone, whole = [], []
        for _ in range(rounds):
            alone.append(_seconds(lambda text=text: BeautifulSoup(text, "lxml")))  # type: ignore[misc]
            whole.append(_seconds(lambda document=document: _read(document)))  # type: ignore[misc]
        parsed.append(min(alone))
        taken.append(min(whole))
    return parsed, taken


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _read(document: Document) -> Reading:
    return PAGES.read(document, Task(url=document.url, step="page"), _SOURCE)


def _document(url: str, body: bytes) -> Document:
    headers = {"content-type": "text/html; charset=utf-8"}
    return Document(
        url=url, status=200, headers=headers, body=body, fetched_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
