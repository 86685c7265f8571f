"""The manifest: what a generation is, and the sum of every file in it. No manifest, no generation."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from discovery.errors import IndexDamaged
from discovery.ports import GenerationInfo
from indexer.embedded.files import digest, replace_text
from indexer.index import Origin

FORMAT = 1
NAME = "manifest.json"
_SUM = "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Identity of a generation. `files` maps relative paths to (bytes, sha256); `revision` is the store's.

    `segments` counts the rows (creators) of each segment, the base first.
    """

    generation: str
    built_at: str
    encoder: str
    dimension: int
    analyser: str
    schema: int
    revision: int
    creators: int
    passages: int
    segments: tuple[int, ...]
    files: dict[str, tuple[int, str]]
    format: int = FORMAT

    @classmethod
    def blank(cls, origin: Origin) -> "Manifest":
        """Return a manifest that knows what the generation is made from, but not yet what is in it."""
        return cls(**asdict(origin), creators=0, passages=0, segments=(), files={})

    @property
    def origin(self) -> Origin:
        """What the generation is made from."""
        return Origin(**{entry.name: getattr(self, entry.name) for entry in fields(Origin)})

    @property
    def info(self) -> GenerationInfo:
        """What is served."""
        return GenerationInfo(
            id=self.generation,
            creators=self.creators,
            passages=self.passages,
            encoder=self.encoder,
            analyser=self.analyser,
            built_at=self.built_at,
        )

    def write(self, folder: Path) -> None:
        """Write the manifest as the last file of a generation, with a sum of its own."""
        entries = asdict(self)
        entries[_SUM] = _sum(entries)
        replace_text(folder / NAME, orjson.dumps(entries, option=orjson.OPT_INDENT_2).decode())


def read_manifest(folder: Path) -> Manifest:
    """Read a manifest without checking the files it lists.

    Raises:
        IndexDamaged: missing, unreadable, changed, or of another format.
    """
    try:
        raw = orjson.loads((folder / NAME).read_bytes())
        if raw.get("format") != FORMAT:
            raise IndexDamaged(
                f"{folder} has index format {raw.get('format')}, this version reads {FORMAT}; "
                "run `nichescout index` to build it anew"
            )
        if raw.pop(_SUM, None) != _sum(raw):
            raise IndexDamaged(
                f"the manifest of {folder} was changed (its sum differs); "
                "run `nichescout index` to build it anew"
            )
        raw["segments"] = tuple(raw["segments"])
        raw["files"] = {name: (size, total) for name, (size, total) in raw["files"].items()}
        return Manifest(**raw)
    except (OSError, orjson.JSONDecodeError, TypeError, KeyError, ValueError, AttributeError) as error:
        raise IndexDamaged(
            f"the manifest of {folder} cannot be read ({error}); run `nichescout index` to build it anew"
        ) from error


def _sum(entries: Mapping[str, Any]) -> str:
    return sha256(orjson.dumps(entries, option=orjson.OPT_SORT_KEYS)).hexdigest()


def sums(folder: Path, known: dict[str, tuple[int, str]] | None = None) -> dict[str, tuple[int, str]]:
    """Measure every file of a generation; files in `known` are immutable shares and keep their sums."""
    known = known or {}
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != NAME:
            found[name] = known.get(name) or (path.stat().st_size, digest(path))
    return found


def verify(folder: Path, manifest: Manifest) -> None:
    """Compare every file with the manifest.

    Raises:
        IndexDamaged: naming the first file that is missing, of another size, or changed.
    """
    for name, (size, total) in manifest.files.items():
        path = folder / name
        trouble = None
        if not path.is_file():
            trouble = "is missing"
        elif path.stat().st_size != size:
            trouble = f"has {path.stat().st_size} bytes instead of {size}"
        elif digest(path) != total:
            trouble = "was changed (sha256 differs)"
        if trouble:
            raise IndexDamaged(
                f"{path} {trouble}; this generation is not served. "
                "Run `nichescout index` to build the index anew from the store"
            )
