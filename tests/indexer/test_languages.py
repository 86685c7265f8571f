"""The language of content: read off invented captions, or left open. Nothing is fetched to know it."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from discovery.creator import Creator, DetectedLanguage, Platform
from discovery.vocabulary import languages
from indexer.languages import MOST_CAPTIONS, detect_language, with_detected_language, words_of
from tests.fictional import creator, posts
from tests.strategies import creators

CAPTIONS = {
    "en": ("Baking bread on a rainy Sunday morning", "How I keep my kitchen tidy", "What we ate on holiday"),
    "de": (
        "Brot backen an einem verregneten Sonntag",
        "So bleibt meine Küche sauber",
        "Was wir gegessen haben",
    ),
    "fr": (
        "Faire son pain un dimanche de pluie",
        "Comment je garde une cuisine propre",
        "Ce que nous avons mangé hier",
    ),
    "es": (
        "Hornear pan un domingo de lluvia",
        "Así mantengo limpia mi cocina",
        "Lo que comimos en vacaciones",
    ),
    "pt": (
        "Fazendo pão num domingo de chuva",
        "Como mantenho a cozinha limpa",
        "O que nós comemos nas férias de verão",
    ),
    "it": (
        "Fare il pane in una domenica di pioggia",
        "Come tengo sempre pulita la mia cucina",
        "Cosa abbiamo mangiato",
    ),
    "ru": (
        "Печём хлеб дождливым воскресеньем",
        "Как я держу кухню в чистоте",
        "Что мы ели в отпуске на море",
    ),
    "ja": (
        "雨の日曜日に家でゆっくりパンを焼いてみました",
        "わたしが台所をいつもきれいに保つための方法です",
        "夏休みに家族みんなで食べたものを紹介します",
    ),
    "ko": (
        "비 오는 일요일에 집에서 천천히 빵을 구웠어요",
        "제가 부엌을 항상 깨끗하게 유지하는 방법이에요",
        "여름휴가 때 가족과 함께 먹은 음식을 소개해요",
    ),
    "hi": (
        "बारिश वाले रविवार को घर पर रोटी बनाना",
        "मैं अपनी रसोई को साफ कैसे रखती हूँ",
        "छुट्टियों में हमने क्या क्या खाया",
    ),
    "ar": (
        "خبز الخبز في يوم أحد ممطر في البيت",
        "كيف أحافظ على نظافة مطبخي دائما",
        "ماذا أكلنا في العطلة الصيفية",
    ),
}
LONG_BIO = "Ich backe jeden Sonntag Brot und zeige, wie es auch in einer kleinen Küche gelingt."


@pytest.mark.parametrize("code", CAPTIONS)
def test_captions_of_one_language_are_read_as_it(code: str) -> None:
    found = detect_language(creator(posts=posts(*CAPTIONS[code])))

    assert found == DetectedLanguage(language=code, share=1.0, captions=3)


def test_the_majority_decides_and_the_share_says_how_clearly() -> None:
    captions = (*CAPTIONS["de"], CAPTIONS["fr"][0])

    assert detect_language(creator(posts=posts(*captions))) == DetectedLanguage(
        language="de", share=0.75, captions=4
    )


def test_half_is_no_majority() -> None:
    assert detect_language(creator(posts=posts(*CAPTIONS["de"][:2], *CAPTIONS["fr"][:2]))) is None


def test_the_bio_is_one_text_more() -> None:
    one = creator(bio=LONG_BIO, posts=posts(*CAPTIONS["fr"][:2]))

    assert detect_language(one) == DetectedLanguage(language="fr", share=2 / 3, captions=2)


def test_one_or_two_texts_decide_when_long_sure_and_of_one_language() -> None:
    assert detect_language(creator(bio=LONG_BIO)) == DetectedLanguage(language="de", share=1.0, captions=0)
    assert detect_language(creator(posts=posts(LONG_BIO))) == DetectedLanguage(
        language="de", share=1.0, captions=1
    )
    assert detect_language(creator(bio=LONG_BIO, posts=posts(" ".join(CAPTIONS["fr"])))) is None


@pytest.mark.parametrize(
    "one",
    [
        creator(),
        creator(bio="", posts=posts("", " ")),
        creator(bio="Ich backe jeden Sonntag Brot"),
        creator(posts=posts("Brot backen an einem Sonntag")),
        creator(posts=posts("Brot", "Kuchen", "Brezeln", "Torte", "Lecker")),
        creator(
            posts=posts(*["#brot #backen #sonntag #kuchen #lecker @back.stube https://example.org/brot"] * 9)
        ),
        creator(posts=posts(*["🍞🥐🥖 2026 !!! 100 % 🥨🥯🧇 4 + 4 = 8 🍰🎂🧁 ..."] * 9)),
        creator(bio="Zig zag zog zug zab zib zob zub zyx zaz ziz zoz zuz zez zyz zix zax zox zux zex"),
    ],
    ids=["nothing", "blank", "short bio", "one short caption", "short captions", "tags", "signs", "no words"],
)
def test_too_little_to_tell_is_left_open(one: Creator) -> None:
    assert detect_language(one) is None


def test_tags_mentions_addresses_and_signs_say_nothing() -> None:
    noise = (
        "#vegan #foodie @the.bakery https://example.org/the/best/of www.example.org me@example.org 🍞 2026 "
    )
    noisy = tuple(noise + text for text in CAPTIONS["fr"])

    assert detect_language(creator(posts=posts(*noisy))) == DetectedLanguage(
        language="fr", share=1.0, captions=3
    )
    assert words_of(noise + "l'été — déjà 30 °C!") == "l'été déjà C"
    assert words_of("नमस्ते दुनिया, हिन्दी ✨") == "नमस्ते दुनिया हिन्दी"


def test_capitals_make_no_difference() -> None:
    loud = tuple(text.upper() for text in CAPTIONS["de"])

    assert detect_language(creator(posts=posts(*loud))) == detect_language(
        creator(posts=posts(*CAPTIONS["de"]))
    )


def test_the_newest_captions_are_looked_at() -> None:
    newer = [f"{place} {text}" for place in range(3) for text in CAPTIONS["es"]]
    older = [f"{place} {text}" for place in range(5) for text in CAPTIONS["de"]]
    found = detect_language(creator(posts=posts(*newer, *older)))

    assert found == DetectedLanguage(language="es", share=1.0, captions=MOST_CAPTIONS)


def test_the_stated_language_stays_as_it_is() -> None:
    one = with_detected_language(creator(language="en", posts=posts(*CAPTIONS["ko"])))

    assert (one.language, one.content_language) == ("en", "en")
    assert one.detected_language is not None
    assert one.detected_language.language == "ko"


def test_texts_that_no_longer_tell_leave_nothing_behind() -> None:
    one = with_detected_language(creator(posts=posts(*CAPTIONS["de"])))

    assert with_detected_language(replace(one, posts=())).detected_language is None


@given(creators())
def test_any_texts_can_be_read_and_read_again(one: Creator) -> None:
    found = detect_language(one)

    assert detect_language(one) == found
    if found is not None:
        assert found.language in languages()
        assert 0 < found.share <= 1
        assert 0 <= found.captions <= MOST_CAPTIONS


def test_nothing_is_fetched_and_only_the_packaged_model_is_read(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "def watch(event, given):\n"
        "    assert not event.startswith('socket.') or event == 'socket.__new__', (event, given)\n"
        "sys.addaudithook(watch)\n"
        "from indexer.languages import detect_language\n"
        "from tests.fictional import creator\n"
        f"print(detect_language(creator(bio={LONG_BIO!r})).language)\n"
        "from indexer.languages import _detector\n"
        "print(sorted(_detector()._models))\n"
    )
    printed = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env={"FTLANG_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path)},
    )

    assert printed.stdout == "de\n['low_memory']\n"
    assert list(tmp_path.iterdir()) == []


def test_reading_needs_no_platform() -> None:
    found = {
        platform: detect_language(creator(platform=platform, posts=posts(*CAPTIONS["pt"])))
        for platform in Platform
    }

    assert {one and one.language for one in found.values()} == {"pt"}
