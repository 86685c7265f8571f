"""Which addresses are refused: every listed network to its edges, by an oracle of plain integers."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.crawl.fetching.networks import CLOSED, embedded, read_address, refusal

# First and last address, typed from the registries of special-purpose and multicast addresses as numbers.
CLOSED_IPV4 = (
    (0x00000000, 0x00FFFFFF),
    (0x0A000000, 0x0AFFFFFF),
    (0x64400000, 0x647FFFFF),
    (0x7F000000, 0x7FFFFFFF),
    (0xA83F8110, 0xA83F8110),
    (0xA9FE0000, 0xA9FEFFFF),
    (0xAC100000, 0xAC1FFFFF),
    (0xC0000000, 0xC00000FF),
    (0xC0000200, 0xC00002FF),
    (0xC01FC400, 0xC01FC4FF),
    (0xC034C100, 0xC034C1FF),
    (0xC0586300, 0xC05863FF),
    (0xC0A80000, 0xC0A8FFFF),
    (0xC0AF3000, 0xC0AF30FF),
    (0xC6120000, 0xC613FFFF),
    (0xC6336400, 0xC63364FF),
    (0xCB007100, 0xCB0071FF),
    (0xE0000000, 0xFFFFFFFF),
)
# Of IPv6, by the first 64 bits: what is open is 2000::/3 without these.
CLOSED_IPV6 = (
    (0x2001_0000_0000_0000, 0x2001_01FF_FFFF_FFFF),
    (0x2001_0DB8_0000_0000, 0x2001_0DB8_FFFF_FFFF),
    (0x2002_0000_0000_0000, 0x2002_FFFF_FFFF_FFFF),
    (0x2620_004F_8000_0000, 0x2620_004F_8000_FFFF),
    (0x3FFE_0000_0000_0000, 0x3FFE_FFFF_FFFF_FFFF),
    (0x3FFF_0000_0000_0000, 0x3FFF_0FFF_FFFF_FFFF),
)


def closed_ipv4(number: int) -> bool:
    return any(first <= number <= last for first, last in CLOSED_IPV4)


def closed_ipv6(number: int) -> bool:
    upper, low = number >> 64, number & 0xFFFFFFFF
    isatap = (number >> 32) & 0xFDFFFFFF == 0x5EFE and closed_ipv4(low)
    public = 0x2000 << 48 <= upper <= (0x3FFF << 48) + 0xFFFF_FFFF_FFFF
    return isatap or not public or any(first <= upper <= last for first, last in CLOSED_IPV6)


edges_ipv4 = st.sampled_from([edge + step for pair in CLOSED_IPV4 for edge in pair for step in (-1, 0, 1)])
ipv4 = st.one_of(st.integers(0, 2**32 - 1), edges_ipv4.filter(lambda number: 0 <= number < 2**32))
prefixes = st.sampled_from([edge + step for pair in CLOSED_IPV6 for edge in pair for step in (-1, 0, 1)])
ipv6 = st.one_of(
    st.integers(0, 2**128 - 1),
    st.integers(0x2000 << 112, (0x4000 << 112) - 1),
    st.builds(lambda upper, low: upper << 64 | low, prefixes, st.integers(0, 2**64 - 1)),
    st.builds(
        lambda upper, kind, low: upper << 64 | kind << 32 | low,
        st.integers(0x2400 << 48, 0x2BFF << 48),
        st.sampled_from([0x5EFE, 0x0200_5EFE, 0x0100_5EFE]),
        ipv4,
    ),
)


@given(ipv4)
def test_ipv4_is_refused_as_the_numbers_say(number: int) -> None:
    assert (refusal(IPv4Address(number)) is not None) == closed_ipv4(number)


@given(ipv6)
@example(0)
@example(1)
def test_ipv6_is_refused_as_the_numbers_say(number: int) -> None:
    assert (refusal(IPv6Address(number)) is not None) == closed_ipv6(number)


def test_every_edge_of_every_listed_network_is_refused() -> None:
    for network, what in CLOSED:
        for address in (network[0], network[-1]):
            assert refusal(address), (network, what)


@pytest.mark.parametrize(
    "text",
    [
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "fec0::1",
        "5f00::1",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.250",
        "ff02::1",
        "ff0e::1",
        "127.0.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::1%eth0",
        "fc00::1",
        "::",
        "::1",
        "0.0.0.0",
        "255.255.255.255",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "3fff::1",
        "2001:20::1",
        "2a00:1450::5efe:10.0.0.1",
        "2a00:1450::200:5efe:192.168.0.1",
        "4000::1",
    ],
)
def test_what_must_be_refused_is(text: str) -> None:
    assert refusal(read_address(text))


@pytest.mark.parametrize(
    "text", ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450::1", "2400::5efe:8.8.8.8"]
)
def test_the_public_internet_is_open(text: str) -> None:
    assert refusal(ip_address(text)) is None


INSIDE = 0x0A000007


@pytest.mark.parametrize(
    ("opened", "number"),
    [
        ("::ffff:0:0/96", 0xFFFF << 32 | INSIDE),
        ("::ffff:0:0:0/96", 0xFFFF << 48 | INSIDE),
        ("::/96", INSIDE),
        ("64:ff9b::/96", 0x0064_FF9B << 96 | INSIDE),
        ("64:ff9b:1::/48", 0x0064_FF9B_0001 << 80 | INSIDE),
        ("64:ff9b:1::/48", 0x0064_FF9B_0001_0A00_0000_07 << 40 | 0x08080808),
        ("2002::/16", 0x2002 << 112 | INSIDE << 80),
        ("2001::/32", 0x2001_0000 << 96 | INSIDE << 64 | (0x08080808 ^ 0xFFFFFFFF)),
        ("2001::/32", 0x2001_0000 << 96 | 0x08080808 << 64 | (INSIDE ^ 0xFFFFFFFF)),
        ("2a00::/16", 0x2A00 << 112 | 0x0200_5EFE << 32 | INSIDE),
    ],
)
def test_who_opens_a_network_does_not_open_what_is_embedded_in_it(opened: str, number: int) -> None:
    address = IPv6Address(number)
    assert IPv4Address(INSIDE) in set(embedded(address))
    why = refusal(address, [ip_network(opened)])
    assert why and f"{address} holds 10.0.0.7 of 10.0.0.0/8 (private use)" == why


def test_who_opens_both_networks_opens_both() -> None:
    address = IPv6Address(0x0064_FF9B << 96 | INSIDE)
    assert refusal(address, [ip_network("64:ff9b::/96"), ip_network("10.0.0.0/8")]) is None
    assert refusal(address, [ip_network("10.0.0.0/8")]) == f"{address} of 64:ff9b::/96 (NAT64)"


def test_an_opened_network_is_open_and_no_other() -> None:
    loopback = [ip_network("127.0.0.0/8")]
    assert refusal(IPv4Address("127.0.0.9"), loopback) is None
    assert refusal(IPv6Address("::1"), loopback)
    assert refusal(IPv6Address("::ffff:127.0.0.1"), loopback)
    assert refusal(IPv4Address("10.0.0.1"), loopback)
    assert refusal(IPv4Address("8.8.8.8"), loopback) is None


def test_a_refusal_says_what_and_why() -> None:
    assert refusal(IPv4Address("10.0.0.1")) == "10.0.0.1 of 10.0.0.0/8 (private use)"
    assert refusal(IPv6Address("4000::1")) == "4000::1, which is not of 2000::/3 (public)"
    through = refusal(IPv6Address("64:ff9b::7f00:1"))
    assert through == "64:ff9b::7f00:1 holds 127.0.0.1 of 127.0.0.0/8 (loopback)"
    assert refusal(IPv6Address("64:ff9b::808:808")) == "64:ff9b::808:808 of 64:ff9b::/96 (NAT64)"
