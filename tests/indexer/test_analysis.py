"""Text to index terms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import MAX_TERM_LENGTH, StandardAnalyser, fold
from tests import strategies

ANALYSER = StandardAnalyser()


any_text = st.one_of(
    strategies.texts, st.text(), st.text(alphabet=st.characters(categories=("L", "M", "N", "So")))
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Vegan recipes for Runners", ["vegan", "recip", "for", "runner"]),
        ("vegans' vegan’s Vegan's", ["vegan", "vegan", "vegan"]),
        ("don't don’t dont", ["dont", "dont", "dont"]),
        ("Cafés cafe\u0301s CAFES", ["cafe", "cafe", "cafe"]),
        ("straße STRASSE", ["strass", "strass"]),
        ("İstanbul", ["istanbul"]),
        ("#VeganFood", ["veganfood", "vegan", "food"]),
        ("#veganfood #VEGANFOOD", ["veganfood", "veganfood"]),
        ("iPhone15", ["iphone15", "phone", "15"]),
        ("snake_case", ["snake", "case"]),
        ("@ada.example C++", ["ada", "exampl", "c"]),
        ("𝓿𝓮𝓰𝓪𝓷 ｖｅｇａｎ", ["vegan", "vegan"]),
        ("東京のカフェ", ["東京", "京の", "のカ", "カフ", "フェ"]),
        ("茶", ["茶"]),
        ("vegan東京food", ["vegan", "東京", "food"]),
        ("비건 김치찌개", ["비건", "김치", "치찌", "찌개"]),
        ("素食食谱", ["素食", "食食", "食谱"]),
        ("شوربة العدس", ["شوربة", "العدس"]),
        ("מרק עדשים", ["מרק", "עדשים"]),
        ("दाल मखनी", ["दाल", "मखनी"]),
        ("борщ Борщ", ["борщ", "борщ"]),
        ("μέλι ΜΈΛΙ", ["μελι", "μελι"]),
        ("🌱vegan🌱", ["🌱", "vegan", "🌱"]),
        ("🏋️\u200d♀️", ["🏋", "♀"]),
        ("❤️ ❤", ["❤", "❤"]),
        ("ﷺ", ["صلىاللهعليهوسلم"]),
        ('" ) OR * AND caption:', ["or", "and", "caption"]),
        ("... --- !!! \t\n", []),
        ("", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert ANALYSER.terms(text) == terms


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param("שָׁלוֹם", "שלום", id="hebrew"),
        pytest.param("قُرْآن", "قرآن", id="arabic"),
        pytest.param("رمـضان", "رمضان", id="tatweel"),
        pytest.param("ﾊﾞﾅﾅ", "バナナ", id="halfwidth"),
        pytest.param("カ\u3099ン", "ガン", id="kana"),
        pytest.param(
            "\u1107\u1175\u1100\u1165\u11ab", "비건", id="jamo",
        ),
        pytest.param("ве\u0301ган", "веган", id="stress"),
        pytest.param("Ｖｅｇａｎ", "vegan", id="fullwidth"),
        pytest.param("ﬁtness", "fitness", id="ligature"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_are_one_term(text: str, same: str) -> None:
    assert ANALYSER.terms(text) == ANALYSER.terms(same)


def test_places_are_those_of_the_text() -> None:
    text = "🌱 #VeganFood, cafés 東京の"
    found = ANALYSER.find(text, ANALYSER.terms(text))
    assert [(term.text, text[term.start : term.end]) for term in found] == [
        ("🌱", "🌱"),
        ("veganfood", "VeganFood"),
        ("vegan", "Vegan"),
        ("food", "Food"),
        ("cafe", "cafés"),
        ("東京", "東京"),
        ("京の", "京の"),
    ]


def test_only_wanted_terms_are_found() -> None:
    assert [term.text for term in ANALYSER.find("vegan yoga vegan", {"vegan"})] == ["vegan", "vegan"]
    assert ANALYSER.find("vegan yoga", ()) == []


def test_all_terms_are_found_where_none_is_named() -> None:
    text = "Vegan yoga, 食べ and #cafés"
    assert ANALYSER.find(text, None) == ANALYSER.find(text, frozenset(ANALYSER.terms(text)))
    assert [term.text for term in ANALYSER.find(text, None)] == ANALYSER.terms(text)


def test_the_version_is_part_of_the_id() -> None:
    assert ANALYSER.id == "nichescout-1"


@given(any_text)
def test_terms_can_be_fed_to_any_engine(text: str) -> None:
    for term in ANALYSER.terms(text):
        assert term
        assert len(term) <= MAX_TERM_LENGTH + 2
        assert not any(map(str.isspace, term))
        assert term.isprintable() or any(unicodedata.category(sign) in {"Cf", "Co", "Cn"} for sign in term)
        term.encode()


@given(any_text)
def test_find_agrees_with_terms(text: str) -> None:
    terms = ANALYSER.terms(text)
    found = ANALYSER.find(text, frozenset(terms))
    assert [term.text for term in found] == terms
    for term in found:
        assert 0 <= term.start < term.end <= len(text)


@given(any_text)
def test_case_and_composition_do_not_matter_for_words(text: str) -> None:
    words = " ".join(one for one in text.split() if one.isascii() and one.islower())
    assert ANALYSER.terms(words.upper()) == ANALYSER.terms(words)
    latin = "".join(
        one for one in text if "\u00c0" <= one <= "\u017f" and unicodedata.decomposition(one)[:1] != "<"
    )
    assert ANALYSER.terms(unicodedata.normalize("NFD", latin)) == ANALYSER.terms(
        unicodedata.normalize("NFC", latin)
    )


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_plain_words_have_one_term(word: str) -> None:
    assert ANALYSER.terms(f"({word})") == [fold(word)]
