"""Platforms, places, languages, work, deals, names and personal traits."""

import pytest

from discovery.understanding.parts import PartKind
from tests.discovery.understanding.parsing import codes, read, stated, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("YouTubers and TikTokers who cook", ["youtube", "tiktok"]),
        ("auf Insta oder in Podcasts", ["instagram", "podcast"]),
        ("des youtubeuses et des instagrammeurs", ["youtube", "instagram"]),
        ("インスタやユーチューブで紹介", ["instagram", "youtube"]),
        ("유튜버와 틱톡커", ["youtube", "tiktok"]),
        ("यूट्यूब चैनल और पॉडकास्ट", ["youtube", "podcast"]),
        ("an Instagram marketing course", []),
        ("gardeners on Bluesky or Mastodon", ["bluesky", "mastodon"]),
        ("Konten auf Mastodon über Fahrräder", ["mastodon"]),
        ("voices of the Fediverse who knit", ["mastodon"]),
        ("ブルースカイやマストドンの写真家", ["bluesky", "mastodon"]),
        ("블루스카이에서 활동하는 작가", ["bluesky"]),
        ("Food blogs about sourdough", ["website"]),
        ("des blogs de cuisine", ["website"]),
        ("a museum with mastodon bones", []),
        ("photos under a blue sky", []),
        ("somebody who blogs about yarn", []),
        ("guest posts for our blogs", []),
        ("food bloggers with a website and a blog", []),
    ],
)
def test_platforms(text: str, expected: list[str]) -> None:
    assert codes(text, PartKind.PLATFORM) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Running shoes: runners, marathon coaches and running podcasts.",
        "Looking for trail runners and ultra marathon podcasts, no road bikes",
        "Wanted: running podcasts and marathon coaches.",
        "Kletterer und Podcasts über Klettern gesucht.",
        "Des coureurs de trail et des podcasts de course.",
    ],
)
def test_a_podcast_among_other_kinds_of_people_is_unsure_and_stays_in_the_topic(text: str) -> None:
    assert stated(text, PartKind.PLATFORM)[0].confidence < 0.6
    assert "podcasts" in read(text).query.lower()


