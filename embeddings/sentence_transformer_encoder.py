"""Any sentence-transformers model on torch: slower than the default encoder, and open to other models."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discovery.errors import EncoderUnavailable, did_you_mean
from embeddings.model_folder import sha256_of
from embeddings.nano_e5_encoder import NANO_E5
from embeddings.packaged_models import ALL_MINILM_L6_V2
from embeddings.text import replace_surrogates

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUILT_IN = (ALL_MINILM_L6_V2.name, NANO_E5, "hashing", "hashing-64")
_BATCH_SIZE = 16
# Weights, tokenizer, pooling, prompts: a change of any of them may change the vectors.
_DECIDING_SUFFIXES = frozenset({".safetensors", ".bin", ".json", ".txt", ".model"})
_E5 = re.compile(r"(?:^|[-_/])e5-(?:small|base|large)(?!.*instruct)", re.IGNORECASE)
_OTHER_RUNTIMES = frozenset({"onnx", "openvino"})
_PRECISIONS = {"float32": "fp32", "float16": "fp16", "bfloat16": "bf16"}


class SentenceTransformerEncoder:
    """Texts to unit vectors with a sentence-transformers model from this machine; nothing is downloaded.

    A model that tells queries from documents (by route, or by the prompts `query` and `document`, `passage`
    or `corpus`) is asked accordingly, and a model of the e5 family as that was trained. Create it after a
    fork, never before.
    """

    def __init__(self, name_or_path: str, threads: int = 1) -> None:
        """Load a model from a folder, or by a name whose files are already on this machine.

        `threads` is torch's number of threads, which holds for the whole process.

        Raises:
            EncoderUnavailable: there is no such model here, or it cannot be loaded.
            ValueError: `threads` is below 1.
        """
        if threads < 1:
            raise ValueError(f"threads must be at least 1, not {threads}")
        folder = _local_folder(name_or_path)
        self._model = _load(name_or_path, folder, threads)
        self._id = _identity(name_or_path, folder, self._model)
        self._query_prompt, self._document_prompt = _prompts(_short(name_or_path, folder), self._model)
        self._dimension = int(self._model.encode_document([""]).shape[1])
        self._languages = _languages(folder)

    @property
    def id(self) -> str:
        """Model, hash of its files, runtime, precision and token limit: equal ids give equal vectors."""
        return self._id

    @property
    def dimension(self) -> int:
        """The length of every vector."""
        return self._dimension

    @property
    def languages(self) -> frozenset[str] | None:
        """What the model's card states (ISO 639-1); `None`: several, or it does not say."""
        return self._languages

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape [len(texts), dimension]."""
        return self._encode(self._model.encode_query, self._query_prompt, texts)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape [len(texts), dimension]."""
        return self._encode(self._model.encode_document, self._document_prompt, texts)

    def _encode(
        self, encode: Callable[..., object], prompt: str | None, texts: Sequence[str]
    ) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self._dimension), dtype=np.float32)
        clean = [replace_surrogates(text) for text in texts]
        vectors = encode(
            clean, prompt=prompt, batch_size=_BATCH_SIZE, show_progress_bar=False, normalize_embeddings=True
        )
        return np.asarray(vectors, dtype=np.float32)


def _local_folder(name_or_path: str) -> Path:
    """The folder of that path, or the one that the Hugging Face cache on this machine keeps by that name."""
    if _is_folder(name_or_path):
        return Path(name_or_path)
    from huggingface_hub import snapshot_download

    repository = name_or_path if "/" in name_or_path else f"sentence-transformers/{name_or_path}"
    try:
        return Path(snapshot_download(repository, local_files_only=True))
    except (OSError, ValueError) as error:
        raise EncoderUnavailable(
            f"There is no model {name_or_path!r} on this machine, and NicheScout downloads none."
            f"{did_you_mean(name_or_path, BUILT_IN)} Or give the path of a folder that holds a "
            "sentence-transformers model."
        ) from error


def _is_folder(name_or_path: str) -> bool:
    return bool(name_or_path.strip()) and Path(name_or_path).is_dir()


def _load(name: str, folder: Path, threads: int) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    try:
        with _no_progress_bar():
            model: SentenceTransformer = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
            return model
    except Exception as error:  # three libraries raise here, each what it likes
        raise EncoderUnavailable(
            f"The model {name!r} in {folder} cannot be loaded: {error}. The folder must hold a complete "
            "sentence-transformers model (modules.json, config.json, tokenizer and weights)."
        ) from error


@contextmanager
def _no_progress_bar() -> Iterator[None]:
    """Keep the bar that the loading of weights draws off the terminal."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _identity(name: str, folder: Path, model: SentenceTransformer) -> str:
    dtype = str(next(model.parameters()).dtype).removeprefix("torch.")
    precision = _PRECISIONS.get(dtype, dtype)
    return f"{_short(name, folder)}@{_files_hash(folder)[:12]}/torch/{precision}/{model.max_seq_length}t"


def _short(name: str, folder: Path) -> str:
    return folder.resolve().name if _is_folder(name) else name


def _prompts(name: str, model: SentenceTransformer) -> tuple[str | None, str | None]:
    """What goes before a query and before a document; `None` leaves it to the model.

    The library looks for `passage` and `corpus` only where there is no `document`, and it always makes one,
    empty. Models of the e5 family come without prompts, but mean nothing without them.
    """
    saved = {kind: text for kind, text in model.prompts.items() if text}
    if not saved and _E5.search(name):
        return "query: ", "passage: "
    document = (saved[kind] for kind in ("document", "passage", "corpus") if kind in saved)
    return saved.get("query"), next(document, None)


def _files_hash(folder: Path) -> str:
    """The sha256 over every file that shapes the vectors, with its place in the folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.suffix in _DECIDING_SUFFIXES and path.is_file() and not _OTHER_RUNTIMES & set(place.parts):
            total.update(f"{place.as_posix()} {sha256_of(path)}\n".encode())
    return total.hexdigest()


def _languages(folder: Path) -> frozenset[str] | None:
    """The one language that a model's card states, or `None`."""
    from huggingface_hub import metadata_load

    card = folder / "README.md"
    stated = (metadata_load(card) or {}).get("language") if card.is_file() else None
    names = [stated] if isinstance(stated, str) else stated or []
    return frozenset(names) if len(names) == 1 and names[0] != "multilingual" else None
