"""The encoder without weights is the same everywhere."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import HashingEncoder
from tests.embeddings.samples import BROKEN, VARIED


def test_golden_values() -> None:
    vectors = HashingEncoder(8).encode_documents(["vegan food", "Läufer 🏃", ""])
    expected = [
        [0.0, 0.0, 0.0, 0.0, -0.22941573, 0.0, 0.6882472, 0.6882472],
        [0.0, 0.0, -0.45883146, 0.6882472, 0.0, 0.45883146, 0.22941573, -0.22941573],
        [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    ]
    np.testing.assert_array_equal(vectors, np.array(expected, dtype=np.float32))


def test_golden_sum_over_all_samples() -> None:
    vectors = HashingEncoder().encode_documents([*VARIED, *BROKEN])
    found = hashlib.sha256(vectors.astype("<f4").tobytes()).hexdigest()
    assert found == "4317a26b2b0b198c576eb6a1b4c21846860a920dba42efb496676cee193c7b8e"


@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=5), st.integers(1, 70))
def test_rows_are_unit_and_independent_of_each_other(texts: list[str], dimension: int) -> None:
    encoder = HashingEncoder(dimension)
    vectors = encoder.encode_documents(texts)
    assert vectors.shape == (len(texts), dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    for row, text in enumerate(texts):
        np.testing.assert_array_equal(encoder.encode_queries([text])[0], vectors[row])


def test_shared_words_bring_texts_closer() -> None:
    query, same, similar, other = HashingEncoder().encode_documents(
        ["vegan breakfast", "Vegan breakfast!", "a vegan lunch", "street photography with film"]
    )
    assert query @ same > query @ similar > query @ other


def test_id_names_the_dimension() -> None:
    assert HashingEncoder().id == "hashing-64@v1"
    assert HashingEncoder(128).id == "hashing-128@v1"


def test_dimension_must_be_positive() -> None:
    with pytest.raises(ValueError, match="dimension must be at least 1, not 0"):
        HashingEncoder(0)
