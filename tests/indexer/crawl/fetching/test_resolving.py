"""Which of a host's addresses are tried, and in which order."""

import asyncio
from collections.abc import Sequence
from ipaddress import ip_network

import pytest

from indexer.crawl.document import Outcome
from indexer.crawl.fetching.addresses import parse
from indexer.crawl.fetching.failure import Failure
from indexer.crawl.fetching.resolving import MOST_TRIED, checked_addresses
from tests.hostile.names import Names

V4, OTHER_V4, THIRD_V4 = "93.184.216.34", "8.8.8.8", "1.1.1.1"
V6, OTHER_V6 = "2606:4700::1111", "2a00:1450::1"


def tried(*answers: str) -> list[str]:
    names = Names({"site.example": answers})
    found = asyncio.run(checked_addresses(parse("http://site.example/"), names, ()))
    return [str(address) for address in found]


@pytest.mark.parametrize(
    ("answers", "order"),
    [
        ([V4], [V4]),
        ([V4, OTHER_V4], [V4, OTHER_V4]),
        ([V6, V4], [V6, V4]),
        ([V6, OTHER_V6, V4, OTHER_V4], [V6, V4, OTHER_V6, OTHER_V4]),
        ([V4, OTHER_V4, THIRD_V4, V6], [V4, V6, OTHER_V4, THIRD_V4]),
    ],
)
def test_both_versions_are_tried_early(answers: Sequence[str], order: Sequence[str]) -> None:
    assert tried(*answers) == order


def test_only_a_few_are_tried_and_all_are_checked() -> None:
    many = [f"93.184.216.{last}" for last in range(40)]
    assert tried(*many) == many[:MOST_TRIED]
    with pytest.raises(Failure, match=r"site\.example leads to 10\.0\.0\.1 of 10\.0\.0\.0/8") as failure:
        tried(*many, "10.0.0.1")
    assert failure.value.outcome is Outcome.PRIVATE_ADDRESS


def test_a_zone_of_an_answer_does_not_hide_its_network() -> None:
    with pytest.raises(Failure, match="link-local"):
        tried("fe80::1%eth0")


def test_a_number_is_never_looked_up() -> None:
    names = Names()
    (found,) = asyncio.run(checked_addresses(parse(f"http://{V4}/"), names, ()))
    assert (str(found), names.asked) == (V4, [])
    with pytest.raises(Failure):
        asyncio.run(checked_addresses(parse("http://127.1/"), names, (ip_network("10.0.0.0/8"),)))
    assert names.asked == []
