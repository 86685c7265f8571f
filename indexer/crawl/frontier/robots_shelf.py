"""What robots.txt decided, kept on the disk for as long as it stands. On the frontier's connection."""

from collections import OrderedDict

import apsw

from indexer.crawl.robots import Decision, Robots, Rules

READY_RULES = 256
"""Files whose rules stay read, as long as they are short."""
LONG = 64 << 10
"""Bytes; of longer files only `READY_LONG` stay read."""
READY_LONG = 8


class RobotsShelf:
    """The decision for each origin. Callers hold a transaction when they write."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._short: OrderedDict[tuple[str, str], Rules] = OrderedDict()
        self._long: OrderedDict[tuple[str, str], Rules] = OrderedDict()

    def decision(self, origin: str, now: float) -> tuple[Decision, float] | None:
        """Return what stands for an origin and until when; `None`: it must be asked."""
        query = "SELECT decision, until FROM robots WHERE origin = ? AND until > ?"
        for decision, until in self._connection.execute(query, (origin, now)):
            return Decision(decision), until
        return None

    def rules(self, origin: str, product: str) -> Rules:
        """Return the rules of an origin for a product, though they may not stand any more."""
        key = (origin, product.lower())
        for ready in (self._short, self._long):
            if key in ready:
                ready.move_to_end(key)
                return ready[key]
        text: bytes = (
            self._connection.execute("SELECT text FROM robots WHERE origin = ?", (origin,)).get or b""
        )
        rules = Rules(text, product)
        ready, most = (self._long, READY_LONG) if len(text) > LONG else (self._short, READY_RULES)
        ready[key] = rules
        if len(ready) > most:
            ready.popitem(last=False)
        return rules

    def put(self, origin: str, robots: Robots, now: float) -> None:
        """Keep a decision."""
        until = now + robots.stands.total_seconds()
        self._connection.execute(
            """
            INSERT INTO robots (origin, decision, text, until) VALUES (?, ?, ?, ?)
            ON CONFLICT (origin) DO UPDATE
            SET decision = excluded.decision, text = excluded.text, until = excluded.until
            """,
            (origin, robots.decision.value, robots.text, until),
        )
        for ready in (self._short, self._long):
            for key in [key for key in ready if key[0] == origin]:
                del ready[key]
