"""The crawl's file without people who asked to be left out: it holds their addresses."""

from indexer.crawl.frontier.frontier import Frontier
from indexer.home import Home
from indexer.suppression import SuppressionList


def forget_in_crawl(home: Home, suppression: SuppressionList) -> int:
    """Erase every task that is about suppressed people, and every trace of them; return how many tasks.

    No byte is left in the file, which is written anew when there was anything.

    Raises:
        StoreDamaged: the crawl's file or the suppression list cannot be used.
    """
    if not home.crawl.exists():
        return 0
    with Frontier(home.crawl) as frontier:
        return frontier.forget(suppression.is_suppressed_id, suppression.is_suppressed_address)
