"""The creators that the filters let through, as a query: nothing is asked before it is needed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.creator import CreatorId
from discovery.filters import Filter, Unknown
from discovery.interpretation import leaves_choice
from discovery.match import FilterReport
from indexer.opensearch.queries import ADMITTED, counts, who_meets, wish
from indexer.opensearch.searching import Answer, creators_of

Bits = NDArray[np.bool_]
Ask = Callable[[Mapping[str, Any]], Answer]
"""Runs one search over the creators."""


class QueryAdmission:
    """An `Admission` that is counted with the first search for candidates, or when it is asked before."""

    def __init__(self, ask: Ask, filters: Sequence[Filter], as_of: date | None) -> None:
        self._ask = ask
        self.filters = tuple(filters)
        self.as_of = as_of
        self._counted: tuple[int, tuple[FilterReport, ...]] | None = None
        self._met: dict[CreatorId, frozenset[str]] = {}

    @property
    def count(self) -> int:
        """How many creators are admitted."""
        return self._counts()[0]

    @property
    def reports(self) -> tuple[FilterReport, ...]:
        """What each filter did on its own."""
        return self._counts()[1]

    def met(self, position: int, creators: Sequence[CreatorId]) -> Bits:
        """Whether each creator is known to meet the condition of filter number `position`."""
        if leaves_choice(self.filters[position]) and all(one in self._met for one in creators):
            name = wish(position)
            return np.array([name in self._met[one] for one in creators], dtype=np.bool_)
        item = self.filters[position]
        known = set(creators_of(self._ask(who_meets(creators, item, self.as_of))))
        return np.array([one in known for one in creators], dtype=np.bool_)

    def learn(self, answer: Answer) -> None:
        """Take over what an answer to `counts` says."""
        found = {name: bucket["doc_count"] for name, bucket in buckets(answer).items()}
        everybody = answer["hits"]["total"]["value"]
        reports = tuple(
            FilterReport(
                filter=item,
                met=found[f"met {place}"],
                not_met=everybody - found[f"met {place}"] - found[f"unknown {place}"],
                unknown=found[f"unknown {place}"],
                unknown_left_out=found[f"left {place}"] if item.unknown is Unknown.EXCLUDE else 0,
            )
            for place, item in enumerate(self.filters)
        )
        self._counted = found[ADMITTED], reports

    def learn_wishes(self, answer: Answer) -> None:
        """Take over which of the preferred conditions the hits of a leg meet."""
        for creator, hit in zip(creators_of(answer), answer["hits"]["hits"], strict=True):
            self._met[creator] = frozenset(hit.get("matched_queries", ()))

    def _counts(self) -> tuple[int, tuple[FilterReport, ...]]:
        if self._counted is None:
            self.learn(self._ask(counts(self.filters, self.as_of)))
        assert self._counted is not None
        return self._counted


def buckets(answer: Answer) -> Mapping[str, Any]:
    """The counts of an answer to `counts`."""
    found: Mapping[str, Any] = answer["aggregations"]["counts"]["buckets"]
    return found
