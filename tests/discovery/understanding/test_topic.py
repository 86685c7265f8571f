"""What remains to be searched for, and the language a brief is written in."""

import pytest

from discovery.understanding.parts import Part, PartKind
from tests.discovery.understanding.parsing import read


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("We sell cast-iron pans. Looking for personalities who cook at home and teach others how.",
         "sell cast-iron pans. cook at home and teach others"),
        ("Makeup range. We want creators who do makeup tutorials.", "Makeup range. makeup tutorials"),
        ("K-pop store: dance cover and fan content on TikTok, 10k-50k followers.",
         "K-pop store. dance cover and fan content"),
        ("Handball-App sucht Kanäle, die über Taktik reden. Keine Politik.", "Handball-App. Taktik reden"),
        ("文房具のお店です。手帳を紹介するクリエイターを探しています。", "文房具のお店です. 手帳を紹介する"),
        ("라면 신제품입니다. 먹방을 찍는 크리에이터를 찾습니다.", "라면 신제품. 먹방을 찍는"),
    ],
)  # fmt: skip
def test_boilerplate_and_conditions_leave_the_query(text: str, query: str) -> None:
    assert read(text).query == query


def test_the_clauses_of_product_and_creators_are_topics_of_their_own() -> None:
    topics = read("We sell cast-iron pans. Looking for people who cook at home.").of(PartKind.TOPIC)
    assert [part.text for part in topics] == ["sell cast-iron pans", "cook at home"]


def test_a_brief_of_conditions_alone_is_searched_for_as_it_stands() -> None:
    understood = read("French YouTubers")
    assert understood.query == "French YouTubers"
    assert understood.of(PartKind.TOPIC) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We are looking for people who cook.", "en"),
        ("Wir suchen Leute, die gern kochen.", "de"),
        ("Nous cherchons des gens qui cuisinent.", "fr"),
        ("Buscamos gente que cocine en casa.", "es"),
        ("Procuramos quem cozinha em casa, não em restaurantes.", "pt"),
        ("料理を紹介する方。", "ja"),
        ("요리를 하는 분.", "ko"),
        ("खाना पकाने वाले लोग।", "hi"),
        ("Pasta", None),
    ],
)
def test_the_language_a_brief_is_written_in(text: str, language: str | None) -> None:
    assert read(text).language == language


def test_a_language_that_nobody_asked_for_is_implied_by_a_brief_that_is_not_english() -> None:
    implied = Part(kind=PartKind.LANGUAGE, any_of=("de",), confidence=0.5)
    assert read("Wir suchen Leute, die gern kochen.").of(PartKind.LANGUAGE) == (implied,)
    assert read("We are looking for people who cook.").of(PartKind.LANGUAGE) == ()
    asked = read("Wir suchen Leute, die auf Polnisch kochen.").of(PartKind.LANGUAGE)
    assert [part.any_of for part in asked] == [("pl",)]
