"""What holds of the parser for any text."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.understanding.gazetteer_sources import gazetteers
from discovery.understanding.gazetteers import Gazetteers
from discovery.understanding.parser import Parser
from discovery.understanding.parts import MAX_PART_TEXT, MAX_PARTS, PartKind, Span, Understood

_TEXT = """
We're Lumo, looking for creators who cook at home. no not only without -betting , ; : ! ? ( ) 10k–50k
20,000 1.500 followers subscribers Instagram YouTube podcast in India Berlin French German-speaking over
40 female reels three stories commission gifted fee budget up to competitors: Nike worked with nicht
keine sondern und ohne aus auf Deutsch pas de sans ni nous cherchons en français sin nada de buscamos
sem não procuramos nem クリエイター を探しています。 政治は除く フォロワー 1万〜5万人 日本語で 女性 한국
유튜버 찾습니다 정치 말고 5만원 팔로워 यूट्यूबर चाहिए। राजनीति नहीं ₹20,000 हिंदी में 5 लाख सब्सक्राइबर
"""
_WORDS = [*_TEXT.split(), "ß", "İ", "ﬁ", "①", "２０", "\u0301", "\u200b", "\x00", "\n"]
_briefs = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=60).map("".join),
)


@cache
def _parser() -> Parser:
    return Parser(gazetteers())


@given(_briefs)
@settings(max_examples=400)
def test_any_text_is_read_and_spans_lie_in_it(text: str) -> None:
    read = _parser().parse(text)
    assert len(read.parts) <= MAX_PARTS
    for part in read.parts:
        assert 0 <= part.confidence <= 1
        assert part.text is None or 0 < len(part.text) <= MAX_PART_TEXT
        for start, end in part.spans:
            assert 0 <= start < end <= len(text)


@given(_briefs)
def test_parts_of_different_kinds_share_no_characters_unless_one_lies_in_the_other(text: str) -> None:
    parts = _parser().parse(text).parts
    spans = [(part.kind, span) for part in parts for span in part.spans]
    for at, (kind, span) in enumerate(spans):
        for other_kind, other in spans[:at]:
            assert kind is other_kind or _apart(span, other) or _nested(span, other)


def _apart(one: Span, other: Span) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]


def _nested(one: Span, other: Span) -> bool:
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


@given(_briefs)
def test_the_query_is_made_of_the_texts_own_characters_and_never_empty_when_the_text_is_not(
    text: str,
) -> None:
    query = _parser().parse(text).query
    assert bool(query.strip()) or not text.strip()
    left = iter("".join(text.split()))
    assert all(char in left for char in "".join(query.split()).replace(". ", "").replace(".", ""))


@given(_briefs)
def test_the_same_text_is_read_the_same_twice(text: str) -> None:
    assert _parser().parse(text) == Parser(gazetteers()).parse(text)


@given(_briefs)
def test_without_gazetteers_nothing_breaks(text: str) -> None:
    kinds = {part.kind for part in Parser(Gazetteers()).parse(text).parts}
    assert not kinds & {PartKind.COUNTRY, PartKind.CITY}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "\x00"])
def test_a_text_without_words_has_no_parts(text: str) -> None:
    assert _parser().parse(text).parts == ()


def test_an_empty_text_is_understood_as_nothing() -> None:
    assert _parser().parse("") == Understood(query="")
