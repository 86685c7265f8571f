"""Texts to vectors, from the cache where they have been encoded before."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from discovery.ports import Encoder, Vectors
from indexer.embedding_cache import EmbeddingCache

CHUNK = 500

Progress = Callable[[str, int, int], None]


def encoded(texts: Sequence[str], encoder: Encoder, cache: Path, progress: Progress) -> Vectors:
    """Return the vectors of texts, shape [texts, dimension]; what is new is kept in the file `cache`."""
    parts = [np.empty((0, encoder.dimension), np.float32)]
    with EmbeddingCache(cache) as known:
        for start in range(0, len(texts), CHUNK):
            chunk = texts[start : start + CHUNK]
            vectors, found = known.get(encoder.id, chunk, encoder.dimension)
            missing = [text for text, hit in zip(chunk, found.tolist(), strict=True) if not hit]
            if missing:
                vectors[~found] = fresh = encoder.encode_documents(missing)
                known.put(encoder.id, missing, fresh)
            parts.append(vectors)
            progress("encoding", start + len(chunk), len(texts))
    return np.concatenate(parts)
