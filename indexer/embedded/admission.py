"""Filters to one bitmap over all creators of a generation, with what each filter did on its own."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from discovery.creator import CreatorId
from discovery.filters import Filter, Mode, Unknown
from discovery.match import FilterReport
from indexer.embedded.columns import Answer, Columns

Bits = NDArray[np.bool_]


class BitmapAdmission:
    """The admitted creators as a bitmap over generation rows."""

    def __init__(
        self,
        columns: Sequence[Columns],
        live: Bits,
        rows: Mapping[CreatorId, int],
        filters: Sequence[Filter],
        as_of: date | None,
    ) -> None:
        self._rows = rows
        self._answers = [_joined([part.answer(item, as_of) for part in columns]) for item in filters]
        kept = [admitted(item, answer) for item, answer in zip(filters, self._answers, strict=True)]
        missed = np.zeros(len(live), dtype=np.int16)
        for bits in kept:
            missed += ~bits
        self.mask = live & (missed == 0)
        reports = [
            _report(item, answer, live, live & (missed == 1) & ~bits)
            for item, answer, bits in zip(filters, self._answers, kept, strict=True)
        ]
        self._reports = tuple(reports)
        self._count = int(self.mask.sum())

    @property
    def count(self) -> int:
        """How many creators are admitted."""
        return self._count

    @property
    def reports(self) -> tuple[FilterReport, ...]:
        """What each filter did on its own."""
        return self._reports

    def met(self, position: int, creators: Sequence[CreatorId]) -> Bits:
        """Whether each creator is known to meet the condition of filter number `position`."""
        return self._answers[position].met[[self._rows[one] for one in creators]]


def admitted(item: Filter, answer: Answer) -> Bits:
    """Which creators a filter lets through (the reference is `discovery.verdicts.admits`)."""
    if item.unknown is Unknown.ONLY:
        return answer.unknown
    match item.mode:
        case Mode.MUST:
            kept = answer.met
        case Mode.NOT:
            kept = ~answer.met & ~answer.unknown
        case Mode.SHOULD:
            kept = ~answer.unknown
    return kept | answer.unknown if item.unknown is Unknown.INCLUDE else kept


def _report(item: Filter, answer: Answer, live: Bits, only_missed: Bits) -> FilterReport:
    """Count over the live creators; `only_missed` are those whom this filter alone leaves out."""
    met = int((answer.met & live).sum())
    unknown = int((answer.unknown & live).sum())
    return FilterReport(
        filter=item,
        met=met,
        not_met=int(live.sum()) - met - unknown,
        unknown=unknown,
        unknown_left_out=int((answer.unknown & only_missed).sum()) if item.unknown is Unknown.EXCLUDE else 0,
    )


def _joined(parts: Sequence[Answer]) -> Answer:
    if len(parts) == 1:
        return parts[0]
    return Answer(
        met=np.concatenate([part.met for part in parts]),
        unknown=np.concatenate([part.unknown for part in parts]),
    )
