"""What an address is known by: its host, its origin, the form in which it is one with its doubles. Pure."""

import re
from urllib.parse import parse_qsl, urlencode

from indexer.crawl.fetching.addresses import Address, parse
from indexer.crawl.fetching.failure import Failure

LONGEST = 2_000
"""Characters of an address; longer ones are no addresses of pages."""

_ANY_PORT = range(1, 65_536)
_TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "igsh", "igshid", "mc_cid", "mc_eid", "yclid"})
_SESSION = re.compile(r"(?:php|asp|j)?sess(?:ion)?_?id\w*|aspsessionid\w*|cfid|cftoken|zenid|oscsid|sid")
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_CODE = re.compile(r"(?=[^/]*\d)(?:[0-9a-f-]{8,}|[0-9a-z_-]{24,})", re.IGNORECASE)


class NoAddress(ValueError):
    """A text that is not an address of http or https."""


def read(url: str) -> Address:
    """Read an address, whatever its port: whether that is open is decided when it is fetched.

    Raises:
        NoAddress: it is too long, or none that is ever fetched.
    """
    if len(url) > LONGEST:
        raise NoAddress(f"the address has {len(url)} characters; at most {LONGEST} are fetched")
    try:
        return parse(url, ports=_ANY_PORT)
    except Failure as failure:
        raise NoAddress(failure.detail) from None


def host_of(url: str) -> str:
    """Return the host that is spared: http and https are one, other ports are hosts of their own.

    Raises:
        NoAddress: as `read`.
    """
    return _host(read(url))


def origin_of(url: str) -> str:
    """Return scheme and host: what one robots.txt speaks for.

    Raises:
        NoAddress: as `read`.
    """
    address = read(url)
    return f"{address.scheme}://{address.authority}"


def canonical(url: str, *, exact: bool = False) -> str:
    """Return the form in which one document has one address: no scheme, fragment, session or tracking.

    `exact` keeps every argument in its place, as an interface for programs may need it.

    Raises:
        NoAddress: as `read`.
    """
    address = read(url)
    path, query = address.path, address.query or ""
    if not exact:
        path = _SESSION_IN_PATH.sub("", path)
        query = urlencode(
            sorted(pair for pair in parse_qsl(query, keep_blank_values=True) if _matters(*pair))
        )
    return f"{_host(address)}{path}?{query}" if query else f"{_host(address)}{path}"


def path_pattern(url: str) -> str:
    """Return the kind of page: host and path with numbers and long codes collapsed, names of arguments.

    The pages of an endless calendar are all of one kind.

    Raises:
        NoAddress: as `read`.
    """
    address = read(url)
    parts = [_NUMBER.sub("#", _CODE.sub("#", part)) for part in address.path.split("/")]
    # Links that lead deeper and deeper into themselves: /a/b/a/b/a/b is of one kind with /a/b.
    path = "/".join(dict.fromkeys(parts))
    names = sorted(
        {_NUMBER.sub("#", name) for name, _ in parse_qsl(address.query or "", keep_blank_values=True)}
    )
    return f"{_host(address)}{path}?{','.join(names)}"


def _host(address: Address) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return host if address.port in {80, 443} else f"{host}:{address.port}"


def _matters(name: str, value: str) -> bool:
    folded = name.casefold()
    if folded in _TRACKING or folded.startswith("utm_"):
        return False
    return not (_SESSION.fullmatch(folded) and len(value) >= 8)
