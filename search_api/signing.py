"""The installation's secret: a random key in the data folder, from which all signing keys are derived."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from discovery.errors import StoreDamaged

SECRET_BYTES = 32


def load_or_create_secret(path: Path) -> bytes:
    """Return the secret in `path`; make it on first use, readable by the owner only.

    Processes that start together agree: the first file to be linked into place wins.

    Raises:
        StoreDamaged: the file is not a secret of ours.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path)
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise StoreDamaged(
            f"{path} holds {len(secret)} bytes instead of {SECRET_BYTES}; delete it, and a new one is made "
            "(page cursors and web logins that are in use become invalid)"
        )
    return secret


def derive(secret: bytes, purpose: str) -> bytes:
    """Derive the key of one purpose, so that a signature for one thing never passes for another."""
    return hmac.digest(secret, purpose.encode(), hashlib.sha256)


def _create(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
