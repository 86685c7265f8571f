"""Invented pages for the benchmark of extraction: nested markup, scripts and texts as real sites have them.

Nobody and nothing in them exists. The same seed makes the same pages.
"""

import json
from collections.abc import Callable
from random import Random

_WORDS = """slow bread rye oven field stone moss wheel spoke chain river kiln clay salt thread loom paper
ink press tool bench plane glue varnish seed soil frost leaf bark root bee hive honey wax candle smoke ash
bell rope sail tide shore gull path ridge snow hut stove kettle cup spoon bowl plate table chair window"""
_STYLES = "card grid row col-6 is-open media__body btn btn--ghost u-mt-4 text-sm flex items-center nav__item"
_SITE = "https://makers.example"


def page_corpus(seed: int = 5, each: int = 10) -> list[tuple[str, bytes]]:
    """Return addresses and bodies: `each` pages of every kind, most of them above 100 kB."""
    invent = _Invent(seed)
    return [kind(invent, number) for number in range(each) for kind in KINDS]


class _Invent:
    """Words, names and markup, drawn at random."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311
        self._words = _WORDS.split()
        self._styles = _STYLES.split()

    def word(self) -> str:
        return self._random.choice(self._words)

    def words(self, number: int) -> str:
        return " ".join(self._random.choices(self._words, k=number)).capitalize()

    def name(self) -> str:
        return f"{self.word().capitalize()} {self.word().capitalize()}son"

    def sentences(self, number: int) -> str:
        return " ".join(f"{self.words(12)}." for _ in range(number))

    def div(self, inner: str, name: str = "div") -> str:
        return f'<{name} class="{" ".join(self._random.sample(self._styles, 3))}">{inner}</{name}>'

    def cards(self, number: int) -> str:
        return "\n".join(self.div(self._picture(n) + self._caption(n)) for n in range(number))

    def _picture(self, n: int) -> str:
        image = f'<img src="/i/{n}.jpg" alt="{self.word()}" loading="lazy" width="320" height="180">'
        return self.div(f'<a href="/p/{n}">{image}</a>')

    def _caption(self, n: int) -> str:
        icon = '<svg viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
        button = f'<button type="button" aria-label="{self.word()}">{icon}</button>'
        likes = f'<span data-n="{n}">{n} likes</span>'
        return self.div(
            f'<h3><a href="/p/{n}">{self.words(5)}</a></h3><p>{self.sentences(1)}</p>{likes}{button}'
        )

    def page(self, head: str, body: str, *, scripts: int, links: int = 90) -> bytes:
        items = (f'<a href="/m/{n}" title="{self.word()}">{self.word()}</a>' for n in range(links))
        menu = "".join(self.div(item, "li") for item in items)
        metas = "".join(f'<meta name="x-{n}" content="{self.word()}">' for n in range(12))
        styles = "".join(f".{self.word()}-{n}{{margin:{n}px;color:#{n:06x}}}" for n in range(300))
        state = json.dumps({f"{self.word()}{n}": self.sentences(1) for n in range(scripts // 160)})
        calls = "".join(f"q.push(function(){{return {n}}});" for n in range(scripts // 60))
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{self.words(5)}</title>'
            f"{metas}{head}<style>{styles}</style><script>window.q=[];{calls}</script></head>"
            f"<body><header><nav><ul>{menu}</ul></nav></header>"
            f'<div id="root">{self.div(f"<main>{body}</main>")}</div><footer><ul>{menu}</ul></footer>'
            f'<script type="application/json">{state}</script></body></html>'
        ).encode()

    def post(self, number: int) -> dict[str, object]:
        return {
            "@type": "Article",
            "headline": self.words(5),
            "url": f"{_SITE}/posts/{number}",
            "datePublished": "2026-01-02T10:00:00Z",
            "keywords": [self.word() for _ in range(4)],
            "articleBody": self.sentences(8),
            "commentCount": number,
        }

    def open_graph(self, kind: str, url: str) -> str:
        named = {"type": kind, "title": self.words(4), "url": url, "description": self.sentences(1)}
        return "".join(f'<meta property="og:{name}" content="{value}">' for name, value in named.items())


def _profile(invent: _Invent, number: int) -> tuple[str, bytes]:
    url = f"{_SITE}/people/{number}"
    counter = {"interactionType": "https://schema.org/FollowAction", "userInteractionCount": 1234 * number}
    person = {
        "@type": "Person",
        "name": invent.name(),
        "alternateName": f"maker{number}",
        "url": url,
        "description": invent.sentences(3),
        "sameAs": [f"https://www.youtube.com/@maker{number}"],
        "interactionStatistic": [{"@type": "InteractionCounter", **counter}],
    }
    posts = [invent.post(n) for n in range(12)]
    data = {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": person, "hasPart": posts}
    head = invent.open_graph("profile", url) + _json_ld(data)
    return url, invent.page(head, invent.cards(120), scripts=60_000)


def _blog_post(invent: _Invent, number: int) -> tuple[str, bytes]:
    url = f"{_SITE}/posts/{number}/"
    me, page, house = f"{_SITE}/#/person/{number}", {"@id": f"{url}#page"}, {"@id": f"{_SITE}/#house"}
    trail = [{"@type": "ListItem", "position": n, "name": invent.word()} for n in range(4)]
    post = {**invent.post(number), "@type": ["Article", "BlogPosting"], "author": {"@id": me}, "url": url}
    graph = [
        {**post, "isPartOf": page, "publisher": house},
        {**page, "@type": "WebPage", "url": url, "inLanguage": "en", "breadcrumb": {"@id": f"{url}#trail"}},
        {"@type": "BreadcrumbList", "@id": f"{url}#trail", "itemListElement": trail},
        {"@type": "WebSite", "@id": f"{_SITE}/#site", "url": f"{_SITE}/", "publisher": house},
        {**house, "@type": "Organization", "name": "Makers", "url": f"{_SITE}/"},
        {"@type": "Person", "@id": me, "name": invent.name(), "url": f"{_SITE}/author/{number}/"},
    ]
    head = invent.open_graph("article", url) + _json_ld({"@context": "https://schema.org", "@graph": graph})
    text = "".join(f"<p>{invent.sentences(5)}</p>" for _ in range(60))
    comments = "".join(
        invent.div(
            f'<b>{invent.name()}</b> <time datetime="2026-02-01">then</time><p>{invent.sentences(2)}</p>'
            f'<a href="?reply={n}" rel="nofollow">Reply</a>',
            "li",
        )
        for n in range(80)
    )
    body = f"<article><h1>{invent.words(4)}</h1>{text}</article><ol>{comments}</ol>{invent.cards(40)}"
    return url, invent.page(head, body, scripts=40_000)


def _first_page(invent: _Invent, number: int) -> tuple[str, bytes]:
    url = f"https://maker{number}.example/"
    card = (
        f'<div class="h-card"><a class="p-name u-url u-uid" rel="me" href="{url}">{invent.name()}</a>'
        f'<p class="p-note">{invent.sentences(2)}</p><a rel="me" href="https://social.example/@m">m</a></div>'
    )
    text = "".join(f"<p>{invent.sentences(4)} <a href='/t/{n}'>more</a></p>" for n in range(6))
    entries = "".join(
        f'<article class="h-entry"><h2 class="p-name">{invent.words(4)}</h2>'
        f'<a class="u-url" href="/{n}">#</a>'
        f'<time class="dt-published" datetime="2026-01-{n + 1:02}">then</time>'
        f'<div class="e-content">{text}</div></article>'
        for n in range(20)
    )
    body = f'{card}<div class="h-feed">{entries}</div>{invent.cards(60)}'
    return url, invent.page("", body, scripts=30_000)


def _old_theme(invent: _Invent, number: int) -> tuple[str, bytes]:
    posts = "".join(
        f'<article class="post-{n} post type-post hentry"><h2 class="entry-title">'
        f'<a rel="bookmark" href="/{n}/">{invent.words(4)}</a></h2>'
        '<span class="author vcard"><a class="url fn n" href="/author/m/">M</a></span>'
        f'<time class="entry-date published" datetime="2025-11-{n + 1:02}">then</time>'
        '<div class="entry-content">'
        + "".join(f"<p>{invent.sentences(5)}</p><img src='/{n}.jpg' alt=''>" for _ in range(8))
        + "</div></article>"
        for n in range(10)
    )
    return f"https://old{number}.example/", invent.page("", posts + invent.cards(50), scripts=50_000)


def _links(invent: _Invent, number: int) -> tuple[str, bytes]:
    hosts = ("www.youtube.com/@m", "www.tiktok.com/@m", "instagram.com/m", "m.example")
    body = "".join(invent.div(f'<a href="https://{host}"><span>Link</span></a>') for host in hosts)
    head = invent.open_graph("website", "")
    return f"https://links.example/{number}", invent.page(head, body, scripts=110_000, links=2)


def _video(invent: _Invent, number: int) -> tuple[str, bytes]:
    url = f"https://video.example/watch/{number}"
    video = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": invent.words(4),
        "url": url,
        "description": invent.sentences(6),
        "uploadDate": "2026-02-03T10:00:00Z",
        "author": {"@type": "Person", "name": invent.name(), "url": f"https://video.example/c/{number}"},
        "interactionStatistic": {"interactionType": {"@type": "WatchAction"}, "userInteractionCount": 9},
    }
    head = invent.open_graph("video.other", url) + _json_ld(video)
    return url, invent.page(head, invent.cards(90), scripts=150_000)


KINDS: tuple[Callable[[_Invent, int], tuple[str, bytes]], ...] = (
    _profile,
    _blog_post,
    _first_page,
    _old_theme,
    _links,
    _video,
)
"""What is made of each kind, in turn."""


def _json_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'
