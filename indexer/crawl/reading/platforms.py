"""Addresses of profiles on known platforms: which platform, whose profile. Data and a few rules, pure."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from discovery.creator import Platform

_NAME = r"(?P<name>[\w.%-]{1,100})"
_AT = r"@(?P<name>[\w.%-]{1,100})"
_HOSTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "youtube.com": ("youtube", (r"channel/(?P<id>UC[\w-]{22})", _AT, rf"c/{_NAME}", rf"user/{_NAME}")),
    "instagram.com": ("instagram", (_NAME,)),
    "tiktok.com": ("tiktok", (_AT,)),
    "bsky.app": ("bluesky", (r"profile/(?P<id>did:[\w:.%-]{1,200})", rf"profile/{_NAME}")),
    "x.com": ("x", (_NAME,)),
    "twitter.com": ("x", (_NAME,)),
    "threads.net": ("threads", (_AT,)),
    "threads.com": ("threads", (_AT,)),
    "facebook.com": ("facebook", (_NAME,)),
    "twitch.tv": ("twitch", (_NAME,)),
    "linkedin.com": ("linkedin", (rf"in/{_NAME}",)),
    "pinterest.com": ("pinterest", (_NAME,)),
    "snapchat.com": ("snapchat", (rf"add/{_NAME}", _AT)),
    "soundcloud.com": ("soundcloud", (_NAME,)),
    "open.spotify.com": ("spotify", (r"(?:artist|show|user)/(?P<name>\w{1,100})",)),
    "podcasts.apple.com": ("apple-podcasts", (r"(?:\w\w/)?podcast/(?:[^/]{1,200}/)?(?P<name>id\d{1,20})",)),
    "patreon.com": ("patreon", (_NAME,)),
    "ko-fi.com": ("ko-fi", (_NAME,)),
    "github.com": ("github", (_NAME,)),
    "medium.com": ("medium", (_AT,)),
    "vimeo.com": ("vimeo", (_NAME,)),
    "t.me": ("telegram", (_NAME,)),
    "discord.gg": ("discord", (_NAME,)),
    "mastodon.social": ("mastodon", (_AT,)),
    "mastodon.online": ("mastodon", (_AT,)),
    "mstdn.social": ("mastodon", (_AT,)),
}
_PATTERNS = {host: (name, tuple(map(re.compile, paths))) for host, (name, paths) in _HOSTS.items()}
_NO_PROFILES = frozenset(
    ("about", "accounts", "ads", "api", "apps", "blog", "business", "careers", "channel", "dialog", "direct",
     "discover", "download", "events", "explore", "features", "feed", "groups", "hashtag", "help", "home",
     "i", "intent", "jobs", "legal", "live", "login", "marketplace", "notifications", "p", "pages",
     "playlist",
     "plugins", "policies", "policy", "popular", "premium", "privacy", "reel", "reels", "search", "settings",
     "share", "share.php", "sharer", "sharer.php", "shorts", "signup", "stories", "support", "tags", "terms",
     "topics", "trending", "tv", "upload", "video", "watch")
)  # fmt: skip
_MASTODON = re.compile(r"(?:@|users/)(?P<name>\w[\w.-]{0,100})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A profile on a platform: `platform` is a word of this module, `name` the account as the address has it.

    `native_id` is the platform's own id where the address holds it.
    """

    platform: str
    name: str
    native_id: str | None = None


def profile_at(url: str) -> Profile | None:
    """Return whose profile an address is, or `None`: another page, or a site that is not known."""
    host, path = _host_and_path(url)
    platform, patterns = _PATTERNS.get(host, ("", ()))
    for pattern in patterns:
        found = pattern.fullmatch(path)
        if found:
            named = found.groupdict()
            name = unquote(named.get("name") or named.get("id") or "")
            if name.casefold() in _NO_PROFILES:
                return None
            return Profile(platform=platform, name=name, native_id=named.get("id") and unquote(named["id"]))
    return None


def is_platform(url: str) -> bool:
    """Whether an address is of a known platform, whatever stands there."""
    return _host_and_path(url)[0] in _PATTERNS


def native_id(platform: Platform, url: str) -> str | None:
    """Return a creator's id on a platform, as all sources give it; `None`: the address does not tell."""
    host, path = _host_and_path(url)
    if platform is Platform.MASTODON:
        found = _MASTODON.fullmatch(path)
        return f"mastodon:{found['name']}@{host}".lower() if found and host else None
    profile = profile_at(url)
    if profile is None or profile.platform != platform.value:
        return None
    if platform in {Platform.YOUTUBE, Platform.BLUESKY}:
        return f"{platform.value}:{profile.native_id}" if profile.native_id else None
    return f"{platform.value}:{profile.name.lower()}"


def _host_and_path(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return "", ""
    for prefix in ("www.", "m.", "mobile."):
        host = host.removeprefix(prefix)
    return host, parts.path.strip("/")
