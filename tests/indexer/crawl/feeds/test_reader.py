"""Feeds to creators: exact values for each format, and what is refused."""

from datetime import date
from hashlib import blake2b

import pytest

from crawl_config.source import Parser
from discovery.creator import Contact, Creator, CreatorId, Platform, Post
from discovery.errors import InvalidInput
from indexer.crawl.document import Outcome
from indexer.crawl.feeds.reader import Feeds
from tests.indexer.crawl import walking
from tests.indexer.crawl.feeds.documents import ATOM, CHANNEL, PODCAST, RSS, YOUTUBE, rss
from tests.indexer.crawl.feeds.reading import BLOG, only, read
from tests.indexer.crawl.invented import DAY, NAME, by, source
from tests.indexer.crawl.walking import Said, walk

SHOW = "https://soil.example/Feed?id=1"
UNDATED = blake2b(b"\n\nUndated\nNo day, no link", digest_size=12).hexdigest()
VIDEOS = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"


def test_a_blog() -> None:
    assert only(read(RSS)) == Creator(
        id=CreatorId("website:bread.example"),
        platform=Platform.WEBSITE,
        name="Slow bread & books",
        url="https://www.bread.example/",
        bio="A blog about rye",
        language="en",
        categories=("Baking",),
        posts=(
            Post(
                id="bread.example/rye",
                title="Rye in three days",
                text="Day one is slow.\n#patience",
                url="https://www.bread.example/rye",
                published_at=date(2026, 2, 11),
                hashtags=("patience", "Rye", "Sour dough"),
                source=NAME,
            ),
            Post(
                id=f"content:{UNDATED}",
                title="Undated",
                text="No day, no link",
                source=NAME,
            ),
        ),
        provenance=by("platform", "name", "url", "bio", "language", "categories", "posts"),
    )


def test_an_atom_feed() -> None:
    assert only(read(ATOM, "https://garten.example/atom.xml")) == Creator(
        id=CreatorId("website:garten.example"),
        platform=Platform.WEBSITE,
        name="Notizen <3",
        url="https://garten.example/",
        bio="Garten und Erde",
        language="de",
        categories=("Garten",),
        posts=(
            Post(
                id="garten.example/2",
                title="Kompost",
                text="Warm\nund feucht",
                url="https://garten.example/2",
                published_at=date(2026, 2, 20),
                source=NAME,
            ),
        ),
        provenance=by("platform", "name", "url", "bio", "language", "categories", "posts"),
    )


def test_a_podcast() -> None:
    assert only(read(PODCAST, SHOW)) == Creator(
        id=CreatorId("podcast:soil.example/feed?id=1"),
        platform=Platform.PODCAST,
        name="Soil talk",
        url=SHOW,
        bio="Everything about soil.\nAda Madeup",
        language="en",
        categories=("Science", "Nature", "Explicit"),
        contacts=(Contact(type="email", value="ada@soil.example"),),
        links=("https://soil.example/",),
        posts=(
            Post(
                id="soil-12",
                title="Worms at work",
                text="What worms do. #compost",
                published_at=date(2026, 2, 17),
                hashtags=("compost",),
                source=NAME,
            ),
        ),
        provenance=by(
            *("platform", "name", "url", "bio", "language", "categories", "contacts", "links", "posts")
        ),
    )


MIRA = Creator(
    id=CreatorId(f"youtube:{CHANNEL}"),
    platform=Platform.YOUTUBE,
    name="Mira bakes (invented)",
    url=f"https://www.youtube.com/channel/{CHANNEL}",
    posts=(
        Post(
            id="yt:video:video000001",
            title="Rye #bread <3",
            text="All of it:\na <b> is no tag here. #rye",
            url="https://www.youtube.com/watch?v=video000001",
            published_at=date(2026, 2, 13),
            observed_at=DAY,
            hashtags=("bread", "rye"),
            views=4400,
            likes=380,
            source=NAME,
        ),
    ),
    provenance=by("platform", "name", "url", "posts"),
)


def test_a_channel_of_youtube() -> None:
    assert only(read(YOUTUBE, VIDEOS)) == MIRA
    assert only(read(YOUTUBE, "https://mirror.example/mira.xml", Platform.YOUTUBE)) == MIRA


def test_nobody_but_youtube_speaks_for_a_channel() -> None:
    creator = only(read(YOUTUBE, "https://evil.example/feed.xml"))
    assert (creator.id, creator.platform) == ("website:evil.example/feed.xml", Platform.WEBSITE)
    assert [(post.views, post.likes) for post in creator.posts] == [(None, None)]


def test_a_feed_speaks_for_its_own_host_alone() -> None:
    creator = only(read(RSS, "https://evil.example/feed.xml"))
    assert (creator.id, creator.url) == ("website:evil.example/feed.xml", "https://evil.example/feed.xml")
    assert only(read(PODCAST, "https://evil.example/p")).id == "podcast:evil.example/p"


