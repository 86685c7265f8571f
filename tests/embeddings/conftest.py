"""Fixtures for encoders: offline, and one exported model for all runs."""

import os
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from embeddings.bert_graph import BertShape
from embeddings.model_folder import sha256_of
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.packaged_models import PackagedModel

os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(scope="session")
def onnx_encoder(models_dir: Path) -> OnnxEncoder:
    """Return the default encoder, on one thread."""
    return OnnxEncoder(models_dir)


@pytest.fixture
def tiny_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PackagedModel:
    """Return a packaged model of 8 dimensions with random weights, so that exports cost nothing."""
    source = tmp_path / "package"
    source.mkdir()
    _write_weights(source / "model.safetensors")
    _write_tokenizer(source / "tokenizer.json")
    package = ModuleType("tiny_packaged_model")
    package.get_model_path = lambda: source  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, package.__name__, package)
    return PackagedModel(
        name="tiny",
        module=package.__name__,
        distribution="tiny-packaged-model",
        weights_sha256=sha256_of(source / "model.safetensors"),
        tokenizer_sha256=sha256_of(source / "tokenizer.json"),
        shape=BertShape(layers=1, heads=2, hidden=8, epsilon=1e-12, max_tokens=16),
        languages=frozenset({"en"}),
    )


def _write_weights(path: Path) -> None:
    from safetensors.numpy import save_file

    random = np.random.default_rng(7)
    shapes = {"embeddings.word_embeddings": (6, 8), "embeddings.position_embeddings": (16, 8)}
    shapes["embeddings.token_type_embeddings"] = (2, 8)
    tensors = {f"{name}.weight": random.normal(size=shape) for name, shape in shapes.items()}
    layer = "encoder.layer.0"
    dense = {f"{layer}.attention.self.{part}": (8, 8) for part in ("query", "key", "value")}
    dense |= {f"{layer}.attention.output.dense": (8, 8), f"{layer}.intermediate.dense": (16, 8)}
    dense |= {f"{layer}.output.dense": (8, 16)}
    norms = ("embeddings.LayerNorm", f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm")
    for name, shape in (dense | dict.fromkeys(norms, (8,))).items():
        tensors[f"{name}.weight"] = random.normal(size=shape)
        tensors[f"{name}.bias"] = random.normal(size=shape[0])
    save_file({name: array.astype(np.float32) for name, array in tensors.items()}, path)


def _write_tokenizer(path: Path) -> None:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import BertProcessing

    words = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "run", "cook")
    tokenizer = Tokenizer(WordPiece({word: place for place, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(path))
