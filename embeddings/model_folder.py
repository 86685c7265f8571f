"""A folder with an exported model: `model.onnx`, `tokenizer.json` and the manifest that vouches for both.

The folder appears under its own name only when it is complete: it is written under a temporary name, brought
to the disk and renamed. At every load each file is compared with the sum in the manifest.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from discovery.errors import EncoderUnavailable

MANIFEST_NAME = "manifest.json"
_FORMAT = 1
_TEMPORARY_PREFIX = ".exporting-"
_ABANDONED_AFTER_SECONDS = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelManifest:
    """What an exported model is, and the sha256 of each of its files."""

    name: str
    source_sha256: str
    precision: str
    dimension: int
    max_tokens: int
    files: Mapping[str, str]
    format: int = _FORMAT


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_model_folder(folder: Path) -> ModelManifest:
    """Check every file of an exported model against its manifest, and return the manifest.

    Raises:
        EncoderUnavailable: names the first file that is missing or differs, and the way out.
    """
    manifest = _read_manifest(folder)
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise _damaged(folder, f"{path} is missing")
        if sha256_of(path) != expected:
            raise _damaged(folder, f"{path} is not the file that was exported (its sha256 differs)")
    return manifest


def write_model_folder(folder: Path, files: Mapping[str, bytes], manifest: ModelManifest) -> None:
    """Publish an exported model under `folder` in one step; a model that is already there stays.

    Raises:
        EncoderUnavailable: the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(folder.parent)
        temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX, dir=folder.parent))
        try:
            _fill(temporary, files, manifest)
            _publish(temporary, folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise EncoderUnavailable(
            f"The model could not be written to {folder}: {error}. Give a models folder that can be written."
        ) from error


def _read_manifest(folder: Path) -> ModelManifest:
    path = folder / MANIFEST_NAME
    try:
        manifest = ModelManifest(**json.loads(path.read_bytes()))
        readable = manifest.format == _FORMAT and set(manifest.files) == {"model.onnx", "tokenizer.json"}
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(folder, f"{path} cannot be read ({error})") from error
    if not readable:
        raise _damaged(folder, f"{path} was written by another version of NicheScout")
    return manifest


def _damaged(folder: Path, problem: str) -> EncoderUnavailable:
    return EncoderUnavailable(f"{problem}. Delete the folder {folder}: the model is then exported anew.")


def _fill(folder: Path, files: Mapping[str, bytes], manifest: ModelManifest) -> None:
    folder.chmod(0o755)
    for name, content in files.items():
        _write_durably(folder / name, content)
    _write_durably(folder / MANIFEST_NAME, json.dumps(asdict(manifest), indent=2).encode())
    _flush_folder(folder)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _publish(temporary: Path, folder: Path) -> None:
    try:
        temporary.rename(folder)
    except OSError:
        if not (folder / MANIFEST_NAME).is_file():  # else another process was quicker: its model is the same
            raise
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_abandoned(models_dir: Path) -> None:
    """Remove what an export that was killed has left behind, once it cannot be running any more."""
    for leftover in models_dir.glob(f"{_TEMPORARY_PREFIX}*"):
        with suppress(FileNotFoundError):  # an export beside this one has just published it
            if time.time() - leftover.stat().st_mtime > _ABANDONED_AFTER_SECONDS:
                shutil.rmtree(leftover, ignore_errors=True)
