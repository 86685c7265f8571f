"""Parts of a brief in words, the same on every face."""

import pytest

from discovery.brief import Brief
from discovery.filters import Filter
from discovery.understanding.parts import Part, PartKind, Understood
from search_api.web import wording
from search_api.web.part_words import PartWords, part_words, ruled_out_reason, understood_line

TEXT = "Cake from Germany, no betting"


@pytest.mark.parametrize(
    ("part", "line"),
    [
        (Part(kind=PartKind.TOPIC, text="cake"), "Searched for: cake"),
        (Part(kind=PartKind.EXCLUSION, text="betting"), "Not: betting"),
        (Part(kind=PartKind.PLATFORM, any_of=("youtube", "tiktok")), "Platform: YouTube or TikTok"),
        (Part(kind=PartKind.COUNTRY, any_of=("DE", "AT", "CH")), "Country: Germany, Austria or Switzerland"),
        (Part(kind=PartKind.CITY, text="Köln"), "City: Köln"),
        (Part(kind=PartKind.LANGUAGE, any_of=("de",)), "Language: German (the brief is in it)"),
        (Part(kind=PartKind.LANGUAGE, any_of=("en",)), "Language: English"),
        (Part(kind=PartKind.LANGUAGE, any_of=("de",), spans=((0, 4),)), "Language: German"),
        (Part(kind=PartKind.FOLLOWERS, min=10_000, max=50_000), "Followers: 10K–50K"),
        (Part(kind=PartKind.FOLLOWERS, min=10_000), "Followers: 10K or more"),
        (Part(kind=PartKind.FOLLOWERS, max=1_500_000), "Followers: up to 1.5M"),
        (
            Part(kind=PartKind.FOLLOWERS, any_of=("micro",), min=10_000, max=50_000),
            "Followers: 10K–50K (micro)",
        ),
        (Part(kind=PartKind.FOLLOWERS, any_of=("mega",)), "Followers: mega"),
        (Part(kind=PartKind.BUDGET, max=500, currency="EUR"), "Budget: up to 500 EUR"),
        (Part(kind=PartKind.BUDGET, min=200, max=500), "Budget: 200–500"),
        (Part(kind=PartKind.DELIVERABLE, any_of=("reel",), min=2, max=2), "Deliverable: 2 × reel"),
        (Part(kind=PartKind.DELIVERABLE, any_of=("reel",), min=1, max=2), "Deliverable: 1–2 × reel"),
        (Part(kind=PartKind.DELIVERABLE, any_of=("ugc",)), "Deliverable: ugc"),
        (Part(kind=PartKind.DEAL, any_of=("fee", "gift")), "Deal: fee or gift"),
        (Part(kind=PartKind.BRAND, text="Kernwichtel"), "Brand: Kernwichtel"),
        (Part(kind=PartKind.COMPETITOR, text="Wichtelkern"), "Competitor: Wichtelkern"),
        (
            Part(kind=PartKind.PERSONAL, any_of=("gender",), text="female"),
            "Personal, never scored: female",
        ),
    ],
)
def test_a_part_in_words(part: Part, line: str) -> None:
    assert part_words(part, TEXT, "de").line == line


def test_every_kind_has_its_words() -> None:
    for kind in PartKind:
        assert part_words(Part(kind=kind, text="x"), TEXT, None).name


def test_the_briefs_own_words_stand_beside_other_ones() -> None:
    country = Part(kind=PartKind.COUNTRY, any_of=("DE",), spans=((0, 4), (10, 17)))
    assert part_words(country, TEXT, None) == PartWords(
        name="Country", value="Germany", said="Cake … Germany"
    )
    same = Part(kind=PartKind.COUNTRY, any_of=("DE",), spans=((10, 17),))
    assert part_words(same, TEXT, None).said == ""
    assert part_words(Part(kind=PartKind.EXCLUSION, text="bets", spans=((22, 29),)), TEXT, None).said == ""


def test_all_of_it_in_one_line() -> None:
    parts = (
        Part(kind=PartKind.TOPIC, text="Cake"),
        Part(kind=PartKind.COUNTRY, any_of=("DE",)),
        Part(kind=PartKind.PLATFORM, any_of=("tiktok",)),
        Part(kind=PartKind.LANGUAGE, any_of=("de",), confidence=0.7),
        Part(kind=PartKind.EXCLUSION, text="betting"),
        Part(kind=PartKind.EXCLUSION, text="dogs", use=False),
        Part(kind=PartKind.BUDGET, max=5),
        Part(kind=PartKind.PERSONAL, text="female"),
    )
    brief = Brief(query=TEXT, filters=(Filter(field="platform", any_of=("youtube",)),))
    line = understood_line(brief, Understood(query="Cake", language="en", parts=parts))
    assert line == (
        "“Cake”; Country: Germany; Platform: TikTok, your filter counts instead; "
        "Language: German, preferred; Not: betting; Budget: up to 5, shown only; "
        "Personal, never scored: female"
    )


def test_why_somebody_was_left_out() -> None:
    parts = tuple(Part(kind=PartKind.EXCLUSION, text=text) for text in ("betting", "beer", "dogs"))
    told = ruled_out_reason(Understood(query="x", parts=(*parts, Part(kind=PartKind.TOPIC, text="x"))))
    assert told == "too much of what they publish is “betting”, “beer” or “dogs”"


def test_a_chance_in_words() -> None:
    assert wording.chance(None) == wording.chance_sentence(None, "x") == ""
    assert wording.chance(0.826) == "83 %"
    assert wording.chance_sentence(0.826, "900 invented pairs") == (
        "A judge would call about 83 of 100 such matches good. Fitted on 900 invented pairs."
    )
