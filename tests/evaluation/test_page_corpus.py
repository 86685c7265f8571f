"""The invented pages of the benchmark of extraction are large enough, and are read."""

from statistics import median

import pytest

from evaluation.benchmark.extraction import measure_extraction
from evaluation.benchmark.page_corpus import KINDS, page_corpus
from tests.indexer.crawl.reading.invented import read

POSTS = (12, 1, 20, 10, 0, 1)
"""How many posts a page of each kind holds, in the order of the kinds."""


def test_the_median_page_has_100_kilobytes() -> None:
    assert median(len(body) for _, body in page_corpus()) >= 100_000


def test_the_same_seed_makes_the_same_pages() -> None:
    assert page_corpus(seed=1, each=1) == page_corpus(seed=1, each=1)
    assert page_corpus(seed=1, each=1) != page_corpus(seed=2, each=1)


@pytest.mark.parametrize("place", range(len(KINDS)), ids=lambda place: KINDS[place].__name__.strip("_"))
def test_a_creator_is_read_on_every_kind_of_page(place: int) -> None:
    url, body = page_corpus(each=1)[place]
    (creator,) = read(body, url).creators
    assert len(creator.posts) == POSTS[place]


def test_the_figures_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    measure_extraction(rounds=1, each=1)
    told = capsys.readouterr().out
    assert "extraction: pages " in told
    assert "extraction: times the parse alone, in total" in told
