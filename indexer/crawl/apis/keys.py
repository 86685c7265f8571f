"""Keys of interfaces: taken from the environment while a request is sent, never part of a task. Pure.

They travel in headers, never in an address: YouTube's as Google's guide on API keys has it
(`X-Goog-Api-Key`), Podcast Index's as its documentation says (a SHA-1 of key, secret and time), Instagram's
token as `Authorization: Bearer`, though its documentation puts it into the address. Only the id of the
account that asks for Instagram is put there; it is a number, and no secret. None of it was tried live.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha1
from urllib.parse import urlsplit

from crawl_config.source import Parser, Source
from discovery.errors import InvalidInput, Problem
from indexer.crawl.apis.instagram import ASKING_ACCOUNT

NEEDED: Mapping[Parser, tuple[str, ...]] = {
    Parser.YOUTUBE: ("key",),
    Parser.INSTAGRAM: ("token", "user_id"),
    Parser.PODCAST_INDEX: ("key", "secret"),
}
"""Names under `keys` of a source, by parser; the others need none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorised:
    """An address and headers as they are sent; what shows one never shows a key."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def authorise(source: Source, url: str, variables: Mapping[str, str], now: datetime) -> Authorised:
    """Add the keys of a source to a request; a host that the source does not name gets none.

    Raises:
        InvalidInput: a key that is needed is missing or cannot be sent; the message names the variable.
    """
    keys = keys_of(source, variables)
    if not keys or urlsplit(url).hostname not in source.allowed.hosts:
        return Authorised(url=url)
    match source.parser:
        case Parser.YOUTUBE:
            return Authorised(url=url, headers={"x-goog-api-key": keys["key"]})
        case Parser.INSTAGRAM:
            asked = url.replace(f"/{ASKING_ACCOUNT}?", f"/{keys['user_id']}?", 1)
            return Authorised(url=asked, headers={"authorization": f"Bearer {keys['token']}"})
        case _:
            moment = str(int(now.timestamp()))
            signed = f"{keys['key']}{keys['secret']}{moment}".encode()
            digest = sha1(signed, usedforsecurity=False).hexdigest()
            headers = {"x-auth-key": keys["key"], "x-auth-date": moment, "authorization": digest}
            return Authorised(url=url, headers=headers)


def keys_of(source: Source, variables: Mapping[str, str]) -> Mapping[str, str]:
    """Return the keys that a source's parser needs, from the environment's variables: the check at the start.

    Raises:
        InvalidInput: keys that are missing or hold signs that no header carries, all of them.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name in NEEDED.get(source.parser, ()):
        variable = source.keys.get(name)
        value = variables.get(variable, "").strip() if variable else ""
        where = f"keys.{name}"
        if not variable:
            problems.append(Problem(field=where, message="is missing; name the variable that holds it"))
        elif not value:
            told = f"the environment variable {variable} is not set; {source.name} needs it"
            problems.append(Problem(field=where, message=told))
        elif not (value.isascii() and value.isprintable() and " " not in value):
            told = f"the environment variable {variable} holds signs that no key has"
            problems.append(Problem(field=where, message=told))
        elif name == "user_id" and not value.isdigit():
            told = (
                f"the environment variable {variable} holds no number; give the id of the account that asks"
            )
            problems.append(Problem(field=where, message=told))
        found[name] = value
    if problems:
        raise InvalidInput(problems)
    return found
