"""A segment: some creators with all that is searched and shown of them, in a few immutable files.

arrays.npz     columns, where each creator's passages lie, where each record lies
ids.json       creator ids; a creator's row is its place
vectors.f32    one float32 row for each passage with text, creator after creator
themes.f32     one float32 row for each creator: the mean of those, brought to length 1 (zeros without any)
themes.ivf     approximate index over the themes (large segments only), with costs.json
records.zst    the records, one zstd frame each
"""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import orjson
import zstandard
from numpy.typing import NDArray

from discovery.creator import Creator, CreatorId
from discovery.facets import Facets
from discovery.ports import Vectors
from indexer.documents import CreatorDocument
from indexer.embedded.columns import Columns, build_columns
from indexer.embedded.planner import Costs
from indexer.embedded.vectors import VectorIndex, build_approximate, measure
from indexer.records import from_json
from indexer.theme import theme

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """Where passages lie: those of creator `i` are `offsets[i]:offsets[i + 1]`.

    `position` [passages] is the place in `searched_posts` (-1: the profile), `has_vector` [passages] whether
    the passage has a row in the matrix.
    """

    offsets: Rows
    position: NDArray[np.int16]
    has_vector: NDArray[np.bool_]


class SegmentWriter:
    """Collects creators and writes a segment. Vectors and records go to the disk as they come."""

    def __init__(self, folder: Path, dimension: int) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._dimension = dimension
        self._matrix = (folder / "vectors.f32").open("wb")
        self._themes = (folder / "themes.f32").open("wb")
        self._records = (folder / "records.zst").open("wb")
        self._compressor = zstandard.ZstdCompressor(level=3)
        self._ids: list[CreatorId] = []
        self._facets: list[Facets] = []
        self._ends: list[int] = []
        self._counts: list[int] = []
        self._position: list[int] = []
        self._has_vector: list[bool] = []

    @property
    def passages(self) -> int:
        """How many passages were added."""
        return len(self._position)

    @property
    def creators(self) -> int:
        """How many creators were added."""
        return len(self._ids)

    def add(self, document: CreatorDocument, record: bytes, vectors: Vectors) -> None:
        """Add one creator; `vectors` has a row for each passage with text, in order."""
        self._ids.append(document.creator.id)
        self._facets.append(document.facets)
        self._counts.append(len(document.passages))
        self._position += [passage.position for passage in document.passages]
        self._has_vector += [bool(passage.text) for passage in document.passages]
        self._matrix.write(np.ascontiguousarray(vectors, dtype=np.float32).tobytes())
        self._themes.write(theme(vectors, self._dimension).tobytes())
        self._records.write(self._compressor.compress(record))
        self._ends.append(self._records.tell())

    def close(self) -> None:
        """Close the files; closing twice is allowed."""
        self._matrix.close()
        self._themes.close()
        self._records.close()

    def finish(self, threads: int) -> None:
        """Write the rest: columns, ids and, where it pays, the approximate index with its costs."""
        self.close()
        arrays = dict(build_columns(self._facets).arrays)
        arrays["passage.offsets"] = np.cumsum([0, *self._counts], dtype=np.int64)
        arrays["passage.position"] = np.array(self._position, dtype=np.int16)
        arrays["passage.has_vector"] = np.array(self._has_vector, dtype=np.bool_)
        arrays["record.ends"] = np.array(self._ends, dtype=np.int64)
        np.savez(self._folder / "arrays.npz", allow_pickle=False, **arrays)
        (self._folder / "ids.json").write_bytes(orjson.dumps(self._ids))
        self._write_approximate(threads)

    def _write_approximate(self, threads: int) -> None:
        import faiss

        path = self._folder / "themes.ivf"
        matrix = VectorIndex.open(self._folder / "themes.f32", path, self._dimension).matrix
        approximate = build_approximate(matrix, threads)
        if approximate is not None:
            faiss.write_index(approximate, str(path))
            costs = measure(matrix, approximate)
            (self._folder / "costs.json").write_bytes(orjson.dumps(asdict(costs)))


class Segment:
    """Read side of a segment. Rows are the segment's own, from 0."""

    def __init__(self, folder: Path, dimension: int) -> None:
        with np.load(folder / "arrays.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        self.ids: list[CreatorId] = orjson.loads((folder / "ids.json").read_bytes())
        self.passages = Passages(
            offsets=arrays.pop("passage.offsets"),
            position=arrays.pop("passage.position"),
            has_vector=arrays.pop("passage.has_vector"),
        )
        self._ends = arrays.pop("record.ends")
        self.columns = Columns(arrays, len(self.ids))
        self.vectors = VectorIndex.open(folder / "vectors.f32", None, dimension)
        self.themes = VectorIndex.open(folder / "themes.f32", folder / "themes.ivf", dimension)
        self.costs = _read_costs(folder / "costs.json")
        size = (folder / "records.zst").stat().st_size
        self._records: NDArray[np.uint8] = (
            np.memmap(folder / "records.zst", dtype=np.uint8, mode="r") if size else np.empty(0, np.uint8)
        )

    def record(self, row: int) -> Creator:
        """Read one creator's record."""
        start = int(self._ends[row - 1]) if row else 0
        frame = self._records[start : int(self._ends[row])].tobytes()
        return from_json(zstandard.ZstdDecompressor().decompress(frame))


def _read_costs(path: Path) -> Costs | None:
    if not path.exists():
        return None
    return Costs(**orjson.loads(path.read_bytes()))
