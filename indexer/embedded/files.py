"""Durable files: what was written is on the disk before anything points at it."""

import os
import shutil
from hashlib import sha256
from pathlib import Path

_BLOCK = 1 << 20


def sync_file(path: Path) -> None:
    """Force a file's bytes to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Force every file below a folder, and the folders' own entries, to the disk."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync_file(Path(parent) / name)
        sync_file(Path(parent))


def replace_text(path: Path, text: str) -> None:
    """Replace a small file as a whole: readers see the old text or the new one, also after a power cut."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    sync_file(temporary)
    temporary.replace(path)
    sync_file(path.parent)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    total = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def share(source: Path, target: Path) -> None:
    """Give an immutable file a second name; copy it where the file system cannot link."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
