"""A build that nobody disturbed, of what ought to be there: what every other one is compared with."""

from evaluation.kill.answers import Answers, answers_of, matcher_over
from evaluation.kill.expectation import Known
from evaluation.kill.work import ANALYSER, ENCODER
from indexer.build import build_index
from indexer.embedded.engine import open_generation
from indexer.embedded.layout import Layout
from indexer.home import Home
from indexer.store import Store


class CleanBuild:
    """Builds in a folder of its own; only the cache of vectors stays from build to build."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def answers(self, known: Known) -> Answers:
        """Build these creators from nothing and search them."""
        for path in self._home.root.glob("store.sqlite3*"):
            path.unlink()
        with Store(self._home.store) as store:
            store.upsert(known.values())
        report = build_index(self._home, ENCODER, ANALYSER, keep=1)
        engine = open_generation(Layout(self._home.index).generation(report.generation))
        return answers_of(matcher_over(engine, lambda _: False))
