"""What must be there: a model of the installation that is so simple that it cannot be wrong."""

from collections.abc import Iterator, Mapping, Sequence

from discovery.creator import Creator, CreatorId
from evaluation.kill.work import BATCH
from indexer.languages import with_detected_language
from indexer.merge import merge

Known = Mapping[CreatorId, Creator]


class Expectation:
    """Who is known, and in which state; who was forgotten, and in which state they were last seen."""

    def __init__(self) -> None:
        self.known: Known = {}
        self.forgotten: dict[CreatorId, Creator] = {}

    def after_import(self, accepted: Sequence[Creator]) -> Known:
        """Who is known after these lines."""
        known = dict(self.known)
        for one in accepted:
            if one.id not in self.forgotten:
                known[one.id] = with_detected_language(merge(known.get(one.id), one))
        return known

    def possible_imports(self, accepted: Sequence[Creator], reported: int) -> Iterator[Known]:
        """Every state in which a killed import may leave the store, if it told of `reported` lines.

        Batches are committed whole and in order, and the last one may not have been told yet.
        """
        yield self.after_import(accepted[:reported])
        yield self.after_import(accepted[: reported + BATCH])

    def without(self, ids: Sequence[CreatorId]) -> Known:
        """Who is known when some are not any more."""
        return {identity: one for identity, one in self.known.items() if identity not in ids}

    def forget(self, ids: Sequence[CreatorId]) -> None:
        """Forget people for good."""
        self.forgotten |= {identity: self.known[identity] for identity in ids}
        self.known = self.without(ids)
