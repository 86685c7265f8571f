"""`nichescout serve`: the search page and the JSON API."""

import os
import socket
from pathlib import Path

import click

from search_api.commands.options import data_option, encoder_option, index_option
from search_api.commands.refusals import Refused


@click.command()
@data_option
@index_option
@encoder_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8_000, show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; each loads its own model.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="Requests at a time in a process.",
)
@click.option("--trusted-host", multiple=True, metavar="NAME", help="A further host name to answer for.")
def serve(
    data: Path,
    index: tuple[str, ...],
    encoder: str,
    host: str,
    port: int,
    workers: int,
    threads: int,
    trusted_host: tuple[str, ...],
) -> None:
    """Serve the search page and the JSON API.

    Only this machine can reach it, unless --host names another address; that needs an API key
    (`nichescout keys create NAME`).

    \b
    Example: nichescout serve --port 8080
    """
    from search_api.addresses import check_address, is_loopback
    from search_api.app import Settings
    from search_api.composition import open_application, open_home, open_keys
    from search_api.hardening import LOOPBACK_HOSTS
    from search_api.server import Listening
    from search_api.server import serve as run

    home = open_home(data, index)
    check_address(host, open_keys(data))
    _check_free(host, port)
    public = not is_loopback(host)
    trusted = trusted_host if public else (*LOOPBACK_HOSTS, host, *trusted_host)
    settings = Settings(public=public, trusted_hosts=trusted)
    listening = Listening(host=host, port=port, workers=workers, threads=threads)
    parent = os.getpid()
    try:
        run(lambda readiness: open_application(home, encoder, settings, readiness), listening)
    except SystemExit as end:
        if end.code and os.getpid() == parent:  # workers leave through here too, with codes of their own
            raise Refused("the server could not start") from None
        raise


def _check_free(host: str, port: int) -> None:
    """Say at once that a port is taken, instead of after five attempts."""
    family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            message = f"cannot listen on {host}:{port} ({error.strerror}); choose another --port"
            raise Refused(message) from error
