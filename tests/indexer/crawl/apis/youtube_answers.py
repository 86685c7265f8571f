"""Answers in the shapes of the YouTube Data API v3. Every channel and video in them is invented."""

from typing import Any

CHANNEL = "UC" + "mira0" * 4 + "00"
OTHER = "UC" + "otto0" * 4 + "00"
UPLOADS = "UU" + CHANNEL[2:]
VIDEO, UNLISTED = "video000001", "video000002"


def channel(identity: str = CHANNEL, **changes: Any) -> dict[str, Any]:
    """Build a channel; parts that are given replace the usual ones."""
    made: dict[str, Any] = {
        "kind": "youtube#channel",
        "etag": "x",
        "id": identity,
        "snippet": {
            "title": "Mira bakes (invented)",
            "description": "Bread every Friday.\nhttps://mira.example/",
            "customUrl": "@mirabakes",
            "publishedAt": "2015-05-05T10:00:00Z",
            "thumbnails": {},
            "defaultLanguage": "en",
            "localized": {"title": "Mira bakes (invented)", "description": "Bread"},
            "country": "DE",
        },
        "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": f"UU{identity[2:]}"}},
        "statistics": {
            "viewCount": "12345678",
            "subscriberCount": "45600",
            "hiddenSubscriberCount": False,
            "videoCount": "321",
        },
        "topicDetails": {
            "topicIds": ["/m/02wbm"],
            "topicCategories": [
                "https://en.wikipedia.org/wiki/Food",
                "https://en.wikipedia.org/wiki/Lifestyle_(sociology)",
            ],
        },
        "status": {"privacyStatus": "public", "isLinked": True, "madeForKids": False},
    }
    return made | changes


def video(identity: str = VIDEO, **changes: Any) -> dict[str, Any]:
    """Build a video; parts that are given replace the usual ones."""
    made: dict[str, Any] = {
        "kind": "youtube#video",
        "etag": "x",
        "id": identity,
        "snippet": {
            "publishedAt": "2026-02-13T16:00:00Z",
            "channelId": CHANNEL,
            "title": "Rye #bread",
            "description": "All of it. #rye",
            "channelTitle": "Mira bakes (invented)",
            "tags": ["sourdough", "rye"],
            "categoryId": "26",
            "liveBroadcastContent": "none",
            "defaultAudioLanguage": "de",
        },
        "statistics": {"viewCount": "4400", "likeCount": "380", "favoriteCount": "0", "commentCount": "41"},
        "status": {"uploadStatus": "processed", "privacyStatus": "public", "madeForKids": False},
        "paidProductPlacementDetails": {"hasPaidProductPlacement": True},
    }
    return made | changes


def listing(kind: str, *items: dict[str, Any]) -> dict[str, Any]:
    """Build the answer of a `list` method: `channel`, `playlistItem` or `video`."""
    return {
        "kind": f"youtube#{kind}ListResponse",
        "etag": "x",
        "pageInfo": {"totalResults": len(items), "resultsPerPage": 50},
        "items": list(items),
    }


def item(identity: str) -> dict[str, Any]:
    """Build an item of a playlist."""
    details = {"videoId": identity, "videoPublishedAt": "2026-02-13T16:00:00Z"}
    return {"kind": "youtube#playlistItem", "etag": "x", "id": f"p-{identity}", "contentDetails": details}


def error(code: int, reason: str, message: str = "told in words") -> dict[str, Any]:
    """Build an error."""
    errors = [{"message": message, "domain": "youtube", "reason": reason}]
    return {"error": {"code": code, "message": message, "errors": errors}}


BAD_KEY = {
    "error": {
        "code": 400,
        "message": "API key not valid. Please pass a valid API key.",
        "errors": [{"message": "API key not valid.", "domain": "global", "reason": "badRequest"}],
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
            }
        ],
    }
}
