"""Sources for tests, made in code and in files. Hosts and people are fictional."""

from typing import Any

from crawl_config.source import Allowed, Manners, Parser, Source

PAGE_FILE = """\
enabled = true
parser = "page"
seeds = ["https://site.example/people"]
follow = ["/people/*"]
retention_days = 90
basis = "legitimate interests"
terms_url = "https://site.example/terms"

[allow]
hosts = ["site.example"]
paths = ["/people"]

[manners]
contact = "crawl@company.example"
"""
"""A source of pages in 14 lines, without problems."""


def page_source(**changes: Any) -> Source:
    """Return a source of pages at site.example, with some values of its own."""
    usual: dict[str, Any] = {
        "name": "invented",
        "parser": Parser.PAGE,
        "enabled": True,
        "seeds": ("https://site.example/people",),
        "allowed": Allowed(hosts=("site.example",)),
        "manners": Manners(contact="crawl@company.example"),
        "retention_days": 90,
        "basis": "legitimate interests",
        "terms_url": "https://site.example/terms",
    }
    return Source(**usual | changes)
