"""`nichescout search`, `similar`, `show` and `export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Unpack

import click

from search_api.commands.briefs import BriefOptions, read_brief, read_seeds
from search_api.commands.options import (
    as_typed_option,
    brief_options,
    data_option,
    encoder_option,
    index_option,
    json_option,
)
from search_api.composition import open_home, open_matcher

if TYPE_CHECKING:
    from discovery.brief import Brief
    from discovery.match import Ranking
    from indexer.home import Home


@click.command()
@click.argument("brief")
@as_typed_option
@brief_options
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@json_option
@data_option
@index_option
@encoder_option
def search(
    brief: str,
    as_typed: bool,
    limit: int,
    as_json: bool,
    data: Path,
    index: tuple[str, ...],
    encoder: str,
    **options: Unpack[BriefOptions],
) -> None:
    """Rank creators for a BRIEF in plain words: what you sell, or whom you look for.

    Countries, languages, platforms, followers and what is ruled out ("no betting") are read in it; the answer
    begins with what was understood.

    \b
    Example: nichescout search "vegan skincare, no diets" --must followers=10k..100k --should country=DE
    """
    asked = read_brief(options, query=brief, seeds=(), limit=limit, as_typed=as_typed)
    _print_ranking(_answer(open_home(data, index), encoder, asked), as_json=as_json)


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--seed",
    nargs=2,
    type=(str, float),
    multiple=True,
    metavar="ID WEIGHT",
    help="A creator who counts WEIGHT times.",
)
@brief_options
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@json_option
@data_option
@index_option
@encoder_option
def similar(
    ids: tuple[str, ...],
    seed: tuple[tuple[str, float], ...],
    limit: int,
    as_json: bool,
    data: Path,
    index: tuple[str, ...],
    encoder: str,
    **options: Unpack[BriefOptions],
) -> None:
    """Rank creators who are like the creators ID.

    \b
    Example: nichescout similar instagram:mira.cooks --seed tiktok:oat 0.5
    """
    if not ids and not seed:
        raise click.UsageError("give at least one ID; `nichescout search` shows them")
    asked = read_brief(options, query="", seeds=read_seeds(ids, seed), limit=limit)
    _print_ranking(_answer(open_home(data, index), encoder, asked), as_json=as_json)


@click.command()
@click.argument("id")
@json_option
@data_option
@index_option
@encoder_option
def show(id: str, as_json: bool, data: Path, index: tuple[str, ...], encoder: str) -> None:  # noqa: A002
    """Show all that is known of the creator ID, with sources and dates.

    \b
    Example: nichescout show instagram:mira.cooks
    """
    from discovery.creator import creator_id
    from search_api.commands.record import print_creator
    from search_api.rendering import creator_response

    matcher = open_matcher(open_home(data, index), encoder)
    creator = matcher.creator(creator_id(id))
    others = matcher.profiles(creator)
    if as_json:
        click.echo(creator_response(creator, others).to_json())
    else:
        print_creator(creator, others)


@click.command()
@click.argument("brief", default="")
@click.option(
    "--like", multiple=True, metavar="ID", help="A creator to look alike, instead of or beside BRIEF."
)
@as_typed_option
@brief_options
@click.option("--limit", type=click.IntRange(1, 500), default=100, show_default=True)
@click.option("--format", "form", type=click.Choice(["csv", "ndjson"]), default="csv", show_default=True)
@click.option(
    "--output",
    "-o",
    type=click.File("wb", lazy=True),
    default="-",
    help="File to write. Default: standard output.",
)
@data_option
@index_option
@encoder_option
def export(
    brief: str,
    like: tuple[str, ...],
    as_typed: bool,
    limit: int,
    form: str,
    output: BinaryIO,
    data: Path,
    index: tuple[str, ...],
    encoder: str,
    **options: Unpack[BriefOptions],
) -> None:
    """Write the best creators for a BRIEF into a file for spreadsheets (csv) or programs (ndjson).

    \b
    Example: nichescout export "vegan skincare" --limit 200 --output shortlist.csv
    """
    from search_api.exporting import csv_rows, ndjson_rows

    asked = read_brief(options, query=brief, seeds=read_seeds(like, ()), limit=limit, as_typed=as_typed)
    ranking = _answer(open_home(data, index), encoder, asked)
    for piece in csv_rows(ranking) if form == "csv" else ndjson_rows(ranking):
        output.write(piece)


def _answer(home: Home, encoder: str, brief: Brief) -> Ranking:
    return open_matcher(home, encoder).search(brief)


def _print_ranking(ranking: Ranking, *, as_json: bool) -> None:
    if as_json:
        from search_api.rendering import search_response

        click.echo(search_response(ranking, None).to_json())
        return
    from search_api.commands.tables import print_ranking

    print_ranking(ranking)
