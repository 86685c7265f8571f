"""Invented pages for the benchmark of extraction: nested markup, scripts and texts as real sites have them.

Nobody and nothing in them exists. The same seed makes the same pages.
"""

import json
from collections.abc import Callable
from random import Random

_WORDS = (
    "slow bread rye oven field stone moss wheel spoke chain river kiln clay salt thread loom paper ink press tool "
    "bench plane glue varnish seed soil frost leaf bark root bee hive honey wax candle smoke ash bell rope sail "
    "tide shore gull path ridge snow hut stove kettle cup spoon bowl plate table chair window door roof tile"
).split()  # fmt: skip
_CLASSES = "card grid row col-6 is-open media__body btn btn--ghost u-mt-4 text-sm flex items-center nav__item".split()
_SITE = "https://makers.example"


def page_corpus(seed: int = 5, each: int = 10) -> list[tuple[str, bytes]]:
    """Return addresses and bodies: `each` pages of every kind, most of them above 100 kB."""
    random = Random(seed)  # noqa: S311
    return [kind(random, number) for number in range(each) for kind in _KINDS]


def _profile(random: Random, number: int) -> tuple[str, bytes]:
    url = f"{_SITE}/people/{number}"
    person = {"@type": "Person", "name": _name(random), "alternateName": f"maker{number}", "url": url,
              "description": _sentences(random, 3), "sameAs": [f"https://www.youtube.com/@maker{number}"],
              "interactionStatistic": [{"@type": "InteractionCounter", "userInteractionCount": 1234 * number,
                                        "interactionType": "https://schema.org/FollowAction"}]}  # fmt: skip
    parts = [_post(random, n) for n in range(12)]
    graph = {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": person, "hasPart": parts}
    head = _open_graph("profile", _name(random), url) + _ld(graph)
    return url, _page(random, head, _cards(random, 120), scripts=60_000)


def _blog_post(random: Random, number: int) -> tuple[str, bytes]:
    url = f"{_SITE}/posts/{number}/"
    me, page = f"{_SITE}/#/schema/person/{number}", f"{url}#page"
    graph = [
        {**_post(random, number), "@type": ["Article", "BlogPosting"], "author": {"@id": me}, "url": url,
         "isPartOf": {"@id": page}},
        {"@type": "WebPage", "@id": page, "url": url, "inLanguage": "en", "breadcrumb": {"@id": f"{url}#trail"}},
        {"@type": "BreadcrumbList", "@id": f"{url}#trail", "itemListElement": [
            {"@type": "ListItem", "position": n, "name": _word(random)} for n in range(4)]},
        {"@type": "WebSite", "@id": f"{_SITE}/#site", "url": f"{_SITE}/", "publisher": {"@id": f"{_SITE}/#house"}},
        {"@type": "Organization", "@id": f"{_SITE}/#house", "name": "Makers", "url": f"{_SITE}/"},
        {"@type": "Person", "@id": me, "name": _name(random), "url": f"{_SITE}/author/{number}/",
         "sameAs": ["https://bsky.app/profile/maker.example"]},
    ]  # fmt: skip
    head = _open_graph("article", _title(random), url) + _ld(
        {"@context": "https://schema.org", "@graph": graph}
    )
    text = "".join(f"<p>{_sentences(random, 5)}</p>" for _ in range(60))
    comments = "".join(_comment(random, n) for n in range(80))
    body = f'<article class="post"><h1>{_title(random)}</h1>{text}</article><ol>{comments}</ol>{_cards(random, 40)}'
    return url, _page(random, head, body, scripts=40_000)


def _first_page(random: Random, number: int) -> tuple[str, bytes]:
    url = f"https://maker{number}.example/"
    card = (
        f'<div class="h-card"><a class="p-name u-url u-uid" rel="me" href="{url}">{_name(random)}</a>'
        f'<p class="p-note">{_sentences(random, 2)}</p><a rel="me" href="https://social.example/@m{number}">m</a></div>'
    )
    entries = "".join(
        f'<article class="h-entry"><h2 class="p-name">{_title(random)}</h2><a class="u-url" href="/{n}">#</a>'
        f'<time class="dt-published" datetime="2026-01-{n + 1:02}">day</time><div class="e-content">'
        + "".join(f"<p>{_sentences(random, 4)} <a href='/t/{m}'>more</a></p>" for m in range(6))
        + "</div></article>"
        for n in range(20)
    )
    body = f'{card}<div class="h-feed">{entries}</div>{_cards(random, 60)}'
    return url, _page(random, '<link rel="me" href="https://social.example/@m">', body, scripts=30_000)


def _old_theme(random: Random, number: int) -> tuple[str, bytes]:
    posts = "".join(
        f'<article class="post-{n} post type-post hentry"><h2 class="entry-title"><a rel="bookmark" href="/{n}/">'
        f'{_title(random)}</a></h2><span class="author vcard"><a class="url fn n" href="/author/m/">M</a></span>'
        f'<time class="entry-date published" datetime="2025-11-{n + 1:02}">d</time><div class="entry-content">'
        + "".join(
            f"<p>{_sentences(random, 5)}</p><figure><img src='/{n}.jpg' alt=''></figure>" for _ in range(8)
        )
        + "</div></article>"
        for n in range(10)
    )
    return f"https://old{number}.example/", _page(random, "", posts + _cards(random, 50), scripts=50_000)


def _links(random: Random, number: int) -> tuple[str, bytes]:
    links = (
        "https://www.youtube.com/@m",
        "https://www.tiktok.com/@m",
        "https://instagram.com/m",
        "https://m.example",
    )
    body = "".join(
        f'<div class="{_classes(random)}"><a href="{link}"><span>Link</span></a></div>' for link in links
    )
    head = _open_graph("website", _name(random), "")
    return f"https://links.example/{number}", _page(random, head, body, scripts=110_000, menu=False)


def _video(random: Random, number: int) -> tuple[str, bytes]:
    url = f"https://video.example/watch/{number}"
    video = {"@context": "https://schema.org", "@type": "VideoObject", "name": _title(random), "url": url,
             "description": _sentences(random, 6), "uploadDate": "2026-02-03T10:00:00Z",
             "author": {"@type": "Person", "name": _name(random), "url": f"https://video.example/c/{number}"},
             "interactionStatistic": {"interactionType": {"@type": "WatchAction"}, "userInteractionCount": 9}}  # fmt: skip
    head = _open_graph("video.other", _title(random), url) + _ld(video)
    return url, _page(random, head, _cards(random, 90), scripts=200_000)


_KINDS: tuple[Callable[[Random, int], tuple[str, bytes]], ...] = (
    _profile,
    _blog_post,
    _first_page,
    _old_theme,
    _links,
    _video,
)


def _page(random: Random, head: str, body: str, *, scripts: int, menu: bool = True) -> bytes:
    links = "".join(
        f'<li class="{_classes(random)}"><a href="/m/{n}" title="{_word(random)}">{_word(random)}</a></li>'
        for n in range(90 if menu else 4)
    )
    metas = "".join(f'<meta name="x-{n}" content="{_word(random)}">' for n in range(12))
    styles = "".join(f".{_word(random)}-{n}{{margin:{n}px;color:#{n:06x}}}" for n in range(300))
    state = json.dumps({_word(random) + str(n): _sentences(random, 1) for n in range(scripts // 160)})
    calls = "".join(f"window.q=window.q||[];q.push(function(){{return {n}}});" for n in range(scripts // 110))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_title(random)}</title>{metas}{head}'
        f"<style>{styles}</style><script>{calls}</script></head><body><header><nav><ul>{links}</ul></nav></header>"
        f'<div id="root"><div class="{_classes(random)}"><main>{body}</main></div></div><footer><ul>{links}</ul>'
        f'</footer><script type="application/json">{state}</script></body></html>'
    ).encode()


def _cards(random: Random, number: int) -> str:
    return "".join(
        f'<div class="{_classes(random)}"><div class="{_classes(random)}"><a href="/p/{n}"><img src="/i/{n}.jpg" '
        f'alt="{_word(random)}" loading="lazy" width="320" height="180"></a></div><div class="{_classes(random)}">'
        f'<h3><a href="/p/{n}">{_title(random)}</a></h3><p>{_sentences(random, 1)}</p><span data-n="{n}">{n} likes'
        f'</span><button type="button" aria-label="{_word(random)}"><svg viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
        "</button></div></div>\n"
        for n in range(number)
    )


def _comment(random: Random, number: int) -> str:
    return (
        f'<li id="c{number}" class="{_classes(random)}"><b>{_name(random)}</b> <time datetime="2026-02-01">d</time>'
        f'<p>{_sentences(random, 2)}</p><a href="?reply={number}" rel="nofollow">Reply</a></li>'
    )


def _post(random: Random, number: int) -> dict[str, object]:
    return {"@type": "Article", "headline": _title(random), "url": f"{_SITE}/posts/{number}",
            "datePublished": "2026-01-02T10:00:00Z", "keywords": [_word(random) for _ in range(4)],
            "articleBody": _sentences(random, 8), "commentCount": number}  # fmt: skip


def _open_graph(kind: str, title: str, url: str) -> str:
    named = {"og:type": kind, "og:title": title, "og:url": url, "og:description": title, "og:locale": "en_GB"}
    return "".join(f'<meta property="{name}" content="{value}">' for name, value in named.items())


def _ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def _word(random: Random) -> str:
    return random.choice(_WORDS)


def _classes(random: Random) -> str:
    return " ".join(random.sample(_CLASSES, 3))


def _title(random: Random) -> str:
    return " ".join(_word(random) for _ in range(5)).capitalize()


def _name(random: Random) -> str:
    return f"{_word(random).capitalize()} {_word(random).capitalize()}son"


def _sentences(random: Random, number: int) -> str:
    return " ".join(f"{' '.join(_word(random) for _ in range(12)).capitalize()}." for _ in range(number))
