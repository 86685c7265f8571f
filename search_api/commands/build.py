"""`nichescout import`, `index` and `forget`: what changes an installation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_api.commands.options import data_option, encoder_option, index_option
from search_api.commands.progress import progress_bars
from search_api.commands.terminal import harmless

if TYPE_CHECKING:
    from indexer.importers.column_map import ColumnMap
    from indexer.importers.load import ImportReport

SOME_BAD = 1
STRICT_STOP = 2


@click.command()
@data_option
@index_option
@encoder_option
@click.option("--update", is_flag=True, help="Add only what changed since the last time.")
def index(data: Path, index: tuple[str, ...], encoder: str, update: bool) -> None:
    """Build the search index from the stored creators and publish it.

    A running server goes over to it by itself. Stopping with Ctrl-C leaves the last published index.

    \b
    Example: nichescout index --update
    """
    from embeddings.factory import load_encoder
    from indexer.analysis import StandardAnalyser
    from indexer.build import build_index, update_index
    from indexer.engines import open_index
    from search_api.composition import open_home

    home, analyser = open_home(data, index), StandardAnalyser()
    place = open_index(home, analyser)
    loaded = load_encoder(encoder, home.models)
    work = update_index if update else build_index
    with progress_bars() as progress:
        report = work(home, loaded, analyser, progress, index=place)
    how = "built" if report.whole else "updated"
    click.echo(
        f"Generation {report.generation} {how} in {report.seconds:.1f} s ({report.encoding:.1f} s encoding): "
        f"{report.creators:,} creators, {report.passages:,} passages, {report.encoded:,} newly encoded."
    )
    if report.people:
        who = "person has" if report.people == 1 else "people have"
        click.echo(f"{report.people:,} {who} several profiles that link to each other.")
    if report.doubtful:
        what = "group of profiles is" if report.doubtful == 1 else "groups of profiles are"
        click.echo(
            f"{report.doubtful:,} {what} not taken for one person, though they link to each other: too many, "
            "or two on one platform."
        )
    if update and report.whole:
        click.echo(f"Built anew instead of updated: {report.reason}.")


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--strict", is_flag=True, help="Stop at the first bad line.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Column of a CSV file that holds a field; FIELD:=VALUE gives every row the same value.",
)
@click.option(
    "--map-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The same as a TOML file with the tables [columns] and [constants].",
)
@click.option("--source", metavar="NAME", help="Who states the data. Default: the name of the file.")
@data_option
def import_(
    files: tuple[str, ...],
    strict: bool,
    columns: tuple[str, ...],
    map_file: Path | None,
    source: str | None,
    data: Path,
) -> None:
    """Read creators from each FILE: JSON Lines or CSV, plain or packed (zstd, gzip); `-` is standard input.

    Creators are merged by id, later data wins field by field. A bad line is reported with its number, the
    field and the reason, and the rest goes on. Exit status: 0 all lines are good, 1 some are bad, 2 stopped.

    \b
    Example: nichescout import creators.csv --map name=Channel --map platform:=youtube
    """
    from indexer.home import Home
    from indexer.importers.load import import_files
    from indexer.store import Store
    from indexer.suppression import SuppressionList

    column_map = _column_map(columns, map_file)
    data.mkdir(parents=True, exist_ok=True)
    home = Home(data)
    with Store(home.store) as store, SuppressionList(home.suppression) as left_out, progress_bars() as tell:
        report = import_files(
            files,
            store,
            left_out,
            strict=strict,
            column_map=column_map,
            source=source,
            on_progress=lambda report: tell("importing", report.lines, 0),
            on_bad_line=lambda line: click.echo(harmless(str(line)), err=True),
        )
    click.echo(_summary(report))
    if report.bad:
        sys.exit(STRICT_STOP if strict else SOME_BAD)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_option
@index_option
@encoder_option
def forget(ids: tuple[str, ...], yes: bool, data: Path, index: tuple[str, ...], encoder: str) -> None:
    """Erase the creators ID and never let them in again.

    Their records, posts, vectors and index entries are erased from the files, and a keyed hash keeps them out
    of every later import, index, answer and export. Ids that are not stored are kept out all the same. Other
    profiles of the same person, linked with them in both directions, go with them.

    \b
    Example: nichescout forget instagram:somebody --yes
    """
    from discovery.creator import creator_id
    from embeddings.factory import load_encoder
    from indexer.analysis import StandardAnalyser
    from indexer.engines import open_index
    from indexer.forget import forget as erase
    from indexer.forget import linked_with
    from indexer.store import Store
    from search_api.composition import open_home

    wanted = [creator_id(id_) for id_ in ids]
    home, analyser = open_home(data, index), StandardAnalyser()
    place = open_index(home, analyser)
    if not yes:
        with Store(home.store) as store:
            others = linked_with(wanted, store)
        with_them = f", and with them the same people's {', '.join(others)}," if others else ""
        click.confirm(harmless(f"Erase {len(wanted)} creators{with_them} for good?"), abort=True, err=True)
    with progress_bars() as progress:
        loaded = load_encoder(encoder, home.models)
        report = erase(home, wanted, loaded, analyser, progress, index=place)
    click.echo(f"{report.erased:,} erased, {report.not_stored:,} not stored; all are kept out from now on.")
    if report.linked:
        click.echo(harmless(f"The same people's, by links in both directions: {', '.join(report.linked)}."))


def _column_map(columns: tuple[str, ...], map_file: Path | None) -> ColumnMap | None:
    from indexer.importers.column_map import from_options, from_toml

    if columns and map_file:
        raise click.UsageError("give --map or --map-file, not both")
    if map_file:
        return from_toml(map_file)
    return from_options(columns) if columns else None


def _summary(report: ImportReport) -> str:
    return (
        f"{report.lines:,} {'line' if report.lines == 1 else 'lines'} read: "
        f"{report.added:,} new, {report.changed:,} changed, "
        f"{report.unchanged:,} unchanged, {report.suppressed:,} left out on request, "
        f"{report.bad:,} bad {'line' if report.bad == 1 else 'lines'}."
    )
