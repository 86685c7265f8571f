"""Web addresses: what may be fetched at all, in one canonical form. Pure.

Written anew rather than left to `urllib`: there must be one reading of an address, the one by which it is
checked and connected to. What browsers and resolvers read differently is refused.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import idna

from indexer.crawl.document import Outcome
from indexer.crawl.fetching.failure import Failure
from indexer.crawl.fetching.networks import IPAddress

WEB_PORTS = frozenset({80, 443})
LONGEST = 8_192
"""Characters of an address; longer ones are refused."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PARTS = re.compile(r"//([^/?#]*)([^?#]*)(?:\?([^#]*))?", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = _UNRESERVED | frozenset("!$&'()*+,;=:@/?[]%")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address that may be asked, in canonical form. `host` is ASCII, without brackets."""

    scheme: str
    host: str
    port: int
    path: str
    query: str | None = None
    literal: IPAddress | None = None

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Host, and the port unless it is the scheme's own: the value of the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def target(self) -> str:
        """Path and query, as they are sent."""
        return self.path if self.query is None else f"{self.path}?{self.query}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: who is trusted with a key."""
        return self.scheme, self.host, self.port

    def join(self, reference: str, *, ports: Collection[int] = WEB_PORTS) -> "Address":
        """Return where a reference (a link, the value of Location) leads from here.

        Raises:
            Failure: BAD_ADDRESS or PRIVATE_ADDRESS, as `parse`.
        """
        reference = _stripped(reference)
        if _SCHEME.match(reference):
            return parse(reference, ports=ports)
        if reference.startswith("//"):
            return parse(f"{self.scheme}:{reference}", ports=ports)
        path, _, query = reference.partition("#")[0].partition("?")
        asked = "?" in reference.partition("#")[0]
        if not path:
            return replace(self, query=_encoded(query) if asked else self.query)
        if not path.startswith("/"):
            path = self.path.rpartition("/")[0] + "/" + path
        return replace(self, path=_path(path), query=_encoded(query) if asked else None)


def canonical(text: str, *, ports: Collection[int] = WEB_PORTS) -> str:
    """Return the one form of an address: the same for all ways to write it.

    Raises:
        Failure: BAD_ADDRESS or PRIVATE_ADDRESS, as `parse`.
    """
    return str(parse(text, ports=ports))


def parse(text: str, *, ports: Collection[int] = WEB_PORTS) -> Address:
    """Read an absolute address.

    Scheme and host become lower case, names ASCII (UTS 46, as browsers do), numbers in all their forms IPv4
    addresses. Dot segments, the default port, the fragment and one dot at the end of the host go. Escapes of
    letters, digits and `-._~` are undone, what must be escaped is.

    Raises:
        Failure: BAD_ADDRESS, for any address that is not http or https, has another port than `ports`, names
            a user, or holds control characters; PRIVATE_ADDRESS, for one with a zone.
    """
    text = _stripped(text)
    scheme_match = _SCHEME.match(text)
    scheme = scheme_match[1].lower() if scheme_match else ""
    if scheme not in _DEFAULT_PORTS:
        raise _bad("it does not begin with http:// or https://")
    parts = _PARTS.match(text, len(scheme) + 1)
    if not parts or not parts[1]:
        raise _bad("it has no host")
    if "@" in parts[1]:
        raise _bad("it names a user")
    authority = _AUTHORITY.fullmatch(parts[1])
    if not authority:
        raise _bad("its host or its port is not one")
    host, literal = _host(authority[1])
    port = int(authority[2]) if authority[2] else _DEFAULT_PORTS[scheme]
    if port not in ports:
        raise _bad(f"port {port} is not open; {_listed(ports)} are")
    query = None if parts[3] is None else _encoded(parts[3])
    return Address(scheme=scheme, host=host, port=port, path=_path(parts[2]), query=query, literal=literal)


def _stripped(text: str) -> str:
    text = text.strip(" \t\r\n\f")
    if len(text) > LONGEST:
        raise _bad(f"it is longer than {LONGEST} characters")
    if _CONTROL.search(text):
        raise _bad("it holds control characters")
    return text


def _host(text: str) -> tuple[str, IPAddress | None]:
    if text.startswith("["):
        if "%" in text:
            raise Failure(Outcome.PRIVATE_ADDRESS, "the address names a zone, so a link of this machine")
        try:
            literal = IPv6Address(text[1:-1])
        except AddressValueError:
            raise _bad("what stands in brackets is no IPv6 address") from None
        return str(literal), literal
    host = _ascii(text).lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _bad("its host is not a name")
    if _NUMBER.fullmatch(labels[-1]):
        number = ipv4(host)
        if number is None:
            raise _bad("its host is neither a name nor an IPv4 address")
        return str(number), number
    return host, None


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    if len(host) > 253:
        raise _bad("its host is too long")
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise _bad("its host is not a name that can be registered") from None


def ipv4(host: str) -> IPv4Address | None:
    """Read an IPv4 address as resolvers do: 1 to 4 numbers, decimal, octal (0…) or hexadecimal (0x…).

    The last number fills all bytes that are left: 127.1 and 2130706433 are 127.0.0.1.
    """
    numbers = [_number(part) for part in host.split(".")]
    if len(numbers) > 4 or None in numbers:
        return None
    *first, last = (number for number in numbers if number is not None)
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        return None
    return IPv4Address(sum(number << 24 - 8 * place for place, number in enumerate(first)) + last)


def _number(text: str) -> int | None:
    if len(text) > 16:
        return None
    try:
        if text[:2] in {"0x", "0X"}:
            return int(text[2:], 16) if text[2:].isalnum() else None
        return int(text, 8 if text.startswith("0") else 10) if text.isdigit() else None
    except ValueError:
        return None


def _path(text: str) -> str:
    """Encode a path and take out `.` and `..`, also where they are escaped."""
    segments: list[str] = []
    parts = _encoded(text).split("/")[1:] if text else [""]
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        if part == "..":
            segments = segments[:-1]
        elif part != ".":
            segments.append(part)
            continue
        if last:
            segments.append("")
    return "/" + "/".join(segments)


def _encoded(text: str) -> str:
    return _ESCAPE.sub(_unescaped, "".join(one if one in _KEPT else _escaped(one) for one in text))


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _listed(ports: Collection[int]) -> str:
    return ", ".join(map(str, sorted(ports))) if len(ports) <= 10 else "others"


def _bad(why: str) -> Failure:
    return Failure(Outcome.BAD_ADDRESS, f"the address cannot be fetched: {why}")
