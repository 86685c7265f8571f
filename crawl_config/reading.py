"""One file: from its tables to a `Source`, with all that is wrong in it at once."""

from collections.abc import Sequence
from typing import TypeVar

from crawl_config.addresses import read_address
from crawl_config.checks import denial_problem, host_problem, pattern_problem, web_problem
from crawl_config.denied import denied_address
from crawl_config.hosts import covers, host_name, is_loopback
from crawl_config.interfaces import INTERFACES, Interface
from crawl_config.parts import ELSEWHERE, read_keys, read_manners, read_selectors
from crawl_config.patterns import matches
from crawl_config.source import Allowed, Manners, Parser, Source
from crawl_config.table import Table, shown
from discovery.creator import Platform
from discovery.errors import did_you_mean

MOST_DAYS = 3_650
"""The longest that anything is kept without being seen again."""
Choice = TypeVar("Choice", Parser, Platform)
_OF_FEEDS = (Platform.WEBSITE, Platform.PODCAST, Platform.YOUTUBE)
_PAGES_ONLY = ("follow", "sitemaps", "selectors")


def read_source(name: str, top: Table) -> Source | None:
    """Read the tables of a file. Whether it is a source is told by the problems that were noted, not by this.

    It is `None` when so much is wrong that there is nothing to return.
    """
    parser = _chosen(top, "parser", tuple(Parser), need=f"one of {', '.join(Parser)}")
    interface = INTERFACES.get(parser) if parser else None
    platform = _chosen(top, "platform", tuple(Platform))
    enabled = top.flag("enabled", need="true or false")
    seeds = top.texts(
        "seeds", lambda seed: _seed_problem(seed, parser, interface), need=_need_seeds(interface)
    )
    follow = top.texts("follow", pattern_problem)
    sitemaps = top.flag("sitemaps")
    days = top.whole("retention_days", 1, MOST_DAYS, need="after how many days unseen creators are deleted")
    basis = top.text("basis", need="the legal basis of keeping the data, in your words")
    terms = top.text("terms_url", web_problem, need="where the terms of the site stand", most=2_000)
    allowed = _allowed(top.table("allow", ELSEWHERE), seeds or (), parser, interface)
    hosts = allowed.hosts if allowed else ()
    manners = read_manners(top.table("manners", ELSEWHERE), hosts, enabled=enabled)
    selectors = read_selectors(top.table("selectors", ELSEWHERE))
    key_table = top.table("keys", ELSEWHERE)
    keys = read_keys(key_table, interface) if interface else {}
    top.end()
    _check_parts(top, parser)
    if parser is Parser.FEED and platform and platform not in _OF_FEEDS:
        told = f"feeds do not say who wants to be found on {platform.value}; use its API, or leave it out"
        top.report("platform", told)
    if sitemaps and parser is Parser.PAGE and not top.has("follow"):
        top.report(
            "sitemaps", "takes the addresses that fit 'follow', which is left out; add follow = ['/…']"
        )
    _check_times(top, interface, days, manners)
    if parser and allowed and not interface:
        _check_seeds(top, seeds or (), allowed)
    if parser is None or enabled is None or days is None or basis is None or terms is None:
        return None
    if seeds is None or allowed is None or manners is None:
        return None
    return Source(
        name=name,
        parser=parser,
        enabled=enabled,
        seeds=seeds,
        allowed=allowed,
        manners=manners,
        retention_days=days,
        basis=basis.strip(),
        terms_url=terms,
        follow=follow or (),
        sitemaps=bool(sitemaps),
        selectors=selectors,
        keys=keys,
        platform=platform,
    )


def _chosen(top: Table, key: str, choices: tuple[Choice, ...], *, need: str | None = None) -> Choice | None:
    names = [choice.value for choice in choices]

    def unknown(text: str) -> str | None:
        return None if text in names else f"unknown {key} {shown(text)}.{did_you_mean(text, names)}"

    text = top.text(key, unknown, need=need)
    return None if text is None else next(choice for choice in choices if choice.value == text)


