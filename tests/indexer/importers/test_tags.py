"""Hashtags and mentions as they stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.importers.tags import MOST, hashtags_in, mentions_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#vegan and #zero_waste", ("vegan", "zero_waste")),
        ("#Vegan #VEGAN", ("Vegan",)),
        ("#a#b", ("a",)),
        ("#1 of #2026 #5k", ("5k",)),
        ("#शाकाहारी #渋谷カフェ #عدس #비건", ("शाकाहारी", "渋谷カフェ", "عدس", "비건")),
        ("＃全角", ("全角",)),
        ("https://example.org/#part &#39; c#", ()),
        ("#straße, #don't", ("straße", "don")),
        ("", ()),
    ],
)
def test_hashtags(text: str, found: tuple[str, ...]) -> None:
    assert hashtags_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("with @Oat.Co and @friend_2!", ("Oat.Co", "friend_2")),
        ("thanks @friend. @FRIEND", ("friend",)),
        ("mail ada@example.org or [email]", ()),
        ("https://example.org/@ada", ()),
        ("(@ada)", ("ada",)),
        ("@ @.", ()),
        ("", ()),
    ],
)
def test_mentions(text: str, found: tuple[str, ...]) -> None:
    assert mentions_in(text) == found


@given(st.text())
def test_any_text_may_be_read(text: str) -> None:
    assert all(tag and "#" not in tag for tag in hashtags_in(text))
    assert all(name and "@" not in name for name in mentions_in(text))


def test_their_number_is_bounded() -> None:
    assert len(hashtags_in(" ".join(f"#t{number}" for number in range(1_000)))) == MOST
