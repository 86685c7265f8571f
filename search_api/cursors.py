"""Page cursors: opaque, signed, and bound to one query on one generation.

A cursor carries the position of the next page, so reading a page again costs nothing and changes nothing.
`limit` is not part of the query: a reader may change the page size on the way.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass

import orjson

from discovery.brief import MAX_DEPTH, Brief
from discovery.errors import InvalidCursor, Problem, StaleCursor
from discovery.understanding.parts import Understood
from search_api.signing import derive

MAX_CURSOR_LENGTH = 512
_MAC_BYTES = 16
_MARK_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where the next page begins: `offset` creators into the answer to one query on one generation."""

    offset: int
    generation: str
    fingerprint: str

    def check_generation(self, served: str) -> None:
        """Refuse to go on with another generation than the one that the first page came from.

        Raises:
            StaleCursor: the index has moved on.
        """
        if self.generation != served:
            raise StaleCursor(
                f"the cursor belongs to generation {self.generation!r}, but {served!r} is served now; "
                "ask again without a cursor for the first page"
            )


def fingerprint(brief: Brief) -> str:
    """Name what a brief asks for: text, its reading, seeds, filters, weights, day; not offset and limit."""
    asked = [
        brief.query,
        brief.understood and _reading(brief.understood),
        [[seed.creator, seed.weight] for seed in brief.seeds],
        [
            [item.field, item.min, item.max, item.any_of, item.weight, item.is_, item.mode, item.unknown]
            for item in brief.filters
        ],
        brief.all_weights,
        brief.as_of,
    ]
    return hashlib.sha256(orjson.dumps(asked)).hexdigest()[: 2 * _MARK_BYTES]


def _reading(understood: Understood) -> list[object]:
    parts = [
        [
            [one.kind, one.any_of, _exact(one.min), _exact(one.max), one.currency, one.text],
            [one.spans, one.confidence, one.use],
        ]
        for one in understood.parts
    ]
    return [understood.query, understood.language, parts]


def _exact(bound: float | None) -> float | None:
    """Write 10000 and 10000.0 alike."""
    return None if bound is None else float(bound)


class CursorSigner:
    """Writes cursors and reads back only those it wrote."""

    def __init__(self, secret: bytes) -> None:
        """Take the installation's secret; every worker and every restart with the same one agrees."""
        self._key = derive(secret, "page cursor")

    def write(self, cursor: Cursor) -> str:
        """Return the cursor as a string that fits into JSON and addresses as it is."""
        body = orjson.dumps([cursor.offset, cursor.generation, cursor.fingerprint])
        return urlsafe_b64encode(self._mac(body) + body).decode().rstrip("=")

    def read(self, text: str, brief: Brief) -> Cursor:
        """Read a cursor that was made for this brief.

        Raises:
            InvalidCursor: it is not one of ours, was changed, or belongs to another query.
        """
        cursor = self._verified(text)
        if cursor is None:
            raise _invalid("is not a cursor of this installation; send `next_cursor` as it came", text)
        if not hmac.compare_digest(cursor.fingerprint, fingerprint(brief)):
            raise _invalid(
                "belongs to another query; repeat query, understood, seeds, filters, weights and as_of "
                "unchanged",
                text,
            )
        return cursor

    def _verified(self, text: str) -> Cursor | None:
        if not 0 < len(text) <= MAX_CURSOR_LENGTH or not text.isascii():
            return None
        try:
            raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except (Base64Error, ValueError):
            return None
        canonical = urlsafe_b64encode(raw).decode().rstrip("=")
        mac, body = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if canonical != text or not hmac.compare_digest(mac, self._mac(body)):
            return None
        offset, generation, mark = orjson.loads(body)
        return Cursor(offset=offset, generation=generation, fingerprint=mark)

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, hashlib.sha256)[:_MAC_BYTES]


def next_cursor(brief: Brief, generation: str, ranked: int) -> Cursor | None:
    """Return the cursor of the page after this one, or `None` when the answer ends here."""
    offset = brief.offset + brief.limit
    if offset >= min(ranked, MAX_DEPTH):
        return None
    return Cursor(offset=offset, generation=generation, fingerprint=fingerprint(brief))


def _invalid(message: str, text: str) -> InvalidCursor:
    return InvalidCursor([Problem(field="cursor", message=message, value=text[:80])])
