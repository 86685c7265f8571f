"""Meta elements: OpenGraph, `article:`, `profile:`, twitter cards, author and description. Pure."""

import re
from collections.abc import Iterable, Mapping

from indexer.crawl.reading.counts import Count, read_count
from indexer.crawl.reading.days import read_day
from indexer.crawl.reading.json_ld import clean_text
from indexer.crawl.reading.said import Person, PostSaid, Told
from indexer.crawl.reading.site import Site
from indexer.crawl.reading.tags import with_keywords

FORMAT = "OpenGraph"
MAX_METAS = 500

_ARTICLES = frozenset(
    {"article", "blog", "video.other", "video.episode", "video.movie", "video.tv_show", "video"}
)
_LABELS = {
    "follower": "followers",
    "subscriber": "followers",
    "following": "following",
    "post": "posts_total",
}
_SUMMED = re.compile(r"(?P<count>[\d.,]+ ?[KMB]?) (?P<label>[A-Za-z]+)")
_BEHIND_SUM = re.compile(r" [-–·•|] ")
_HANDLE = re.compile(r"\s*\(@(?P<handle>[^()\s]{1,100})\).*")

Metas = Mapping[str, tuple[str, ...]]


def read_metas(named: Iterable[tuple[str, str]]) -> Metas:
    """Gather contents by lower-case name, in order; empty ones are left out."""
    found: dict[str, list[str]] = {}
    for number, (name, content) in enumerate(named):
        if number >= MAX_METAS:
            break
        if clean := clean_text(content):
            found.setdefault(name.strip().lower(), []).append(clean)
    return {name: tuple(contents) for name, contents in found.items()}


def read_open_graph(metas: Metas, site: Site) -> Told:
    """Read whom or what a page says that it is, by `og:type`; without one it says nothing."""
    kind = first(metas, "og:type") or ""
    if kind.lower() == "profile":
        return Told(people=(_profile(metas, site),))
    if kind.lower() in _ARTICLES:
        return _article(metas, site)
    return Told()


def first(metas: Metas, *names: str) -> str | None:
    """Return the first content under some names."""
    return next((metas[name][0] for name in names if name in metas), None)


def name_and_handle(title: str | None) -> tuple[str | None, str | None]:
    """Take a title such as `Ann Invented (@ann) • Photos` apart."""
    found = _HANDLE.search(title or "")
    if title is None or found is None:
        return title, None
    return title[: found.start()].strip() or found["handle"], found["handle"]


def _profile(metas: Metas, site: Site) -> Person:
    parts = (metas.get(name, ("",))[0] for name in ("profile:first_name", "profile:last_name"))
    title, handle = name_and_handle(first(metas, "og:title", "twitter:title"))
    values: dict[str, object] = {
        "name": " ".join(filter(None, parts)) or title,
        "handle": (first(metas, "profile:username") or handle or "").lstrip("@"),
        "bio": first(metas, "og:description", "description"),
        **_counts(metas),
    }
    return Person(
        format=FORMAT,
        values={name: value for name, value in values.items() if value},
        address=site.own(first(metas, "og:url")),
        subject=True,
    )


def _counts(metas: Metas) -> dict[str, Count]:
    """Return what cards label, and what a description sums up: `12 Followers, 3 Following, 4 Posts - …`."""
    labelled = [(first(metas, f"twitter:label{n}"), first(metas, f"twitter:data{n}")) for n in (1, 2)]
    summary = _BEHIND_SUM.split((first(metas, "og:description") or "")[:200])[0]
    found = [_SUMMED.fullmatch(part) for part in summary.split(", ")]
    if len(found) > 1 and all(found):
        labelled += [(one["label"], one["count"]) for one in found if one]
    counts: dict[str, Count] = {}
    for label, stated in labelled:
        name = _LABELS.get((label or "").lower().removesuffix("s"))
        count = read_count(stated, "en")
        if name is not None and count is not None:
            counts.setdefault(name, count)
    return counts


def _article(metas: Metas, site: Site) -> Told:
    title, words = first(metas, "og:title", "twitter:title"), first(metas, "og:description", "description")
    tags = [*metas.get("article:tag", ()), *metas.get("video:tag", ())]
    day = read_day(first(metas, "article:published_time", "video:release_date", "og:article:published_time"))
    values: dict[str, object] = {
        "url": site.own(first(metas, "og:url")) or site.url,
        "title": title,
        "text": words,
        "published_at": day,
        "hashtags": with_keywords((title, words), tags),
    }
    stated = [*metas.get("article:author", ()), *metas.get("author", ())][:10]
    by = tuple(dict.fromkeys(address for one in stated if "/" in one and (address := site.own(one))))
    names = tuple(dict.fromkeys(one for one in stated if "/" not in one))
    post = PostSaid(
        format=FORMAT,
        values={name: value for name, value in values.items() if value is not None},
        by=by,
        by_names=names,
    )
    person = names[0] if len(names) == 1 else None
    people = [Person(format=FORMAT, values={"name": person} if person else {}, address=one) for one in by]
    return Told(people=tuple(people) if len(by) == 1 else (), posts=(post,))
