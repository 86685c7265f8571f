"""Where a cluster is and who asks: node addresses, and credentials that no message ever shows."""

import ssl
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from discovery.errors import InvalidInput, Problem

USER = "NICHESCOUT_OPENSEARCH_USER"
PASSWORD = "NICHESCOUT_OPENSEARCH_PASSWORD"  # noqa: S105 - the name of a variable
TOKEN = "NICHESCOUT_OPENSEARCH_TOKEN"  # noqa: S105 - the name of a variable
CERT = "NICHESCOUT_OPENSEARCH_CERT"
KEY = "NICHESCOUT_OPENSEARCH_KEY"
CA = "NICHESCOUT_OPENSEARCH_CA"

_PORTS = {"http": 9200, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One node, or a proxy in front of some. IPv6 hosts have no brackets; `prefix` precedes every path."""

    secure: bool
    host: str
    port: int
    prefix: str = ""

    @property
    def loopback(self) -> bool:
        """Whether what is sent stays on this machine."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        """Render as a URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}{self.prefix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who asks: nobody, a user with a password, a bearer token, or a client certificate; and whom to trust.

    `authority` is a bundle of CA certificates in place of the machine's own.
    """

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    certificate: Path | None = None
    key: Path | None = None
    authority: Path | None = None

    def __post_init__(self) -> None:
        """Refuse what HTTP cannot carry.

        Raises:
            InvalidInput: more than one kind, half of a pair, or a character that a header cannot hold.
        """
        kinds = {
            f"{USER} with {PASSWORD}": self.user is not None or self.password is not None,
            TOKEN: self.token is not None,
            f"{CERT} with {KEY}": self.certificate is not None or self.key is not None,
        }
        given = [name for name, present in kinds.items() if present]
        if len(given) > 1:
            _refuse(given[0], f"is set together with {' and '.join(given[1:])}; keep one of them")
        _pair(USER, self.user, PASSWORD, self.password)
        _pair(CERT, self.certificate, KEY, self.key)
        if self.user is not None and ":" in self.user:
            _refuse(USER, "has a colon, which HTTP cannot carry in a user's name; use another user")
        for name, value in ((USER, self.user), (PASSWORD, self.password)):
            if value is not None and not _sendable(value):
                _refuse(name, "has a control character or is not Unicode text; check how it is set")
        if self.token is not None and not (
            self.token.isascii() and self.token.isprintable() and " " not in self.token
        ):
            _refuse(
                TOKEN, "has a space, a control or a non-ASCII character; set the bare token, without 'Bearer'"
            )

    @property
    def anonymous(self) -> bool:
        """Whether nothing secret is sent or proven."""
        return self.user is None and self.token is None and self.certificate is None

    @property
    def authorization(self) -> str | None:
        """The header's value; a password goes as UTF-8, which opensearch-py itself would not do."""
        if self.token is not None:
            return f"Bearer {self.token}"
        if self.user is not None:
            return f"Basic {b64encode(f'{self.user}:{self.password}'.encode()).decode()}"
        return None

    @property
    def variables(self) -> str:
        """The variables that a person would look at when these are not accepted."""
        if self.token is not None:
            return TOKEN
        return f"{CERT} and {KEY}" if self.certificate is not None else f"{USER} and {PASSWORD}"

    def redacted(self, text: str) -> str:
        """Return a text of the other side without these secrets, should it have repeated them."""
        header = self.authorization
        for secret in (header and header.partition(" ")[2], self.password, self.token):
            if secret and len(secret) > 2:  # one letter is no secret, and its dots would be unreadable
                text = text.replace(secret, "[hidden]")
        return text

    def tls(self) -> ssl.SSLContext:
        """Build what https needs; certificates and host names are always verified.

        Raises:
            InvalidInput: a file cannot be read or does not hold what it should.
        """
        try:
            context = ssl.create_default_context(cafile=self.authority)
        except (OSError, ssl.SSLError) as error:
            _refuse(
                CA, f"{self.authority} holds no usable CA certificates ({_reason(error)}); give a PEM bundle"
            )
        if self.certificate is not None:
            try:
                # Without a password of its own OpenSSL would ask for one at the terminal.
                context.load_cert_chain(self.certificate, self.key, password="")
            except (OSError, ssl.SSLError) as error:
                way_out = "give a PEM certificate and its PEM key, not encrypted"
                _refuse(
                    CERT, f"{self.certificate} with {self.key} cannot be used ({_reason(error)}); {way_out}"
                )
        return context


def credentials(environment: Mapping[str, str]) -> Credentials:
    """Read credentials from NICHESCOUT_OPENSEARCH_USER and _PASSWORD, _TOKEN, _CERT and _KEY, and _CA.

    A variable that is set to nothing counts as not set.

    Raises:
        InvalidInput: more than one kind, half of a pair, or a file that is not there.
    """
    found = Credentials(
        user=environment.get(USER) or None,
        password=environment.get(PASSWORD) or None,
        token=environment.get(TOKEN) or None,
        certificate=_file(environment, CERT),
        key=_file(environment, KEY),
        authority=_file(environment, CA),
    )
    if not found.anonymous or found.authority is not None:
        found.tls()  # damaged files are told now, not at the first request
    return found


def addresses(urls: Sequence[str], credentials: Credentials) -> tuple[Address, ...]:
    """Read the addresses of a cluster's nodes, each once, in the order given.

    Without a port, http means 9200 and https 443.

    Raises:
        InvalidInput: none, not a URL, a password in it, or credentials that would travel in the clear.
    """
    if not urls:
        _refuse("opensearch", "has no address; give one such as https://search.example:9200")
    found = dict.fromkeys(_address(url.strip(), number) for number, url in enumerate(urls, 1))
    for address in found:
        if address.secure:
            continue
        if credentials.certificate is not None:
            _refuse(str(address), f"{CERT} is only used over https; write https://")
        if not credentials.anonymous and not address.loopback:
            _refuse(
                str(address),
                f"would send the credentials of {credentials.variables} in the clear; write https://",
            )
    return tuple(found)


def _address(url: str, number: int) -> Address:
    """Read one. A URL that is refused is not repeated: what is wrong with it may be a password."""
    where = f"opensearch address {number}"
    if "@" in url:
        _refuse(where, f"carries a user or password; take them out and set {USER} and {PASSWORD}")
    example = "write it as https://search.example:9200"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        _refuse(where, f"is not a URL; {example}")
    if parts.scheme not in _PORTS or not host:
        _refuse(where, f"does not begin with https:// or http:// and a host; {example}")
    if parts.query or parts.fragment or not url.isascii() or not url.isprintable() or " " in url:
        _refuse(where, f"has a query, a fragment, a space or a character outside ASCII; {example}")
    if port == 0:
        _refuse(where, f"has port 0; {example}")
    prefix = parts.path.rstrip("/")
    return Address(
        secure=parts.scheme == "https", host=host, port=port or _PORTS[parts.scheme], prefix=prefix
    )


def _pair(first: str, one: object, second: str, other: object) -> None:
    if (one is None) != (other is None):
        there, missing = (first, second) if other is None else (second, first)
        _refuse(missing, f"is not set while {there} is; set both or neither")


def _sendable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return all(character >= " " and character != "\x7f" for character in text)


def _file(environment: Mapping[str, str], name: str) -> Path | None:
    if not environment.get(name):
        return None
    path = Path(environment[name])
    if not path.is_file():
        _refuse(name, f"names {path}, which is not a file; give the path of a PEM file")
    return path


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _refuse(where: str, message: str) -> NoReturn:
    raise InvalidInput([Problem(field=where, message=message)]) from None
