"""`nichescout crawl`: from public pages, feeds and open interfaces to creators."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_api.commands.crawl_check import check
from search_api.commands.options import data_option, json_option, sources_option
from search_api.commands.progress import progress_bars
from search_api.commands.refusals import STOPPED
from search_api.commands.terminal import harmless

if TYPE_CHECKING:
    from datetime import datetime

    from crawl_config.source import Source
    from indexer.crawl.loop.parts import Fetch, Settings
    from indexer.crawl.purge import PurgeReport
    from indexer.crawl.report import CrawlReport
    from indexer.home import Home

SOME_UNREAD = 1
PLANNED = 20
"""How many tasks a dry run lists, unless --limit says more or fewer."""


@click.command(hidden=True)
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Fetch at most N documents.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Take in no posts from before this day, nor pages whose sitemap says that they are as old.",
)
@click.option(
    "--dry-run", is_flag=True, help="Say what would be fetched first, and why not the rest; send nothing."
)
@click.option(
    "--open-network",
    multiple=True,
    metavar="NETWORK",
    help="Reach this network too, such as 10.1.0.0/16: for sites of your own. Else only the public internet.",
)
@click.option(
    "--open-port",
    multiple=True,
    type=click.IntRange(1, 65_535),
    metavar="PORT",
    help="Reach this port too. Else only 80 and 443.",
)
@json_option
@sources_option
@data_option
def run(
    names: tuple[str, ...],
    limit: int | None,
    since: datetime | None,
    dry_run: bool,
    open_network: tuple[str, ...],
    open_port: tuple[int, ...],
    as_json: bool,
    sources: Path,
    data: Path,
) -> None:
    """Fetch creators from each SOURCE: the path of its file, or its name. Without one: from all enabled ones.

    Each host is asked for its robots.txt first, and no oftener than its source says. What was fetched is not
    fetched again before it is due; what was not seen for longer than its source may keep it is purged.
    Stopping with Ctrl-C loses nothing: the next crawl goes on. Exit status: 0 done, 1 nothing of some source
    could be read, 2 refused.

    \b
    Example: nichescout crawl makers.toml --limit 100
    """
    from indexer.crawl.loop.parts import Settings
    from indexer.home import Home

    home, (loaded, resting) = Home(data), _loaded(names, sources)
    if dry_run:
        _plan(home, loaded, limit or PLANNED, as_json=as_json)
        return
    settings = Settings(processes=os.cpu_count() or 1, limit=limit, since=since.date() if since else None)
    _crawl(home, loaded, resting, settings, _fetch(open_network, open_port), as_json=as_json)


class CrawlGroup(click.Group):
    """A group whose default command is the crawl: what is no command is a source or an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Begin with the name of a command, whichever is meant."""
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [str(run.name), *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tell how the default command is used."""
        run.format_usage(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tell the options of the default command, then the commands."""
        run.format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


crawl = CrawlGroup(name="crawl", help=run.help, commands=[run, check])


def _loaded(names: tuple[str, ...], folder: Path) -> tuple[list[Source], list[Source]]:
    """Return the sources to crawl, and those of the folder that rest."""
    from crawl_config.loader import load_folder, load_named
    from discovery.errors import InvalidInput, Problem

    if names:
        return list(load_named(names, folder)), []
    found = load_folder(folder)
    enabled = [source for source in found if source.enabled]
    if not enabled:
        told = f"none in {folder} is enabled; name the file of one: nichescout crawl makers.toml"
        raise InvalidInput([Problem(field="source", message=told)])
    return enabled, [source for source in found if not source.enabled]


def _fetch(networks: tuple[str, ...], ports: tuple[int, ...]) -> Fetch:
    from discovery.errors import InvalidInput, Problem
    from indexer.crawl.fetching.fetcher import Fetcher

    try:
        return Fetcher(open_networks=networks, open_ports=ports).fetch
    except ValueError as error:
        told = f"{error}; write a network such as 10.1.0.0/16"
        raise InvalidInput([Problem(field="--open-network", message=told, value=networks)]) from error


def _crawl(
    home: Home,
    sources: list[Source],
    resting: list[Source],
    settings: Settings,
    fetch: Fetch,
    *,
    as_json: bool,
) -> None:
    from indexer.crawl.run import crawl as crawl_sources

    with progress_bars() as tell:
        report, purged = crawl_sources(
            home,
            sources,
            os.environ,
            settings,
            lambda report: tell("crawling", report.requests - report.robots, settings.limit or 0),
            resting=resting,
            fetch=fetch,
        )
    if as_json:
        _print_json({**report.data(), "purged": _purged(purged)})
    else:
        _print_report(report, purged)
    if report.stopped:
        click.echo("Stopped; everything that was finished before is kept. The next crawl goes on.", err=True)
        sys.exit(STOPPED)
    if report.unread:
        sys.exit(SOME_UNREAD)


def _print_report(report: CrawlReport, purged: PurgeReport) -> None:
    from search_api.commands.tables import print_table

    rows = report.rows()
    rows += [(f"purged: {name}", f"{count:,}") for name, count in _purged(purged).items() if count]
    print_table(("", ""), rows, empty="")
    for problem in report.problems:
        click.echo(harmless(problem), err=True)
    for name in report.unread:
        click.echo(f"Nothing of {name} could be read: see the failures above.", err=True)
    if report.new or report.changed or report.withdrawn or report.left_out or purged.changed or purged.erased:
        click.echo("\nThe index does not know of it yet: run `nichescout index --update`.")


def _purged(purged: PurgeReport) -> dict[str, int]:
    return {
        "records changed": purged.changed,
        "records erased": purged.erased,
        "addresses": purged.addresses,
    }


def _plan(home: Home, sources: list[Source], most: int, *, as_json: bool) -> None:
    from indexer.crawl.plan import plan
    from indexer.crawl.run import check as check_sources
    from indexer.crawl.run import opened
    from search_api.commands.tables import print_table

    check_sources(sources, os.environ)
    with opened(home, sources, os.environ) as parts:
        planned = plan(parts, most)
    if as_json:
        _print_json(
            [
                {
                    "source": one.source,
                    "url": one.url,
                    "refused": None if one.refused is None else one.refused.value,
                    "asks_robots": one.asks_robots,
                    "wait_seconds": round(one.wait, 1),
                }
                for one in planned
            ]
        )
        return
    rows = []
    for one in planned:
        why = f"no: {one.refused.value}" if one.refused else "robots.txt first" if one.asks_robots else "yes"
        rows.append((one.source, one.url, why, f"{one.wait:.0f} s" if one.wait >= 1 else "now"))
    print_table(("source", "address", "fetched", "when"), rows, empty="Nothing is due.")
    click.echo("Nothing was sent.")


def _print_json(data: object) -> None:
    import orjson

    click.echo(orjson.dumps(data, option=orjson.OPT_INDENT_2).decode())
