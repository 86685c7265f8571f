"""The secret of a suppression list: 32 random bytes in a file of their own, made once, never changed."""

import os
import secrets
from pathlib import Path

from discovery.errors import StoreDamaged

KEY_SIZE = 32


def key_path(suppression_list: Path) -> Path:
    """Return where the key of a list lies: beside it, with the ending `.key`."""
    return suppression_list.with_suffix(".key")


def read_key(path: Path) -> bytes | None:
    """Return the key, or `None` when there is no such file.

    Raises:
        StoreDamaged: the file cannot be read or is not a key.
    """
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreDamaged(f"the key {path} of the suppression list cannot be read: {error}") from error
    if len(key) != KEY_SIZE:
        message = f"the key {path} of the suppression list has {len(key)} bytes instead of {KEY_SIZE}"
        raise StoreDamaged(f"{message}; restore it from a backup")
    return key


def create_key(path: Path) -> bytes:
    """Make a key, readable by its owner only, and return it; of two that try at once both get the first.

    The file appears complete or not at all, and is on disk on return.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        _write_durably(draft, secrets.token_bytes(KEY_SIZE))
        try:
            os.link(draft, path)  # unlike a rename, never replaces a key that is there
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        _sync_folder(path.parent)
    except OSError as error:
        raise StoreDamaged(f"the key {path} of the suppression list cannot be made: {error}") from error
    key = read_key(path)
    assert key is not None
    return key


def _write_durably(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
