"""What the indices of a generation are called, and the aliases by which they are served.

A generation is three indices: creators (one document each, with the vector of the theme), passages (one
document each, with a vector) and words (the telling words).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discovery.errors import InvalidInput, Problem

DEFAULT_PREFIX = "nichescout"
PARTS = ("creators", "passages", "words")
_STAMP = r"-\d{8}t\d{6}\.\d{6}z"
_PREFIX = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Names:
    """Three indices that belong together, or three aliases."""

    base: str

    @property
    def creators(self) -> str:
        """One document a creator."""
        return f"{self.base}-creators"

    @property
    def passages(self) -> str:
        """One document a passage."""
        return f"{self.base}-passages"

    @property
    def words(self) -> str:
        """One document a telling word."""
        return f"{self.base}-words"

    @property
    def all(self) -> str:
        """All three, as an address takes them."""
        return ",".join(self)

    def __iter__(self) -> Iterator[str]:
        return iter((self.creators, self.passages, self.words))


def aliases(prefix: str) -> Names:
    """Return the aliases of an installation.

    Raises:
        InvalidInput: a name that OpenSearch does not take.
    """
    if not _PREFIX.fullmatch(prefix):
        message = "must be lower-case letters, digits, '.', '_' and '-', and begin with a letter or digit"
        raise InvalidInput([Problem(field="prefix", message=message, value=prefix)])
    return Names(prefix)


def generation(prefix: str, name: str) -> Names:
    """Return the indices of one generation; names of indices are lower-case."""
    return Names(f"{prefix}-{name.lower()}")


def is_generation(prefix: str, names: Names) -> bool:
    """Whether indices are a generation of this installation, and not of one whose prefix begins alike."""
    return re.fullmatch(re.escape(prefix) + _STAMP, names.base) is not None


def of_creators_index(index: str) -> Names:
    """Return the generation to which an index of creators belongs."""
    return Names(index.removesuffix("-creators"))
