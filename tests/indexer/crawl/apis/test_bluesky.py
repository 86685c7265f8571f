"""Bluesky: from handles to creators over a real server, and whom it leaves out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from crawl_config.source import Parser
from discovery.creator import Creator, CreatorId, Platform, Post
from discovery.errors import InvalidInput
from indexer.crawl.apis.bluesky import Bluesky
from indexer.crawl.document import ONCE, Outcome
from tests.indexer.crawl import walking
from tests.indexer.crawl.apis import bluesky_answers as answers
from tests.indexer.crawl.invented import DAY, NAME, by, document, source, task
from tests.indexer.crawl.walking import Said, walk

PROFILES = "/xrpc/app.bsky.actor.getProfiles?actors="
PROFILE = "/xrpc/app.bsky.actor.getProfile?actor="
FEED = f"/xrpc/app.bsky.feed.getAuthorFeed?actor={answers.DID}&filter=posts_no_replies&limit=100"

MIRA = Creator(
    id=CreatorId(f"bluesky:{answers.DID}"),
    platform=Platform.BLUESKY,
    name="Mira Invented",
    handle="mira.bsky.example",
    url="https://bsky.app/profile/mira.bsky.example",
    bio="Sourdough and soil.\nRecipes: https://mira.example/recipes, second line",
    followers=5120,
    following=210,
    posts_total=987,
    verified=True,
    links=("https://mira.example", "https://mira.example/recipes"),
    posts=(
        Post(
            id=f"at://{answers.DID}/app.bsky.feed.post/3j9",
            text="Rye, slowly",
            url=f"https://bsky.app/profile/{answers.DID}/post/3j9",
            published_at=date(2026, 2, 10),
            observed_at=DAY,
            likes=55,
            comments=3,
            shares=4,
            source=NAME,
        ),
        Post(
            id=f"at://{answers.DID}/app.bsky.feed.post/3k1",
            text="Brötchen with @otto.bsky.example 🥐 #Sourdough",
            url=f"https://bsky.app/profile/{answers.DID}/post/3k1",
            published_at=date(2026, 2, 10),
            observed_at=DAY,
            hashtags=("Sourdough", "baking"),
            mentions=("otto.bsky.example",),
            likes=55,
            comments=3,
            shares=4,
            source=NAME,
        ),
    ),
    provenance=by(
        *("platform", "name", "handle", "url", "bio", "followers", "following", "posts_total"),
        *("verified", "links", "posts"),
    ),
)


@pytest.fixture
def network() -> Iterator[walking.Platform]:
    with walking.platform() as played:
        yield played


def test_profiles_and_posts_become_creators(network: walking.Platform) -> None:
    network.answers = {
        f"{PROFILES}mira.bsky.example": Said(body=answers.PROFILES),
        FEED: Said(body=answers.FEED),
        f"{FEED}&cursor=2026-02-01T00:00:00.000Z": Said(body=answers.OLDER),
    }
    walked = walk(Bluesky(network.base), source(Parser.BLUESKY, "@Mira.bsky.example"))

    assert walked.creators == {MIRA.id: MIRA}
    assert walked.outcomes == [(step, Outcome.FETCHED) for step in ("profiles", "posts", "posts")]
    assert (walked.problems, walked.left_out) == ([], [])
    assert network.asked == [*network.answers]


def test_twenty_five_are_asked_for_at_once() -> None:
    tasks = Bluesky().start(source(Parser.BLUESKY, *(f"number{place}.example" for place in range(60))))
    assert [one.url.count("actors=") for one in tasks] == [25, 25, 10]
    assert all(one.url.startswith("https://public.api.bsky.app/xrpc/") for one in tasks)


def test_long_handles_are_asked_for_in_addresses_that_are_not_too_long() -> None:
    handles = [f"{'a' * 60}.{'b' * 60}.{'c' * 60}.number{place}.example" for place in range(25)]
    tasks = Bluesky().start(source(Parser.BLUESKY, *handles))
    assert all(len(one.url) <= 1_900 for one in tasks)
    assert sum(one.url.count("actors=") for one in tasks) == 25


def test_who_is_missing_in_an_answer_is_asked_for_alone(network: walking.Platform) -> None:
    missing = Said(body={"error": "InvalidRequest", "message": "Profile not found"}, status=400)
    taken = Said(body={"error": "AccountTakedown", "message": "Account has been suspended"}, status=400)
    network.answers = {
        f"{PROFILES}nobody.example&actors={answers.GONE}&actors={answers.DID}": Said(body=answers.PROFILES),
        f"{PROFILE}nobody.example": missing,
        f"{PROFILE}{answers.GONE}": taken,
        FEED: Said(body={"feed": []}),
    }
    walked = walk(Bluesky(network.base), source(Parser.BLUESKY, "nobody.example", answers.GONE, answers.DID))
    assert [step for step, outcome in walked.outcomes if outcome is Outcome.GONE] == ["profile", "profile"]
    assert list(walked.creators) == [MIRA.id]
    assert walked.problems == [
        "InvalidRequest: Profile not found",
        "AccountTakedown: Account has been suspended",
    ]


@pytest.mark.parametrize("value", ["!no-unauthenticated", "!hide", "!takedown", "!suspend"])
def test_who_asks_not_to_be_found_is_left_out(value: str) -> None:
    shy = answers.profile(answers.SHY, labels=[answers.label(value, answers.SHY)])
    reading = Bluesky().read(document({"profiles": [shy]}), task(step="profiles"), source(Parser.BLUESKY))
    assert (reading.creators, reading.outcome) == ((), Outcome.NOINDEX)
    assert reading.leave_out == (f"bluesky:{answers.SHY}",)
    assert reading.follow == ()


@pytest.mark.parametrize(
    ("changes", "is_listed"),
    [
        ({"neg": True}, True),
        ({"exp": "2026-02-28T00:00:00Z"}, True),
        ({"exp": "2026-03-02T00:00:00Z"}, False),
        ({"exp": "no date"}, False),
    ],
)
def test_a_label_holds_until_it_is_taken_back_or_runs_out(changes: dict[str, Any], is_listed: bool) -> None:
    labels = [answers.label("!no-unauthenticated", answers.DID, **changes)]
    reading = Bluesky().read(
        document(answers.profile(labels=labels)), task(step="profile"), source(Parser.BLUESKY)
    )
    assert bool(reading.creators) is is_listed


def test_an_opt_out_on_a_post_s_author_counts_too() -> None:
    shy = answers.author(labels=[answers.label("!no-unauthenticated", answers.DID)])
    feed = {"feed": [answers.post("1", "words", view={"author": shy})]}
    reading = Bluesky().read(document(feed), task(step="posts", did=answers.DID), source(Parser.BLUESKY))
    assert (reading.creators, reading.leave_out) == ((), (MIRA.id,))


def test_an_age_below_18_is_not_listed() -> None:
    young = answers.profile(description="I'm 15 and I bake")
    reading = Bluesky().read(document(young), task(step="profile"), source(Parser.BLUESKY))
    assert (reading.creators, reading.leave_out, reading.follow) == ((), (MIRA.id,), ())


def test_a_handle_that_is_none_is_none() -> None:
    nameless = answers.profile(handle="handle.invalid", displayName="", verification=None, website="mailto:x")
    reading = Bluesky().read(document(nameless), task(step="profile"), source(Parser.BLUESKY))
    (creator,) = reading.creators
    assert (creator.handle, creator.url) == (None, f"https://bsky.app/profile/{answers.DID}")
    assert (creator.name, creator.verified) == (answers.DID, None)
    assert creator.links == ("https://mira.example/recipes",)
    assert "name" not in creator.provenance


def test_a_program_says_that_it_is_one() -> None:
    labels = [answers.label("bot", answers.DID)]
    answer = document(answers.profile(labels=labels))
    (creator,) = Bluesky().read(answer, task(step="profile"), source(Parser.BLUESKY)).creators
    assert creator.categories == ("bot",)


def test_pronouns_are_not_kept() -> None:
    reading = Bluesky().read(document(answers.profile()), task(step="profile"), source(Parser.BLUESKY))
    assert "she/her" not in repr(reading)


def test_counts_that_are_missing_are_unknown() -> None:
    view = {"likeCount": None, "replyCount": -1, "repostCount": True}
    feed = {"feed": [answers.post("1", "words", view=view)]}
    reading = Bluesky().read(document(feed), task(step="posts", did=answers.DID), source(Parser.BLUESKY))
    (post,) = reading.creators[0].posts
    assert (post.likes, post.comments, post.shares, post.views, post.observed_at) == (None,) * 5


def test_enough_posts_end_the_list() -> None:
    feed = {"cursor": "c", "feed": [answers.post(str(place), f"day {place}") for place in range(30)]}
    read = Bluesky().read
    posts = task(step="posts", did=answers.DID)
    assert read(document(feed), posts, source(Parser.BLUESKY)).follow == ()

    (second,) = read(document({**feed, "feed": feed["feed"][:5]}), posts, source(Parser.BLUESKY)).follow
    assert second.step == "posts"
    assert second.context == {"did": answers.DID, "page": "2", "kept": "5", ONCE: "yes"}
    (third,) = read(document({"cursor": "d", "feed": [{}]}), second, source(Parser.BLUESKY)).follow
    assert read(document({"cursor": "e", "feed": [{}]}), third, source(Parser.BLUESKY)).follow == ()


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (400, {"error": "AccountDeactivated", "message": "gone"}, Outcome.GONE),
        (
            400,
            {"error": "InvalidRequest", "message": "Params must have the property actors"},
            Outcome.CLIENT_ERROR,
        ),
        (400, {"error": "BlockedActor", "message": "x"}, Outcome.UNAUTHORISED),
        (401, {"error": "AuthMissing"}, Outcome.UNAUTHORISED),
        (403, {}, Outcome.UNAUTHORISED),
        (429, {"error": "RateLimitExceeded"}, Outcome.BUSY),
        (502, {"error": "UpstreamFailure", "message": "x"}, Outcome.SERVER_ERROR),
        (500, b"<html>", Outcome.SERVER_ERROR),
    ],
)
def test_every_error_has_a_named_end(status: int, body: object, outcome: Outcome) -> None:
    reading = Bluesky().read(document(body, status=status), task(step="profile"), source(Parser.BLUESKY))
    assert reading.outcome is outcome
    assert (reading.creators, reading.follow, len(reading.problems)) == ((), (), 1)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{}", b'"text"', b"[" * 100_000, b"\xff"])
@pytest.mark.parametrize("step", ["profiles", "profile", "posts", "unknown"])
def test_what_is_no_answer_is_said_to_be_none(body: bytes, step: str) -> None:
    reading = Bluesky().read(document(body), task(step=step), source(Parser.BLUESKY))
    assert reading.creators == ()
    assert reading.outcome is Outcome.UNREADABLE or reading.problems == ("a profile without a DID",)


def test_seeds_that_are_no_accounts_are_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        Bluesky().start(source(Parser.BLUESKY, "mira.example", "no handle", "did:plc:short"))
    assert [problem.field for problem in refused.value.problems] == ["seeds[1]", "seeds[2]"]
