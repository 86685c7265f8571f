"""Podcast Index: from feeds to creators over a real server, the same creators that their feeds give."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest

from crawl_config.source import Parser
from discovery.creator import Creator, CreatorId, Platform, Post
from discovery.errors import InvalidInput
from indexer.crawl.apis.podcast_index import PodcastIndex
from indexer.crawl.document import Outcome, Reading
from indexer.crawl.feeds.reader import Feeds
from tests.indexer.crawl import walking
from tests.indexer.crawl.apis import podcast_index_answers as answers
from tests.indexer.crawl.invented import NAME, NOW, by, document, source, task
from tests.indexer.crawl.walking import Said, walk

KEYS = {"key": "PODCAST_KEY", "secret": "PODCAST_SECRET"}
VARIABLES = {"PODCAST_KEY": "invented", "PODCAST_SECRET": "more"}
EPISODES = "/episodes/byfeedid?id=75075&max=30&fulltext="

SOIL = Creator(
    id=CreatorId("podcast:feeds.soil.example/show.xml"),
    platform=Platform.PODCAST,
    name="Soil talk (invented)",
    url=answers.URL,
    bio="Everything about soil & worms.\nAda Madeup",
    language="en",
    categories=("Science", "Natural"),
    posts_total=48,
    links=("https://soil.example/",),
    posts=(
        Post(
            id="soil-12",
            title="Worms at work",
            text="What worms do. Notes\n#compost",
            url="https://soil.example/12",
            published_at=date(2026, 2, 17),
            hashtags=("compost",),
            source=NAME,
        ),
    ),
    provenance=by(
        *("platform", "name", "url", "bio", "language", "categories", "posts_total", "links", "posts")
    ),
)


@pytest.fixture
def index() -> Iterator[walking.Platform]:
    with walking.platform() as played:
        yield played


@pytest.mark.parametrize(
    ("seed", "asked"),
    [
        ("75075", "/podcasts/byfeedid?id=75075"),
        (answers.URL, f"/podcasts/byfeedurl?url={quote(answers.URL, safe=':')}"),
    ],
)
def test_a_feed_and_its_episodes_become_a_creator(index: walking.Platform, seed: str, asked: str) -> None:
    index.answers = {
        asked: Said(body=answers.feed()),
        EPISODES: Said(body=answers.episodes(answers.episode())),
    }
    walked = walk(PodcastIndex(index.base), source(Parser.PODCAST_INDEX, seed, keys=KEYS), VARIABLES)

    assert walked.creators == {SOIL.id: SOIL}
    assert walked.outcomes == [("podcast", Outcome.FETCHED), ("episodes", Outcome.FETCHED)]
    assert (walked.problems, walked.left_out) == ([], [])
    assert index.asked == [*index.answers]
    assert all(one["x-auth-key"] == "invented" for one in index.headers)
    assert all(one["x-auth-date"] == str(int(NOW.timestamp())) for one in index.headers)


def test_the_feed_itself_gives_the_same_creator() -> None:
    rss = b"""<rss version="2.0"><channel><title>Soil talk</title>
        <item><title>12</title><enclosure url="https://cdn.example/12.mp3" type="audio/mpeg"/></item>
        </channel></rss>"""
    found = Feeds().read(document(rss), task(answers.URL), source(Parser.FEED))
    assert [one.id for one in found.creators] == [SOIL.id]


def read(body: object, status: int = 200) -> Reading:
    return PodcastIndex().read(
        document(body, status=status), task(step="podcast"), source(Parser.PODCAST_INDEX)
    )


def test_a_dead_or_unknown_feed_is_gone() -> None:
    assert read(answers.feed(dead=1)).outcome is Outcome.GONE
    assert (
        read({"status": "true", "feed": [], "description": "No feeds match this id."}).outcome is Outcome.GONE
    )


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (400, {"status": "false", "description": "This call requires a valid `id`."}, Outcome.CLIENT_ERROR),
        (401, b"Authorization header was either not set or incorrect", Outcome.UNAUTHORISED),
        (429, b"", Outcome.BUSY),
        (500, b"", Outcome.SERVER_ERROR),
        (200, {"status": "false"}, Outcome.UNREADABLE),
        (200, b"nothing", Outcome.UNREADABLE),
    ],
)
def test_every_error_has_a_named_end(status: int, body: object, outcome: Outcome) -> None:
    reading = read(body, status)
    assert (reading.outcome, reading.creators, reading.follow) == (outcome, (), ())
    assert len(reading.problems) == 1


def test_an_explicit_feed_says_so_and_an_episode_without_a_guid_has_its_number() -> None:
    (creator,) = read(answers.feed(explicit=True, author=None)).creators
    assert (creator.categories, creator.bio) == (
        ("Science", "Natural", "Explicit"),
        "Everything about soil & worms.",
    )
    (asked,) = read(answers.feed()).follow
    bare = answers.episodes(answers.episode(guid=None, datePublished=10**18, link="mailto:x"))
    (found,) = PodcastIndex().read(document(bare), asked, source(Parser.PODCAST_INDEX)).creators
    (post,) = found.posts
    assert (post.id, post.published_at, post.url) == ("16795090", None, None)


def test_seeds_that_are_no_feeds_are_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        PodcastIndex().start(source(Parser.PODCAST_INDEX, "12", "a name", "ftp://x.example/feed"))
    assert [problem.field for problem in refused.value.problems] == ["seeds[1]", "seeds[2]"]
