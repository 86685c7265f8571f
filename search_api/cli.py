"""The command line: `nichescout`."""

from pathlib import Path

import click

from search_api.commands.build import forget, import_
from search_api.commands.build import index as index_command
from search_api.commands.crawl import crawl
from search_api.commands.evaluate import evaluate
from search_api.commands.keys import keys
from search_api.commands.options import root_option
from search_api.commands.refusals import RefusingGroup
from search_api.commands.search import export, search, show, similar
from search_api.commands.serving import serve
from search_api.commands.words import filters, openapi, reference, schema, status
from search_api.composition import DEFAULT_DATA, DEFAULT_ENCODER
from search_api.version import VERSION


@click.group(
    cls=RefusingGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@root_option("data", DEFAULT_DATA)
@root_option("index", None)
@root_option("encoder", DEFAULT_ENCODER)
@click.version_option(VERSION, prog_name="nichescout")
def main(data: Path, index: tuple[str, ...], encoder: str) -> None:
    """Find the creators whose audience already cares about a product.

    Import creators, index them, then search: on the command line, in a browser, or over a JSON API.

    \b
        nichescout import sample/creators.jsonl
        nichescout index
        nichescout search "vegan skincare without perfume"
        nichescout serve
    """


for command in (
    import_,
    crawl,
    index_command,
    search,
    similar,
    show,
    export,
    serve,
    status,
    filters,
    forget,
    keys,
    evaluate,
    schema,
    openapi,
    reference,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
