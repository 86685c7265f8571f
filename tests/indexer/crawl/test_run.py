"""What a crawl is put together from: allowances, keys, locks, what is checked before anything is sent."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawl_config.source import Allowed, Manners, Parser, Source
from discovery.errors import InvalidInput
from indexer.crawl.document import Outcome, Task
from indexer.crawl.loop.parts import Parts, Settings, Signed
from indexer.crawl.run import CrawlBusy, check, crawl, opened, spending
from indexer.home import Home
from tests.hostile.behaviours import page
from tests.hostile.server import Server
from tests.indexer.crawl.crawling import Crawls, source, text

ADA = "website:site.example/ada"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()


def youtube(**changes: object) -> Source:
    given: dict[str, object] = {
        "name": "channels",
        "parser": Parser.YOUTUBE,
        "enabled": True,
        "seeds": ("UC0123456789012345678901",),
        "allowed": Allowed(hosts=("youtube.googleapis.com",)),
        "manners": Manners(contact="crawl@tests.example"),
        "retention_days": 30,
        "basis": "tests",
        "terms_url": "https://site.example/terms",
        "keys": {"key": "INVENTED_KEY"},
    }
    return Source(**(given | changes))  # type: ignore[arg-type]


def test_all_that_is_wrong_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    sources = [youtube(), youtube(name="off", enabled=False), youtube(name="odd", seeds=("not a channel",))]
    with pytest.raises(InvalidInput) as told:
        crawl(Home(tmp_path / "home"), sources, {})
    assert len(told.value.problems) == 3
    assert "INVENTED_KEY is not set" in str(told.value)
    assert not (tmp_path / "home").exists()
    check([youtube()], {"INVENTED_KEY": "k"})


def test_one_crawl_at_a_time(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with (
        opened(home, [], {}),
        pytest.raises(CrawlBusy, match="another process is crawling"),
        opened(home, [], {}),
    ):
        pass
    with opened(home, [], {}) as parts:
        assert isinstance(parts, Parts)


def test_an_allowance_outlives_the_process(tmp_path: Path) -> None:
    home, task = (
        Home(tmp_path / "home"),
        Task(url="https://youtube.googleapis.com/youtube/v3/search", step="x"),
    )
    for _ in range(2):
        with opened(home, [youtube()], {}) as parts:
            spend = spending(parts.frontier.quota)
            with parts.frontier.turn():
                assert [spend(youtube(), task, NOW) for _ in range(50)] == [None] * 50
    with opened(home, [youtube()], {}) as parts, parts.frontier.turn():
        again = spending(parts.frontier.quota)(youtube(), task, NOW)
    assert again == datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp()  # midnight, Pacific time


def test_what_an_allowance_does_not_cover_waits_and_other_sources_go_on(
    crawls: Crawls, server: Server
) -> None:
    for number in range(5):
        server.on(f"/{number}", text(f"creator website:{number} Number {number}"))
        server.on(f"/free/{number}", text(f"creator website:free{number} Number {number}"))
    paid = source(server, *(f"/{number}" for number in range(5)), name="paid", parser=Parser.MASTODON)
    free = source(server, *(f"/free/{number}" for number in range(5)), name="free")
    left = [3]

    def spend(asked: Source, _task: Task, now: float) -> float | None:
        if asked.name == "paid":
            left[0] -= 1
            return None if left[0] >= 0 else now + 3_600
        return None

    crawls.more = {"spend": spend}
    report = crawls.run(paid, free)
    assert report.sources["paid"].outcomes == {Outcome.FETCHED: 3, Outcome.QUOTA: 2}
    assert report.sources["free"].outcomes == {Outcome.FETCHED: 5}


def test_a_refused_key_ends_its_source_and_is_kept_to_itself(crawls: Crawls, server: Server) -> None:
    for number in range(5):
        server.on(
            f"/{number}", page(b'{"error": "no"}', status=403, headers={"Content-Type": "application/json"})
        )
    paid = source(
        server, *(f"/{number}" for number in range(5)), parser=Parser.MASTODON, keys={"key": "INVENTED"}
    )

    def sign(_source: Source, task: Task, _now: float) -> Signed:
        return Signed(url=task.url, headers={"authorization": "Bearer very-secret"})

    crawls.more = {"sign": sign}
    report = crawls.run(paid, settings=Settings(patience=1.0))
    assert len(server.paths()) <= 2  # the next may be on its way while the first is read
    assert server.seen[0].headers["authorization"] == "Bearer very-secret"
    assert report.sources["site"].outcomes[Outcome.UNAUTHORISED] >= 1
    assert report.sources["site"].unread
    assert b"very-secret" not in b"".join(path.read_bytes() for path in crawls.home.root.iterdir())


def test_an_interface_that_is_used_up_is_left_alone_as_long_as_it_asks(
    crawls: Crawls, server: Server
) -> None:
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "600"}
    server.on("/0", text(f"creator {ADA} Ada", **spent))
    server.on("/1", text("creator website:1 Number"))
    report = crawls.run(source(server, "/0", "/1", parser=Parser.MASTODON))
    assert (server.paths(), report.waiting) == (["/0"], 1)
    crawls.ahead = 601
    crawls.run(source(server, "/0", "/1", parser=Parser.MASTODON))
    assert server.paths() == ["/0", "/1"]
