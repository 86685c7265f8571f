"""The names that the libraries give, and folding."""

import pytest

from discovery.understanding.gazetteer_sources import MIN_POPULATION, gazetteers
from discovery.understanding.reading import Reading, fold


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Deutschland", "DE"), ("Corée du Sud", "KR"), ("Estados Unidos", "US"), ("日本", "JP"),
        ("한국", "KR"), ("भारत", "IN"), ("UK", "GB"),
    ],
)  # fmt: skip
def test_countries_have_names_in_the_eight_languages(name: str, code: str) -> None:
    assert gazetteers().countries[fold(name)] == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Indian", "IN"), ("Canadian", "CA"), ("deutschen", "DE"), ("österreichische", "AT"),
        ("mexicanas", "MX"), ("brasileiras", "BR"), ("italiennes", "IT"), ("भारतीय", "IN"),
    ],
)  # fmt: skip
def test_words_of_nationality_come_from_names_of_languages_and_of_money(word: str, code: str) -> None:
    assert gazetteers().adjectives[fold(word)] == code


def test_languages_units_and_currencies() -> None:
    known = gazetteers()
    assert [known.languages[fold(name)] for name in ("Türkisch", "français", "中国語", "हिंदी")] == [
        "tr",
        "fr",
        "zh",
        "hi",
    ]
    assert [known.units[fold(name)] for name in ("k", "万", "만", "लाख", "Tsd")] == [1e3, 1e4, 1e4, 1e5, 1e3]
    assert [known.currencies[fold(name)] for name in ("€", "₹", "円", "원", "reais", "dólares")] == [
        "EUR", "INR", "JPY", "KRW", "BRL", "USD",
    ]  # fmt: skip


def test_a_name_of_cities_means_the_most_populous_one() -> None:
    cities = gazetteers().cities
    assert [cities[fold(name)].country for name in ("Köln", "Lyon", "東京", "दिल्ली")] == [
        "DE",
        "FR",
        "JP",
        "IN",
    ]
    assert min(city.population for city in cities.values()) >= MIN_POPULATION
    assert fold("위해") not in cities  # Weihai, and "for the sake of"


@pytest.mark.parametrize("text", ["Ｆｕｌｌ　ｗｉｄｔｈ", "Größe für 5 €", "हज़ार", "a  —  b", "ﬁn"])
def test_folding_keeps_the_way_back(text: str) -> None:
    reading = Reading.of(text)
    assert len(reading.origin) == len(reading.folded) + 1
    assert reading.said(reading.span(0, len(reading.folded))) == text


def test_folding() -> None:
    assert fold("Größe ÀÉ हज़ार ５万") == "grosse ae हजार 5万"
    assert Reading.of("a   b!!").folded == "a b!"
