"""schema.org JSON-LD: whom a page is about, who wrote what. Pure, bounded, never raises.

Gender, nationality, relatives, health and whatever else a Person may state of the kind is not read.
"""

from collections.abc import Iterator, Set
from itertools import islice

from indexer.crawl.reading.days import read_day
from indexer.crawl.reading.json_ld import Graph, Node, entries, text, texts, types_of
from indexer.crawl.reading.said import Person, PostSaid, Told
from indexer.crawl.reading.schema_counts import post_counts
from indexer.crawl.reading.schema_person import ORGANISATIONS, PERSONS, person_values
from indexer.crawl.reading.site import Site
from indexer.crawl.reading.tags import with_keywords
from indexer.importers.codes import language_of

FORMAT = "JSON-LD"
MAX_POSTS = 200
MAX_AUTHORS = 5

_PROFILES = frozenset({"ProfilePage"})
_PAGES = frozenset({"AboutPage", "WebPage", "ContactPage", "ItemPage", "CollectionPage"})
_SITES = frozenset({"WebSite", "WebPage", "ProfilePage", "AboutPage", "Blog", "CollectionPage"})
_POSTS = frozenset(
    {"BlogPosting", "Article", "NewsArticle", "OpinionNewsArticle", "ReviewNewsArticle",
     "ReportageNewsArticle", "TechArticle", "ScholarlyArticle", "SocialMediaPosting",
     "DiscussionForumPosting",
     "LiveBlogPosting", "Recipe", "HowTo", "VideoObject", "PodcastEpisode"}
)  # fmt: skip
_PARTS = ("video", "associatedMedia", "trailer", "subjectOf", "mentions", "about", "citation", "hasPart")
_DAYS = ("datePublished", "uploadDate", "dateCreated")


def read_schema_org(graph: Graph, site: Site) -> Told:
    """Read the people and posts of a page's JSON-LD."""
    return _Vocabulary(graph, site).told()


