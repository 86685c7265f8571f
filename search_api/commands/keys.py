"""`nichescout keys`: make, list and revoke API keys."""

from datetime import UTC, datetime
from pathlib import Path

import click

from search_api.commands.options import data_option, json_option


@click.group()
def keys() -> None:
    """Make, list and revoke API keys."""


@keys.command()
@click.argument("name")
@data_option
def create(name: str, data: Path) -> None:
    """Make a key called NAME and print it; it cannot be shown again.

    As soon as a key exists, every request to the JSON API needs one.

    \b
    Example: nichescout keys create "campaign dashboard"
    """
    from search_api.composition import open_keys

    key, token = open_keys(data).create(name, now=_now())
    click.echo(f"Key {key.id} ({key.name}) is made. This is the only time it is shown:", err=True)
    click.echo(token)


@keys.command("list")
@data_option
@json_option
def list_(data: Path, as_json: bool) -> None:
    """List the keys, without their secrets.

    \b
    Example: nichescout keys list
    """
    from search_api.composition import open_keys

    found = open_keys(data).all()
    if as_json:
        import orjson

        shown = [
            {"id": key.id, "name": key.name, "created_at": key.created_at, "revoked_at": key.revoked_at}
            for key in found
        ]
        click.echo(orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode())
        return
    from search_api.commands.tables import print_table

    rows = [(key.id, key.name, key.created_at, key.revoked_at or "works") for key in found]
    print_table(("id", "name", "created", "revoked"), rows, empty="There are no keys.")


@keys.command()
@click.argument("id")
@data_option
def revoke(id: str, data: Path) -> None:  # noqa: A002
    """Make the key ID useless, at once and for good.

    \b
    Example: nichescout keys revoke 3kQ9xYb2
    """
    from search_api.composition import open_keys

    ring = open_keys(data)
    key = ring.revoke(id, now=_now())
    click.echo(f"Key {key.id} ({key.name}) no longer works (revoked {key.revoked_at}).")
    if not ring.any_active():
        click.echo("No key is left: the API on loopback is open, and no other address is served.")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
