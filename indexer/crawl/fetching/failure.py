"""Why a fetch ended without a document."""

from indexer.crawl.document import Outcome


class Failure(Exception):
    """A named end. `detail` is for people; it holds no key and no words of the other side."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        self.outcome, self.detail = outcome, detail
        super().__init__(f"{outcome}: {detail}")
