"""Answers that chance has changed: no exception, an end with a name, no address but the platform's own."""

from functools import reduce
from operator import getitem
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl_config.source import Parser
from indexer.crawl.document import Outcome, Reader, Task
from indexer.crawl.readers import READERS
from tests.indexer.crawl.apis import (
    bluesky_answers,
    instagram_answers,
    mastodon_answers,
    podcast_index_answers,
    youtube_answers,
)
from tests.indexer.crawl.invented import NAME, document, source

Y = youtube_answers
CASES: list[tuple[Parser, str, Task, Any]] = [
    (
        Parser.BLUESKY,
        "profiles",
        Task(url="https://a.example/x?actors=b.example", step="profiles"),
        bluesky_answers.PROFILES,
    ),
    (Parser.BLUESKY, "profile", Task(url="https://a.example/", step="profile"), bluesky_answers.profile()),
    (
        Parser.BLUESKY,
        "posts",
        Task(url="https://a.example/", step="posts", context={"did": bluesky_answers.DID}),
        bluesky_answers.FEED,
    ),
    (
        Parser.MASTODON,
        "account",
        Task(url="https://a.example/", step="account", context={"account": "otto@social.example"}),
        mastodon_answers.account(),
    ),
    (
        Parser.MASTODON,
        "posts",
        Task(
            url="https://a.example/",
            step="posts",
            context={"account": "otto@social.example", "number": mastodon_answers.NUMBER},
        ),
        mastodon_answers.STATUSES,
    ),
    (
        Parser.YOUTUBE,
        "channels",
        Task(url=f"https://a.example/?id={Y.CHANNEL},{Y.OTHER}", step="channels"),
        Y.listing("channel", Y.channel()),
    ),
    (
        Parser.YOUTUBE,
        "uploads",
        Task(url="https://a.example/", step="uploads", context={"channel": Y.CHANNEL}),
        Y.listing("playlistItem", Y.item(Y.VIDEO)),
    ),
    (
        Parser.YOUTUBE,
        "videos",
        Task(
            url="https://a.example/?part=paidProductPlacementDetails&id=a",
            step="videos",
            context={"channel": Y.CHANNEL},
        ),
        Y.listing("video", Y.video()),
    ),
    (
        Parser.INSTAGRAM,
        "account",
        Task(url="https://a.example/?fields=view_count", step="account", context={"user": "mira.cooks"}),
        instagram_answers.found(instagram_answers.media(3), after=instagram_answers.CURSOR),
    ),
    (
        Parser.PODCAST_INDEX,
        "feed",
        Task(url="https://a.example/", step="podcast"),
        podcast_index_answers.feed(),
    ),
    (
        Parser.PODCAST_INDEX,
        "episodes",
        Task(url="https://a.example/", step="episodes", context={"name": "x"}),
        podcast_index_answers.episodes(podcast_index_answers.episode()),
    ),
]
HOSTS = {
    Parser.BLUESKY: "public.api.bsky.app",
    Parser.MASTODON: "social.example",
    Parser.YOUTUBE: "www.googleapis.com",
    Parser.INSTAGRAM: "graph.facebook.com",
    Parser.PODCAST_INDEX: "api.podcastindex.org",
}
NESTED: Any = []
for _ in range(100):
    NESTED = [NESTED]

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=20),
        st.sampled_from(
            ["", " ", "0", "-1", "9" * 30, "²", "\0", "2026-13-45T00:00:00Z", "did:plc:x", "://", "<p>"]
        ),
        st.sampled_from(["https://[::1", "+0000", "http://a.example/" + "x" * 3_000, "word " * 12_000]),
        st.just(NESTED),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return every place in an answer."""
    found = [path]
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        found += places(value, (*path, key))
    return found


def replaced(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return an answer with another value at one place, if that place is still there."""
    if not path:
        return value
    step, *rest = path
    if isinstance(node, dict) and step in node:
        return {**node, step: replaced(node[step], tuple(rest), value)}
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return [*node[:step], replaced(node[step], tuple(rest), value), *node[step + 1 :]]
    return node


@pytest.mark.parametrize(("parser", "step", "task", "answer"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
@given(st.data())
def test_a_changed_answer_ends_well(
    parser: Parser, step: str, task: Task, answer: Any, data: st.DataObject
) -> None:
    changed = answer
    for place in data.draw(st.lists(st.sampled_from(places(answer)), max_size=5)):
        changed = replaced(changed, place, data.draw(VALUES))
    check(
        READERS[parser],
        parser,
        task,
        orjson.dumps(changed),
        data.draw(st.sampled_from([200, 400, 403, 404, 500])),
    )


@pytest.mark.parametrize(("parser", "step", "task", "answer"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
@given(st.binary(max_size=60), st.integers(0, 3_000), st.sampled_from([200, 400, 403]))
def test_a_damaged_answer_ends_well(
    parser: Parser, step: str, task: Task, answer: Any, damage: bytes, place: int, status: int
) -> None:
    body = orjson.dumps(answer)
    place %= len(body)
    check(READERS[parser], parser, task, damage, status)
    check(READERS[parser], parser, task, body[:place] + damage + body[place + len(damage) :], status)


def check(reader: Reader, parser: Parser, task: Task, body: bytes, status: int) -> None:
    reading = reader.read(
        document(body, status=status, link='<https://evil.example/?max_id=1>; rel="next"'),
        task,
        source(parser),
    )
    assert reading.outcome in Outcome
    assert reading.outcome is Outcome.FETCHED or reading.creators == ()
    assert status == 200 or reading.creators == ()
    for further in reading.follow:
        parts = urlsplit(further.url)
        assert (parts.scheme, parts.hostname) == ("https", HOSTS[parser])
        assert "evil" not in further.url
    for creator in reading.creators:
        assert creator.id not in reading.leave_out
        assert all(post.source == NAME for post in creator.posts)
        assert creator.followers is None or creator.followers >= 0


@pytest.mark.parametrize(("parser", "step", "task", "answer"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"error": "NotFound", "message": "Not Found"}'])
def test_an_interface_that_was_closed_makes_nobody_gone(
    parser: Parser, step: str, task: Task, answer: Any, body: bytes
) -> None:
    reading = READERS[parser].read(document(body, status=404), task, source(parser))
    assert reading.outcome is Outcome.CLIENT_ERROR


@pytest.mark.parametrize(("parser", "step", "task", "answer"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_no_more_is_read_than_was_asked_for(parser: Parser, step: str, task: Task, answer: Any) -> None:
    swollen = answer
    for place in places(answer):
        value = reduce(getitem, place, answer)
        if isinstance(value, list) and len(place) <= 2:
            swollen = replaced(swollen, place, value * 2_000)
    reading = READERS[parser].read(document(swollen), task, source(parser))
    assert len(reading.creators) + len(reading.follow) <= 60
    assert sum(len(creator.posts) for creator in reading.creators) <= 100
