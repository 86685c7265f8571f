"""Addresses within a page: made whole, and told apart by whether they are the page's own site. Pure."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from crawl_config.source import Source
from discovery.creator import Platform
from indexer.crawl.reading.platforms import native_id
from indexer.suppression_marks import canonical_url

MAX_ADDRESS = 2_000

_PLAIN_PATH = re.compile(r"/(?:[\w~-][\w.~%!$&'()*+,;=:@-]*/?)*+(?:\?[\w.~%!$&'()*+,;=:@/?-]*)?", re.ASCII)
"""A path from the root without dots to follow: such links, most of a page's, are made whole by joining."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a page stands. `url` is the page's own address, `base` what its links are relative to."""

    url: str
    base: str
    source: Source
    _known: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def _origin(self) -> str:
        parts = urlsplit(self.base)
        return f"{parts.scheme}://{parts.netloc}"

    def address(self, href: object) -> str | None:
        """Return the whole address of a link without its fragment; `None`: it is none of http or https."""
        if not isinstance(href, str):
            return None
        if href not in self._known:
            self._known[href] = self._whole(href)
        return self._known[href]

    def _whole(self, href: str) -> str | None:
        text = href.strip()
        if not text or text.startswith("#") or len(text) > MAX_ADDRESS:
            return None
        if _PLAIN_PATH.fullmatch(text):
            return self._origin + text
        try:
            whole = urljoin(self.base, text).partition("#")[0]
            parts = urlsplit(whole)
            port = parts.port  # a port that is none raises
        except ValueError:
            return None
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or port == 0:
            return None
        return whole if len(whole) <= MAX_ADDRESS and whole.isprintable() and " " not in whole else None

    def own(self, href: object) -> str | None:
        """Return the address of a link to the page's own host, or `None`.

        Who a page speaks of is known by its own host alone: a page may say nothing of somebody elsewhere.
        """
        whole = self.address(href)
        return whole if whole is not None and host_of(whole) == host_of(self.url) else None

    def is_root(self, address: str) -> bool:
        """Whether an address is that of the site's first page."""
        parts = urlsplit(address)
        return parts.path in {"", "/"} and not parts.query

    def creator_id(self, address: str) -> str | None:
        """Return the id of the creator whose profile this is: on the source's platform, or by address."""
        platform = self.source.platform
        if platform is None or platform is Platform.WEBSITE:
            return f"website:{canonical_url(address)}"
        return native_id(platform, address)


def host_of(url: str) -> str:
    """Return the host of a whole address without `www.`, with its port."""
    return urlsplit(url).netloc.lower().removeprefix("www.").removesuffix(":443").removesuffix(":80")
