"""A creator's theme, the same for every engine."""

import numpy as np

from discovery.ports import Vectors


def theme(vectors: Vectors, dimension: int) -> Vectors:
    """The mean of a creator's vectors, brought to length 1; zeros when there is none (or they cancel out)."""
    total = vectors.reshape(-1, dimension).sum(axis=0, dtype=np.float64)
    norm = float(np.linalg.norm(total))
    mean: Vectors = (total / norm if norm > 0 else total).astype(np.float32)
    return mean
