"""A server that runs all the while: it follows the generations and must never fail a search."""

from collections.abc import Mapping

from discovery.brief import Brief
from discovery.creator import Creator, CreatorId
from discovery.errors import IndexMissing
from evaluation.kill.answers import brief_for, matcher_over
from evaluation.kill.checks import require
from evaluation.kill.work import ANALYSER, ENCODER
from indexer.embedded.generations import FolderGenerations
from indexer.home import Home
from indexer.suppression import SuppressionList


class Onlooker:
    """What a server holds open over the life of an installation."""

    def __init__(self, home: Home) -> None:
        self._generations = FolderGenerations(home.index, encoder=ENCODER.id, analyser=ANALYSER.id)
        self._suppression = SuppressionList(home.suppression)

    def close(self) -> None:
        """Stop."""
        self._suppression.close()

    def search(self, forgotten: Mapping[CreatorId, Creator]) -> str | None:
        """Go over to the newest generation and search it; return its name, `None` while there is none."""
        try:
            self._generations.refresh()
        except IndexMissing:
            return None
        engine = self._generations.current()
        matcher = matcher_over(engine, self._suppression.is_suppressed)
        briefs = [Brief(query="anything at all"), *map(brief_for, list(forgotten.values())[-1:])]
        found = {one for brief in briefs for one in matcher.search(brief).ids}
        require(not found & forgotten.keys(), f"the server shows {sorted(found & forgotten.keys())[:5]}")
        return engine.info.id
