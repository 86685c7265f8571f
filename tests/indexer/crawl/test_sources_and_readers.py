"""Sources and what works with them have one reading: of accounts, of hosts, of addresses."""

from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis.strategies import DataObject, data, from_regex, sampled_from, text

from crawl_config.addresses import normal_escapes, read_address
from crawl_config.denied import denied, denied_address
from crawl_config.interfaces import INTERFACES
from crawl_config.loader import load_folder, parse_source
from crawl_config.patterns import allows
from crawl_config.source import Parser, Source
from indexer.crawl.fetching.addresses import parse
from indexer.crawl.fetching.failure import Failure
from indexer.crawl.readers import READERS

EXAMPLES = {source.parser: source for source in load_folder()}
ANY_PORT = range(1, 65_536)
API = """\
enabled = false
parser = "{parser}"
seeds = ['{seed}']
retention_days = 30
basis = "legitimate interests"
terms_url = "https://site.example/terms"
[manners]
contact = "crawl@company.example"
[keys]
{keys}
"""
URLS = "https://%2eEfＦ.ß🄰c\u200d\u3002:8@?/abx-_~[]"


def test_every_parser_has_a_reader() -> None:
    assert set(READERS) == set(Parser) == set(EXAMPLES)


@pytest.mark.parametrize("parser", list(Parser), ids=str)
def test_a_crawl_of_an_example_begins_where_it_is_allowed(parser: Parser) -> None:
    tasks = READERS[parser].start(EXAMPLES[parser])
    assert tasks
    assert all(allows(EXAMPLES[parser], task.url) for task in tasks)


@given(data(), sampled_from(list(INTERFACES)))
def test_readers_take_every_account_that_a_source_may_name(draws: DataObject, parser: Parser) -> None:
    seed = draws.draw(from_regex(INTERFACES[parser].account, fullmatch=True))
    keys = "\n".join(f"{name} = 'A_KEY'" for name in INTERFACES[parser].keys)
    written = API.format(parser=parser.value, seed=seed, keys=keys).encode()
    source = parse_source("invented", written, file="invented.toml")
    if not isinstance(source, Source):  # a host that is denied, or no host
        assert parser in {Parser.MASTODON, Parser.PODCAST_INDEX}, source
        return
    tasks = READERS[parser].start(source)
    assert tasks
    assert all(allows(source, task.url) for task in tasks)


@given(text(URLS, max_size=40), sampled_from(["https://", "http://a.", "HTTPS://www.", ""]))
def test_an_address_is_asked_as_it_was_judged(rest: str, start: str) -> None:
    url = f"{start}{rest}"
    judged = read_address(url)
    with suppress(Failure):
        asked = parse(url, ports=ANY_PORT)
        if judged is not None:
            assert (judged.host, judged.path) == (asked.host, normal_escapes(asked.path))
        assert (denied_address(url) is None) == (denied(asked.host, asked.path) is None)


@pytest.mark.parametrize(
    "host",
    [
        "inst🄰gram.com",
        "ＩＮＳＴＡＧＲＡＭ.com",
        "instagram。com",
        "insta\u00adgram.com",
        "ⓘnstagram.com",
        "x.com.",
    ],
)
def test_no_disguise_of_a_denied_host_is_asked(host: str) -> None:
    asked = parse(f"https://{host}/invented").host
    assert denied(asked) == denied(host)
    assert denied(host)
    wide = replace(EXAMPLES[Parser.PAGE].allowed, hosts=("*.com", asked), paths=("/",))
    source = replace(EXAMPLES[Parser.PAGE], allowed=wide)
    assert not allows(source, f"https://{host}/invented")
    assert urlsplit(f"https://{host}/").hostname
