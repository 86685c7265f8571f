"""Options that several commands share."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from crawl_config.packaged import PACKAGED

Command = TypeVar("Command", bound=Callable[..., Any])

HOME_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "data": {
        "type": click.Path(file_okay=False, path_type=Path),
        "help": "Folder of this installation: record, index, keys.",
    },
    "index": {
        "multiple": True,
        "metavar": "PLACE",
        "help": "Where the index is: a folder, or the address of an OpenSearch cluster (https://…; repeat it "
        "for several nodes). Default: a folder in that of the installation.",
    },
    "encoder": {"help": "Encoder: a sentence-transformers model by name or path."},
}


def root_option(name: str, default: str | None) -> Callable[[Command], Command]:
    """Return an option of the whole program, with its default."""
    return click.option(
        f"--{name}",
        default=default,
        envvar=f"NICHESCOUT_{name.upper()}",
        show_default=default is not None,
        show_envvar=True,
        **HOME_OPTIONS[name],
    )


def _of_root(ctx: click.Context, param: click.Parameter, value: object) -> object:
    return ctx.find_root().params[param.name or ""] if value in (None, ()) else value


data_option = click.option("--data", callback=_of_root, **HOME_OPTIONS["data"])
"""The same option after the name of a command; it wins over the program's."""
encoder_option = click.option("--encoder", callback=_of_root, **HOME_OPTIONS["encoder"])
"""The same for the encoder."""
index_option = click.option("--index", callback=_of_root, **HOME_OPTIONS["index"])
"""The same for the place of the index."""
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")

sources_option = click.option(
    "--sources",
    type=click.Path(file_okay=False, path_type=Path),
    default=PACKAGED,
    envvar="NICHESCOUT_SOURCES",
    show_envvar=True,
    help="Folder of the sources that are named without a path. Default: the examples of the program.",
)
"""Where sources are found by their names."""

as_typed_option = click.option(
    "--as-typed",
    is_flag=True,
    help="Search for every word of BRIEF; read no conditions or exclusions in it.",
)

_FILTERS = (
    click.option(
        "--must",
        "--filter",
        "-f",
        "must",
        multiple=True,
        metavar="FILTER",
        help="Keep only who meets it: followers=10k..50k, country=DE,AT, verified=yes, "
        "audience_country=DE@0.3. Append :include to keep creators whose value is unknown.",
    ),
    click.option("--should", multiple=True, metavar="FILTER", help="Prefer who meets it."),
    click.option("--not", "not_", multiple=True, metavar="FILTER", help="Leave out who meets it."),
    click.option("--weight", multiple=True, metavar="SIGNAL=NUMBER", help="Weight of a signal, 0 to 10."),
    click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        help="Day from which ages count. Default: the date of each creator's own data.",
    ),
)


def brief_options(command: Command) -> Command:
    """Add the options from which `read_brief` makes a brief."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command
