"""Any Python string becomes valid Unicode of bounded length."""

from hypothesis import given
from hypothesis import strategies as st

from embeddings.text import MAX_CHARACTERS, clean_text, replace_surrogates


def test_surrogates() -> None:
    assert replace_surrogates("a \ud83d\ude00 b") == "a 😀 b"
    assert replace_surrogates("a \ud83d b") == "a \ufffd b"
    assert replace_surrogates("\udcff") == "\ufffd"


def test_long_texts_are_cut() -> None:
    assert clean_text("ab" * MAX_CHARACTERS) == "ab" * (MAX_CHARACTERS // 2)


@given(st.text(st.characters(exclude_categories=())))
def test_every_string_becomes_valid_unicode_and_valid_text_stays(text: str) -> None:
    cleaned = clean_text(text)
    assert cleaned.encode().decode() == cleaned
    assert clean_text(cleaned) == cleaned
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert cleaned == text
