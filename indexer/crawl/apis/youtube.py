"""YouTube Data API v3: channels, their uploads, the figures of videos. With a key. Not yet tried live.

Shapes: `channels.list`, `playlistItems.list` and `videos.list` of developers.google.com/youtube/v3, and its
page of errors. Each call costs one unit, for up to 50 channels or videos; search, which has an allowance of
its own, is never used.

Whether paid promotion is told of other people's videos is described in two ways there; it is asked for, and
when that is refused, the videos are asked for without it.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawl_config.source import Source
from discovery.creator import CreatorId
from indexer.crawl.apis.asking import accounts, address, groups, of_status
from indexer.crawl.apis.youtube_items import (
    CHANNEL_ID,
    is_public,
    uploads_of,
    values_of,
    video_of,
    videos_of,
)
from indexer.crawl.document import ONCE, Document, Outcome, Reading, Task
from indexer.crawl.gathering import Gathered, ended
from indexer.crawl.nodes import entries, parsed, text

BASE = "https://www.googleapis.com/youtube/v3"
MOST_IDS = 50
"""Channels or videos of one call."""

_CHANNEL_PARTS = "snippet,statistics,contentDetails,topicDetails,status"
_VIDEO_PARTS = "snippet,statistics,status"
_PAID_PART = "paidProductPlacementDetails"
_REASONS = {
    "quotaExceeded": Outcome.QUOTA,
    "dailyLimitExceeded": Outcome.QUOTA,
    "dailyLimitExceededUnreg": Outcome.QUOTA,
    "RATE_LIMIT_EXCEEDED": Outcome.BUSY,
    "rateLimitExceeded": Outcome.BUSY,
    "userRateLimitExceeded": Outcome.BUSY,
    "API_KEY_INVALID": Outcome.UNAUTHORISED,
    "keyInvalid": Outcome.UNAUTHORISED,
    "keyExpired": Outcome.UNAUTHORISED,
    "accessNotConfigured": Outcome.UNAUTHORISED,
    "ipRefererBlocked": Outcome.UNAUTHORISED,
    "forbidden": Outcome.UNAUTHORISED,
    "channelNotFound": Outcome.GONE,
    "channelClosed": Outcome.GONE,
    "channelSuspended": Outcome.GONE,
    "backendError": Outcome.SERVER_ERROR,
    "internalError": Outcome.SERVER_ERROR,
}
_NO_LIST = frozenset({"playlistNotFound", "playlistItemsNotAccessible", "playlistForbidden"})
_OF_THE_KEY = frozenset({Outcome.QUOTA, Outcome.BUSY, Outcome.SERVER_ERROR})


@dataclass(frozen=True, slots=True)
class YouTube:
    """Reader of sources whose seeds are channel ids (`UC…`) or handles (`@name`)."""

    base: str = BASE

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return calls for all channels: ids fifty at a time, handles singly.

        Raises:
            InvalidInput: seeds that are neither.
        """
        found = accounts(source, _channel, "a channel id 'UC…' of 24 signs, or '@handle'")
        ids = tuple(one for one in found if not one.startswith("@"))
        handles = tuple(one for one in found if one.startswith("@"))
        return (
            *(self._channels(("id", ",".join(group)), group) for group in groups(ids, MOST_IDS)),
            *(self._channels(("forHandle", handle), ()) for handle in handles),
        )

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read channels, the newest uploads of one, or its videos."""
        node = parsed(document)
        if document.status >= 400:
            return self._failure(document.status, node, task)
        kind = text(node, "kind")
        if task.step == "channels" and kind == "youtube#channelListResponse":
            return self._read_channels(node, task, Gathered(document, source))
        if task.step == "uploads" and kind == "youtube#playlistItemListResponse":
            return self._read_uploads(node, task)
        if task.step == "videos" and kind == "youtube#videoListResponse":
            return self._read_videos(node, task, Gathered(document, source))
        return ended(Outcome.UNREADABLE, f"is no answer to {task.step[:40]!r}")

    def _read_channels(self, node: object, task: Task, gathered: Gathered) -> Reading:
        channels = {text(item, "id") or "": item for item in entries(node, "items")[:MOST_IDS]}
        asked = [one for one in _argument(task.url, "id").split(",") if one]
        if not channels and len(asked) <= 1:
            return ended(Outcome.GONE, "there is no such channel")
        for identity, channel in channels.items():
            if not CHANNEL_ID.fullmatch(identity):
                gathered.problem("a channel without an id")
            elif not is_public(channel):
                gathered.leave_out(f"youtube:{identity}", "is not public")
            elif (creator := gathered.state(values_of(channel, identity))) and (
                uploads := uploads_of(channel)
            ):
                gathered.follow(self._uploads(uploads, identity, creator.id))
        # An answer does not say why a channel is missing in it; asked for alone, it is gone.
        missing = [one for one in asked if one not in channels] if len(asked) > 1 else []
        gathered.follow(*(self._channels(("id", one), (one,)) for one in missing))
        return gathered.reading()

    def _read_uploads(self, node: object, task: Task) -> Reading:
        videos = videos_of(node)
        if not videos:
            return Reading()
        return Reading(follow=(self._videos(",".join(videos[:MOST_IDS]), task, with_paid=True),))

    def _read_videos(self, node: object, task: Task, gathered: Gathered) -> Reading:
        channel = task.context.get("channel", "")
        items = entries(node, "items")[:MOST_IDS]
        own = [item for item in items if text(item, "snippet", "channelId") == channel]
        posts = [post for item in own if (post := video_of(item)) is not None]
        if posts:
            name = text(own[0], "snippet", "channelTitle")
            gathered.state({"id": f"youtube:{channel}", "platform": "youtube", "name": name}, posts)
        return gathered.reading()

    def _failure(self, status: int, node: object, task: Task) -> Reading:
        found = [text(one, "reason") for one in entries(node, "error", "errors")]
        found += [text(one, "reason") for one in entries(node, "error", "details")]
        reasons = [reason for reason in found if reason]
        told = (
            f"{', '.join(reasons)[:80] or status}: {(text(node, 'error', 'message') or 'no message')[:200]}"
        )
        if task.step == "uploads" and (_NO_LIST.intersection(reasons) or status == 404):
            return ended(Outcome.CLIENT_ERROR, f"has no list of uploads ({told})")
        known = [_REASONS[reason] for reason in reasons if reason in _REASONS]
        known.sort(key=lambda one: one is Outcome.UNAUTHORISED)
        outcome = known[0] if known else of_status(status)
        if task.step == "videos" and _PAID_PART in task.url and outcome not in _OF_THE_KEY and status < 404:
            again = self._videos(_argument(task.url, "id"), task, with_paid=False)
            return Reading(follow=(again,), problems=(f"paid promotion is not told ({told})",))
        return ended(outcome, told)

    def _channels(self, which: tuple[str, str], ids: tuple[str, ...]) -> Task:
        url = address(self.base, "channels", ("part", _CHANNEL_PARTS), which, ("maxResults", str(MOST_IDS)))
        alone = CreatorId(f"youtube:{ids[0]}") if len(ids) == 1 else None
        return Task(url=url, step="channels", creator=alone)

    def _uploads(self, playlist: str, channel: str, creator: CreatorId) -> Task:
        arguments = (("part", "contentDetails"), ("playlistId", playlist), ("maxResults", str(MOST_IDS)))
        url = address(self.base, "playlistItems", *arguments)
        return Task(url=url, step="uploads", context={"channel": channel}, creator=creator)

    def _videos(self, ids: str, task: Task, *, with_paid: bool) -> Task:
        parts = f"{_VIDEO_PARTS},{_PAID_PART}" if with_paid else _VIDEO_PARTS
        url = address(self.base, "videos", ("part", parts), ("id", ids))
        return Task(url=url, step="videos", context={**task.context, ONCE: "yes"}, creator=task.creator)


def _channel(seed: str) -> str | None:
    if CHANNEL_ID.fullmatch(seed):
        return seed
    return seed if seed.startswith("@") and 3 <= len(seed[1:]) <= 30 and " " not in seed else None


def _argument(url: str, name: str) -> str:
    return dict(parse_qsl(urlsplit(url).query)).get(name, "")
