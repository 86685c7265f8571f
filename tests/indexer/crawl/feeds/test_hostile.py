"""Feeds that are made to be slow, or to break something: each ends, in a named way."""

import pytest

from indexer.crawl.document import Outcome
from tests.indexer.crawl.feeds.documents import rss
from tests.indexer.crawl.feeds.reading import read

HOSTILE = {
    "nested": "<rss><channel>" + "<a>" * 200_000,
    "attributes": "<rss><channel " + " ".join(f'a{n}="x"' for n in range(60_000)) + "></channel></rss>",
    "namespaces": "<rss " + " ".join(f'xmlns:a{n}="x{n}"' for n in range(20_000)) + "><channel/></rss>",
    "address": rss(f"<managingEditor>{'a' * 400_000}</managingEditor>"),
    "contents": rss(f"<item>{'<description>&lt;p&gt;</description>' * 60_000}</item>"),
    "unclosed": "<rss><channel><title>" + "<![CDATA[" * 60_000,
    "signs": "<rss><channel><title>" + "<" * 600_000,
    "spaces": " " * 3_000_000 + "<rss/>",
    "comments": "<!--" * 300_000,
    "instructions": "<?a?>" * 200_000 + "<rss/>",
    "doctypes": "<!DOCTYPE a>" * 100_000 + "<rss/>",
    "date": rss(f"<item><pubDate>{'1 ' * 500_000}</pubDate></item>"),
    "markup": rss(f"<item><description>{'&lt;b&gt;' * 200_000}</description></item>"),
    "elements": "<rss><channel><item><description>" + "<b>x</b>" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_be_slow_ends(name: str) -> None:
    """Some take minutes where feedparser reads them as they came: long addresses, many attributes."""
    reading = read(HOSTILE[name])
    assert reading.outcome in {Outcome.FETCHED, Outcome.UNREADABLE}
    assert all(creator.followers is None for creator in reading.creators)
