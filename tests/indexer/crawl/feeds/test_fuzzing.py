"""Feeds that chance has damaged: no exception, an end with a name, and nobody but the feed's own."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crawl_config.source import Parser
from discovery.creator import Platform
from indexer.crawl.document import Outcome
from indexer.crawl.feeds.reader import Feeds
from tests.indexer.crawl.feeds.documents import ATOM, CHANNEL, PODCAST, RSS, YOUTUBE
from tests.indexer.crawl.invented import NAME, document, source, task

FEEDS = [RSS, ATOM, PODCAST, YOUTUBE]
PARTS = [re.split(r"(<[^>]*>)", feed) for feed in FEEDS]
SPLICES = [
    *("<", ">", "&", "\0", "]]>", "<![CDATA[", "<!--", "-->", "<?", "?>", "<!DOCTYPE a [", "<!ENTITY a 'b'>"),
    *("&a;", "&#x110000;", "&#55296;", "xmlns=''", "xmlns:itunes='a'", "<itunes:block>yes</itunes:block>"),
    *("<item>", "</item>", "<entry>", "</channel>", "<rss>", "<feed>", "<image><title>", "<textInput>"),
    *("<pubDate>-1</pubDate>", "<dc:date>99999999999999</dc:date>", "<published>2026-02-31</published>"),
    *("<cloud/>", "<enclosure/>", "<guid isPermaLink='x'/>", "<georss:point>a b</georss:point>"),
    *("<media:group><media:community>", "<media:starRating count='9' average='nan' max='nan'/>"),
    *("<psc:chapters><psc:chapter start='x'/>", "<cc:license/>", "<itunes:image/>", "<media:content/>"),
    *("<content type='base64'>!!</content>", "<content type='image/png'>x</content>", "<title/>", "\ud83c"),
]

damaged = st.tuples(
    st.sampled_from(PARTS),
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(SPLICES) | st.text(max_size=6)), max_size=8),
    st.lists(st.integers(0, 400), max_size=6),
)


@given(
    damaged,
    st.sampled_from(["utf-8", "utf-16", "latin-1", "shift_jis"]),
    st.sampled_from(
        ["", "text/xml", "text/xml; charset=utf-16", "x; charset=unicode_escape", "a; charset=\xff"]
    ),
)
def test_a_damaged_feed_ends_well(made: Any, charset: str, content_type: str) -> None:
    parts, splices, missing = made
    pieces = list(parts)
    for place, splice in splices:
        pieces.insert(place % len(pieces), splice)
    for place in missing:
        del pieces[place % len(pieces)]
    check("".join(pieces).encode(charset, "replace"), content_type)


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_end_well(body: bytes, content_type: str) -> None:
    check(body, content_type)
    check(b"<rss version='2.0'><channel><title>" + body, content_type)


def check(body: bytes, content_type: str) -> None:
    url = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"
    for platform in (None, Platform.YOUTUBE):
        reading = Feeds().read(
            document(body, url, 200, content_type=content_type),
            task(url),
            source(Parser.FEED, url, platform=platform),
        )
        assert reading.outcome in {Outcome.FETCHED, Outcome.UNREADABLE, Outcome.NOINDEX}
        assert reading.follow == ()
        for creator in reading.creators:
            assert reading.outcome is Outcome.FETCHED
            assert creator.id.startswith(("youtube:UC", "website:youtube.com", "podcast:youtube.com"))
            assert creator.followers is None
            assert all(post.source == NAME for post in creator.posts)
            assert len(creator.posts) <= 200
