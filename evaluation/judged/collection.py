"""The collection that was judged, as an installation of its own: some creators of a file, some posts of each.

What is built is kept in a folder and used again while it fits: the creators are imported anew each time, and
only when their records, the encoder or the rules of the index have changed is anything built.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from discovery.errors import EncoderMismatch, IndexDamaged, IndexMissing, InvalidInput, Problem
from discovery.ports import Analyser, Encoder
from evaluation.judged.lines import read_items
from indexer.build import build_index
from indexer.embedded.layout import Layout
from indexer.embedded.manifest import read_manifest
from indexer.home import Home
from indexer.importers.bad_line import BadLine
from indexer.importers.byte_lines import byte_lines, open_bytes
from indexer.importers.load import import_files
from indexer.index import check_fit
from indexer.records import to_json
from indexer.store import Store
from indexer.suppression import SuppressionList

MARK = "evaluation.json"
"""File that says that a folder was made here, and of which records."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Which creators are searched: those of `file` (JSON Lines) that `ids` lists (`None`: all of them).

    `posts` is how many posts of each are known, in the order of the file (`None`: all of them).
    """

    file: Path
    ids: Path | None = None
    posts: int | None = None


def build_collection(
    home: Home,
    collection: Collection,
    encoder: Encoder,
    analyser: Analyser,
    *,
    cache: Path | None = None,
    progress: Progress,
) -> bool:
    """Make `home` hold the collection and an index of it; return whether anything had to be built.

    `cache` is the folder of another installation whose encoded texts are taken over at the first build.

    Raises:
        InvalidInput: the files do not fit each other, or `home` holds creators of another origin.
    """
    _require_own(home)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Home(Path(folder))
        import_collection(fresh, collection)
        fingerprint = _fingerprint(fresh)
        if _is_current(home, fingerprint, encoder, analyser):
            return False
        home.root.mkdir(parents=True, exist_ok=True)
        (home.root / MARK).write_bytes(orjson.dumps({"records": "being built"}))
        _clear(home)
        shutil.move(fresh.store, home.store)
    if cache is not None and not home.embeddings.exists() and Home(cache).embeddings.exists():
        shutil.copyfile(Home(cache).embeddings, home.embeddings)
    build_index(home, encoder, analyser, progress, keep=1)
    (home.root / MARK).write_bytes(orjson.dumps({"records": fingerprint}))
    return True


def import_collection(home: Home, collection: Collection) -> None:
    """Import the creators of a collection into a new home, as `nichescout import` would.

    Raises:
        InvalidInput: a file cannot be read, a chosen line is refused, or listed creators are missing.
    """
    wanted = None if collection.ids is None else frozenset(read_items(collection.ids, str))
    chosen = home.root / "chosen.jsonl"
    numbers = _write_chosen(chosen, collection, wanted)
    with Store(home.store) as store, SuppressionList(home.suppression) as nobody:
        bad: list[BadLine] = []
        source = collection.file.name
        import_files([chosen], store, nobody, strict=True, source=source, on_bad_line=bad.append)
        if bad:
            message = "; ".join(map(str, (Problem(field=bad[0].field, message=bad[0].reason), *bad[0].more)))
            raise _refused(collection, numbers[bad[0].number - 1], message)
        missing = (wanted or frozenset()) - set(map(str, store.ids()))
    if missing:
        named = ", ".join(map(repr, islice(sorted(missing), 3)))
        message = f"{len(missing)} of its creators are not in {collection.file.name}, such as {named}"
        raise InvalidInput([Problem(field=str(collection.ids), message=message, value=len(missing))])
    if not numbers:
        raise InvalidInput([Problem(field=collection.file.name, message="holds no creator to search")])


def _write_chosen(path: Path, collection: Collection, wanted: Set[str] | None) -> list[int]:
    """Write the chosen lines with their first posts, and return their numbers in the file."""
    numbers = []
    with path.open("wb") as chosen:
        for number, record in _records(collection):
            if wanted is not None and record.get("id") not in wanted:
                continue
            if collection.posts is not None and isinstance(record.get("posts"), list):
                record["posts"] = record["posts"][: collection.posts]
            chosen.write(orjson.dumps(record) + b"\n")
            numbers.append(number)
    return numbers


def _records(collection: Collection) -> Iterator[tuple[int, dict[str, Any]]]:
    with open_bytes(str(collection.file)) as stream:
        for line in byte_lines(stream):
            if line.content.isspace():
                continue
            try:
                record = orjson.loads(line.content)
            except orjson.JSONDecodeError as error:
                raise _refused(collection, line.number, line.problem or f"is not JSON: {error}") from error
            if not isinstance(record, dict):
                raise _refused(collection, line.number, "is not one JSON object; write one creator a line")
            yield line.number, record


def _refused(collection: Collection, number: int, message: str) -> InvalidInput:
    return InvalidInput([Problem(field=f"{collection.file.name}, line {number}", message=message)])


def _fingerprint(home: Home) -> str:
    total = blake2b(digest_size=16)
    with Store(home.store) as store:
        for creator in store.creators():
            total.update(to_json(creator) + b"\n")
    return total.hexdigest()


def _require_own(home: Home) -> None:
    if home.store.exists() and not (home.root / MARK).exists():
        message = f"{home.root} holds creators of its own; give a new folder, or one that an evaluation made"
        raise InvalidInput([Problem(field="home", message=message, value=str(home.root))])


def _is_current(home: Home, fingerprint: str, encoder: Encoder, analyser: Analyser) -> bool:
    try:
        if orjson.loads((home.root / MARK).read_bytes()) != {"records": fingerprint}:
            return False
        layout = Layout(home.index)
        check_fit(read_manifest(layout.generation(layout.current())).origin, encoder.id, analyser.id)
    except (OSError, ValueError, IndexMissing, IndexDamaged, EncoderMismatch):
        return False
    return True


def _clear(home: Home) -> None:
    """Drop record and index; the vectors stay, they are known by their texts."""
    shutil.rmtree(home.index, ignore_errors=True)
    for ending in ("", "-wal", "-shm"):
        home.store.with_name(home.store.name + ending).unlink(missing_ok=True)