class _Vocabulary:
    """One page's graph, and what is asked of it more than once: whose site it is, who is who."""

    def __init__(self, graph: Graph, site: Site) -> None:
        self._graph = graph
        self._site = site
        self._problems = list(graph.problems)
        self._people: dict[int, Person] = {}
        self._language: str | None = None
        self._owner_ids: set[str] = set()
        self._owner_names: set[str] = set()
        for page in graph.nodes:
            if types_of(page) & _SITES:
                self._note_site(page)

    def told(self) -> Told:
        subject = self._subject()
        people = [] if subject is None else [self._person(subject, subject=True)]
        posts = []
        for node in self._works():
            post, authors = self._post(node)
            posts.append(post)
            people += authors
        unique: dict[object, Person] = {}
        for person in people:
            unique.setdefault(person.address or id(person), person)
        problems = tuple(dict.fromkeys(self._problems))
        return Told(people=tuple(unique.values()), posts=tuple(posts), problems=problems)

    def _works(self) -> Iterator[Node]:
        """Yield what was published by itself, and is no video or quotation within another post."""
        works = [node for node in self._graph.nodes if types_of(node) & _POSTS]
        within = {id(one) for work in works for one in self._graph.nodes_at(work, *_PARTS)}
        alone = (node for node in works if id(node) not in within and not _is_part(node))
        return islice(alone, MAX_POSTS)

    def _note_site(self, page: Node) -> None:
        for owner in self._graph.nodes_at(page, "publisher", "creator", "copyrightHolder"):
            if isinstance(identity := owner.get("@id"), str):
                self._owner_ids.add(identity)
            self._owner_names.update(texts(owner, "name")[:1])
        self._language = self._language or next(
            filter(None, map(language_of, texts(page, "inLanguage"))), None
        )

    def _subject(self) -> Node | None:
        """Return whom the page is about: a profile's main entity, a page's, or the only one that it names."""
        for kinds, properties in ((_PROFILES, ("mainEntity", "about")), (_PAGES, ("mainEntity",))):
            entities = self._entities(kinds, properties)
            if entities:
                here = [entity for entity in entities if self._is_here(entity)] or entities
                return here[0] if len(here) == 1 else None
        top = self._graph.top
        if any(types_of(node) & _POSTS for node in top):
            return None
        people = [node for node in top if types_of(node) & PERSONS]
        named = [node for node in people if self._is_here(node)] or people
        if len({text(node, "name") for node in named}) == 1:
            return named[0]
        houses = [node for node in top if types_of(node) & ORGANISATIONS and self._is_here(node)]
        return houses[0] if len(houses) == 1 and not people else None

    def _entities(self, kinds: Set[str], properties: tuple[str, ...]) -> list[Node]:
        """Return the people and organisations that pages of some kinds are about, each once."""
        pages = (page for page in self._graph.nodes if types_of(page) & kinds)
        found = (entity for page in pages for entity in self._graph.nodes_at(page, *properties))
        unique = {id(entity): entity for entity in found if types_of(entity) & (PERSONS | ORGANISATIONS)}
        return list(unique.values())

    def _is_here(self, node: Node) -> bool:
        here = self._site.url.rstrip("/")
        return any((self._site.own(one) or "").rstrip("/") == here for one in entries(node.get("url"))[:10])

    def _person(self, node: Node, *, subject: bool) -> Person:
        known = self._people.get(id(node))
        if known is not None:
            return known
        address = self._profile_address(node, subject=subject)
        values = person_values(self._graph, node, self._site, address, self._problems)
        if self._language:
            values["language"] = self._language
        born = next((day for day in entries(node.get("birthDate")) if isinstance(day, str | int)), None)
        person = Person(format=FORMAT, values=values, address=address, subject=subject, born=born)
        self._people[id(node)] = person
        return person

    def _profile_address(self, node: Node, *, subject: bool) -> str | None:
        """Return the address by which a person is known: a page of the same site.

        The site's first page stands for the person whose site it is, not for all whose profile is not told.
        """
        for stated in _addresses(node):
            address = self._site.own(stated)
            if address is not None and (
                not self._site.is_root(address) or self._is_whose_site(node, subject)
            ):
                return address
        return None

    def _is_whose_site(self, node: Node, subject: bool) -> bool:
        identity, name = node.get("@id"), text(node, "name")
        known = isinstance(identity, str) and identity in self._owner_ids
        return known or name in self._owner_names or (subject and self._site.is_root(self._site.url))

    def _post(self, node: Node) -> tuple[PostSaid, list[Person]]:
        title = text(node, "headline", "name")
        words = text(node, "articleBody", "text", "description", "abstract")
        sponsors = [name for one in self._graph.nodes_at(node, "sponsor") for name in texts(one, "name")]
        days = (read_day(day) for name in _DAYS for day in entries(node.get(name))[:10])
        addresses = (self._site.address(stated) for stated in _addresses(node))
        values: dict[str, object] = {
            "url": next(filter(None, addresses), None),
            "title": title,
            "text": words,
            "published_at": next(filter(None, days), None),
            "hashtags": with_keywords((title, words), texts(node, "keywords")),
            "sponsored": True if sponsors else None,
            "sponsors": tuple(dict.fromkeys(sponsors))[:20] or None,
            **post_counts(self._graph, node, self._problems),
        }
        people, names = self._authors(node)
        post = PostSaid(
            format=FORMAT,
            values={name: value for name, value in values.items() if value is not None},
            by=tuple(person.address for person in people if person.address),
            by_names=tuple(names),
        )
        return post, [person for person in people if person.address]

    def _authors(self, node: Node) -> tuple[list[Person], list[str]]:
        people, names = [], []
        for stated in (*entries(node.get("author")), *entries(node.get("creator")))[:MAX_AUTHORS]:
            author = self._graph.resolve(stated)
            if author is None and isinstance(stated, str):
                author = {"url": stated} if "://" in stated else {"name": stated}
            if author is not None:
                people.append(self._person(author, subject=False))
                names += texts(author, "name")[:1]
        return people, names


def _addresses(node: Node) -> Iterator[object]:
    """Yield what a node gives for its own page."""
    for stated in (*entries(node.get("url"))[:10], *entries(node.get("mainEntityOfPage"))[:10]):
        yield stated.get("@id") or stated.get("url") if isinstance(stated, dict) else stated
    identity = node.get("@id")
    if isinstance(identity, str) and "#" not in identity:
        yield identity


def _is_part(node: Node) -> bool:
    """Whether a video is an illustration, without a day of its own."""
    kinds = types_of(node)
    return "Clip" in kinds or ("VideoObject" in kinds and not {"uploadDate", "datePublished"} & node.keys())
