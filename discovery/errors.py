"""Every error NicheScout raises on purpose.

NicheScoutError
├── InvalidInput            what the caller sent cannot be used (one or more problems, field by field)
│   └── InvalidCursor       a page cursor that was changed, or belongs to another query
├── StaleCursor             the cursor's generation is no longer the one that is served
├── CreatorNotFound         no such creator, or one who asked to be left out
├── EncoderMismatch         the index was built by another encoder
├── EncoderUnavailable      the encoder's weights are missing or damaged
├── IndexMissing            nothing has been published yet
├── IndexDamaged            a file of the index is not what its manifest says
├── StoreDamaged            the record of truth cannot be read
├── EngineUnavailable       the search cluster cannot be reached, or did not answer in time
├── EngineRefused           the search cluster will not: credentials, TLS, a read-only block, a document
└── AccessDenied            an address or a key that is not allowed

Each class has a stable `code`; faces translate codes, never messages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar


class NicheScoutError(Exception):
    """Base of all deliberate errors. `code` is stable and safe to switch on."""

    code: ClassVar[str] = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with an input: where (`filters[2].min`), what was sent, and the way out."""

    field: str
    message: str
    value: object = None

    def __str__(self) -> str:
        """Render as one line."""
        return f"{self.field}: {self.message}" if self.field else self.message


class InvalidInput(NicheScoutError):
    """The input has one or more problems; all of them are listed."""

    code = "invalid_input"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, problems)))


class InvalidCursor(InvalidInput):
    """A cursor that is not ours, was changed, or belongs to another query."""

    code = "invalid_cursor"


class StaleCursor(NicheScoutError):
    """The cursor was made on a generation that is no longer served: start again at the first page."""

    code = "stale_cursor"


class CreatorNotFound(NicheScoutError):
    """No creator of this id is in the index (or the creator asked to be left out)."""

    code = "creator_not_found"


class EncoderMismatch(NicheScoutError):
    """The index holds vectors of another encoder than the one that is loaded."""

    code = "encoder_mismatch"


class EncoderUnavailable(NicheScoutError):
    """The encoder cannot be loaded: weights missing, unknown or damaged."""

    code = "encoder_unavailable"


class IndexMissing(NicheScoutError):
    """No generation has been published."""

    code = "index_missing"


class IndexDamaged(NicheScoutError):
    """A file of a generation is missing or differs from the manifest."""

    code = "index_damaged"


class StoreDamaged(NicheScoutError):
    """The record of truth cannot be read, or belongs to another version."""

    code = "store_damaged"


class EngineUnavailable(NicheScoutError):
    """The search cluster cannot be reached, is too busy, or did not answer in time: later it may."""

    code = "engine_unavailable"


class EngineRefused(NicheScoutError):
    """The search cluster answered no: credentials, TLS, a read-only block, a document that it cannot hold."""

    code = "engine_refused"


class AccessDenied(NicheScoutError):
    """The address or the key is not allowed."""

    code = "access_denied"


def did_you_mean(value: str, known: Sequence[str]) -> str:
    """Return ` Did you mean 'x'?` for the nearest known word, or the list when it is short, else ''."""
    near = get_close_matches(value.casefold(), [word.casefold() for word in known], n=1, cutoff=0.5)
    if near:
        original = next(word for word in known if word.casefold() == near[0])
        return f" Did you mean {original!r}?"
    if known and len(known) <= 25:
        return f" Known: {', '.join(known)}."
    return ""
