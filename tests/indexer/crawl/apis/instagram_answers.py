"""Answers in the shapes of Instagram's Business Discovery. Everybody in them is invented."""

from typing import Any

ACCOUNT = "17841400000000000"
CURSOR = "QVFIUinvented_-ZD"


def media(number: int, **changes: Any) -> dict[str, Any]:
    """Build a media object."""
    made: dict[str, Any] = {
        "id": f"1789500000000{number:04}",
        "caption": f"Loaf {number} with @otto.bakes #rye",
        "like_count": 210,
        "comments_count": 14,
        "permalink": f"https://www.instagram.com/p/Inv{number}/",
        "timestamp": f"2026-02-{number:02}T23:59:00+0000",
    }
    return made | changes


def found(*posts: dict[str, Any], after: str | None = None, **changes: Any) -> dict[str, Any]:
    """Build an answer."""
    made: dict[str, Any] = {
        "id": "17841400000000009",
        "username": "mira.cooks",
        "name": "Mira (invented)",
        "biography": "Bread & soil\nhttps://mira.example/links",
        "website": "https://mira.example/",
        "followers_count": 20_400,
        "follows_count": 310,
        "media_count": 650,
    }
    if posts:
        made["media"] = {"data": list(posts)}
    if after:
        made["media"]["paging"] = {"cursors": {"after": after}}
    return {"business_discovery": made | changes, "id": ACCOUNT}


def error(code: int, message: str = "told in words", **more: Any) -> dict[str, Any]:
    """Build an error."""
    told = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "Ax"}
    return {"error": told | more}
