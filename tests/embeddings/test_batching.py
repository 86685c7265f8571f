"""Every text is in one batch, batches keep to their budget, padding is marked."""

from hypothesis import given
from hypothesis import strategies as st

from embeddings.batching import token_batches

token_lists = st.lists(st.lists(st.integers(1, 99), min_size=1, max_size=40), max_size=30)


@given(token_lists, st.integers(1, 100))
def test_every_text_is_in_exactly_one_batch_within_the_budget(texts: list[list[int]], budget: int) -> None:
    seen: list[int] = []
    lengths: list[int] = []
    for batch in token_batches(texts, budget):
        assert batch.input_ids.size <= budget or len(batch.rows) == 1
        for row, ids, mask in zip(batch.rows, batch.input_ids, batch.attention_mask, strict=True):
            text = texts[row]
            padding = [0] * (len(ids) - len(text))
            assert ids.tolist() == text + padding
            assert mask.tolist() == [1] * len(text) + padding
            lengths.append(len(text))
        seen.extend(batch.rows.tolist())
    assert sorted(seen) == list(range(len(texts)))
    assert lengths == sorted(lengths, reverse=True)


def test_a_batch_is_as_wide_as_its_longest_text() -> None:
    batches = list(token_batches([[1], [1, 2, 3], [4, 5]], budget=4))
    assert [batch.rows.tolist() for batch in batches] == [[1], [2, 0]]
    assert batches[1].input_ids.tolist() == [[4, 5], [1, 0]]
