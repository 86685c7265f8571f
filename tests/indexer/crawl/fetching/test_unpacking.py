"""Bodies: plain and packed, in any pieces, never more than allowed."""

import gzip
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.document import Outcome
from indexer.crawl.fetching.failure import Failure
from indexer.crawl.fetching.request import Limits
from indexer.crawl.fetching.unpacking import MOST_MEMBERS, Gzip, Plain

LIMITS = Limits(body_bytes=4_000, unpacked_bytes=200_000, ratio=20, free_bytes=10_000)


def unpack(packed: bytes, sizes: list[int], limits: Limits = LIMITS) -> bytes | Outcome:
    whole = Gzip(limits)
    try:
        for size in sizes:
            whole.take(packed[:size])
            packed = packed[size:]
        whole.take(packed)
        return whole.finish()
    except Failure as failure:
        return failure.outcome


pieces = st.lists(st.integers(0, 60), max_size=20)
members = st.lists(st.binary(max_size=200), min_size=1, max_size=5)
tails = st.one_of(
    st.just(b""), st.binary(max_size=30).filter(lambda tail: tail[:1] != b"\x1f"), st.just(b"\x1f\x00")
)


@given(members, st.integers(0, 9), tails, pieces)
def test_any_gzip_in_any_pieces_is_unpacked(
    contents: list[bytes], level: int, tail: bytes, sizes: list[int]
) -> None:
    packed = b"".join(gzip.compress(content, level, mtime=0) for content in contents)
    assert unpack(packed + tail, sizes) == b"".join(contents)


@given(members, st.integers(1, 17), pieces)
def test_what_is_cut_short_is_broken(contents: list[bytes], missing: int, sizes: list[int]) -> None:
    packed = b"".join(gzip.compress(content, mtime=0) for content in contents)
    assert unpack(packed[:-missing], sizes) is Outcome.BROKEN


@given(st.binary(max_size=300), pieces)
def test_any_bytes_end_somehow(noise: bytes, sizes: list[int]) -> None:
    for packed in (noise, b"\x1f\x8b" + noise, b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + noise):
        assert isinstance(unpack(packed, sizes), bytes | Outcome)


@given(st.binary(min_size=1, max_size=300), st.data())
def test_a_changed_byte_is_never_taken_for_the_content(content: bytes, data: st.DataObject) -> None:
    packed = bytearray(gzip.compress(content, mtime=0))
    place = data.draw(st.integers(10, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    assert unpack(bytes(packed), []) in {Outcome.BROKEN, content}


def test_nothing_at_all_is_an_empty_body() -> None:
    assert unpack(b"", []) == b""


def test_a_body_may_be_as_large_as_allowed_and_no_larger() -> None:
    whole = Plain(LIMITS)
    whole.take(b"a" * 3_999)
    whole.take(b"a")
    with pytest.raises(Failure, match="the body is larger than 4000 bytes"):
        whole.take(b"a")
    assert whole.finish() == b"a" * 4_000
    packed = gzip.compress(bytes(range(256)) * 15, 0)
    assert len(packed) <= 4_000
    assert unpack(packed + bytes(4_000 - len(packed)), []) == bytes(range(256)) * 15
    assert unpack(packed + bytes(4_001 - len(packed)), []) is Outcome.TOO_LARGE


def test_what_unpacks_to_more_than_its_share_is_a_bomb() -> None:
    assert unpack(gzip.compress(bytes(10_000)), []) == bytes(10_000), "a little is free"
    assert unpack(gzip.compress(bytes(12_000)), []) is Outcome.BOMB
    plenty = replace(LIMITS, ratio=1e9)
    assert unpack(gzip.compress(bytes(200_000)), [], plenty) == bytes(200_000)
    assert unpack(gzip.compress(bytes(200_001)), [], plenty) is Outcome.BOMB


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    taken = []

    class Watched(Gzip):
        def _check(self) -> None:
            taken.append(self.size)
            super()._check()

    with pytest.raises(Failure):
        Watched(replace(LIMITS, body_bytes=10**6)).take(gzip.compress(bytes(64 * 2**20)))
    assert taken == [65_536, 131_072, 196_608, 262_144], "in steps, up to the first one that is too much"


def test_there_are_not_more_members_than_allowed() -> None:
    nothing = gzip.compress(b"", mtime=0)
    wide = replace(LIMITS, body_bytes=10**6)
    assert unpack(nothing * MOST_MEMBERS, [], wide) == b""
    assert unpack(nothing * (MOST_MEMBERS + 1), [], wide) is Outcome.BOMB


def test_raw_and_zlib_streams_are_no_gzip() -> None:
    assert unpack(zlib.compress(b"content"), []) is Outcome.BROKEN
    assert unpack(zlib.compress(b"content", wbits=-15), []) is Outcome.BROKEN
