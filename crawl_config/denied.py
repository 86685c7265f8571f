"""Whose pages are never read, why, and the way out. One table, asked by the loader and for each address."""

from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, normalize
from urllib.parse import urlsplit

from crawl_config.addresses import plain_path
from crawl_config.hosts import host_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A site whose pages are not read. `hosts` mean all below them too; `open_paths` are what may be read."""

    site: str
    reason: str
    way_out: str
    hosts: tuple[str, ...]
    open_paths: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Render the reason with the way out."""
        return f"{self.site}: {self.reason}; {self.way_out}"


_TERMS = "its terms forbid that programs read its pages"
_META = "its terms forbid that programs collect data from its pages without written permission"
_IMPORT = "data that you may use can be imported: `nichescout import`"
_COUNTRIES_OF_PINTEREST = (
    *("at", "be", "ca", "ch", "cl", "co", "co.at", "co.id", "co.in", "co.kr", "co.nz", "co.uk", "com"),
    *("com.au", "com.bo", "com.ec", "com.mx", "com.pe", "com.py", "com.uy", "com.vn", "de", "dk", "ec"),
    *("engineering", "es", "fi", "fr", "hu", "id", "ie", "in", "info", "it", "jp", "kr", "mx", "nl", "no"),
    *("nz", "pe", "ph", "pt", "ru", "se", "th", "tw", "uk", "vn"),
)

DENIALS = (
    Denial(
        site="Instagram",
        reason=_META,
        way_out='use parser = "instagram", its Business Discovery interface',
        hosts=("instagram.com", "instagr.am", "ig.me", "cdninstagram.com"),
    ),
    Denial(
        site="Threads",
        reason=_META,
        way_out=_IMPORT,
        hosts=("threads.net", "threads.com"),
    ),
    Denial(
        site="Facebook",
        reason=_META,
        way_out=_IMPORT,
        hosts=(
            *("facebook.com", "facebook.net", "fb.com", "fb.gg", "fb.me", "fb.watch", "fbcdn.net"),
            *("fbsbx.com", "m.me", "messenger.com"),
        ),
    ),
    Denial(
        site="TikTok",
        reason=_TERMS,
        way_out=_IMPORT,
        hosts=("tiktok.com", "tiktokv.com", "tiktokcdn.com", "tiktokcdn-us.com", "musical.ly"),
    ),
    Denial(
        site="X (Twitter)",
        reason="its terms forbid crawling without written permission",
        way_out=_IMPORT,
        hosts=("x.com", "twitter.com", "t.co", "twimg.com"),
    ),
    Denial(
        site="LinkedIn",
        reason=_TERMS,
        way_out=_IMPORT,
        hosts=("linkedin.com", "linkedin.cn", "lnkd.in", "licdn.com"),
    ),
    Denial(
        site="Pinterest",
        reason=_TERMS,
        way_out=_IMPORT,
        hosts=(*(f"pinterest.{end}" for end in _COUNTRIES_OF_PINTEREST), "pin.it", "pinimg.com"),
    ),
    Denial(
        site="Snapchat",
        reason=_TERMS,
        way_out=_IMPORT,
        hosts=("snapchat.com", "snap.com", "sc-cdn.net"),
    ),
    Denial(
        site="Reddit",
        reason="its terms ask for an agreement before programs read its pages",
        way_out=_IMPORT,
        hosts=("reddit.com", "redd.it", "redditmedia.com", "redditstatic.com"),
    ),
    Denial(
        site="Twitch",
        reason=_TERMS,
        way_out=_IMPORT,
        hosts=("twitch.tv", "twitchcdn.net", "ttvnw.net", "jtvnw.net"),
    ),
    Denial(
        site="Spotify",
        reason=_TERMS,
        way_out='a podcast has a feed of its own: use parser = "feed" or "podcast-index"',
        hosts=("spotify.com", "spotify.link", "spoti.fi", "scdn.co"),
    ),
    Denial(
        site="YouTube",
        reason="its terms forbid that programs read its pages",
        way_out='use parser = "youtube", or parser = "feed" with addresses under /feeds/videos.xml',
        hosts=("youtube.com", "youtu.be", "youtube-nocookie.com", "youtubekids.com", "ytimg.com", "yt.be"),
        open_paths=("/feeds/videos.xml",),
    ),
)
_BY_HOST = {host: denial for denial in DENIALS for host in denial.hosts}


def denied(host: str, path: str = "/") -> str | None:
    """Return why a host's pages may not be read and what to do instead, or `None`.

    Subdomains, other spellings of the name and a dot at its end make no difference. `path` decides where
    a site's feeds may be read though its pages may not.
    """
    for denial in _denials_of(host):
        if plain_path(path) not in denial.open_paths:
            return str(denial)
    return None


def denied_address(url: str) -> str | None:
    """Return why the page at an address may not be read, or `None`; `None` for what is no address too."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    return denied(host, parts.path) if host else None


def denied_below(pattern: str) -> tuple[Denial, ...]:
    """Return the sites that a name reaches, or `*.name` with all that is below: `*.com` reaches many."""
    base = pattern.removeprefix("*.")
    found = list(_denials_of(base))
    if base != pattern:
        found += [denial for host, denial in _BY_HOST.items() if host.endswith(f".{_folded(base)}")]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _denials_of(host: str) -> tuple[Denial, ...]:
    labels = _folded(host).split(".")
    ends = (".".join(labels[start:]) for start in range(len(labels)))
    return tuple(_BY_HOST[end] for end in ends if end in _BY_HOST)


def _folded(host: str) -> str:
    """Bring a name to its form; what is no name is folded as far as it goes, so that no trick gets by."""
    name = host_name(host.strip())
    if name is not None:
        return name
    shown = "".join(sign for sign in normalize("NFKC", host) if category(sign) not in {"Cc", "Cf", "Zs"})
    return shown.replace("\u3002", ".").casefold().strip(".")