@pytest.mark.parametrize(
    ("rating", "likes"),
    [
        ('count="380" average="5.00" min="1" max="5"', 380),
        ('count="380" average="4.90" min="1" max="5"', None),
        ('count="0" average="0.00" min="1" max="5"', None),
        ('count="many" average="5.00" max="5"', None),
        ('count="5"', None),
        ('count="5" average="x" max="x"', None),
    ],
)
def test_ratings_are_likes_only_when_all_of_them_are(rating: str, likes: int | None) -> None:
    usual = 'count="380" average="5.00" min="1" max="5"'
    (post,) = only(read(YOUTUBE.replace(usual, rating), VIDEOS)).posts
    assert (post.likes, post.views) == (likes, 4400)


def test_a_walk_over_feeds_on_a_server() -> None:
    with walking.platform() as web:
        web.answers = {"/a.xml": Said(body=PODCAST.encode()), "/b.xml": Said(body=RSS.encode())}
        seeds = (f"{web.base}/a.xml", f"{web.base}/b.xml", f"{web.base}/a.xml")
        walked = walk(Feeds(), source(Parser.FEED, *seeds))
        assert web.asked == ["/a.xml", "/b.xml"]
        host = web.host.partition(":")[0]
        assert set(walked.creators) == {f"podcast:{host}/a.xml", f"website:{host}/b.xml"}


@pytest.mark.parametrize("wish", ["itunes:block>Yes</itunes:block", "podcast:block> true </podcast:block"])
def test_a_podcast_that_asks_to_be_left_out_is(wish: str) -> None:
    reading = read(PODCAST.replace("<language>", f"<{wish}><language>"), SHOW)
    assert (reading.outcome, reading.creators) == (Outcome.NOINDEX, ())
    assert reading.leave_out == ("podcast:soil.example/feed?id=1",)


@pytest.mark.parametrize("wish", ["itunes:block>no</itunes:block", 'podcast:block id="x">yes</podcast:block'])
def test_a_wish_to_others_is_none(wish: str) -> None:
    assert only(read(PODCAST.replace("<language>", f"<{wish}><language>"), SHOW)).name == "Soil talk"


def test_what_is_said_to_robots_is_kept_to() -> None:
    meta = '<xhtml:meta xmlns:xhtml="http://www.w3.org/1999/xhtml" name="robots" content="noindex"/>'
    for reading in (read(RSS.replace("<language>", f"{meta}<language>")), read(RSS, x_robots_tag="noindex")):
        assert (reading.outcome, reading.creators, reading.leave_out) == (Outcome.NOINDEX, (), ())
    creator = only(read(RSS, x_robots_tag="nosnippet"))
    assert (creator.bio, [post.text for post in creator.posts]) == (None, [None, None])


def test_an_age_below_18_is_not_listed() -> None:
    reading = read(PODCAST.replace("Everything about soil.", "I'm 14 and I dig"), SHOW)
    assert (reading.creators, reading.leave_out) == ((), ("podcast:soil.example/feed?id=1",))


def test_of_a_long_feed_the_first_entries_are_read() -> None:
    items = "".join(f"<item><title>E{n}</title><guid>{n}</guid></item>" for n in range(3_000))
    creator = only(read(rss(f"<title>T</title>{items}")))
    assert {post.id for post in creator.posts} == {str(n) for n in range(200)}


@pytest.mark.parametrize("platform", [Platform.MASTODON, Platform.BLUESKY, Platform.INSTAGRAM])
def test_platforms_whose_wishes_no_feed_tells_are_refused(platform: Platform) -> None:
    with pytest.raises(
        InvalidInput, match="is not read from feeds: feeds do not tell who wants to be found there"
    ):
        Feeds().start(source(Parser.FEED, BLOG, platform=platform))


@pytest.mark.parametrize(
    ("url", "generator", "platform"),
    [
        ("https://social.example/@mira.rss", "Mastodon v4.4.1", None),
        ("https://social.example/@mira.rss", "", Platform.MASTODON),
        ("https://bsky.app/profile/did:plc:x/rss", "", None),
    ],
)
def test_a_feed_of_such_a_platform_is_not_read(url: str, generator: str, platform: Platform | None) -> None:
    feed = RSS.replace("<language>", f"<generator>{generator}</generator><language>")
    reading = read(feed, url, platform)
    assert (reading.outcome, reading.creators, len(reading.problems)) == (Outcome.UNREADABLE, (), 1)


def test_links_that_lead_nowhere_and_links_to_be_made_whole() -> None:
    item = "<item><title>E</title><link>{}</link></item>"
    entries = "".join(map(item.format, ("/a", "http://[x", "javascript:x", "../b?c")))
    creator = only(read(rss(f"<title>T</title><link>http://[x</link>{entries}"), "https://a.example/x/feed"))
    assert creator.url == "https://a.example/x/feed"
    assert {post.url for post in creator.posts} == {"https://a.example/a", "https://a.example/b?c", None}


def test_of_very_long_entries_the_first_are_read() -> None:
    words = "word " * 10_000
    items = "".join(f"<item><guid>{n}</guid><description>{words}</description></item>" for n in range(100))
    creator = only(read(rss(f"<title>T</title>{items}")))
    assert {post.id for post in creator.posts} == {str(n) for n in range(39)}
