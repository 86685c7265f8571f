"""Followers and budgets: numbers in the manner of eight languages."""

import pytest

from discovery.understanding.parts import PartKind
from tests.discovery.understanding.parsing import Bounds, bounds, codes, stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10k–50k followers", (10_000, 50_000)),
        ("10-50k followers", (10_000, 50_000)),
        ("between 10,000 and 80,000 subscribers", (10_000, 80_000)),
        ("at least 20k followers", (20_000, None)),
        ("under 100k followers", (None, 100_000)),
        ("1M+ followers", (1_000_000, None)),
        ("1.5M followers", (1_500_000, None)),
        ("1,00,000 followers or more", (100_000, None)),
        ("10.000 bis 50.000 Follower", (10_000, 50_000)),
        ("mindestens 1,5 Mio. Abonnenten", (1_500_000, None)),
        ("höchstens 20 Tsd. Follower", (None, 20_000)),
        ("entre 20 000 et 100 000 abonnés", (20_000, 100_000)),
        ("moins de 80 000 abonnés", (None, 80_000)),
        ("de 20 mil a 100 mil seguidores", (20_000, 100_000)),
        ("más de 50.000 suscriptores", (50_000, None)),
        ("acima de 20 mil inscritos", (20_000, None)),
        ("チャンネル登録者５万人以上", (50_000, None)),
        ("フォロワー5千人以上3万人以下", (5_000, 30_000)),
        ("フォロワー1万〜5万人", (10_000, 50_000)),
        ("팔로워 1만~10만", (10_000, 100_000)),
        ("구독자 5만 명 이상", (50_000, None)),
        ("fifty thousand followers or more", (50_000, None)),
        ("mindestens zehntausend Follower", (10_000, None)),
        ("フォロワー三万人以下", (None, 30_000)),
        ("팔로워 만 명 이상", (10_000, None)),
        ("एक लाख से ज़्यादा सब्सक्राइबर", (100_000, None)),
        ("10 हज़ार से 1 लाख फॉलोअर्स", (10_000, 100_000)),
        ("1 लाख से कम सब्सक्राइबर", (None, 100_000)),
    ],
)
def test_followers(text: str, expected: Bounds) -> None:
    assert bounds(f"Tea. {text}", PartKind.FOLLOWERS) == [expected]


@pytest.mark.parametrize(
    ("text", "tier", "expected"),
    [
        ("micro-influencers", "micro", (10_000, 50_000)),
        ("Nano-Influencerinnen", "nano", (1_000, 10_000)),
        ("micro-influenceurs", "micro", (10_000, 50_000)),
        ("microinfluenciadores", "micro", (10_000, 50_000)),
        ("mid-tier creators", "mid", (50_000, 500_000)),
        ("メガインフルエンサー", "mega", (1_000_000, None)),
        ("마이크로 인플루언서", "micro", (10_000, 50_000)),
        ("नैनो इन्फ्लुएंसर", "nano", (1_000, 10_000)),
    ],
)
def test_tier_words(text: str, tier: str, expected: Bounds) -> None:
    assert codes(f"Tea. {text}", PartKind.FOLLOWERS) == [tier]
    assert bounds(f"Tea. {text}", PartKind.FOLLOWERS) == [expected]


@pytest.mark.parametrize(
    "text", ["42 km runs", "an iPhone 15 case", "5-minute recipes", "3分で作れるおかず", "2만원대 도시락통"]
)
def test_other_numbers_are_no_followers(text: str) -> None:
    assert bounds(text, PartKind.FOLLOWERS) == []


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("Budget is up to $1,500.", "USD", (None, 1_500)),
        ("Budget of 2k EUR.", "EUR", (None, 2_000)),
        ("Two reels for 500 €.", "EUR", (None, 500)),
        ("A flat fee of CA$800.", "CAD", (None, 800)),
        ("Budget $300-$600 per video.", "USD", (300, 600)),
        ("Gegen Honorar, 800 bis 1.200 Euro.", "EUR", (800, 1_200)),
        ("Enveloppe max. 1 500 €.", "EUR", (None, 1_500)),
        ("Presupuesto de 2.000 a 3.000 dólares.", "USD", (2_000, 3_000)),
        ("Cachê de R$ 2 mil.", "BRL", (None, 2_000)),
        ("予算は3万円まで。", "JPY", (None, 30_000)),
        ("예산 100만 원.", "KRW", (None, 1_000_000)),
        ("बजट ₹20,000 तक।", "INR", (None, 20_000)),
    ],
)
def test_budgets(text: str, currency: str, expected: Bounds) -> None:
    (part,) = stated(text, PartKind.BUDGET)
    assert (part.currency, (part.min, part.max)) == (currency, expected)


@pytest.mark.parametrize(
    "text",
    [
        "Our baby carriers cost 249 €.",
        "On vend des poêles en fonte à 79 €.",
        "Finanças pessoais pra quem ganha até R$ 3 mil por mês.",
        "1,500円のお弁当箱を売っています。",
        "₹499 की बिरयानी मसाला किट के लिए लोग।",
    ],
)
def test_prices_and_incomes_are_no_budgets(text: str) -> None:
    assert stated(text, PartKind.BUDGET) == []
