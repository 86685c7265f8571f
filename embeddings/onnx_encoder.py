"""The default encoder: a BERT sentence encoder on ONNX Runtime, without torch."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discovery.errors import EncoderUnavailable
from embeddings.batching import TokenBatch, token_batches
from embeddings.model_folder import ModelManifest, read_model_folder
from embeddings.onnx_export import export_folder, export_model
from embeddings.packaged_models import ALL_MINILM_L6_V2, PackagedModel
from embeddings.text import clean_text

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

# Tokens in one batch, padding counted. Measured: 256 and 512 run level, every doubling above is slower
# (the activations of a layer then no longer stay in the cache of a core).
TOKEN_BUDGET = 512


class OnnxEncoder:
    """Texts to unit vectors with all-MiniLM-L6-v2 (384-d, float32), reading at most 256 tokens of each text.

    The model is exported from its package on first use (about a second) and checked against its manifest at
    every load. Safe to use from several threads; create it after a fork, never before.

    `threads` is how many batches run side by side; each batch keeps to one core, which measured no slower
    than spreading every batch over all of them, and leaves a single query on one core.
    """

    def __init__(self, models_dir: Path, threads: int = 1, model: PackagedModel = ALL_MINILM_L6_V2) -> None:
        """Load `model` from its folder below `models_dir`, exporting it there first if need be.

        Raises:
            EncoderUnavailable: something is missing or damaged; the message says what to do.
            ValueError: `threads` is below 1.
        """
        if threads < 1:
            raise ValueError(f"threads must be at least 1, not {threads}")
        folder = export_folder(model, models_dir)
        if not folder.exists():
            export_model(model, models_dir)
        self._manifest = _checked_manifest(folder, model)
        self._languages = model.languages
        self._threads = threads
        self._tokenizer = _load_tokenizer(folder, self._manifest.max_tokens)
        self._session = _load_session(folder)

    @property
    def id(self) -> str:
        """Model, weights, runtime, precision and token limit: equal ids give equal vectors."""
        manifest = self._manifest
        weights = manifest.source_sha256[:12]
        return f"{manifest.name}@{weights}/onnxruntime/{manifest.precision}/{manifest.max_tokens}t"

    @property
    def dimension(self) -> int:
        """The length of every vector."""
        return self._manifest.dimension

    @property
    def languages(self) -> frozenset[str] | None:
        """What the model was trained on (ISO 639-1)."""
        return self._languages

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape [len(texts), dimension]."""
        return self._encode(texts)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape [len(texts), dimension]; best called with 100 texts or more."""
        return self._encode(texts)

    def batches(self, texts: Sequence[str]) -> list[TokenBatch]:
        """Tokenise texts and arrange them in batches, as `run_batches` takes them."""
        return list(token_batches(self._token_ids(texts), TOKEN_BUDGET))

    def run_batches(self, batches: Sequence[TokenBatch]) -> list[NDArray[np.float32]]:
        """Run the model over batches, `threads` of them side by side; the vectors of each batch."""
        if self._threads == 1 or len(batches) == 1:
            return list(map(self._run, batches))
        with ThreadPoolExecutor(self._threads, thread_name_prefix="encoder") as pool:
            return list(pool.map(self._run, batches))

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        batches = self.batches(texts)
        for batch, rows in zip(batches, self.run_batches(batches), strict=True):
            vectors[batch.rows] = rows
        return vectors

    def _token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        cleaned = [clean_text(text) for text in texts]
        if len(cleaned) == 1:  # a batch starts threads in the tokenizer, for one text they only cost
            return [self._tokenizer.encode(cleaned[0]).ids]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(cleaned)]

    def _run(self, batch: TokenBatch) -> NDArray[np.float32]:
        inputs = {"input_ids": batch.input_ids, "attention_mask": batch.attention_mask}
        vectors: NDArray[np.float32] = self._session.run(["vectors"], inputs)[0]
        return vectors


def _checked_manifest(folder: Path, model: PackagedModel) -> ModelManifest:
    manifest = read_model_folder(folder)
    expected = (model.name, model.weights_sha256, model.shape.max_tokens)
    found = (manifest.name, manifest.source_sha256, manifest.max_tokens)
    if found != expected:
        raise EncoderUnavailable(
            f"{folder} holds another model ({manifest.name}, weights {manifest.source_sha256[:12]}). "
            f"Delete the folder {folder}: the model is then exported anew."
        )
    return manifest


def _load_tokenizer(folder: Path, max_tokens: int) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    return tokenizer


def _load_session(folder: Path) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
