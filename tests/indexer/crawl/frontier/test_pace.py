"""When a host may be asked again."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.frontier.pace import GRACE, LONGEST_PAUSE, Pace, backoff

DELAY = 2.0
chances = st.floats(0, 1, exclude_max=True)


def test_one_request_at_a_time_is_followed_by_a_delay_after_its_answer() -> None:
    fresh = Pace()
    assert fresh.start(100.0, DELAY) == 100.0
    granted = fresh.granted(100.0, DELAY)
    assert granted.next_at == 102.0 + GRACE  # what a successor of a killed crawl goes by
    answered = granted.answered(101.5, DELAY)
    assert answered.start(101.6, DELAY) == 103.5


def test_of_several_at_once_the_delay_lies_between_their_starts() -> None:
    first = Pace().granted(100.0, DELAY)
    assert first.start(100.5, DELAY, running=1) == 102.0
    second = first.granted(102.0, DELAY).answered(102.5, DELAY, running=1)
    assert second.start(102.6, DELAY, running=1) == 104.0
    assert second.answered(103.0, DELAY).start(103.1, DELAY) == 105.0


def test_somebody_who_keeps_a_longer_delay_waits_longer() -> None:
    answered = Pace().granted(100.0, 1.0).answered(100.2, 1.0)
    assert answered.start(100.3, 1.0) == 101.2
    assert answered.start(100.3, 5.0) == 105.2


def test_a_host_that_asks_for_time_gets_as_much_and_at_most_a_day() -> None:
    pace = Pace().granted(100.0, DELAY)
    assert pace.refused(101.0, DELAY, asked_for=30.0, chance=0.5).start(102.0, DELAY) == 131.0
    assert pace.refused(101.0, DELAY, asked_for=0.0, chance=0.5).start(102.0, DELAY) == 103.0
    assert pace.refused(101.0, DELAY, asked_for=1e9, chance=0.5).next_at == 101.0 + LONGEST_PAUSE


def test_failures_in_a_row_pause_longer_and_an_answer_ends_them() -> None:
    pace, waits = Pace(), []
    for _ in range(6):
        pace = pace.granted(100.0, 0.1).refused(100.0, 0.1, asked_for=None, chance=0.999)
        waits.append(round(pace.next_at - 100.0))
    assert waits == [2, 4, 8, 16, 32, 64]
    assert pace.failures == 6
    assert pace.answered(100.0, 0.1).failures == 0


def test_a_clock_that_was_set_back_silences_no_host_for_good() -> None:
    assert Pace(asked_at=1e9, next_at=1e9).start(100.0, DELAY) <= 102.0


@given(st.integers(1, 2_000), chances)
def test_backoff_is_bounded_and_never_nothing(failures: int, chance: float) -> None:
    assert 0.5 <= backoff(failures, chance) <= LONGEST_PAUSE


@given(
    st.lists(
        st.tuples(st.sampled_from(["answered", "refused"]), st.floats(0, 5), chances), min_size=1, max_size=20
    ),
    st.floats(0.1, 10),
)
def test_no_course_of_events_brings_two_requests_nearer_than_the_delay(
    events: list[tuple[str, float, float]], delay: float
) -> None:
    now, pace, ended = 1_000.0, Pace(), 0.0
    for kind, took, chance in events:
        start = pace.start(now, delay)
        assert start >= ended + delay - 1e-6
        pace = pace.granted(start, delay)
        assert pace.next_at >= start + delay
        now = ended = start + took
        if kind == "answered":
            pace = pace.answered(now, delay)
        else:
            pace = pace.refused(now, delay, asked_for=None, chance=chance)
