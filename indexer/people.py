"""Which profiles are of one person: those that link to each other, both ways. Pure.

A link in one direction proves nothing: anybody can link to anybody. Two profiles are one person's when each
names the other's address; persons are what hangs together by such links.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from discovery.creator import Creator, CreatorId, Platform
from discovery.people import Profiles
from indexer.suppression_marks import canonical_url

MOST_PROFILES = 12
"""More profiles than this are no person, but something that many link back to."""
_SEVERAL = frozenset({Platform.WEBSITE, Platform.PODCAST})
"""Of these somebody may well have several; two profiles on any other platform may be two people."""
_HANDLE_FORMS: Mapping[Platform, str] = {
    Platform.INSTAGRAM: "instagram.com/{}",
    Platform.TIKTOK: "tiktok.com/@{}",
    Platform.YOUTUBE: "youtube.com/@{}",
    Platform.BLUESKY: "bsky.app/profile/{}",
}
_HOSTS = frozenset(form.partition("/")[0] for form in _HANDLE_FORMS.values())
_PAGE = re.compile(r"\s*(?:https?://)?[^\s/:@?#]+(?:[/?#]|\s*$)", re.IGNORECASE)
_TABS = frozenset({"about", "community", "featured", "playlists", "shorts", "streams", "videos"})


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Persons with several profiles, each as the ids in order.

    `doubtful` counts what hangs together but was not taken for one person: too many profiles, or two on one
    platform.
    """

    persons: tuple[Profiles, ...] = ()
    doubtful: int = 0


def people(creators: Iterable[Creator]) -> People:
    """Find the persons among creators; only those whose profiles give links can be."""
    linking = {one.id: one for one in creators if one.links}
    named = _by_address(linking.values())
    linked = {one.id: set(_linked(one, named)) for one in linking.values()}
    mutual = {one: {other for other in others if one in linked[other]} for one, others in linked.items()}
    persons, doubtful = [], 0
    for profiles in _connected(mutual):
        if _is_person([linking[one] for one in profiles]):
            persons.append(profiles)
        else:
            doubtful += 1
    return People(persons=tuple(sorted(persons)), doubtful=doubtful)


def by_profile(persons: Iterable[Profiles]) -> dict[CreatorId, Profiles]:
    """Return the person of each profile that belongs to one."""
    return {one: profiles for profiles in persons for one in profiles}


def present(persons: Iterable[Profiles], ids: Container[CreatorId]) -> dict[CreatorId, Profiles]:
    """The same of those persons who are in an index with every profile."""
    return by_profile(profiles for profiles in persons if all(one in ids for one in profiles))


def addresses_of(creator: Creator) -> set[str]:
    """The addresses of a profile, each in one form: as stated, and as the platform makes them."""
    return {address for address in _addresses(creator) if address}


def profile_address(link: str) -> str:
    """Bring a link to the form of `addresses_of`; of platforms, parameters and tabs are left out.

    '' for what is no address of a page.
    """
    if not _PAGE.match(link):
        return ""
    address = canonical_url(link)
    host, _, path = address.partition("/")
    if host not in _HOSTS:
        return address
    steps = path.partition("?")[0].strip("/").split("/")
    if host == "youtube.com" and steps[-1] in _TABS:
        steps.pop()
    return f"{host}/{'/'.join(steps)}"


def _addresses(creator: Creator) -> Iterator[str]:
    if creator.url:
        yield profile_address(creator.url)
    native = creator.id.partition(":")[2] if creator.id.startswith(f"{creator.platform}:") else ""
    handle = (creator.handle or "").strip().lstrip("@")
    match creator.platform:
        case Platform.MASTODON:
            user, _, host = native.partition("@")
            if user and host:
                yield canonical_url(f"{host}/@{user}")
                yield canonical_url(f"{host}/users/{user}")
            return
        case Platform.WEBSITE | Platform.PODCAST:
            yield canonical_url(native)
            return
        case Platform.YOUTUBE:
            if native.startswith("UC"):
                yield canonical_url(f"youtube.com/channel/{native}")
            names = {handle}
        case _:
            names = {handle, native}
    for name in names - {""}:
        yield canonical_url(_HANDLE_FORMS[creator.platform].format(name))


def _by_address(creators: Iterable[Creator]) -> dict[str, list[CreatorId]]:
    """Whom an address names; what would name many names nobody."""
    named: dict[str, list[CreatorId]] = {}
    for one in creators:
        for address in addresses_of(one):
            named.setdefault(address, []).append(one.id)
    return {address: ids for address, ids in named.items() if len(ids) <= MOST_PROFILES}


def _linked(creator: Creator, named: Mapping[str, list[CreatorId]]) -> Iterator[CreatorId]:
    for link in creator.links or ():
        for other in named.get(profile_address(link), ()):
            if other != creator.id:
                yield other


def _connected(mutual: Mapping[CreatorId, set[CreatorId]]) -> Iterator[Profiles]:
    """What hangs together, two or more each."""
    seen: set[CreatorId] = set()
    for start in mutual:
        if start in seen or not mutual[start]:
            continue
        found, waiting = {start}, [start]
        while waiting:
            new = mutual[waiting.pop()] - found
            found |= new
            waiting += new
        seen |= found
        yield tuple(sorted(found))


def _is_person(profiles: list[Creator]) -> bool:
    on = Counter(one.platform for one in profiles)
    return len(profiles) <= MOST_PROFILES and all(
        count == 1 for platform, count in on.items() if platform not in _SEVERAL
    )
