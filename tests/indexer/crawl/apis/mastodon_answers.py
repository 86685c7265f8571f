"""Answers in the shapes of Mastodon's documentation. Everybody in them is invented."""

from typing import Any

NUMBER = "109000000000000001"


def link(href: str, shown: str) -> str:
    """Write a link as Mastodon does: the scheme is there, but not seen."""
    return (
        f'<a href="{href}" target="_blank" rel="nofollow noopener me" translate="no">'
        f'<span class="invisible">https://</span><span class="">{shown}</span></a>'
    )


def account(**changes: Any) -> dict[str, Any]:
    """Build an Account."""
    made: dict[str, Any] = {
        "id": NUMBER,
        "username": "Otto",
        "acct": "Otto",
        "display_name": "Otto Invented :bread:",
        "locked": False,
        "bot": False,
        "discoverable": True,
        "indexable": True,
        "group": False,
        "created_at": "2022-11-05T00:00:00.000Z",
        "note": "<p>Bread &amp; books.<br>Slow <a href='x'>#<span>sourdough</span></a></p><p>Second line</p>",
        "url": "https://social.example/@Otto",
        "uri": "https://social.example/users/Otto",
        "avatar": "https://files.example/a.png",
        "followers_count": 812,
        "following_count": 90,
        "statuses_count": 1033,
        "last_status_at": "2026-02-27",
        "hide_collections": False,
        "noindex": False,
        "emojis": [{"shortcode": "bread", "url": "https://files.example/bread.png"}],
        "roles": [],
        "fields": [
            {
                "name": "Site",
                "value": link("https://otto.example/", "otto.example"),
                "verified_at": "2024-01-01T00:00:00.000+00:00",
            },
            {"name": "Shop", "value": link("https://shop.example/", "shop.example"), "verified_at": None},
            {"name": "Since", "value": "2019", "verified_at": None},
        ],
    }
    return made | changes


def status(number: int, content: str, **changes: Any) -> dict[str, Any]:
    """Build a Status."""
    made: dict[str, Any] = {
        "id": f"11000{number}",
        "created_at": f"2026-02-{number:02}T23:30:00.000Z",
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "en",
        "uri": f"https://social.example/users/Otto/statuses/11000{number}",
        "url": f"https://social.example/@Otto/11000{number}",
        "replies_count": 2,
        "reblogs_count": 6,
        "favourites_count": 31,
        "content": content,
        "reblog": None,
        "account": account(),
        "media_attachments": [],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": None,
    }
    return made | changes


STATUSES = [
    status(
        20,
        "<p>Rye with <span class='h-card'><a href='https://other.example/@mira'>@<span>mira</span></a></span>"
        ", see <a href='https://otto.example/rye'><span class='invisible'>https://</span>"
        "<span>otto.example/rye</span></a></p><p>#Rye</p>",
        tags=[{"name": "Rye", "url": "https://social.example/tags/rye"}],
        mentions=[
            {
                "id": "5",
                "username": "mira",
                "acct": "mira@other.example",
                "url": "https://other.example/@mira",
            }
        ],
    ),
    status(19, "<p>For followers</p>", visibility="private"),
    status(18, "<p>Hidden a little</p>", visibility="unlisted"),
    status(17, "", reblog={"id": "9"}),
    status(16, "<p>To you</p>", in_reply_to_account_id="77"),
    status(15, "<p>And further</p>", in_reply_to_account_id=NUMBER, spoiler_text="About bread"),
    status(14, "<p>Not by Otto</p>", account=account(id="3")),
]
OLDER = [status(3, "<p>Crumbs</p>")]
