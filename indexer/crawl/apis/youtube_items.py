"""Channels and videos of YouTube: what they state.

Shapes: the resources `channel`, `playlistItem` and `video` of developers.google.com/youtube/v3. Counts come
as digits in a text; hidden ones are left out there, and unknown here. Subscribers are rounded by YouTube. The
languages that a channel names are those of its title and description, not of its videos.
"""

import re
from collections.abc import Iterator

from indexer.crawl.links import links_in
from indexer.crawl.nodes import count, entries, flag, text, texts
from indexer.importers.tags import hashtags_in

CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}")
VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")
CHANNEL_PAGE = "https://www.youtube.com/channel/"

_PLAYLIST_ID = re.compile(r"[A-Za-z0-9_-]{10,64}")
_TOPIC = re.compile(r"https?://[a-z.]{1,20}wikipedia\.org/wiki/([^?#]{1,150})")


def values_of(channel: object, identity: str) -> dict[str, object]:
    """Return what a channel states, by field of a creator."""
    bio = text(channel, "snippet", "description")
    is_hidden = flag(channel, "statistics", "hiddenSubscriberCount")
    return {
        "id": f"youtube:{identity}",
        "platform": "youtube",
        "name": text(channel, "snippet", "title"),
        "handle": text(channel, "snippet", "customUrl"),
        "url": f"{CHANNEL_PAGE}{identity}",
        "bio": bio,
        "country": text(channel, "snippet", "country"),
        "categories": tuple(_categories(channel)) or None,
        "followers": None if is_hidden else count(channel, "statistics", "subscriberCount"),
        "posts_total": count(channel, "statistics", "videoCount"),
        "links": links_in(bio or "") or None,
    }


def is_public(item: object) -> bool:
    """Tell whether a channel or video is public, as far as it says."""
    return text(item, "status", "privacyStatus") in {None, "public"}


def uploads_of(channel: object) -> str | None:
    """Return the playlist of everything that a channel has put up."""
    playlist = text(channel, "contentDetails", "relatedPlaylists", "uploads")
    return playlist if playlist and _PLAYLIST_ID.fullmatch(playlist) else None


def videos_of(page: object) -> tuple[str, ...]:
    """Return the ids of the videos on a page of a playlist."""
    found = (text(item, "contentDetails", "videoId") for item in entries(page, "items"))
    return tuple(dict.fromkeys(one for one in found if one and VIDEO_ID.fullmatch(one)))


def video_of(video: object) -> dict[str, object] | None:
    """Return a video by field of `Post`; `None`: it is not public, or yet to come.

    `sponsored` is what its owner has declared about paid promotion.
    """
    identity = text(video, "id") or ""
    upcoming = text(video, "snippet", "liveBroadcastContent") == "upcoming"
    if not VIDEO_ID.fullmatch(identity) or upcoming or not is_public(video):
        return None
    title, words = text(video, "snippet", "title"), text(video, "snippet", "description")
    said = "\n".join(part for part in (title, words) if part)
    return {
        "id": f"yt:video:{identity}",
        "title": title,
        "text": words,
        "url": f"https://www.youtube.com/watch?v={identity}",
        "published_at": text(video, "snippet", "publishedAt"),
        "hashtags": (*hashtags_in(said), *texts(video, "snippet", "tags")),
        "views": count(video, "statistics", "viewCount"),
        "likes": count(video, "statistics", "likeCount"),
        "comments": count(video, "statistics", "commentCount"),
        "sponsored": flag(video, "paidProductPlacementDetails", "hasPaidProductPlacement"),
    }


def _categories(channel: object) -> Iterator[str]:
    for address in texts(channel, "topicDetails", "topicCategories"):
        if match := _TOPIC.fullmatch(address):
            yield match[1].replace("_", " ")
    if flag(channel, "status", "madeForKids"):
        yield "Made for kids"
