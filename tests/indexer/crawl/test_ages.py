"""Stated ages below 18: what is said outright is heard, nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.ages import born_below_18, says_below_18

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "15 y/o | artist",
        "I'm 15",
        "I’m 16 and I paint",
        "Paints. I am 12 years old!",
        "art • 17 yo • she draws",
        "Age: 16",
        "Ich bin 17.",
        "ich bin 16 Jahre alt",
        "J'ai 15 ans, je peins",
        "tengo 14 años",
        "Tenho 17 anos",
        "15歳です",
        "만 15살",
    ],
)
def test_what_somebody_says_of_themselves(text: str) -> None:
    assert says_below_18(text)


@pytest.mark.parametrize(
    "text",
    [
        "18 y/o",
        "I'm 25",
        "Mum of a 15 year old",
        "my daughter is 12 years old",
        "I'm 15 minutes away",
        "15% off",
        "I'm 170 cm tall",
        "A 15 years old whisky",
        "Ich bin 15 Jahre verheiratet",
        "J'ai 15 ans d'expérience",
        "Tengo 15 años de experiencia",
        "Teaching 13-17",
        "115歳",
        "",
        None,
        15,
    ],
)
def test_what_says_nothing_about_ones_own_age(text: object) -> None:
    assert not says_below_18(text)


@pytest.mark.parametrize(
    ("born", "young"),
    [
        ("2008-03-02", True),
        ("2008-03-01", False),
        ("2008-03-02T00:00:00Z", True),
        ("2008-03", True),
        ("2008-02", False),
        ("2008", True),
        ("2007", False),
        (2012, True),
        (1990, False),
        ("1990-04-01", False),
        ("2030-01-01", False),
        ("2008-02-30", False),
        ("--03-01", False),
        ("soon", False),
        (True, False),
        (None, False),
        (["2012"], False),
    ],
)
def test_days_of_birth(born: object, young: bool) -> None:
    assert born_below_18(born, DAY) is young


@given(st.one_of(st.text(), st.integers(), st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")))
def test_nothing_raises(stated: object) -> None:
    says_below_18(stated)
    born_below_18(stated, DAY)
