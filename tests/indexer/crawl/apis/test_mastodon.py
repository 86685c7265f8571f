"""Mastodon: from accounts to creators over a real server, and the wishes that it obeys."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from crawl_config.source import Parser
from discovery.creator import Creator, CreatorId, Platform, Post
from discovery.errors import InvalidInput
from indexer.crawl.apis.mastodon import Mastodon
from indexer.crawl.document import Outcome, Reading
from indexer.crawl.stating import MINOR
from tests.indexer.crawl import walking
from tests.indexer.crawl.apis import mastodon_answers as answers
from tests.indexer.crawl.invented import DAY, NAME, by, document, source, task
from tests.indexer.crawl.walking import Said, walk

LOOKUP = "/api/v1/accounts/lookup?acct=otto"
STATUSES = f"/api/v1/accounts/{answers.NUMBER}/statuses?exclude_replies=true&exclude_reblogs=true&limit=40"
COUNTED: dict[str, Any] = {
    "observed_at": DAY,
    "likes": 31,
    "comments": 2,
    "shares": 6,
    "source": NAME,
}


def otto(host: str) -> Creator:
    return Creator(
        id=CreatorId(f"mastodon:otto@{host}"),
        platform=Platform.MASTODON,
        name="Otto Invented",
        handle=f"otto@{host}",
        url="https://social.example/@Otto",
        bio="Bread & books.\nSlow #sourdough\nSecond line",
        followers=812,
        following=90,
        posts_total=1033,
        links=("https://otto.example/",),
        posts=(
            Post(
                id="1100020",
                text="Rye with @mira, see https://otto.example/rye\n#Rye",
                url="https://social.example/@Otto/1100020",
                published_at=date(2026, 2, 20),
                hashtags=("Rye",),
                mentions=("mira@other.example",),
                **COUNTED,
            ),
            Post(
                id="1100015",
                text="About bread\nAnd further",
                url="https://social.example/@Otto/1100015",
                published_at=date(2026, 2, 15),
                **COUNTED,
            ),
            Post(
                id="110003",
                text="Crumbs",
                url="https://social.example/@Otto/110003",
                published_at=date(2026, 2, 3),
                **COUNTED,
            ),
        ),
        provenance=by(
            *("platform", "name", "handle", "url", "bio", "followers", "following", "posts_total"),
            *("links", "posts"),
        ),
    )


@pytest.fixture
def instance() -> Iterator[walking.Platform]:
    with walking.platform() as played:
        yield played


def test_an_account_and_its_posts_become_a_creator(instance: walking.Platform) -> None:
    following = (
        f'<{instance.base}/api/v1/accounts/1/statuses?limit=40&max_id=1100014>; rel="next", '
        f'<{instance.base}/api/v1/accounts/1/statuses?min_id=1100020>; rel="prev"'
    )
    instance.answers = {
        LOOKUP: Said(body=answers.account()),
        STATUSES: Said(body=answers.STATUSES, headers={"Link": following}),
        f"{STATUSES}&max_id=1100014": Said(body=answers.OLDER),
    }
    reader = Mastodon(base_of="http://{}".format)
    walked = walk(reader, source(Parser.MASTODON, f"@Otto@{instance.host}"))

    expected = otto(instance.host)
    assert walked.creators == {expected.id: expected}
    assert walked.outcomes == [(step, Outcome.FETCHED) for step in ("account", "posts", "posts")]
    assert (walked.problems, walked.left_out) == ([], [])
    assert instance.asked == [*instance.answers]


def looked_up(body: object, status: int = 200) -> Reading:
    (asked,) = Mastodon().start(source(Parser.MASTODON, "otto@social.example"))
    assert asked.url == "https://social.example/api/v1/accounts/lookup?acct=otto"
    assert asked.creator == "mastodon:otto@social.example"
    return Mastodon().read(document(body, status=status), asked, source(Parser.MASTODON))


OPT_OUTS: list[tuple[dict[str, Any], str]] = [
    ({"discoverable": False}, "has not opted in to be discovered"),
    ({"discoverable": None}, "has not opted in to be discovered"),
    ({"indexable": False}, "asks search engines to stay away"),
    ({"noindex": True}, "asks search engines to stay away"),
    ({"locked": True}, "approves followers by hand"),
    ({"limited": True}, "is limited by moderators"),
    ({"memorial": True}, "is kept in memory of somebody"),
    (
        {"note": "<p>bread <a>#<span>NoBot</span></a></p>"},
        "says in the profile that programs are to stay away",
    ),
    ({"note": "#noindex"}, "says in the profile that programs are to stay away"),
    (
        {"fields": [{"name": "x", "value": "#no-bots please", "verified_at": None}]},
        "says in the profile that programs are to stay away",
    ),
    ({"fields": [{"name": "Age:", "value": "<p>16</p>", "verified_at": None}]}, MINOR),
]


@pytest.mark.parametrize(("changes", "why"), OPT_OUTS)
def test_who_wants_not_to_be_found_is_left_out(changes: dict[str, Any], why: str) -> None:
    reading = looked_up(answers.account(**changes))
    assert (reading.outcome, reading.creators, reading.follow) == (Outcome.NOINDEX, (), ())
    assert reading.leave_out == ("mastodon:otto@social.example",)
    assert reading.problems == (f"mastodon:otto@social.example: {why}",)


@pytest.mark.parametrize(("changes", "why"), OPT_OUTS)
def test_a_wish_that_came_with_posts_is_obeyed_too(changes: dict[str, Any], why: str) -> None:
    asked = task(step="posts", account="otto@social.example", number=answers.NUMBER)
    said = [answers.status(3, "<p>Crumbs</p>", account=answers.account(**changes))]
    reading = Mastodon().read(document(said), asked, source(Parser.MASTODON))
    assert (reading.creators, reading.leave_out) == ((), ("mastodon:otto@social.example",))


@pytest.mark.parametrize("note", ["<p>I build #nobotany and #robots</p>", "no bots here", "<p>#bot</p>", ""])
def test_other_words_are_no_wish(note: str) -> None:
    assert len(looked_up(answers.account(note=note)).creators) == 1


def test_an_absent_word_on_discovery_is_no_consent() -> None:
    silent = answers.account()
    del silent["discoverable"]
    assert looked_up(silent).outcome is Outcome.NOINDEX


def test_accounts_that_are_no_more_are_gone() -> None:
    assert looked_up(answers.account(suspended=True)).outcome is Outcome.GONE
    moved = looked_up(answers.account(moved=answers.account(url="https://new.example/@otto")))
    assert (moved.outcome, moved.follow) == (Outcome.GONE, ())
    assert moved.problems == ("otto@social.example has moved to https://new.example/@otto",)


def test_a_program_says_that_it_is_one() -> None:
    (creator,) = looked_up(answers.account(bot=True)).creators
    assert creator.categories == ("bot",)


def test_an_answer_about_somebody_else_is_none() -> None:
    reading = looked_up(answers.account(username="anna"))
    assert (reading.outcome, reading.creators) == (Outcome.UNREADABLE, ())


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (401, Outcome.UNAUTHORISED),
        (403, Outcome.UNAUTHORISED),
        (404, Outcome.CLIENT_ERROR),
        (410, Outcome.GONE),
        (422, Outcome.CLIENT_ERROR),
        (429, Outcome.BUSY),
        (503, Outcome.BUSY),
        (500, Outcome.SERVER_ERROR),
    ],
)
def test_every_error_has_a_named_end(status: int, outcome: Outcome) -> None:
    reading = looked_up({"error": "Something documented"}, status)
    assert (reading.outcome, reading.problems) == (outcome, (f"{status}: Something documented",))


@pytest.mark.parametrize(
    ("status", "body", "is_gone"),
    [
        (404, {"error": "Record not found"}, True),
        (404, {"error": "The page you were looking for does not exist"}, False),
        (404, b"<html>", False),
        (410, {}, True),
        (410, b"<html>", False),
        (403, {"error": "Record not found"}, False),
    ],
)
def test_nobody_is_gone_because_an_interface_is(status: int, body: object, is_gone: bool) -> None:
    assert (looked_up(body, status).outcome is Outcome.GONE) is is_gone


@pytest.mark.parametrize(
    "link",
    [
        "",
        "<https://evil.example/?max_id=1>",
        '<https://a.example/?min_id=3>; rel="next"',
        '<http://[::1>; rel="next"',
        "<" * 50_000 + '; rel="next"',
        '<https://a.example/?max_id=>; rel="next"',
    ],
)
def test_a_next_page_that_is_none_is_not_asked_for(link: str) -> None:
    asked = task(step="posts", account="otto@social.example", number=answers.NUMBER)
    reading = Mastodon().read(document(answers.OLDER, link=link), asked, source(Parser.MASTODON))
    assert (len(reading.creators), reading.follow) == (1, ())


def test_of_a_next_page_nothing_but_the_place_is_taken() -> None:
    asked = task(step="posts", account="otto@social.example", number="a/../b")
    link = '<https://evil.example/steal?max_id=5%264>; rel="next"'
    reading = Mastodon().read(document([{}], link=link), asked, source(Parser.MASTODON))
    (further,) = reading.follow
    assert further.url == (
        "https://social.example/api/v1/accounts/a%2F..%2Fb/statuses"
        "?exclude_replies=true&exclude_reblogs=true&limit=40&max_id=5%264"
    )


def test_seeds_that_are_no_accounts_are_named() -> None:
    seeds = ("otto@social.example", "otto", "@otto", "https://social.example/@otto", "a@b@c", "o/t@h.example")
    with pytest.raises(InvalidInput) as refused:
        Mastodon().start(source(Parser.MASTODON, *seeds))
    assert [problem.field for problem in refused.value.problems] == [f"seeds[{n}]" for n in range(1, 6)]
