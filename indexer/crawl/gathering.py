"""What a reader finds in one document, collected as it goes along."""

from collections.abc import Mapping, Sequence

from crawl_config.source import Source
from discovery.creator import Creator, CreatorId, creator_id
from discovery.errors import InvalidInput
from indexer.crawl.document import Document, Outcome, Reading, Task
from indexer.crawl.stating import MINOR, creator_from


class Gathered:
    """Creators, next tasks, problems and opt-outs of one document, in the order in which they were found."""

    def __init__(self, document: Document, source: Source) -> None:
        self._source = source
        self._day = document.fetched_at.date()
        self._creators: list[Creator] = []
        self._follow: list[Task] = []
        self._problems: list[str] = []
        self._leave_out: list[CreatorId] = []

    def state(
        self, values: Mapping[str, object], posts: Sequence[Mapping[str, object]] = (), *, born: object = None
    ) -> Creator | None:
        """Keep what the document states of a creator (as `creator_from`); `None`: they are not listed."""
        creator, problems = creator_from(values, posts, source=self._source, observed_at=self._day, born=born)
        told = str(values.get("id"))[:80]
        self._problems += (f"{told}: {problem}" for problem in problems)
        if creator is not None:
            self._creators.append(creator)
        elif MINOR in problems:
            self.leave_out(str(values.get("id")))
        return creator

    def follow(self, *tasks: Task) -> None:
        """Note what is to be fetched next."""
        self._follow += tasks

    def problem(self, words: str) -> None:
        """Note what was passed over."""
        self._problems.append(words)

    def leave_out(self, identity: str, why: str | None = None) -> None:
        """Note somebody who is not to be listed."""
        try:
            self._leave_out.append(creator_id(identity))
        except InvalidInput:
            return
        if why is not None:
            self._problems.append(f"{identity[:80]}: {why}")

    def reading(self) -> Reading:
        """Return it all; NOINDEX when everybody whom the document is about is left out."""
        nobody = bool(self._leave_out) and not self._creators
        return Reading(
            creators=tuple(self._creators),
            follow=tuple(self._follow),
            outcome=Outcome.NOINDEX if nobody else Outcome.FETCHED,
            problems=tuple(self._problems),
            leave_out=tuple(dict.fromkeys(self._leave_out)),
        )


def ended(outcome: Outcome, why: str) -> Reading:
    """Return the reading of a document from which nothing can be taken, with the reason in words."""
    return Reading(outcome=outcome, problems=(why,))
