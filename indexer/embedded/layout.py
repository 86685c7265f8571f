"""Folders of the embedded index, and the one switch that publishes a generation.

index/
  CURRENT                name of the generation that is served
  lock                   held by the one process that builds
  building/NAME/         half-built; swept away by the next build
  generations/NAME/      manifest.json, segment-0 .. segment-n, passage-keywords,
                         creator-keywords, live.npy, sample.npy, words.json, words.f32, people.json
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from discovery.errors import IndexDamaged, IndexMissing
from indexer.embedded.files import replace_text, sync_file, sync_tree
from indexer.lock import held


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one embedded index."""

    root: Path

    def generation(self, name: str) -> Path:
        """Folder of a published generation."""
        return self.root / "generations" / name

    def building(self, name: str) -> Path:
        """Folder in which a generation is being built."""
        return self.root / "building" / name

    def current(self) -> str:
        """Name of the generation that is served.

        Raises:
            IndexMissing: nothing has been published.
            IndexDamaged: the file that names it cannot be read.
        """
        path = self.root / "CURRENT"
        try:
            name = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            message = f"no index in {self.root}; run `nichescout index` after importing creators"
            raise IndexMissing(message) from None
        except (OSError, UnicodeDecodeError) as error:
            message = f"{path} cannot be read ({error}); run `nichescout index` to build the index anew"
            raise IndexDamaged(message) from error
        if name in {"", ".."} or Path(name).name != name:
            message = f"{path} names no generation ({name!r}); run `nichescout index` to build the index anew"
            raise IndexDamaged(message)
        return name

    @contextmanager
    def building_lock(self) -> Iterator[None]:
        """Hold the right to build; the lock goes with the process, however it ends.

        Raises:
            IndexBusy: another process holds it.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with held(self.root / "lock", str(self.root)):
            shutil.rmtree(self.root / "building", ignore_errors=True)
            (self.root / "building").mkdir()
            (self.root / "generations").mkdir(exist_ok=True)
            yield

    def publish(self, name: str, keep: int) -> None:
        """Make a built generation the one that is served, then drop all but the newest `keep`.

        Everything is on the disk before the switch; the switch is one rename.
        """
        built = self.building(name)
        sync_tree(built)
        built.rename(self.generation(name))
        sync_file(self.root / "generations")
        replace_text(self.root / "CURRENT", name + "\n")
        others = sorted(path.name for path in (self.root / "generations").iterdir() if path.name != name)
        for old in others[: max(0, len(others) - keep + 1)]:
            shutil.rmtree(self.generation(old), ignore_errors=keep > 1)

    def withdraw(self) -> None:
        """Serve nothing any more: drop every generation. Who has one open keeps it until they close it.

        Raises:
            IndexBusy: another process is building.
        """
        with self.building_lock():
            (self.root / "CURRENT").unlink(missing_ok=True)
            sync_file(self.root)
            for path in (self.root / "generations").iterdir():
                shutil.rmtree(path)
