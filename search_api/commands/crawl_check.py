"""`nichescout crawl check`: a source tried on saved pages, without network and without a record."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from search_api.commands.options import sources_option

SOME_BAD = 1


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("pages", nargs=-1, metavar="[PAGE]...", type=click.Path(exists=True, path_type=Path))
@click.option("--url", metavar="ADDRESS", help="Address that the one PAGE was saved from.")
@sources_option
def check(source: str, pages: tuple[Path, ...], url: str | None, sources: Path) -> None:
    """Check the file of a source, and try it on saved pages. Nothing is fetched or stored.

    SOURCE is the path of its file, or its name. Each PAGE is a saved page or feed, or a folder of them. Told
    of each: what every selector finds, what is read of a creator and from where, which links would be
    followed. Where a page was saved from is taken from its place in the folder: people/mira.html is read as
    that path on the host of the first seed, and site.example/mira.html as a page of that host.

    Exit status: 0 all pages were read, 1 some gave nothing, 2 the source has problems.

    \b
    Example: nichescout crawl check makers.toml saved/
    """
    from crawl_config.addresses import read_address
    from crawl_config.loader import load_named
    from indexer.crawl.document import Outcome
    from indexer.crawl.dry_run import check_page
    from indexer.crawl.readers import READERS
    from indexer.crawl.saved import address_of, document_of, saved_pages
    from search_api.commands.crawl_checked import about, page_lines, summary

    (loaded,) = load_named([source], sources)
    click.echo(about(loaded))
    if not pages:
        return
    if loaded.parser.is_api:
        raise click.UsageError(f"saved pages say nothing about an API; leave out {pages[0]}")
    if url is not None and (len(pages) > 1 or pages[0].is_dir() or read_address(url) is None):
        raise click.UsageError("--url is the http or https address of one PAGE that is a file")
    read = []
    for page in saved_pages(pages):
        document = document_of(page, url or address_of(page.place, loaded))
        read.append(check_page(document, loaded, READERS))
        click.echo("")
        for line in page_lines(str(page.place), read[-1]):
            click.echo(line)
    click.echo("")
    for line in summary(read):
        click.echo(line)
    if any(checked.reading.outcome is not Outcome.FETCHED for checked in read):
        sys.exit(SOME_BAD)
