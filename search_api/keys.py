"""API keys: `ns_<id>_<secret>`, shown once, kept as a hash in one small file.

The secret has 190 bits, so a plain SHA-256 of it is enough; it ends in a checksum that catches typing errors.
Two active keys at a time let a key be replaced without an interruption.
"""

import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from string import ascii_letters, digits
from zlib import crc32

import orjson

from discovery.errors import InvalidInput, Problem, StoreDamaged

_ALPHABET = digits + ascii_letters
_SECRET_LENGTH = 32
_CHECK_LENGTH = 6
_ID_LENGTH = 8
_VERSION = 1
MAX_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as it is kept. Times are ISO 8601 in UTC; `revoked_at` is `None` while the key works."""

    id: str
    name: str
    sha256: str
    created_at: str
    revoked_at: str | None = None

    @property
    def active(self) -> bool:
        """Whether the key opens anything."""
        return self.revoked_at is None


class KeyRing:
    """The keys in a file. Every question reads the file's newest state, so a revocation works at once."""

    def __init__(self, path: Path) -> None:
        """Use the file `path`; it is made by the first key."""
        self._path = path
        self._seen: tuple[tuple[int, int, int], tuple[Key, ...]] | None = None

    def all(self) -> tuple[Key, ...]:
        """Every key, oldest first.

        Raises:
            StoreDamaged: the file cannot be read; nothing is let in until it is repaired.
        """
        try:
            state = self._path.stat()
        except FileNotFoundError:
            return ()
        mark = (state.st_ino, state.st_mtime_ns, state.st_size)
        if self._seen is None or self._seen[0] != mark:
            self._seen = (mark, _read(self._path))
        return self._seen[1]

    def any_active(self) -> bool:
        """Whether at least one key works."""
        return any(key.active for key in self.all())

    def active(self, id_: str) -> Key | None:
        """Return the working key of this id, if there is one."""
        return next((key for key in self.all() if key.id == id_ and key.active), None)

    def create(self, name: str, *, now: str) -> tuple[Key, str]:
        """Make a key; return it with its token, which cannot be shown again.

        Raises:
            InvalidInput: the name is blank or longer than 80 characters.
        """
        if not name.strip() or len(name) > MAX_NAME_LENGTH:
            message = f"must have 1 to {MAX_NAME_LENGTH} characters"
            raise InvalidInput([Problem(field="name", message=message, value=name[:80])])
        with self._locked():
            known = {key.id for key in self.all()}
            id_ = next(new for new in iter(lambda: _random(_ID_LENGTH), "") if new not in known)
            token = _token(id_, _random(_SECRET_LENGTH))
            key = Key(id=id_, name=name.strip(), sha256=_hash(token), created_at=now)
            self._write((*self.all(), key))
        return key, token

    def revoke(self, id_: str, *, now: str) -> Key:
        """Make a key useless from now on; a key that was revoked earlier keeps its date.

        Raises:
            InvalidInput: there is no such key.
        """
        with self._locked():
            keys = {key.id: key for key in self.all()}
            if id_ not in keys:
                message = "no such key; `nichescout keys list` shows the ids"
                raise InvalidInput([Problem(field="id", message=message, value=id_[:80])])
            if keys[id_].active:
                keys[id_] = replace(keys[id_], revoked_at=now)
                self._write(tuple(keys.values()))
        return keys[id_]

    def verify(self, token: str) -> Key | None:
        """Return the working key of a token, or `None`. The secret is compared in constant time."""
        id_ = _id_of(token)
        if id_ is None:
            return None
        key = self.active(id_)
        expected = key.sha256 if key else "0" * 64
        return key if hmac.compare_digest(_hash(token), expected) else None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_name(self._path.name + ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _write(self, keys: tuple[Key, ...]) -> None:
        """Replace the file at once: after a crash it is either the old one or the new one."""
        body = {"version": _VERSION, "keys": [asdict(key) for key in keys]}
        draft = self._path.with_name(self._path.name + ".draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _read(path: Path) -> tuple[Key, ...]:
    try:
        body = orjson.loads(path.read_bytes())
        if body["version"] != _VERSION:
            raise ValueError(f"version {body['version']!r} instead of {_VERSION}")
        return tuple(Key(**entry) for entry in body["keys"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(
            f"{path} cannot be read ({error}); restore it, or delete it and make new keys"
        ) from error


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _token(id_: str, secret: str) -> str:
    start = f"ns_{id_}_{secret}"
    return start + _checksum(start)


def _id_of(token: str) -> str | None:
    """Return the id in a well-formed token; typing errors are caught by the checksum."""
    parts = token.split("_")
    if len(parts) != 3 or parts[0] != "ns" or not token.isascii():
        return None
    if len(parts[1]) != _ID_LENGTH or len(parts[2]) != _SECRET_LENGTH + _CHECK_LENGTH:
        return None
    return parts[1] if token[-_CHECK_LENGTH:] == _checksum(token[:-_CHECK_LENGTH]) else None


def _checksum(text: str) -> str:
    number = crc32(text.encode())
    signs = []
    for _ in range(_CHECK_LENGTH):
        number, sign = divmod(number, len(_ALPHABET))
        signs.append(_ALPHABET[sign])
    return "".join(signs)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
