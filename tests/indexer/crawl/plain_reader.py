"""A reader of the plainest pages there are, so that tests of the crawl rest on no parser. All is fictional.

A page has lines: `creator ID NAME`, `post ID WORDS`, `link ADDRESS`, `about ADDRESS ID`, `unwilling ID`,
`once ADDRESS` (a link that lasts for one visit), `noindex`, and `crash`, for a reader that breaks its
promise.
"""

from dataclasses import replace
from urllib.parse import urljoin

from crawl_config.source import Source
from discovery.creator import Creator, Platform, Post, Provenance, creator_id
from indexer.crawl.document import ONCE, Document, Outcome, Reading, Task


class PlainReader:
    """Reads plain pages; what is not text is unreadable."""

    def start(self, source: Source) -> tuple[Task, ...]:
        return tuple(Task(url=seed, step="page") for seed in source.seeds)

    def read(self, document: Document, task: Task, source: Source) -> Reading:
        try:
            lines = document.body.decode().splitlines()
        except UnicodeDecodeError:
            return Reading(outcome=Outcome.UNREADABLE, problems=("is not text",))
        creators: list[Creator] = []
        follow: list[Task] = []
        out = []
        for line in lines:
            word, _, rest = line.partition(" ")
            first, _, more = rest.partition(" ")
            if word == "creator":
                creators.append(_creator(first, more, document, source))
            elif word == "post":
                post = Post(id=first, text=more, source=source.name)
                creators[-1] = replace(creators[-1], posts=(*creators[-1].posts, post))
            elif word == "link":
                follow.append(Task(url=urljoin(document.url, first), step="page"))
            elif word == "once":
                follow.append(Task(url=urljoin(document.url, first), step="page", context={ONCE: "yes"}))
            elif word == "about":
                url = urljoin(document.url, first)
                follow.append(Task(url=url, step="page", creator=creator_id(more)))
            elif word == "unwilling":
                out.append(creator_id(first))
            elif word == "noindex":
                return Reading(outcome=Outcome.NOINDEX)
            elif word == "crash":
                raise RuntimeError("a reader that breaks its promise")
        return Reading(creators=tuple(creators), follow=tuple(follow), leave_out=tuple(out))


def _creator(identity: str, name: str, document: Document, source: Source) -> Creator:
    origin = Provenance(source=source.name, observed_at=document.fetched_at.date())
    fields = {"name": origin, "url": origin, "posts": origin}
    return Creator(
        id=creator_id(identity),
        platform=Platform.WEBSITE,
        name=name,
        url=document.url,
        fictional=True,
        provenance=fields,
    )
