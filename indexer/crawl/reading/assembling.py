"""What several formats of one page say, put together: who there is, which posts are whose. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.crawl.reading.counts import Count
from indexer.crawl.reading.said import MICROFORMATS, Person, PostSaid, Told
from indexer.suppression_marks import canonical_url

_UNITED = frozenset({"links", "contacts"})
"""Fields of which every format adds entries; of all others the first format that says anything counts."""


@dataclass(slots=True, kw_only=True)
class Account:
    """One creator of a page: what all formats say of them."""

    address: str
    subject: bool
    people: list[Person] = field(default_factory=list)
    posts: list[Mapping[str, object]] = field(default_factory=list)


def assemble(told: Sequence[Told], canonical: str, author: str | None, problems: list[str]) -> list[Account]:
    """Put together what formats say, the most trusted first.

    `canonical` is the page's own address, `author` that of a rel=author link. A post without an author is by
    whom the page is about, else by the one person that it names, else by `author`, else nobody's.
    """
    people = [person for one in told for person in one.people]
    accounts = _accounts(people, canonical)
    unattributed = 0
    for post in _united_posts(told, canonical, problems):
        owners = _owners(post, accounts, author)
        for owner in owners:
            account = accounts.setdefault(canonical_url(owner), Account(address=owner, subject=False))
            account.posts.append({**post.values, "id": _post_id(post)})
        unattributed += not owners
    if unattributed:
        problems.append(f"{unattributed} posts tell no author whose profile is on this site")
    return [account for account in accounts.values() if account.subject or account.posts]


def merged(account: Account, problems: list[str]) -> dict[str, object]:
    """Return one value a field: the first that is said, of counts the most exact that agrees with it."""
    values: dict[str, object] = {}
    said_by: dict[str, str] = {}
    for person in account.people:
        for name, value in person.values.items():
            first = values.get(name)
            if first is None:
                values[name], said_by[name] = value, person.format
            elif isinstance(first, Count) and isinstance(value, Count):
                values[name] = _agreed(name, first, value, said_by[name], person.format, problems)
            elif name in _UNITED and isinstance(first, tuple) and isinstance(value, tuple):
                values[name] = (*first, *(one for one in value if one not in first))
    return plain(values)


def plain(values: Mapping[str, object]) -> dict[str, object]:
    """Return values with counts as numbers."""
    return {name: value.value if isinstance(value, Count) else value for name, value in values.items()}


def _agreed(name: str, first: Count, other: Count, by: str, also_by: str, problems: list[str]) -> Count:
    if first.agrees_with(other):
        return first if first.step <= other.step else other
    problems.append(f"{name}: {by} says {first.value}, {also_by} {other.value}; {by} is believed")
    return first


def _accounts(people: Sequence[Person], canonical: str) -> dict[str, Account]:
    """Gather people by address in one form; the subjects of all formats are one, unless they differ."""
    accounts: dict[str, Account] = {}
    subjects = [person for person in people if person.subject]
    if subjects:
        address = next((person.address for person in subjects if person.address), canonical)
        account = accounts[canonical_url(address)] = Account(address=address, subject=True)
        name = next(filter(None, map(_folded, subjects)), None)
        for person in subjects:
            # A card without an address of this site may be anybody's who is named on the page.
            is_page_itself = person.address is None and person.format != MICROFORMATS
            if is_page_itself or person.address == address or _folded(person) == name:
                account.people.append(person)
    for person in people:
        if not person.subject and person.address:
            key = canonical_url(person.address)
            accounts.setdefault(key, Account(address=person.address, subject=False)).people.append(person)
    return accounts


def _owners(post: PostSaid, accounts: Mapping[str, Account], author: str | None) -> tuple[str, ...]:
    """Return the addresses of those whose post it is, each once."""
    if post.by:
        return tuple({canonical_url(address): address for address in post.by}.values())
    if post.by_names:
        wanted = {name.strip().casefold() for name in post.by_names}
        for account in accounts.values():
            if any(_folded(person) in wanted for person in account.people):
                return (account.address,)
        return (author,) if author and len(post.by_names) == 1 else ()
    for account in accounts.values():
        if account.subject or len(accounts) == 1:
            return (account.address,)
    return (author,) if author else ()


def _united_posts(told: Sequence[Told], canonical: str, problems: list[str]) -> list[PostSaid]:
    """Unite what several formats say of one post; a page's only post without an address has the page's.

    Posts that one format tells without addresses cannot be told from those of the others, which are left.
    """
    united: dict[str, PostSaid] = {}
    for one in told:
        alone = len(one.posts) == 1 and not any(person.subject for person in one.people)
        for number, said in enumerate(one.posts):
            post = said
            if alone and _post_id(said) is None:
                post = replace(said, values={**said.values, "url": canonical})
            key = _post_id(post) or f"{post.format} {number}"
            united[key] = _united(united[key], post, problems) if key in united else post
        if one.posts and all(_post_id(post) is None for post in united.values()):
            break
    return list(united.values())


def _united(first: PostSaid, other: PostSaid, problems: list[str]) -> PostSaid:
    values = {**other.values, **first.values}
    for name, count in first.values.items():
        again = other.values.get(name)
        if isinstance(count, Count) and isinstance(again, Count):
            values[name] = _agreed(name, count, again, first.format, other.format, problems)
    return replace(first, values=values, by=first.by or other.by, by_names=first.by_names or other.by_names)


def _post_id(post: PostSaid) -> str | None:
    """Return the id of a post: the source's own, else its address in one form: all documents agree."""
    stated, address = post.values.get("id"), post.values.get("url")
    if isinstance(stated, str):
        return stated
    return canonical_url(address) if isinstance(address, str) else None


def _folded(person: Person) -> str:
    return str(person.values.get("name", "")).strip().casefold()
