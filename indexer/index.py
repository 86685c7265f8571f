"""What a build asks of an index, as protocols: a folder of generations, or a cluster."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, Self

from discovery.creator import CreatorId
from discovery.errors import EncoderMismatch, IndexDamaged, NicheScoutError
from discovery.people import Profiles
from discovery.ports import Encoder, GenerationInfo, SearchEngine, Vectors
from indexer.documents import SCHEMA, CreatorDocument


class IndexBusy(NicheScoutError):
    """Another process is building this index."""

    code = "index_busy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a generation is made from, known before anything is in it. `revision` is the store's."""

    generation: str
    built_at: str
    encoder: str
    dimension: int
    analyser: str
    revision: int
    schema: int = SCHEMA


def origin(encoder: Encoder, analyser: str, revision: int) -> Origin:
    """Return the origin of a generation that begins now. Later generations have greater names."""
    now = datetime.now(UTC)
    return Origin(
        generation=now.strftime("%Y%m%dT%H%M%S.%fZ"),
        built_at=now.isoformat(timespec="seconds"),
        encoder=encoder.id,
        dimension=encoder.dimension,
        analyser=analyser,
        revision=revision,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The generation that is served, and the store's revision that it follows."""

    info: GenerationInfo
    revision: int


MAX_GROWTH = 0.25
"""With more updated creators than this share of those of the last whole build, an index is built anew."""


def too_much_growth(base: int, updated: int) -> str:
    """Return why so many updates since a whole build of `base` creators are too many, or ''."""
    if updated > MAX_GROWTH * max(base, 1):
        return f"{updated} creators were updated since the base of {base}"
    return ""


class Writer(Protocol):
    """A generation in the making; nobody reads it before `publish`. Leaving the context gives it up."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, *exception: object) -> None:
        """Let go of what is held open."""

    @property
    def ids(self) -> frozenset[CreatorId]:
        """Creators that are in the generation now."""

    def add(self, document: CreatorDocument, record: bytes, vectors: Vectors) -> None:
        """Add or replace a creator; `vectors` has a row for each passage with text."""

    def remove(self, identity: CreatorId) -> None:
        """Take a creator out; nothing happens when there is none."""

    def write_words(self, encode: Callable[[list[str]], Vectors]) -> None:
        """Write the telling words with their vectors; an update keeps those of the last whole build."""

    def write_people(self, persons: Sequence[Profiles]) -> None:
        """Write who is one person, in place of what was known of it before."""

    def publish(self, keep: int) -> Published:
        """Make the generation the one that is served, and drop all but the newest `keep`."""


class Index(Protocol):
    """Where generations are published."""

    def building(self) -> AbstractContextManager[None]:
        """Hold the right to build; it goes with the process, however it ends.

        Raises:
            IndexBusy: another process holds it.
        """

    def info(self) -> GenerationInfo:
        """What is served.

        Raises:
            IndexMissing: nothing has been published.
            IndexDamaged: it cannot be read.
        """

    def published(self, encoder: str, analyser: str) -> Published:
        """Return the generation that is served, after checking that an update may go on top of it.

        Raises:
            IndexMissing: nothing has been published.
            IndexDamaged: it cannot be used, or was built by another version.
            EncoderMismatch: it holds vectors of another encoder.
        """

    def why_anew(self, changed: int) -> str:
        """Return why an update of so many creators should rather build anew, or ''."""

    def begin(self, origin: Origin, ids: Sequence[CreatorId]) -> Writer:
        """Begin a generation from scratch; `ids` are all creators there are."""

    def extend(self, origin: Origin, changed: Sequence[CreatorId]) -> Writer:
        """Begin a generation on top of the one that is served."""

    @property
    def in_place(self) -> bool:
        """Whether an update changes the generation that is served, instead of putting another beside it."""

    def expunge(self) -> None:
        """Take removed creators out of all files of an index that is updated in place.

        Raises:
            IndexBusy: another process is building.
        """

    def withdraw(self) -> None:
        """Serve nothing any more, and drop every generation.

        Raises:
            IndexBusy: another process is building.
        """

    def words(self) -> list[str]:
        """The telling words of the generation that is served, as they were encoded."""


class Generations(Protocol):
    """Hands out the engine over the generation that is served, and goes over to each new one."""

    def current(self) -> SearchEngine:
        """Return the engine that is served now, opening it on first use.

        Raises:
            NicheScoutError: nothing is published, or it cannot be opened.
        """

    def watch(self) -> object:
        """Look for new generations from now on, in the background."""


def check_fit(built: Origin, encoder: str, analyser: str) -> None:
    """Refuse an index that was built by another encoder, analyser or text rule.

    Raises:
        EncoderMismatch: vectors of another encoder.
        IndexDamaged: built by another version of the analyser or of the passages.
    """
    if built.encoder != encoder:
        raise EncoderMismatch(
            f"the index was built by the encoder {built.encoder!r}, but {encoder!r} is loaded; "
            "run `nichescout index` to build it anew, or start with the encoder it was built by (--encoder)"
        )
    if (built.analyser, built.schema) != (analyser, SCHEMA):
        raise IndexDamaged(
            f"the index was built by another version (analyser {built.analyser}, schema "
            f"{built.schema}); run `nichescout index` to build it anew"
        )
