"""Days of publication, as pages state them. Pure."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].{0,40})?", re.ASCII)


def read_day(value: object) -> date | None:
    """Return the day of an ISO or RFC 5322 date; of one with an offset its day in UTC. `None`: it is neither.

    A month or a year alone is no day.
    """
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = value.strip()
    try:
        moment = datetime.fromisoformat(text) if _ISO.fullmatch(text) else parsedate_to_datetime(text)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
