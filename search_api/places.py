"""Where an index is: in a folder of this machine, or on a cluster."""

from collections.abc import Sequence
from pathlib import Path

from discovery.errors import InvalidInput, Problem


def read_places(where: Sequence[str]) -> tuple[Path | None, tuple[str, ...]]:
    """Return the folder that is named, if one is, and the addresses of a cluster's nodes.

    Raises:
        InvalidInput: both are named, or several folders.
    """
    addresses = tuple(one for one in where if "://" in one)
    folders = [one for one in where if "://" not in one]
    if addresses and folders:
        message = "names a folder and a cluster; an index is in one place"
        raise InvalidInput([Problem(field="index", message=message, value=folders[0])])
    if len(folders) > 1:
        message = f"names {len(folders)} folders; an index is in one place (several https:// nodes are one)"
        raise InvalidInput([Problem(field="index", message=message, value=folders[1])])
    return (Path(folders[0]) if folders else None), addresses
