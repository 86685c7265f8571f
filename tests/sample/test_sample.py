"""The sample corpus is what its page says: fictional, varied, and wide enough to show every feature."""

from collections import Counter
from pathlib import Path

import pytest

from discovery.creator import Creator, Platform
from discovery.facets import facets_of
from discovery.filters import FIELDS
from indexer.importers.bad_line import BadLine
from indexer.importers.reading import read

FEATURED = {Platform.INSTAGRAM, Platform.TIKTOK, Platform.YOUTUBE, Platform.PODCAST}
SAMPLE = Path(__file__).parents[2] / "sample" / "creators.jsonl"


@pytest.fixture(scope="module")
def creators() -> list[Creator]:
    found = list(read(str(SAMPLE)))
    assert not [one for one in found if isinstance(one, BadLine)]
    return [one for one in found if isinstance(one, Creator)]


def test_it_is_large_and_varied(creators: list[Creator]) -> None:
    assert len(creators) >= 240
    assert len({one.id for one in creators}) == len(creators)
    assert len({one.categories[0] for one in creators if one.categories}) >= 40
    assert {one.platform for one in creators} == FEATURED
    assert len({one.language for one in creators if one.language}) == 8


def test_everybody_is_fictional_and_says_so(creators: list[Creator]) -> None:
    for one in creators:
        assert one.fictional
        for url in filter(None, [one.url, *(post.url for post in one.posts)]):
            assert url.split("/")[2].endswith(".example")


def test_captions_read_like_people(creators: list[Creator]) -> None:
    captions = [post.caption for one in creators for post in one.posts if post.caption]
    assert len(set(captions)) == len(captions)
    assert all(5 <= sum(1 for post in one.posts if post.caption) <= 12 for one in creators)
    openings = Counter(" ".join(caption.split()[:4]) for caption in captions)
    assert openings.most_common(1)[0][1] <= 5


def test_every_filter_knows_somebody_and_misses_somebody(creators: list[Creator]) -> None:
    facets = [facets_of(one) for one in creators]
    for name in FIELDS:
        known = sum(getattr(one, name) is not None for one in facets)
        assert known >= 30, name
        assert known < len(facets) or name in {"platform", "category", "hashtags", "mentions"}, name


def test_followers_span_what_brands_look_for(creators: list[Creator]) -> None:
    followers = [one.followers for one in creators if one.followers is not None]
    assert min(followers) < 2_000
    assert max(followers) > 2_000_000
