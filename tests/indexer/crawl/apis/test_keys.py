"""Keys: sent in headers, to the hosts of the source alone, and named when they are missing."""

from hashlib import sha1

import pytest

from crawl_config.source import Allowed, Parser, Source
from discovery.errors import InvalidInput
from indexer.crawl.apis.instagram import Instagram
from indexer.crawl.apis.keys import Authorised, authorise, keys_of
from tests.indexer.crawl.invented import NOW, source

VARIABLES = {"KEY": " a-key ", "SECRET": "a-secret", "TOKEN": "a-token", "ACCOUNT": "17841400000000000"}


def keyed(parser: Parser, host: str, **keys: str) -> Source:
    return source(parser, allowed=Allowed(hosts=(host,)), keys=keys)


YOUTUBE = keyed(Parser.YOUTUBE, "www.googleapis.com", key="KEY")
INSTAGRAM = keyed(Parser.INSTAGRAM, "graph.facebook.com", token="TOKEN", user_id="ACCOUNT")
PODCASTS = keyed(Parser.PODCAST_INDEX, "api.podcastindex.org", key="KEY", secret="SECRET")


def test_youtubes_key_is_a_header() -> None:
    url = "https://www.googleapis.com/youtube/v3/channels?id=x"
    sent = authorise(YOUTUBE, url, VARIABLES, NOW)
    assert (sent.url, sent.headers) == (url, {"x-goog-api-key": "a-key"})


def test_instagrams_token_is_a_header_and_the_account_that_asks_is_put_in() -> None:
    (asked,) = Instagram().start(source(Parser.INSTAGRAM, "mira.cooks"))
    sent = authorise(INSTAGRAM, asked.url, VARIABLES, NOW)
    assert sent.headers == {"authorization": "Bearer a-token"}
    assert sent.url.startswith("https://graph.facebook.com/v25.0/17841400000000000?fields=business_discovery")


def test_podcast_index_gets_a_hash_of_key_secret_and_time() -> None:
    sent = authorise(PODCASTS, "https://api.podcastindex.org/api/1.0/podcasts/byfeedid?id=1", VARIABLES, NOW)
    moment = str(int(NOW.timestamp()))
    assert sent.headers == {
        "x-auth-key": "a-key",
        "x-auth-date": moment,
        "authorization": sha1(f"a-keya-secret{moment}".encode()).hexdigest(),
    }


@pytest.mark.parametrize("parser", [Parser.BLUESKY, Parser.MASTODON, Parser.FEED, Parser.PAGE])
def test_the_others_need_none(parser: Parser) -> None:
    sent = authorise(source(parser), "https://127.0.0.1/", {}, NOW)
    assert sent == Authorised(url="https://127.0.0.1/")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/youtube/v3/channels",
        "https://www.googleapis.com.evil.example/",
        "https://www.googleapis.com@evil.example/",
        "https://evil.example/?www.googleapis.com",
    ],
)
def test_another_host_gets_no_key(url: str) -> None:
    assert authorise(YOUTUBE, url, VARIABLES, NOW).headers == {}


def test_what_shows_a_request_shows_no_key() -> None:
    for one in (YOUTUBE, INSTAGRAM, PODCASTS):
        sent = authorise(one, f"https://{one.allowed.hosts[0]}/", VARIABLES, NOW)
        assert sent.headers
        assert not any(secret in repr(sent) for secret in ("a-key", "a-secret", "a-token"))
        assert not any(secret in sent.url for secret in ("a-key", "a-secret", "a-token"))


def test_missing_keys_are_named_all_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        keys_of(PODCASTS, {"KEY": " "})
    assert [str(problem) for problem in refused.value.problems] == [
        "keys.key: the environment variable KEY is not set; invented needs it",
        "keys.secret: the environment variable SECRET is not set; invented needs it",
    ]
    with pytest.raises(InvalidInput, match=r"keys\.key: is missing; name the variable that holds it"):
        keys_of(source(Parser.YOUTUBE), {})


@pytest.mark.parametrize("value", ["two words", "line\r\nHost: x", "schlüssel", "nul\0"])
def test_a_key_that_no_header_carries_is_refused_and_not_shown(value: str) -> None:
    with pytest.raises(InvalidInput, match="KEY holds signs that no key has") as refused:
        keys_of(YOUTUBE, {"KEY": value})
    assert value not in str(refused.value)


def test_an_account_that_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidInput, match="ACCOUNT holds no number"):
        keys_of(INSTAGRAM, VARIABLES | {"ACCOUNT": "1/../me"})
