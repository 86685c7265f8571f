"""YouTube's Data API: from handles and ids to creators over a real server, and how it says no."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from crawl_config.source import Parser
from discovery.creator import Creator, CreatorId, Platform, Post
from discovery.errors import InvalidInput
from indexer.crawl.apis.youtube import YouTube
from indexer.crawl.document import ONCE, Outcome, Reading, Task
from tests.indexer.crawl import walking
from tests.indexer.crawl.apis import youtube_answers as answers
from tests.indexer.crawl.invented import DAY, NAME, by, document, source, task
from tests.indexer.crawl.walking import Said, walk

KEYS = {"key": "INVENTED_KEY"}
VARIABLES = {"INVENTED_KEY": "AIza-invented"}
CHANNELS = "/channels?part=snippet,statistics,contentDetails,topicDetails,status&"
ITEMS = f"/playlistItems?part=contentDetails&playlistId={answers.UPLOADS}&maxResults=50"
VIDEOS = "/videos?part=snippet,statistics,status{}&id="
PAID = ",paidProductPlacementDetails"

MIRA = Creator(
    id=CreatorId(f"youtube:{answers.CHANNEL}"),
    platform=Platform.YOUTUBE,
    name="Mira bakes (invented)",
    handle="@mirabakes",
    url=f"https://www.youtube.com/channel/{answers.CHANNEL}",
    bio="Bread every Friday.\nhttps://mira.example/",
    country="DE",
    categories=("Food", "Lifestyle (sociology)"),
    followers=45_600,
    posts_total=321,
    links=("https://mira.example/",),
    posts=(
        Post(
            id=f"yt:video:{answers.VIDEO}",
            title="Rye #bread",
            text="All of it. #rye",
            url=f"https://www.youtube.com/watch?v={answers.VIDEO}",
            published_at=date(2026, 2, 13),
            observed_at=DAY,
            hashtags=("bread", "rye", "sourdough"),
            views=4400,
            likes=380,
            comments=41,
            sponsored=True,
            source=NAME,
        ),
    ),
    provenance=by(
        *("platform", "name", "handle", "url", "bio", "country", "categories", "followers", "posts_total"),
        *("links", "posts"),
    ),
)


@pytest.fixture
def google() -> Iterator[walking.Platform]:
    with walking.platform() as played:
        yield played


def test_a_channel_and_its_videos_become_a_creator(google: walking.Platform) -> None:
    found = [answers.video(), answers.video(answers.UNLISTED, status={"privacyStatus": "unlisted"})]
    google.answers = {
        f"{CHANNELS}forHandle=%40mirabakes&maxResults=50": Said(
            body=answers.listing("channel", answers.channel())
        ),
        ITEMS: Said(
            body=answers.listing("playlistItem", *map(answers.item, (answers.VIDEO, answers.UNLISTED)))
        ),
        f"{VIDEOS.format(PAID)}{answers.VIDEO},{answers.UNLISTED}": Said(
            body=answers.listing("video", *found)
        ),
    }
    walked = walk(YouTube(google.base), source(Parser.YOUTUBE, "@mirabakes", keys=KEYS), VARIABLES)

    assert walked.creators == {MIRA.id: MIRA}
    assert walked.outcomes == [(step, Outcome.FETCHED) for step in ("channels", "uploads", "videos")]
    assert (walked.problems, walked.left_out) == ([], [])
    assert google.asked == [*google.answers]
    assert [one["x-goog-api-key"] for one in google.headers] == ["AIza-invented"] * 3


def test_paid_promotion_that_is_not_told_is_unknown(google: walking.Platform) -> None:
    google.answers = {
        f"{CHANNELS}id={answers.CHANNEL}&maxResults=50": Said(
            body=answers.listing("channel", answers.channel())
        ),
        ITEMS: Said(body=answers.listing("playlistItem", answers.item(answers.VIDEO))),
        f"{VIDEOS.format(PAID)}{answers.VIDEO}": Said(body=answers.error(403, "forbidden"), status=403),
        f"{VIDEOS.format('')}{answers.VIDEO}": Said(
            body=answers.listing("video", answers.video(paidProductPlacementDetails=None))
        ),
    }
    walked = walk(YouTube(google.base), source(Parser.YOUTUBE, answers.CHANNEL, keys=KEYS), VARIABLES)
    (post,) = walked.creators[MIRA.id].posts
    assert (post.sponsored, post.views) == (None, 4400)
    assert google.asked == [*google.answers]
    assert walked.problems == ["paid promotion is not told (forbidden: told in words)"]


def channels(*items: dict[str, Any], url: str = "https://x.example/channels?id=a") -> Reading:
    answer = document(answers.listing("channel", *items))
    return YouTube().read(answer, task(url, step="channels"), source(Parser.YOUTUBE))


def test_fifty_ids_are_asked_for_at_once_and_handles_singly() -> None:
    ids = [f"UC{place:022}" for place in range(120)]
    tasks = YouTube().start(source(Parser.YOUTUBE, "@one", *ids, "@two", ids[0]))
    assert [one.url.count("UC") for one in tasks] == [50, 50, 20, 0, 0]
    assert not any("search" in one.url or "key" in one.url for one in tasks)


def test_hidden_subscribers_are_unknown() -> None:
    hidden = {"viewCount": "1", "subscriberCount": "0", "hiddenSubscriberCount": True, "videoCount": "3"}
    (creator,) = channels(answers.channel(statistics=hidden)).creators
    assert (creator.followers, creator.posts_total) == (None, 3)
    assert "followers" not in creator.provenance


def test_a_channel_for_children_says_so() -> None:
    (creator,) = channels(answers.channel(status={"madeForKids": True}, topicDetails={})).creators
    assert creator.categories == ("Made for kids",)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": {"privacyStatus": "private"}},
        {"status": {"privacyStatus": "unlisted"}},
        {"snippet": {"title": "x", "description": "Age: 14\nmy vlogs"}},
    ],
)
def test_whom_it_does_not_list(changes: dict[str, Any]) -> None:
    reading = channels(answers.channel(**changes))
    assert (reading.creators, reading.follow, reading.leave_out) == ((), (), (MIRA.id,))
    assert reading.outcome is Outcome.NOINDEX


def test_a_channel_that_is_missing_is_asked_for_alone_and_then_gone() -> None:
    asked = f"https://x.example/channels?id={answers.CHANNEL},{answers.OTHER}"
    reading = channels(answers.channel(), url=asked)
    (uploads, again) = reading.follow
    assert (uploads.step, again.step, again.creator) == ("uploads", "channels", f"youtube:{answers.OTHER}")
    assert f"&id={answers.OTHER}&" in again.url

    gone = YouTube().read(document(answers.listing("channel")), again, source(Parser.YOUTUBE))
    assert (gone.outcome, gone.follow) == (Outcome.GONE, ())


def test_hidden_counts_of_a_video_are_unknown_and_others_videos_are_not_its_own() -> None:
    quiet = answers.video(statistics={"viewCount": "7"}, paidProductPlacementDetails={})
    upcoming = answers.video("video000003")
    upcoming["snippet"] = upcoming["snippet"] | {"liveBroadcastContent": "upcoming"}
    foreign = answers.video("video000004")
    foreign["snippet"] = foreign["snippet"] | {"channelId": answers.OTHER}
    reading = YouTube().read(
        document(answers.listing("video", quiet, upcoming, foreign)),
        task(step="videos", channel=answers.CHANNEL),
        source(Parser.YOUTUBE),
    )
    (post,) = reading.creators[0].posts
    assert (post.id, post.views, post.likes, post.comments) == (f"yt:video:{answers.VIDEO}", 7, None, None)
    assert post.sponsored is None


def test_a_channel_without_uploads_is_not_gone() -> None:
    for status, reason in ((404, "playlistNotFound"), (403, "playlistItemsNotAccessible")):
        reading = YouTube().read(
            document(answers.error(status, reason), status=status),
            task(step="uploads", channel=answers.CHANNEL),
            source(Parser.YOUTUBE),
        )
        assert (reading.outcome, len(reading.problems)) == (Outcome.CLIENT_ERROR, 1)


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (403, answers.error(403, "quotaExceeded"), Outcome.QUOTA),
        (403, answers.error(403, "dailyLimitExceeded"), Outcome.QUOTA),
        (403, answers.error(403, "rateLimitExceeded"), Outcome.BUSY),
        (400, answers.BAD_KEY, Outcome.UNAUTHORISED),
        (400, answers.error(400, "keyInvalid"), Outcome.UNAUTHORISED),
        (403, answers.error(403, "accessNotConfigured"), Outcome.UNAUTHORISED),
        (403, answers.error(403, "forbidden"), Outcome.UNAUTHORISED),
        (404, answers.error(404, "channelNotFound"), Outcome.GONE),
        (400, answers.error(400, "invalidFilters"), Outcome.CLIENT_ERROR),
        (503, answers.error(503, "backendError"), Outcome.SERVER_ERROR),
        (500, b"", Outcome.SERVER_ERROR),
    ],
)
@pytest.mark.parametrize("step", ["channels", "videos"])
def test_every_error_has_a_named_end(status: int, body: object, outcome: Outcome, step: str) -> None:
    asked = task("https://x.example/videos?part=snippet&id=a", step=step)
    reading = YouTube().read(document(body, status=status), asked, source(Parser.YOUTUBE))
    assert (reading.outcome, reading.follow, reading.creators) == (outcome, (), ())
    assert len(reading.problems) == 1


@pytest.mark.parametrize("reason", ["quotaExceeded", "rateLimitExceeded", "backendError"])
def test_what_is_no_fault_of_the_part_is_not_asked_again(reason: str) -> None:
    asked = task(f"https://x.example/videos?part=snippet{PAID}&id=a", step="videos")
    reading = YouTube().read(document(answers.error(403, reason), status=403), asked, source(Parser.YOUTUBE))
    assert (reading.follow, reading.outcome is Outcome.FETCHED) == ((), False)


def test_videos_are_asked_for_by_a_list_that_lasts_for_one_visit() -> None:
    page = document(answers.listing("playlistItem", *map(answers.item, (answers.VIDEO, answers.UNLISTED))))
    asked = Task(url="https://x.example/", step="uploads", context={"channel": "c"}, creator=MIRA.id)
    (videos,) = YouTube().read(page, asked, source(Parser.YOUTUBE)).follow
    assert (videos.context, videos.creator) == ({"channel": "c", ONCE: "yes"}, MIRA.id)


def test_an_answer_to_another_question_is_none() -> None:
    reading = YouTube().read(
        document(answers.listing("video")), task(step="channels"), source(Parser.YOUTUBE)
    )
    assert reading.outcome is Outcome.UNREADABLE


def test_seeds_that_are_no_channels_are_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        YouTube().start(source(Parser.YOUTUBE, "@fine", "UCshort", "a name", "@a b"))
    assert [problem.field for problem in refused.value.problems] == ["seeds[1]", "seeds[2]", "seeds[3]"]
