"""Answers in the shapes of Bluesky's lexicons. Everybody in them is invented."""

from typing import Any

DID = "did:plc:" + "a" * 24
OTHER = "did:plc:" + "b" * 24
SHY = "did:plc:" + "c" * 24
GONE = "did:plc:" + "d" * 24
BOT = "did:web:bot.example"


def label(value: str, subject: str, **changes: Any) -> dict[str, Any]:
    """Build a label that its subject gave itself."""
    made = {"src": subject, "uri": f"at://{subject}", "val": value, "cts": "2025-01-01T00:00:00.000Z"}
    return made | changes


def profile(did: str = DID, **changes: Any) -> dict[str, Any]:
    """Build a `profileViewDetailed`."""
    made: dict[str, Any] = {
        "did": did,
        "handle": "mira.bsky.example",
        "displayName": "Mira Invented",
        "description": "Sourdough and soil.\nRecipes: https://mira.example/recipes, second line",
        "pronouns": "she/her",
        "website": "https://mira.example",
        "avatar": "https://cdn.example/a.jpg",
        "associated": {"lists": 0, "feedgens": 0, "labeler": False, "chat": {"allowIncoming": "all"}},
        "followersCount": 5120,
        "followsCount": 210,
        "postsCount": 987,
        "indexedAt": "2026-02-20T10:00:00.000Z",
        "createdAt": "2023-07-01T08:00:00.000Z",
        "labels": [],
        "verification": {"verifications": [], "verifiedStatus": "valid", "trustedVerifierStatus": "none"},
    }
    return made | changes


def author(did: str = DID, **changes: Any) -> dict[str, Any]:
    """Build a `profileViewBasic`."""
    return {"did": did, "handle": "mira.bsky.example", "displayName": "Mira Invented", "labels": []} | changes


def post(key: str, text: str, *, did: str = DID, **changes: Any) -> dict[str, Any]:
    """Build a `feedViewPost`; `record` and other parts of the post view are added or replaced."""
    record = {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": "2026-02-10T07:00:00.000Z",
        "langs": ["en"],
    } | changes.pop("record", {})
    view = {
        "uri": f"at://{did}/app.bsky.feed.post/{key}",
        "cid": f"bafy{key}",
        "author": author(did),
        "record": record,
        "replyCount": 3,
        "repostCount": 4,
        "likeCount": 55,
        "quoteCount": 1,
        "indexedAt": "2026-02-10T07:00:02.000Z",
        "labels": [],
    } | changes.pop("view", {})
    return {"post": view} | changes


def facet(text: str, part: str, feature: dict[str, str]) -> dict[str, Any]:
    """Build a facet over a part of a text; it counts bytes."""
    start = len(text[: text.index(part)].encode())
    return {"index": {"byteStart": start, "byteEnd": start + len(part.encode())}, "features": [feature]}


WORDS = "Brötchen with @otto.bsky.example 🥐 #Sourdough"
WITH_FACETS = post(
    "3k1",
    WORDS,
    record={
        "tags": ["baking"],
        "facets": [
            facet(WORDS, "@otto.bsky.example", {"$type": "app.bsky.richtext.facet#mention", "did": OTHER}),
            facet(WORDS, "#Sourdough", {"$type": "app.bsky.richtext.facet#tag", "tag": "Sourdough"}),
        ],
    },
)
REPOST = post(
    "3k2",
    "Somebody else's",
    did=OTHER,
    reason={
        "$type": "app.bsky.feed.defs#reasonRepost",
        "by": author(),
        "indexedAt": "2026-02-11T00:00:00.000Z",
    },
)
REPOST_OF_ONESELF = post(
    "3k0", "Old and again", reason={"$type": "app.bsky.feed.defs#reasonRepost", "by": author()}
)
REPLY = post("3k3", "I agree", record={"reply": {"root": {"uri": "at://x"}, "parent": {"uri": "at://x"}}})
FEED = {"cursor": "2026-02-01T00:00:00.000Z", "feed": [WITH_FACETS, REPOST, REPLY, REPOST_OF_ONESELF]}
OLDER = {"feed": [post("3j9", "Rye, slowly", record={"createdAt": "2031-01-01T00:00:00Z"})]}
PROFILES = {"profiles": [profile()]}