def _need_seeds(interface: Interface | None) -> str:
    return f"accounts such as {interface.example}" if interface else "addresses to begin at"


def _seed_problem(seed: str, parser: Parser | None, interface: Interface | None) -> str | None:
    if parser is None:
        return None  # what it must be is not known
    if interface is None:
        reason = denied_address(seed)
        return web_problem(seed) or (f"{shown(seed)} cannot be read. {reason}" if reason else None)
    if not interface.account.fullmatch(seed):
        return f"{shown(seed)} is no account as {parser.value} names them; write it like {interface.example}"
    if "://" in seed:
        return web_problem(seed)
    if not interface.hosts:
        return denial_problem(_instance(seed), parser)
    return None


def _allowed(
    table: Table, seeds: Sequence[str], parser: Parser | None, interface: Interface | None
) -> Allowed | None:
    """Read `[allow]`; the hosts of an API need not be stated."""
    stated = table.texts(
        "hosts",
        lambda host: host_problem(host, parser) or _other_host(host, interface),
        need="the hosts that may be asked" if parser and interface is None else None,
    )
    paths = table.texts("paths", pattern_problem)
    table.end()
    hosts = tuple(_plain(host) for host in stated or ())
    if interface and not table.has("hosts"):
        hosts = interface.hosts or tuple(dict.fromkeys(map(_instance, seeds)))
    if not hosts or (table.has("paths") and paths is None):
        return None
    return Allowed(hosts=hosts, paths=paths) if paths else Allowed(hosts=hosts)


def _other_host(host: str, interface: Interface | None) -> str | None:
    if interface is None or is_loopback(host) or host in interface.hosts:
        return None
    asked = f"it is asked at {interface.hosts[0]}" if interface.hosts else "the accounts name their hosts"
    return f"{shown(host)} is not where this API is asked; leave 'hosts' out, {asked}"


def _plain(host: str) -> str:
    base = host.removeprefix("*.")
    return f"{'*.' if base != host else ''}{host_name(base) or base}"


def _instance(account: str) -> str:
    """Return the host of an account such as `@user@host`."""
    return account.rpartition("@")[2].lower()


def _check_parts(top: Table, parser: Parser | None) -> None:
    """Note what this parser has no use for: it would be thought to work."""
    if parser is None:
        return
    if parser is not Parser.PAGE:
        for key in filter(top.has, _PAGES_ONLY):
            top.report(key, f"means nothing to parser = '{parser.value}'; it is for pages, leave it out")
    if parser.is_api:
        if top.has("platform"):
            top.report("platform", f"is known of parser = '{parser.value}'; leave it out")
    elif top.has("keys"):
        top.report("keys", f"means nothing to parser = '{parser.value}'; it is for APIs, leave it out")


def _check_times(top: Table, interface: Interface | None, days: int | None, manners: Manners | None) -> None:
    if days is None:
        return
    most = interface.most_retention_days if interface else None
    if most is not None and days > most:
        top.report("retention_days", f"is {days}; the terms of this API allow {most} at most")
    if manners and manners.refresh_hours > days * 24:
        top.report(
            "retention_days",
            f"is {days}, but pages are read again after {manners.refresh_hours:g} hours at the earliest: "
            "creators would be deleted in between; raise it, or lower manners.refresh_hours",
        )


def _check_seeds(top: Table, seeds: Sequence[str], allowed: Allowed) -> None:
    """Note the seeds that would never be fetched."""
    for number, seed in enumerate(seeds):
        address = read_address(seed)
        if address is None:
            continue
        if not any(covers(host, address.host) for host in allowed.hosts):
            top.report(
                "seeds",
                f"{shown(seed)} is outside of allow.hosts; add {shown(address.host)} there",
                element=number,
            )
        elif not matches(allowed.paths, address.target):
            top.report(
                "seeds",
                f"{shown(seed)} is outside of allow.paths; add {shown(address.path)} there",
                element=number,
            )
