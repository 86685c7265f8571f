"""`nichescout status`, `filters`, `schema` and `openapi`: what is there, and the words to ask with."""

from pathlib import Path

import click

from search_api.commands.options import data_option, index_option, json_option
from search_api.composition import open_home


@click.command()
@json_option
@data_option
@index_option
def status(as_json: bool, data: Path, index: tuple[str, ...]) -> None:
    """Say what is stored and what is indexed.

    \b
    Example: nichescout status
    """
    from search_api.commands.state import state

    found = state(open_home(data, index))
    if as_json:
        import orjson

        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
        return
    from search_api.commands.tables import print_table

    print_table(("", ""), [(name, value) for name, value in found.items()], empty="")


@click.command()
def filters() -> None:
    """List what can be filtered on, and how a filter is written.

    \b
    Example: nichescout filters
    """
    from discovery.filters import FIELDS, Kind
    from search_api.commands.tables import print_table

    shapes = {
        Kind.RANGE: "{0}=10..20, {0}=10.., {0}=..20",
        Kind.TERMS: "{0}=one,another",
        Kind.FLAG: "{0}=yes, {0}=no",
        Kind.SHARE: "{0}=one,another@{1}",
    }
    rates = "{0}=0.02..0.1, {0}=0.02.., {0}=..0.1"
    rows = [
        (
            spec.name,
            (rates if spec.upper_limit else shapes[spec.kind]).format(spec.name, spec.weight),
            spec.meaning,
        )
        for spec in FIELDS.values()
    ]
    print_table(("field", "written as", "meaning"), rows, empty="")
    click.echo(
        "\nAppend :include, :exclude or :only for creators whose value is unknown. By default --must leaves "
        "them out, --should and --not keep them."
    )


@click.command()
def schema() -> None:
    """Print the JSON Schema of the import format (one line of a JSON Lines file).

    \b
    Example: nichescout schema > creator.schema.json
    """
    import orjson

    from indexer.importers.schema import json_schema

    click.echo(orjson.dumps(json_schema(), option=orjson.OPT_INDENT_2).decode())


@click.command()
def openapi() -> None:
    """Print the OpenAPI 3.1 document of the JSON API.

    \b
    Example: nichescout openapi > openapi.json
    """
    from search_api.openapi import openapi_json

    click.echo(openapi_json(), nl=False)


@click.command(hidden=True)
@click.pass_context
def reference(ctx: click.Context) -> None:
    """Print the reference page of the command line, in Markdown."""
    from search_api.reference import command_line_page

    program = ctx.find_root().command
    assert isinstance(program, click.Group)
    click.echo(command_line_page(program, "nichescout"), nl=False)
