"""What selectors found, as values of a creator and of posts: counts, days and addresses read. Pure."""

from collections.abc import Callable, Mapping, Sequence

from indexer.crawl.reading.countries import stated_country
from indexer.crawl.reading.counts import read_count
from indexer.crawl.reading.days import read_day
from indexer.crawl.reading.said import Person, PostSaid, Told
from indexer.crawl.reading.selecting import Selected
from indexer.crawl.reading.site import Site
from indexer.importers.codes import language_of

FORMAT = "selectors"

_COUNTS = frozenset({"followers", "following", "posts_total", "views", "likes", "comments", "shares"})
_LISTS = frozenset({"categories", "hashtags"})
_MOST = 100


def read_selected(selected: Selected, site: Site, language: str | None) -> Told:
    """Read the texts that selectors found; what cannot be read as its field's kind is a problem."""
    problems: list[str] = []
    creator = _read(selected.creator, "creator", site, language, problems)
    address = site.own(creator.pop("url", None))
    people = (Person(format=FORMAT, values=creator, address=address, subject=True),) if creator else ()
    posts = []
    for number, found in enumerate(selected.posts):
        values = _read(found, f"post[{number}]", site, language, problems)
        if values:
            posts.append(PostSaid(format=FORMAT, values=values))
    return Told(people=people, posts=tuple(posts), problems=tuple(problems))


def _read(
    found: Mapping[str, Sequence[str]], where: str, site: Site, language: str | None, problems: list[str]
) -> dict[str, object]:
    single: Mapping[str, Callable[[str], object]] = {
        "url": site.address,
        "published_at": read_day,
        "language": language_of,
        "country": stated_country,
        "handle": lambda text: text.lstrip("@"),
        **dict.fromkeys(_COUNTS, lambda text: read_count(text, language)),
    }
    values: dict[str, object] = {}
    for name, texts in found.items():
        if not texts:
            continue
        if name == "links":
            value: object = tuple(dict.fromkeys(one for text in texts if (one := site.address(text))))[:_MOST]
        elif name in _LISTS:
            value = tuple(dict.fromkeys(text.lstrip("#").strip() for text in texts))[:_MOST]
        else:
            value = single.get(name, str)(texts[0])
        if value:
            values[name] = value
        elif value is None or value == ():
            problems.append(
                f"{where}.{name}: the selector found {texts[0][:60]!r}, which cannot be read as that"
            )
    return values
