"""What each API needs of a source: where it is asked, how accounts are named, which keys it takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawl_config.source import Parser


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One API. `hosts` are where it is asked; empty: the hosts that the accounts name (`user@host`).

    An account must match `account`, and looks like `example`. `keys` are the names of its keys with their
    meaning. What it tells may be kept for `most_retention_days` at most, by its terms.
    """

    hosts: tuple[str, ...]
    account: re.Pattern[str]
    example: str
    keys: Mapping[str, str] = field(default_factory=dict)
    most_retention_days: int | None = None


_HOST = r"(?i:(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9])"

INTERFACES: Mapping[Parser, Interface] = {
    Parser.BLUESKY: Interface(
        hosts=("public.api.bsky.app",),
        account=re.compile(rf"@?{_HOST}|did:plc:[a-z2-7]{{24}}|did:web:{_HOST}"),
        example="mira.bsky.example or did:plc:…",
    ),
    Parser.MASTODON: Interface(
        hosts=(),
        account=re.compile(rf"@?[A-Za-z0-9_](?:[A-Za-z0-9_.-]{{0,62}}[A-Za-z0-9_])?@{_HOST}"),
        example="mira@social.example",
    ),
    Parser.YOUTUBE: Interface(
        hosts=("www.googleapis.com",),
        account=re.compile(r"UC[A-Za-z0-9_-]{22}|@[\w.·-]{3,30}"),
        example="UC… (24 signs) or @handle",
        keys={"key": "the API key"},
        most_retention_days=30,
    ),
    Parser.INSTAGRAM: Interface(
        hosts=("graph.facebook.com",),
        account=re.compile(r"@?[A-Za-z0-9_.]{1,30}"),
        example="mira.cooks",
        keys={"token": "the access token", "user_id": "the id of your own professional account"},
    ),
    Parser.PODCAST_INDEX: Interface(
        hosts=("api.podcastindex.org",),
        account=re.compile(r"https?://[^\s/?#@.]+\.[^\s@]+|[0-9]{1,18}"),
        example="https://podcast.example/feed.xml or the number of a feed",
        keys={"key": "the API key", "secret": "the API secret"},
    ),
}
"""Every parser that is an API, and no other."""
