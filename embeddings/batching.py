"""Arrange token lists in batches that waste little on padding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenBatch:
    """Texts of similar length.

    `rows` are their places among all texts; the arrays have the shape [rows, tokens], with zeros where a text
    has ended.
    """

    rows: NDArray[np.intp]
    input_ids: NDArray[np.int64]
    attention_mask: NDArray[np.int64]


def token_batches(token_ids: Sequence[Sequence[int]], budget: int) -> Iterator[TokenBatch]:
    """Yield every text once, longest first, in batches of at most `budget` tokens with padding.

    A text longer than the budget makes a batch of its own. Equal lengths keep the order of the texts.
    """
    lengths = np.fromiter(map(len, token_ids), dtype=np.intp, count=len(token_ids))
    order = np.argsort(-lengths, kind="stable")
    start = 0
    while start < len(order):
        longest = max(1, int(lengths[order[start]]))
        rows = order[start : start + max(1, budget // longest)]
        yield _pad(token_ids, rows, lengths[rows])
        start += len(rows)


def _pad(token_ids: Sequence[Sequence[int]], rows: NDArray[np.intp], lengths: NDArray[np.intp]) -> TokenBatch:
    kept = np.arange(lengths.max()) < lengths[:, None]
    input_ids = np.zeros(kept.shape, dtype=np.int64)
    input_ids[kept] = [token for row in rows for token in token_ids[row]]
    return TokenBatch(rows=rows, input_ids=input_ids, attention_mask=kept.astype(np.int64))
