"""Ids in TREC files: any id comes back, nothing breaks a line, and what is no encoding is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import CreatorId
from evaluation.judged.lines import BadField
from evaluation.judged.trec import decode_id, encode_id, fields

IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: text not in {".", ".."}
)
KEPT = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-~:%")


@given(IDS)
def test_an_id_comes_back(text: str) -> None:
    encoded = encode_id(CreatorId(text))
    assert set(encoded) <= KEPT
    assert encoded.split() == [encoded]
    assert decode_id(encoded) == text


@given(IDS)
def test_small_letters_of_an_escape_are_the_same(text: str) -> None:
    encoded = encode_id(CreatorId(text))
    assert decode_id(re.sub("%..", lambda escape: escape.group().lower(), encoded)) == text


@pytest.mark.parametrize(
    ("identity", "encoded"),
    [
        ("ig:a.b_c-d~e", "ig:a.b_c-d~e"),
        ("podcast:Über uns/Folge 1", "podcast:%C3%9Cber%20uns%2FFolge%201"),
        ("100%", "100%25"),
        ("日", "%E6%97%A5"),
        ("a+b@c", "a%2Bb%40c"),
    ],
)
def test_the_encoding(identity: str, encoded: str) -> None:
    assert encode_id(CreatorId(identity)) == encoded
    assert decode_id(encoded) == identity


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a/b", "'a/b' is not percent-encoded; write 'a%2Fb'"),
        ("100%", "'100%' is not percent-encoded; write '100%25'"),
        ("%61", "'%61' is not percent-encoded; write 'a'"),
        ("é", "'é' is not percent-encoded; write '%C3%A9'"),
        ("%FF", "'%FF' is not percent-encoded UTF-8; encode the bytes of the UTF-8 form of the id"),
        ("..", "'..' cannot be part of a URL; add the platform: 'platform:..'"),
    ],
)
def test_what_is_no_encoding_is_refused_with_the_way_out(text: str, message: str) -> None:
    with pytest.raises(BadField) as refused:
        decode_id(text)
    assert (refused.value.field, refused.value.message) == ("id", message)


def test_a_line_of_too_few_fields_is_refused() -> None:
    assert fields(" a\t0  b 1 ", ("brief", "0", "id", "grade")) == ["a", "0", "b", "1"]
    with pytest.raises(BadField, match="3 fields instead of 4; write brief 0 id grade, ids percent-encoded"):
        fields("a b c", ("brief", "0", "id", "grade"))
