"""Answers in the shapes of the Podcast Index's documentation. Every podcast in them is invented."""

from typing import Any

URL = "https://feeds.soil.example/Show.xml"


def feed(**changes: Any) -> dict[str, Any]:
    """Build the answer about a feed."""
    made: dict[str, Any] = {
        "id": 75075,
        "podcastGuid": "00000000-0000-5000-8000-000000000000",
        "title": "Soil talk (invented)",
        "url": URL,
        "originalUrl": URL,
        "link": "https://soil.example/",
        "description": "<p>Everything about <b>soil</b> &amp; worms.</p>",
        "author": "Ada Madeup",
        "ownerName": "Ada Madeup",
        "image": "https://soil.example/cover.jpg",
        "lastUpdateTime": 1772000000,
        "lastHttpStatus": 200,
        "contentType": "application/rss+xml",
        "itunesId": None,
        "language": "en-us",
        "explicit": False,
        "type": 0,
        "medium": "podcast",
        "dead": 0,
        "episodeCount": 48,
        "crawlErrors": 0,
        "categories": {"67": "Science", "68": "Natural"},
        "locked": 0,
    }
    return {"status": "true", "query": {"id": "75075"}, "feed": made | changes, "description": "Found feed"}


def episode(**changes: Any) -> dict[str, Any]:
    """Build an episode."""
    made: dict[str, Any] = {
        "id": 16795090,
        "title": "Worms at work",
        "link": "https://soil.example/12",
        "description": "<p>What worms do. <a href='https://x.example'>Notes</a></p><p>#compost</p>",
        "guid": "soil-12",
        "datePublished": 1771340400,
        "datePublishedPretty": "February 17, 2026 9:00am",
        "dateCrawled": 1771343000,
        "enclosureUrl": "https://cdn.example/12.mp3",
        "enclosureType": "audio/mpeg",
        "enclosureLength": 1,
        "duration": 1800,
        "explicit": 0,
        "episode": 12,
        "feedId": 75075,
        "feedLanguage": "en-us",
        "persons": [{"id": 1, "name": "Ada Madeup", "role": "Host"}],
    }
    return made | changes


def episodes(*items: dict[str, Any]) -> dict[str, Any]:
    """Build the answer about episodes."""
    return {"status": "true", "liveItems": [], "items": list(items), "count": len(items), "query": "75075"}
