"""How much of an interface's daily allowance is used. On the frontier's connection."""

import apsw


class Ledger:
    """Units used, by bucket and day. Callers hold a transaction when they write.

    A day is written as the interface counts it (its own time zone), such as `2026-03-01`.
    """

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def used(self, bucket: str, day: str) -> int:
        """Return the units used on a day."""
        query = "SELECT used FROM quota WHERE bucket = ? AND day = ?"
        return int(self._connection.execute(query, (bucket, day)).get or 0)

    def spend(self, bucket: str, day: str, units: int) -> None:
        """Note units before they are used: what is noted twice is never used twice."""
        self._connection.execute(
            "INSERT INTO quota VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET used = used + excluded.used",
            (bucket, day, units),
        )
        self._connection.execute("DELETE FROM quota WHERE bucket = ? AND day < ?", (bucket, day))
