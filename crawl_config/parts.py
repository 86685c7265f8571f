"""The tables of a source that stand for themselves: manners, selectors, keys."""

from collections.abc import Mapping, Sequence

from crawl_config.checks import (
    attribute_problem,
    contact_problem,
    product_problem,
    selector_problem,
    variable_problem,
)
from crawl_config.hosts import host_name, is_fictional, is_loopback
from crawl_config.interfaces import Interface
from crawl_config.source import Manners, Selector, Selectors
from crawl_config.table import Table, shown

LEAST_DELAY = 0.2
"""Seconds between two requests to a host that is not the machine itself."""
MOST_DELAY = 3_600
MOST_CONNECTIONS = 8
LEAST_REFRESH, MOST_REFRESH = 1, 8_760
MOST_SELECTOR = 500
_NEED_EACH = "the CSS selector of the elements that hold one post each"

CREATOR_FIELDS = (
    *("name", "handle", "url", "bio", "language", "country", "categories"),
    *("followers", "following", "posts_total", "links"),
)
"""What of a creator a selector can read."""
POST_FIELDS = (
    *("id", "url", "title", "text", "published_at"),
    *("views", "likes", "comments", "shares", "hashtags"),
)
"""What of a post a selector can read."""

TOP_KEYS = (
    *("enabled", "parser", "seeds", "follow", "sitemaps", "platform"),
    *("retention_days", "basis", "terms_url"),
)
_TABLES: Mapping[str, tuple[str, ...]] = {
    "allow": ("hosts", "paths"),
    "manners": ("contact", "product", "delay_seconds", "connections", "refresh_hours"),
}
ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(TOP_KEYS, "to the top, above the first table"),
    **{key: f"into the table [{table}]" for table, keys in _TABLES.items() for key in keys},
}
"""Where a key belongs that was written into another table."""


def read_manners(table: Table, hosts: Sequence[str], *, enabled: bool | None) -> Manners | None:
    """Read `[manners]`; the floor of the delay holds for every host but the machine itself."""
    contact = table.text(
        "contact", contact_problem, need="an e-mail address or https:// page of yours", most=200
    )
    product = table.text("product", product_problem)
    alone = bool(hosts) and all(map(is_loopback, hosts))
    delay = table.number("delay_seconds", 0 if alone else LEAST_DELAY, MOST_DELAY)
    connections = table.whole("connections", 1, MOST_CONNECTIONS)
    refresh = table.number("refresh_hours", LEAST_REFRESH, MOST_REFRESH)
    table.end()
    if contact is None:
        return None
    if enabled and _is_nobodys(contact) and not all(map(is_fictional, hosts)):
        table.report(
            "contact", f"{shown(contact)} reaches nobody; write where those who run the host reach you"
        )
        return None
    usual = Manners(contact=contact)
    return Manners(
        contact=contact,
        product=usual.product if product is None else product,
        delay_seconds=usual.delay_seconds if delay is None else delay,
        connections=usual.connections if connections is None else connections,
        refresh_hours=usual.refresh_hours if refresh is None else refresh,
    )


def read_selectors(table: Table) -> Selectors:
    """Read `[selectors]` and `[selectors.post]`."""
    creator = _by_field(table, CREATOR_FIELDS)
    has_posts = table.has("post")
    post_table = table.table("post", ELSEWHERE)
    each = post_table.text(
        "each", selector_problem, need=_NEED_EACH if has_posts else None, most=MOST_SELECTOR
    )
    post = _by_field(post_table, POST_FIELDS)
    if post_table.has("each") and not any(map(post_table.has, POST_FIELDS)):
        post_table.report(
            "each", f"selects posts, but nothing is read in them; add one of {_listed(POST_FIELDS)}"
        )
    post_table.end()
    table.end()
    return Selectors(creator=creator, post_each=each, post=post)


def read_keys(table: Table, interface: Interface) -> Mapping[str, str]:
    """Read `[keys]`: for each key of an API the environment variable that holds it."""
    found = {}
    for name, meaning in interface.keys.items():
        variable = table.text(name, variable_problem)
        if variable is not None:
            found[name] = variable
        elif not table.has(name):
            table.report(name, f"is missing, but required: the environment variable that holds {meaning}")
    table.end()
    return found


def _by_field(table: Table, fields: Sequence[str]) -> Mapping[str, Selector]:
    found = {name: _selector(table, name) for name in fields if table.has(name)}
    table.knows(fields)
    return {name: selector for name, selector in found.items() if selector}


def _selector(table: Table, name: str) -> Selector | None:
    """Read `"css"`, or `{css = "…", attribute = "…"}`."""
    if not table.holds_table(name):
        css = table.text(name, selector_problem, most=MOST_SELECTOR)
        return None if css is None else Selector(css=css)
    inner = table.table(name)
    css = inner.text("css", selector_problem, need="a CSS selector", most=MOST_SELECTOR)
    attribute = inner.text("attribute", attribute_problem)
    inner.end()
    return None if css is None else Selector(css=css, attribute=attribute)


def _is_nobodys(contact: str) -> bool:
    host = contact.removeprefix("https://").split("/", 1)[0].rpartition("@")[2]
    name = host_name(host)
    return name is not None and is_fictional(name)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