def test_a_podcast_about_several_things_is_a_platform() -> None:
    assert stated("True crime and history podcasts.", PartKind.PLATFORM)[0].confidence > 0.6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Helmets: bike reviewers in India.", ["IN"]),
        ("French YouTubers", ["FR"]),
        ("Irish or Scottish YouTubers", ["IE", "GB"]),
        ("hosts in Canada or the US", ["CA", "US"]),
        ("Leute aus der Schweiz", ["CH"]),
        ("deutsche Fans", ["DE"]),
        ("des vidéastes français", ["FR"]),
        ("des créateurs belges ou suisses", ["BE", "CH"]),
        ("tiktokers mexicanos", ["MX"]),
        ("gente do Uruguai", ["UY"]),
        ("日本のユーチューバー", ["JP"]),
        ("韓国や台湾の方", ["KR", "TW"]),
        ("한국 유튜버", ["KR"]),
        ("भारतीय यूट्यूबर", ["IN"]),
        ("English tea and Italian leather", []),
        ("historia de América Latina", []),
        ("Help us reach people", []),
    ],
)
def test_countries(text: str, expected: list[str]) -> None:
    assert codes(text, PartKind.COUNTRY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cooks in Austin or Houston", ["Austin", "Houston"]),
        ("London-based cyclists", ["London"]),
        ("Leute aus Köln", ["Köln"]),
        ("Coureurs basés à Lyon ou Grenoble", ["Lyon", "Grenoble"]),
        ("youtubers de Madrid o Valencia", ["Madrid", "Valencia"]),
        ("大阪か京都でカフェ巡りをしているアカウント", ["大阪", "京都"]),
        ("부산이나 대구에서 카페 투어를 하는 계정", ["부산", "대구"]),
        ("दिल्ली और लखनऊ के फूड ब्लॉगर", ["दिल्ली", "लखनऊ"]),
        ("Nice bath bombs", []),
        ("A Bristol-based maker of phone cases", []),
        ("Unsere Rösterei in Köln", []),
        ("신제품 홍보를 위해 먹방을 하는 계정", []),
    ],
)
def test_cities(text: str, expected: list[str]) -> None:
    assert words(text, PartKind.CITY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("French-speaking creators", ["fr"]),
        ("videos in Dutch", ["nl"]),
        ("YouTubers, Hindi or English, who cook", ["hi", "en"]),
        ("auf Türkisch", ["tr"]),
        ("deutschsprachige Leute", ["de"]),
        ("des youtubeurs francophones", ["fr"]),
        ("gente que fale espanhol", ["es"]),
        ("韓国語か中国語で投稿", ["ko", "zh"]),
        ("영어로 소개하는 분", ["en"]),
        ("अंग्रेज़ी या नेपाली में", ["en", "ne"]),
        ("an app to learn Spanish", []),
        ("Aplicación para aprender inglés", []),
    ],
)
def test_languages(text: str, expected: list[str]) -> None:
    assert codes(text, PartKind.LANGUAGE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 reels and three stories", [("reel", 2), ("story", 3)]),
        ("one YouTube video", [("video", 1)]),
        ("a dedicated video", [("video", None)]),
        ("zwei Storys und ein Karussell", [("story", 2), ("carousel", None)]),
        ("deux reels, une vidéo", [("reel", 2), ("video", None)]),
        ("3 episodios", [("episode", 3)]),
        ("リール2本とストーリーズ3本", [("reel", 2), ("story", 3)]),
        ("릴스 두 편", [("reel", 2)]),
        ("2 रील और एक पोस्ट", [("reel", 2), ("post", 1)]),
        ("makeup tutorials, bike reviews and story games", []),
    ],
)
def test_deliverables(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert [(part.any_of[0], part.min) for part in stated(text, PartKind.DELIVERABLE)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gifted only", ["gift"]),
        ("commission on every sale", ["commission"]),
        ("a flat fee", ["fee"]),
        ("bezahlt wird auf Provisionsbasis", ["commission"]),
        ("gegen Honorar", ["fee"]),
        ("en dotation produit", ["gift"]),
        ("a comisión", ["commission"]),
        ("em permuta", ["gift"]),
        ("成果報酬で", ["commission"]),
        ("원고료 지급", ["fee"]),
        ("फ्री प्रोडक्ट", ["gift"]),
        ("원고료는 없습니다", []),
        ("gift boxes for birthdays", []),
    ],
)
def test_deals(text: str, expected: list[str]) -> None:
    assert codes(text, PartKind.DEAL) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We're Fernhollow Skin, a small label.", ["Fernhollow Skin"]),
        ("Wir sind Kernbude, ein Hersteller von Nussmus.", ["Kernbude"]),
        ("Chez Lunaé Savons, on fabrique des savons.", ["Lunaé Savons"]),
        ("Somos Tortilleja y hacemos totopos.", ["Tortilleja"]),
        ("A marca Folha Viva vende chás.", ["Folha Viva"]),
        ("ハナモユというスキンケアのブランドです。", ["ハナモユ"]),
        ("안녕하세요, 달무리솝입니다. 비누예요.", ["달무리솝"]),
        ("हम निखरूपा हैं और फेसवॉश बनाते हैं।", ["निखरूपा"]),
        ("We're a team of three. Wir sind Imker.", []),
        ("Skincare brand seeks creators.", []),
    ],
)
def test_brands(text: str, expected: list[str]) -> None:
    assert words(text, PartKind.BRAND) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tea. Competitors: Goalvane, Pitchrook.", ["Goalvane", "Pitchrook"]),
        ("Tea, and nobody who has worked with Velvette Claw.", ["Velvette Claw"]),
        ("Tee. Wer für Sitzwolf oder Thronex geworben hat, kommt nicht infrage.", ["Sitzwolf", "Thronex"]),
        ("Thé. Personne qui ait travaillé avec Teintalia.", ["Teintalia"]),
        ("Té. La competencia es Rodavento y Cascalia.", ["Rodavento", "Cascalia"]),
        ("お茶。競合のキンニクス、バルクモンとお仕事中の方は対象外です。", ["キンニクス", "バルクモン"]),
        ("차. 경쟁사 매트온돌, 요가람과 협업한 분은 안 됩니다.", ["매트온돌", "요가람"]),
        ("चाय। प्रतिस्पर्धी रेशमोरा या पल्लूवाला के साथ काम कर चुके लोग नहीं।", ["रेशमोरा", "पल्लूवाला"]),
    ],
)
def test_competitors_are_no_exclusions(text: str, expected: list[str]) -> None:
    assert words(text, PartKind.COMPETITOR) == expected
    assert words(text, PartKind.EXCLUSION) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("female creators over 40", [("gender", "female"), ("age", "over 40")]),
        ("Muslim moms in the UK", [("religion", "Muslim")]),
        ("gay couples who travel", [("sexuality", "gay")]),
        ("weibliche Creator über 50", [("gender", "weibliche"), ("age", "über 50")]),
        (
            "avec des femmes de plus de 50 ans qui jardinent",
            [("gender", "femmes"), ("age", "plus de 50 ans")],
        ),
        ("Buscamos mujeres mayores de 40 años", [("gender", "mujeres"), ("age", "mayores de 40 años")]),
        ("gente: mulheres negras que cozinham", [("gender", "mulheres"), ("ethnicity", "negras")]),
        ("40代の女性クリエイター", [("age", "40代"), ("gender", "女性")]),
        ("무슬림 여성 유튜버", [("religion", "무슬림"), ("gender", "여성")]),
        ("महिला क्रिएटर, 40 साल से ऊपर", [("gender", "महिला"), ("age", "40 साल से ऊपर")]),
        ("halal food and women's health for young families", []),
        ("creadoras de belleza", []),
        ("女性向けのコスメ", []),
    ],
)
def test_personal_wishes(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(part.any_of[0], part.text) for part in stated(text, PartKind.PERSONAL)] == expected
    for _, said in expected:
        assert said not in read(text).query
