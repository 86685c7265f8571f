"""What an understood brief asks of a search."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from discovery.brief import Brief
from discovery.filters import Filter, Mode, Unknown
from discovery.interpretation import LIKELY, SURE, interpret
from discovery.understanding.parts import Part, PartKind, Understood

TEXT = "Vegan snacks on Instagram in India, no betting, female creators, 10k followers"


def place(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


TOPIC = Part(kind=PartKind.TOPIC, text="Vegan snacks", spans=((0, 12),))


def read(*parts: Part) -> Understood:
    return Understood(query="Vegan snacks", language="en", parts=(TOPIC, *parts))


PLATFORM = Part(kind=PartKind.PLATFORM, any_of=("instagram",), confidence=0.9)
BETTING = Part(kind=PartKind.EXCLUSION, text="betting", spans=place("betting"))
FEMALE = Part(kind=PartKind.PERSONAL, any_of=("gender",), text="female", spans=place("female"))


def test_the_topic_gives_the_words_and_the_text_the_meaning() -> None:
    asked = interpret(Brief(query=TEXT), read())
    assert (asked.text, asked.topic) == (TEXT, "Vegan snacks")


def test_what_is_ruled_out_and_traits_of_persons_are_not_searched_for() -> None:
    asked = interpret(Brief(query=TEXT), read(BETTING, FEMALE))
    assert asked.text == "Vegan snacks on Instagram in India, no , creators, 10k followers"
    assert asked.exclusions == ("betting",)
    assert asked.personal == ("female",)


def test_terms_of_the_deal_say_nothing_of_a_niche() -> None:
    followers = Part(kind=PartKind.FOLLOWERS, min=10_000, spans=place("10k followers"))
    asked = interpret(Brief(query=TEXT), read(followers))
    assert asked.text == "Vegan snacks on Instagram in India, no betting, female creators,"


def test_a_topic_that_the_caller_changed_is_all_that_is_searched_for() -> None:
    changed = Understood(query="oat milk", parts=(TOPIC, BETTING))
    asked = interpret(Brief(query=TEXT), changed)
    assert (asked.text, asked.topic) == ("oat milk", "oat milk")


def test_a_topic_that_is_switched_off_is_not_searched_for() -> None:
    other = Part(kind=PartKind.TOPIC, text="female creators", spans=place("female creators"))
    on = Understood(query="Vegan snacks. female creators", parts=(TOPIC, other))
    off = replace(on, parts=(TOPIC, replace(other, use=False)))
    assert interpret(Brief(query=TEXT), on).topic == "Vegan snacks. female creators"
    asked = interpret(Brief(query=TEXT), off)
    assert asked.topic == "Vegan snacks"
    assert "female" not in asked.text


def test_an_exclusion_that_is_switched_off_is_still_not_searched_for() -> None:
    off = interpret(Brief(query=TEXT), read(replace(BETTING, use=False)))
    assert off.exclusions == ()
    assert "betting" not in off.text


def test_a_part_that_is_switched_off_changes_nothing() -> None:
    off = replace(PLATFORM, use=False)
    assert interpret(Brief(query=TEXT), read(off)) == interpret(Brief(query=TEXT), read())


def test_a_sure_condition_lets_the_unknown_through_and_is_preferred() -> None:
    asked = interpret(Brief(query=TEXT), read(PLATFORM))
    wanted = Filter(field="platform", any_of=("instagram",), unknown=Unknown.INCLUDE)
    assert (asked.filters, asked.preferred) == ((wanted,), (0,))


@given(st.floats(0, 1))
def test_confidence_decides_between_condition_preference_and_verdict(confidence: float) -> None:
    part = Part(kind=PartKind.COUNTRY, any_of=("IN",), confidence=confidence)
    asked = interpret(Brief(query=TEXT), read(part))
    (item,) = asked.filters
    assert item.mode is (Mode.MUST if confidence >= SURE else Mode.SHOULD)
    assert item.unknown is Unknown.INCLUDE
    assert asked.preferred == ((0,) if confidence >= LIKELY else ())


def test_a_filter_of_the_request_takes_the_place_of_what_was_read() -> None:
    own = Filter(field="platform", any_of=("youtube",))
    asked = interpret(Brief(query=TEXT, filters=(own,)), read(PLATFORM))
    assert (asked.filters, asked.preferred) == ((own,), ())


def test_filters_that_leave_a_choice_are_preferred() -> None:
    filters = (
        Filter(field="platform", any_of=("youtube",)),
        Filter(field="country", any_of=("IN",), mode=Mode.SHOULD),
        Filter(field="language", any_of=("hi",), unknown=Unknown.INCLUDE),
        Filter(field="hashtags", any_of=("cats",), mode=Mode.NOT),
    )
    assert interpret(Brief(query=TEXT, filters=filters), read()).preferred == (1, 2)


def test_bounds_of_followers_become_a_range() -> None:
    part = Part(kind=PartKind.FOLLOWERS, any_of=("nano",), min=1_000, max=10_000)
    (item,) = interpret(Brief(query=TEXT), read(part)).filters
    assert (item.field, item.min, item.max) == ("followers", 1_000, 10_000)
    assert interpret(Brief(query=TEXT), read(Part(kind=PartKind.FOLLOWERS))).filters == ()


def test_what_nothing_is_known_of_is_no_condition() -> None:
    shown = (
        Part(kind=PartKind.CITY, text="Pune"),
        Part(kind=PartKind.BUDGET, max=500, currency="EUR"),
        Part(kind=PartKind.DEAL, any_of=("gift",)),
        Part(kind=PartKind.DELIVERABLE, any_of=("reel",)),
        Part(kind=PartKind.BRAND, text="Brisk Invented"),
    )
    assert interpret(Brief(query=TEXT), read(*shown)) == interpret(Brief(query=TEXT), read())
