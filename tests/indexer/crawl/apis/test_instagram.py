"""Instagram's Business Discovery: from usernames to creators over a real server, and how it says no."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest

from crawl_config.source import Parser
from discovery.creator import Creator, CreatorId, Platform, Post
from discovery.errors import InvalidInput
from indexer.crawl.apis.instagram import Instagram
from indexer.crawl.document import Outcome, Reading
from tests.indexer.crawl import walking
from tests.indexer.crawl.apis import instagram_answers as answers
from tests.indexer.crawl.invented import DAY, NAME, by, document, source
from tests.indexer.crawl.walking import Said, walk

KEYS = {"token": "TOKEN", "user_id": "ACCOUNT"}
VARIABLES = {"TOKEN": "invented-token", "ACCOUNT": answers.ACCOUNT}


def target(media: str = "media", views: str = ",view_count") -> str:
    fields = (
        "business_discovery.username(mira.cooks){id,username,name,biography,website,followers_count,"
        f"follows_count,media_count,{media}.limit(30)"
        f"{{id,caption,like_count,comments_count,permalink,timestamp{views}}}}}"
    )
    return f"/{answers.ACCOUNT}?fields={quote(fields, safe=',:')}"


def post(number: int, **changes: object) -> Post:
    given = {
        "id": f"1789500000000{number:04}",
        "text": f"Loaf {number} with @otto.bakes #rye",
        "url": f"https://www.instagram.com/p/Inv{number}/",
        "published_at": date(2026, 2, number),
        "observed_at": DAY,
        "hashtags": ("rye",),
        "mentions": ("otto.bakes",),
        "likes": 210,
        "comments": 14,
        "source": NAME,
    }
    return Post(**(given | changes))  # type: ignore[arg-type]


MIRA = Creator(
    id=CreatorId("instagram:mira.cooks"),
    platform=Platform.INSTAGRAM,
    name="Mira (invented)",
    handle="mira.cooks",
    url="https://www.instagram.com/mira.cooks/",
    bio="Bread & soil\nhttps://mira.example/links",
    followers=20_400,
    following=310,
    posts_total=650,
    links=("https://mira.example/", "https://mira.example/links"),
    posts=(post(20, views=5_000), post(19, likes=None), post(3)),
    provenance=by(
        *("platform", "name", "handle", "url", "bio", "followers", "following", "posts_total"),
        *("links", "posts"),
    ),
)


@pytest.fixture
def graph() -> Iterator[walking.Platform]:
    with walking.platform() as played:
        yield played


def test_an_account_and_its_media_become_a_creator(graph: walking.Platform) -> None:
    hidden = answers.media(19)
    del hidden["like_count"]
    first = answers.found(answers.media(20, view_count=5_000), hidden, after=answers.CURSOR)
    graph.answers = {
        target(): Said(body=first),
        target(f"media.after({answers.CURSOR})"): Said(body=answers.found(answers.media(3))),
    }
    walked = walk(Instagram(graph.base), source(Parser.INSTAGRAM, "@Mira.Cooks", keys=KEYS), VARIABLES)

    assert walked.creators == {MIRA.id: MIRA}
    assert walked.outcomes == [("account", Outcome.FETCHED)] * 2
    assert (walked.problems, walked.left_out) == ([], [])
    assert graph.asked == [*graph.answers]
    assert {one["authorization"] for one in graph.headers} == {"Bearer invented-token"}


def test_views_that_a_version_does_not_know_are_left(graph: walking.Platform) -> None:
    refused = answers.error(100, "(#100) Tried accessing nonexisting field (view_count)")
    graph.answers = {
        target(): Said(body=refused, status=400),
        target(views=""): Said(body=answers.found(answers.media(20), after=answers.CURSOR)),
        target(f"media.after({answers.CURSOR})", ""): Said(body=answers.found(answers.media(3))),
    }
    walked = walk(Instagram(graph.base), source(Parser.INSTAGRAM, "mira.cooks", keys=KEYS), VARIABLES)
    assert [one.id for one in walked.creators[MIRA.id].posts] == [post(20).id, post(3).id]
    assert graph.asked == [*graph.answers]
    assert len(walked.problems) == 1


def read(body: object, status: int = 200) -> Reading:
    (asked,) = Instagram().start(source(Parser.INSTAGRAM, "mira.cooks"))
    return Instagram().read(document(body, status=status), asked, source(Parser.INSTAGRAM))


def test_the_account_that_asks_is_no_part_of_a_task() -> None:
    (asked,) = Instagram().start(source(Parser.INSTAGRAM, "mira.cooks"))
    assert asked.url.startswith("https://graph.facebook.com/v25.0/ig-user-id?fields=business_discovery.")
    assert asked.creator == MIRA.id


def test_an_age_below_18_is_not_listed() -> None:
    reading = read(answers.found(answers.media(3), biography="16 y/o | baker", after=answers.CURSOR))
    assert (reading.creators, reading.follow, reading.leave_out) == ((), (), (MIRA.id,))


def test_an_answer_about_somebody_else_is_none() -> None:
    assert read(answers.found(username="otto")).outcome is Outcome.UNREADABLE
    assert read({"id": answers.ACCOUNT}).outcome is Outcome.UNREADABLE


def test_a_cursor_that_would_change_the_question_is_not_used() -> None:
    assert read(answers.found(answers.media(3), after="x)}{token}")).follow == ()


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (400, answers.error(110, error_subcode=2207013), Outcome.GONE),
        (400, answers.error(24), Outcome.GONE),
        (400, answers.error(190), Outcome.UNAUTHORISED),
        (400, answers.error(10), Outcome.UNAUTHORISED),
        (400, answers.error(4), Outcome.BUSY),
        (403, answers.error(4), Outcome.BUSY),
        (400, answers.error(80002), Outcome.BUSY),
        (400, answers.error(803), Outcome.CLIENT_ERROR),
        (500, answers.error(1), Outcome.SERVER_ERROR),
        (200, answers.error(190), Outcome.UNAUTHORISED),
        (500, b"<html>", Outcome.SERVER_ERROR),
    ],
)
def test_every_error_has_a_named_end(status: int, body: object, outcome: Outcome) -> None:
    reading = read(body, status)
    assert (reading.outcome, reading.creators, reading.follow) == (outcome, (), ())
    assert len(reading.problems) == 1


def test_seeds_that_are_no_usernames_are_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        Instagram().start(source(Parser.INSTAGRAM, "fine", "not fine", "a){id}", "x" * 31))
    assert [problem.field for problem in refused.value.problems] == ["seeds[1]", "seeds[2]", "seeds[3]"]
