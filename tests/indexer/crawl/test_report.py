"""The report of a crawl: what is shown to people, what to programs."""

from indexer.crawl.document import Outcome
from indexer.crawl.frontier.limits import Skip
from indexer.crawl.report import CrawlReport, SourceReport

REPORT = CrawlReport(
    sources={
        "one": SourceReport(
            outcomes={Outcome.FETCHED: 1_200, Outcome.DISALLOWED: 3, Outcome.TIMED_OUT: 2, Outcome.GONE: 1},
            skipped={Skip.COPY.value: 4},
        ),
        "other": SourceReport(outcomes={Outcome.UNREACHABLE: 5, Outcome.TIMED_OUT: 1}),
        "idle": SourceReport(),
    },
    requests=1_210,
    robots=7,
    hosts=7,
    new=900,
    changed=20,
    waiting=6,
    seconds=61.24,
    problems=("a: b",),
)


def test_people_see_what_is_not_zero() -> None:
    assert REPORT.rows() == [
        ("requests", "1,210 to 7 hosts"),
        ("seconds", "61.2"),
        ("fetched", "1,200"),
        ("gone", "1"),
        ("disallowed by robots.txt", "3"),
        ("failed: cannot be reached", "5"),
        ("failed: took too long", "3"),
        ("skipped: says the same as another page", "4"),
        ("creators new", "900"),
        ("creators changed", "20"),
        ("waiting for their time", "6"),
    ]


def test_programs_see_each_source_by_itself() -> None:
    data = REPORT.data()
    assert data["sources"]["one"] == {
        "ended": {"fetched": 1_200, "disallowed by robots.txt": 3, "gone": 1},
        "failed": {"took too long": 2},
        "skipped": {"says the same as another page": 4},
    }
    assert data["creators"]["new"] == 900
    assert (data["waiting"], data["stopped"], data["seconds"]) == (6, False, 61.24)


def test_a_source_is_unread_when_something_was_due_and_nothing_came() -> None:
    assert REPORT.unread == ("other",)
    assert SourceReport(outcomes={Outcome.DISALLOWED: 1}).unread
    assert not SourceReport(outcomes={Outcome.DISALLOWED: 1, Outcome.NOT_MODIFIED: 1}).unread
    assert not SourceReport(outcomes={Outcome.GONE: 1, Outcome.TLS: 1}).unread


def test_every_outcome_is_shown_in_one_way() -> None:
    for outcome in Outcome:
        rows = CrawlReport(sources={"a": SourceReport(outcomes={outcome: 1})}).rows()
        shown = [name for name, _ in rows if name in {outcome.value, f"failed: {outcome.value}"}]
        assert len(shown) == 1
