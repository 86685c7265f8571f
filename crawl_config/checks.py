"""What may stand in a single value of a source: a host, a pattern, a contact. Each says the way out."""

import re
from urllib.parse import urlsplit

from crawl_config.addresses import read_address
from crawl_config.denied import denied_below
from crawl_config.hosts import host_name, is_fictional
from crawl_config.selecting import css_problem
from crawl_config.source import Parser
from crawl_config.table import shown

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z][A-Za-z0-9-]*")
_WEB_PAGE = re.compile(r"https://[!-'*-~]+")
_PRODUCT = re.compile(r"[A-Za-z_-]{1,40}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_ATTRIBUTE = re.compile(r"[A-Za-z_:][A-Za-z0-9_:.-]{0,99}")
_SLASHES = re.compile(r"^[a-z]+://", re.IGNORECASE)


def contact_problem(text: str) -> str | None:
    """A contact is an e-mail address, or the `https://` address of a page that says how to reach you."""
    if _MAIL.fullmatch(text) or (_WEB_PAGE.fullmatch(text) and read_address(text)):
        return None
    return f"{shown(text)} is neither an e-mail address nor the https:// address of a page about you"


def product_problem(text: str) -> str | None:
    """A product is what robots.txt files name: letters, `-` and `_`."""
    if _PRODUCT.fullmatch(text):
        return None
    return f"{shown(text)} cannot be named in robots.txt; use up to 40 of the letters a to z, '-' and '_'"


def variable_problem(text: str) -> str | None:
    """A key is given as the name of the environment variable that holds it, never as itself."""
    if _VARIABLE.fullmatch(text):
        return None
    return "is no name of an environment variable; write the name, such as 'YOUTUBE_API_KEY', never the key"


def attribute_problem(text: str) -> str | None:
    """An attribute is the name of an attribute of HTML."""
    return None if _ATTRIBUTE.fullmatch(text) else f"{shown(text)} is no name of an attribute, such as 'href'"


def selector_problem(text: str) -> str | None:
    """A selector must be CSS."""
    problem = css_problem(text)
    return f"{shown(text)} {problem}" if problem else None


def web_problem(text: str) -> str | None:
    """An address of the web: http or https, a host, no name and password."""
    if read_address(text):
        return None
    if not _SLASHES.match(text):
        return f"{shown(text)} is no address; write it whole: 'https://…'"
    return f"{shown(text)} is no address of a page: http:// or https://, a host, no password, no spaces"


def pattern_problem(text: str) -> str | None:
    """A pattern of paths begins at the root: with `/`, or with `*` for anything."""
    if _SLASHES.match(text):
        path = urlsplit(text).path if "[" not in text else ""
        return f"{shown(text)} is an address; write its path alone: {shown(path or '/')}"
    if not text.startswith(("/", "*")):
        return f"{shown(text)} must begin with '/' or '*': {shown('/' + text)}"
    if "$" in text[:-1]:
        return f"{shown(text)} has a '$' before its end; write %24 where the sign itself is meant"
    if "#" in text:
        return f"{shown(text)} holds '#', which is never sent to a host; leave it out"
    return None


def host_problem(text: str, parser: Parser | None) -> str | None:
    """A host is a full name, or `*.name`; not an address, and not of a site whose pages are never read."""
    if _SLASHES.match(text):
        alone = text.split("//", 1)[1].split("/", 1)[0]
        return f"{shown(text)} is an address; write the host alone: {shown(alone)}"
    base = text.removeprefix("*.")
    name = host_name(base)
    if name is None:
        return f"{shown(text)} is no name of a host{_host_advice(base)}"
    denial = denial_problem(text, parser) if parser is None or not parser.is_api else None
    if not denial and "." not in name and not is_fictional(name):
        if base != text:
            return f"{shown(text)} is too wide; name the site: '*.site.{name}'"
        return f"{shown(text)} is no full name of a host; write it with its ending: '{name}.example'"
    return denial


def denial_problem(pattern: str, parser: Parser | None) -> str | None:
    """Say why a host cannot be read; where a site's feeds can be, its host may stand in a source of feeds."""
    found = [
        denial
        for denial in denied_below(pattern)
        if not (denial.open_paths and parser is Parser.FEED and not _is_wide(pattern))
    ]
    if not found:
        return None
    if _is_wide(pattern):
        names = ", ".join(denial.site for denial in found)
        return f"{shown(pattern)} reaches {names}, whose terms forbid it; name the hosts one by one"
    return f"{shown(pattern)} cannot be a source. {found[0]}"


def _is_wide(pattern: str) -> bool:
    """Whether a wildcard begins above the hosts of a denied site, such as `*.com`."""
    return pattern.startswith("*.") and not denied_below(pattern.removeprefix("*."))


def _host_advice(base: str) -> str:
    if "*" in base:
        return "; a '*' may stand at its beginning only: '*.site.example'"
    if "/" in base:
        return f"; paths belong into allow.paths, the host alone is {shown(base.split('/', 1)[0])}"
    name, colon, port = base.rpartition(":")
    if colon and port.isdecimal() and host_name(name):
        return f"; leave out the port: {shown(name)}"
    if re.fullmatch(r"[0-9a-fx.:]+", base, re.IGNORECASE):
        return "; an IP address says nothing about whose it is, write the name"
    return ", such as 'site.example'"
