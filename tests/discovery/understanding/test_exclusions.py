"""What is read as not wanted, and what only looks like it."""

import pytest

from discovery.understanding.parts import PartKind
from tests.discovery.understanding.parsing import read, words


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("Board games: people who play in families. No studios, no trailers-only channels.",
         ["studios", "trailers-only channels"]),
        ("Players of old games, but not the official channels of game publishers.",
         ["official channels of game publishers"]),
        ("Tea. Avoid meme pages, gossip and sports betting.", ["meme pages", "gossip", "sports betting"]),
        ("Trail cameras -hunting -guns", ["hunting", "guns"]),
        ("Wool hats: knitters, without political debates in the comments.", ["political debates"]),
        ("Creators who never promote gambling. Chess clocks.", ["gambling"]),
        ("Clocks. Studios and agencies need not apply.", ["Studios", "agencies"]),
        ("Seife: keine Händler, keine Agenturen und kein Glücksspiel, bitte.",
         ["Händler", "Agenturen", "Glücksspiel"]),
        ("Tee. Nicht erwünscht: Modemagazine, Agenturen.", ["Modemagazine", "Agenturen"]),
        ("Tee. Weder Politik noch Religion.", ["Politik", "Religion"]),
        ("Tee. Politik und Alkohol sind tabu.", ["Politik", "Alkohol"]),
        ("Savons. Pas de compléments minceur ni de chirurgie.", ["compléments minceur", "chirurgie"]),
        ("Savons, hormis les grandes marques et l'alcool.", ["grandes marques", "alcool"]),
        ("Velas. Nada de alcohol ni de apuestas.", ["alcohol", "apuestas"]),
        ("Velas; gente que no hable de política ni de fútbol.", ["política", "fútbol"]),
        ("Velas. Sin política, sin religión y sin apuestas.", ["política", "religión", "apuestas"]),
        ("Chás. Não queremos fofoca, política ou canais de clubes.",
         ["fofoca", "política", "canais de clubes"]),
        ("Chás no Instagram e no TikTok, exceto lojas.", ["lojas"]),
        ("お茶の紹介。政治、陰謀論、ギャンブルは除く。", ["政治", "陰謀論", "ギャンブル"]),
        ("お茶の紹介。チェーン店以外でお願いします。", ["チェーン店"]),
        ("お茶の紹介。転売やステマの投稿が多い方はNG。", ["転売", "ステマ"]),
        ("차를 소개하는 분. 정치나 도박은 제외.", ["정치", "도박"]),
        ("차를 소개하는 분. 성형외과와 공식 채널 말고요.", ["성형외과", "공식 채널"]),
        ("차를 소개하는 분, 욕설이 많은 계정은 사절합니다.", ["욕설"]),
        ("차를 소개하는 분. 제외 대상: 정치 채널, 도박 광고.", ["정치 채널", "도박 광고"]),
        ("お茶の紹介。NG：政治、宗教。", ["政治", "宗教"]),
        ("चाय दिखाने वाले लोग। राजनीति और सट्टा नहीं।", ["राजनीति", "सट्टा"]),
        ("चाय दिखाने वाले लोग, बड़े ब्रांड के पेज छोड़कर।", ["बड़े ब्रांड के पेज"]),
    ],
)  # fmt: skip
def test_each_excluded_thing_is_a_part_of_its_own(text: str, excluded: list[str]) -> None:
    assert words(text, PartKind.EXCLUSION) == excluded
    for thing in excluded:
        assert thing not in read(text).query


@pytest.mark.parametrize(
    "text",
    [
        "No-bake cakes, sugar-free desserts and alcohol-free beer.",
        "Not only chefs but also people who cook at home.",
        "People who care about animals and eat no meat.",
        "Home decor, no experience required.",
        "Ohne Zucker backen: wer zeigt Kuchen?",
        "Nicht nur Profis, sondern auch Anfänger; schlechtes Wetter ist kein Problem.",
        "Desserts sans cuisson et goûters sans gluten.",
        "Non seulement des experts, mais aussi des curieux.",
        "Postres sin azúcar para gente con letra bonita, sin prisa y sin complicaciones.",
        "Bolo sem forno e doces sem açúcar.",
        "砂糖なしのジャム。初心者だけでなく上級者も、経験なしでも歓迎です。",
        "설탕 없는 음료. 전문가뿐만 아니라 초보도, 경험 없이도 괜찮아요.",
        "चीनी के बिना मिठाई। सिर्फ़ बड़े चैनल ही नहीं, छोटे भी; कोई दिक्कत नहीं।",
    ],
)
def test_a_negative_word_inside_a_topic_excludes_nothing(text: str) -> None:
    assert words(text, PartKind.EXCLUSION) == []


def test_a_list_ends_where_another_wish_begins() -> None:
    text = "Velas. Sin política, en español, presupuesto de 500 €."
    assert words(text, PartKind.EXCLUSION) == ["política"]
    assert words("Seife. Keine Agenturen, für unser Team", PartKind.EXCLUSION) == ["Agenturen"]


def test_a_weak_cue_is_less_sure() -> None:
    strong, weak = (
        read(text).of(PartKind.EXCLUSION)[0].confidence
        for text in ("Tea, no gossip.", "Tea, without gossip.")
    )
    assert weak < strong


def test_what_a_product_is_made_without_is_no_exclusion() -> None:
    text = "Hundefutter ohne Getreide: Hundetrainer und Hundehalter gesucht, keine Katzen"
    assert words(text, PartKind.EXCLUSION) == ["Katzen"]
    assert all(word in read(text).query for word in ("Hundefutter", "Hundetrainer", "Hundehalter"))


@pytest.mark.parametrize("lead", ["न कि ", "제외 대상: ", "NG："])
def test_an_endless_exclusion_is_read_no_farther_than_a_part_may_reach(lead: str) -> None:
    assert read(f"चाय 차 お茶。{lead}" + "क가ア " * 900).parts
