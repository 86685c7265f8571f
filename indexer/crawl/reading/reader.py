"""The reader of pages: one document to the creators that it tells of, and to where it leads."""

from collections.abc import Iterator
from itertools import islice

from crawl_config.patterns import follows
from crawl_config.source import Source
from discovery.creator import Creator, CreatorId, Platform
from indexer.crawl.ages import born_below_18
from indexer.crawl.document import Document, Outcome, Reading, Task
from indexer.crawl.reading.assembling import Account, assemble, merged, plain
from indexer.crawl.reading.charsets import decode
from indexer.crawl.reading.elements import base_of, json_ld_of, language_tag, metas_of, title_of
from indexer.crawl.reading.json_ld import Graph
from indexer.crawl.reading.links import canonical_of, feeds_of, links_in_bio, rel_links, to_follow
from indexer.crawl.reading.media_type import not_a_page
from indexer.crawl.reading.metas import first, name_and_handle, read_metas, read_open_graph
from indexer.crawl.reading.microformats import read_microformats
from indexer.crawl.reading.robots_meta import permission
from indexer.crawl.reading.said import Person, Told
from indexer.crawl.reading.schema_org import read_schema_org
from indexer.crawl.reading.selected import read_selected
from indexer.crawl.reading.selecting import select, wanted_by
from indexer.crawl.reading.site import Site
from indexer.crawl.reading.soup import Page, parse
from indexer.crawl.stating import MINOR, creator_from
from indexer.importers.codes import language_of
from indexer.merge import merge

PAGE = "page"
FEED = "feed"
MAX_FOLLOWED = 500
MAX_FEEDS = 5
MAX_PROBLEMS = 50
MAX_CREATORS = 100


class PageReader:
    """Reads HTML: JSON-LD, microformats, OpenGraph, rel=me, links in bio, and the source's CSS selectors."""

    def start(self, source: Source) -> tuple[Task, ...]:
        """Return one page a seed."""
        return tuple(Task(url=seed, step=PAGE) for seed in source.seeds)

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        """Read a page. Never raises for what it holds; time and memory have the limits of the parts."""
        content_type = document.headers.get("content-type", "")
        refusal = not_a_page(content_type, document.body)
        if refusal:
            return Reading(outcome=Outcome.UNREADABLE, problems=(refusal,))
        decoded = decode(document.body, content_type)
        page = parse(decoded.text, wanted_by(source.selectors))
        problems = [*decoded.problems, *([page.cut] if page.cut else [])]
        return _PageReading(document, task, source, page, problems).reading()


PAGES = PageReader()


class _PageReading:
    """One page that is being read."""

    def __init__(
        self, document: Document, task: Task, source: Source, page: Page, problems: list[str]
    ) -> None:
        self._source = source
        self._task = task
        self._page = page
        self._problems = problems
        self._day = document.fetched_at.date()
        at = Site(url=document.url, base=document.url, source=source)
        self._url = at.address(document.url) or document.url
        self._site = Site(url=self._url, base=at.address(base_of(page)) or self._url, source=source)
        named = list(metas_of(page))
        self._metas = read_metas(named)
        header = document.headers.get("x-robots-tag", "")
        self._may = permission(named, header, source.manners.product, document.fetched_at)

    def reading(self) -> Reading:
        follow = tuple(self._follow()) if self._may.follow else ()
        if not self._may.index:
            own = self._site.creator_id(self._url)
            known = (self._task.creator, None if own is None else CreatorId(own))
            return Reading(
                outcome=Outcome.NOINDEX,
                follow=follow,
                problems=(f"asks robots not to keep it: {self._may.reason}",),
                leave_out=tuple(dict.fromkeys(one for one in known if one)),
            )
        return self._creators(follow)

    def _creators(self, follow: tuple[Task, ...]) -> Reading:
        creators: dict[CreatorId, Creator] = {}
        minors: list[CreatorId] = []
        outcome = Outcome.FETCHED
        for account in self._accounts()[:MAX_CREATORS]:
            creator_id = self._id_of(account)
            if creator_id is None:
                continue
            creator, problems = self._creator(account, creator_id)
            self._problems += problems
            if creator is not None:
                creators[creator.id] = merge(creators.get(creator.id), creator)
            elif MINOR in problems:
                minors.append(CreatorId(creator_id))
                if account.subject:
                    outcome, follow = Outcome.NOINDEX, ()
        return Reading(
            creators=() if outcome is Outcome.NOINDEX else tuple(creators.values()),
            follow=follow,
            outcome=outcome,
            problems=tuple(dict.fromkeys(self._problems))[:MAX_PROBLEMS],
            leave_out=tuple(minors),
        )

    def _accounts(self) -> list[Account]:
        site, page = self._site, self._page
        language = language_of(language_tag(page))
        selectors = self._source.selectors
        me = rel_links(page, site, "me")
        told = [
            read_selected(select(page, selectors), site, language),
            read_schema_org(Graph(json_ld_of(page)), site),
            read_microformats(page.roots, site, frozenset(me)) if page.roots else Told(),
            read_open_graph(self._metas, site),
        ]
        told.append(Told(people=tuple(self._by_links(told, me))))
        for one in told:
            self._problems += one.problems
        canonical = canonical_of(page, site) or self._url
        authors = [address for one in rel_links(page, site, "author") if (address := site.own(one))]
        author = authors[0] if len(authors) == 1 and not site.is_root(authors[0]) else None
        return assemble(told, canonical, author, self._problems)

    def _by_links(self, told: list[Told], me: tuple[str, ...]) -> Iterator[Person]:
        """Yield what links say of whom the page is about; a page of links is about its owner."""
        is_about_somebody = any(person.subject for one in told for person in one.people)
        elsewhere = tuple(link for link in me if self._site.own(link) is None)
        if is_about_somebody and elsewhere:
            yield Person(format="rel=me", values={"links": elsewhere}, subject=True)
        links = links_in_bio(self._page, self._site)
        if links is None or any(one.posts for one in told):
            return
        values: dict[str, object] = {"links": links}
        if not is_about_somebody:
            title = first(self._metas, "og:title", "twitter:title") or title_of(self._page)
            values["name"], values["handle"] = name_and_handle(title)
            values["bio"] = first(self._metas, "og:description", "description")
        said = {name: value for name, value in values.items() if value}
        yield Person(format="links in bio", values=said, subject=True)

    def _id_of(self, account: Account) -> str | None:
        found = self._site.creator_id(account.address)
        if found is None and account.subject and self._task.creator:
            return self._task.creator
        if found is None:
            platform = self._source.platform
            self._problems.append(f"{account.address} does not tell an id on {platform}; nothing is kept")
        return found

    def _creator(self, account: Account, creator_id: str) -> tuple[Creator | None, tuple[str, ...]]:
        values = merged(account, self._problems)
        posts = [plain(post) for post in account.posts]
        if not self._may.snippet:
            values.pop("bio", None)
            posts = [{name: value for name, value in post.items() if name != "text"} for post in posts]
        births = [person.born for person in account.people]
        young = next((born for born in births if born_below_18(born, self._day)), None)
        stated = {
            "id": creator_id,
            "platform": self._source.platform or Platform.WEBSITE,
            "url": account.address,
        }
        return creator_from(
            {**values, **stated}, posts, source=self._source, observed_at=self._day, born=young
        )

    def _follow(self) -> Iterator[Task]:
        for url in islice(to_follow(self._page, self._site), MAX_FOLLOWED):
            yield Task(url=url, step=PAGE)
        for url in islice(feeds_of(self._page, self._site), MAX_FEEDS):
            if follows(self._source, url):
                yield Task(url=url, step=FEED)
