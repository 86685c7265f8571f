"""Which addresses belong to the public internet, and which never may be connected to. Pure.

`ipaddress.is_global` is not enough: it passes loopback in the disguise of NAT64, 6to4 and others. Here
IPv4 is open but for a list; IPv6 is closed but for 2000::/3 without a list; and an IPv4 address that is
embedded in an IPv6 address is checked as well, also where somebody opened the network around it.
"""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network

_CLOSED = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private use",
    "100.64.0.0/10": "shared by carriers",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "metadata of a cloud",
    "169.254.0.0/16": "link-local and metadata of clouds",
    "172.16.0.0/12": "private use",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "multicast tunnels",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private use",
    "192.175.48.0/24": "AS112",
    "198.18.0.0/15": "benchmarks",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved, broadcast",
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::/96": "IPv4-compatible",
    "::ffff:0:0/96": "IPv4-mapped",
    "::ffff:0:0:0/96": "IPv4-translated",
    "64:ff9b::/96": "NAT64",
    "64:ff9b:1::/48": "local NAT64",
    "100::/64": "discarded",
    "100:0:0:1::/64": "dummy prefix",
    "2001::/32": "Teredo",
    "2001::/23": "protocol assignments",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "2620:4f:8000::/48": "AS112",
    "3ffe::/16": "6bone, returned",
    "3fff::/20": "documentation",
    "5f00::/16": "segment routing",
    "fc00::/7": "unique local, and metadata of clouds",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
CLOSED: tuple[tuple[IPNetwork, str], ...] = tuple((ip_network(one), what) for one, what in _CLOSED.items())
"""Networks that are no part of the public internet, with what they are for."""
PUBLIC_IPV6 = IPv6Network("2000::/3")

_LOW_EMBEDDINGS = tuple(map(IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
_6TO4 = IPv6Network("2002::/16")
_TEREDO = IPv6Network("2001::/32")
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}
_LOW = 0xFFFF_FFFF


def refusal(address: IPAddress, opened: Iterable[IPNetwork] = ()) -> str | None:
    """Say why an address may not be connected to, or `None` when it may.

    `opened` are networks that may be reached although they are not public: those of tests, and one's own.
    """
    opened = tuple(opened)
    if isinstance(address, IPv6Address):
        for inner in embedded(address):
            if why := refusal(inner, opened):
                return f"{address} holds {why}"
    if any(address in network for network in opened):
        return None
    for network, what in CLOSED:
        if address in network:
            return f"{address} of {network} ({what})"
    if isinstance(address, IPv6Address) and address not in PUBLIC_IPV6:
        return f"{address}, which is not of {PUBLIC_IPV6} (public)"
    return None


def embedded(address: IPv6Address) -> Iterator[IPv4Address]:
    """Yield every IPv4 address that a translator or a tunnel may take out of an IPv6 address.

    Not for `::` and `::1`, which have the form of embedding and are none.
    """
    bits = int(address)
    if bits <= 1:
        return
    if any(address in network for network in _LOW_EMBEDDINGS):
        yield IPv4Address(bits & _LOW)
    if address in _6TO4:
        yield IPv4Address(bits >> 80 & _LOW)
    if address in _TEREDO:
        yield IPv4Address(bits >> 64 & _LOW)
        yield IPv4Address(~bits & _LOW)
    if address in _LOCAL_NAT64:
        yield IPv4Address(bits & _LOW)
        yield IPv4Address((bits >> 64 & 0xFFFF) << 16 | bits >> 40 & 0xFFFF)
    if bits >> 32 & _LOW in _ISATAP:
        yield IPv4Address(bits & _LOW)


def read_address(text: str) -> IPAddress:
    """Read what a resolver answers; a zone (`%eth0`) is left out, the network decides.

    Raises:
        ValueError: it is no address.
    """
    return ip_address(text.partition("%")[0])
