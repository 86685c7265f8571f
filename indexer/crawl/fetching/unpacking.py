"""A body as it arrives, unpacked on the way and never larger than allowed. Pure."""

import zlib
from collections.abc import Iterable
from io import BytesIO

from indexer.crawl.document import Outcome
from indexer.crawl.fetching.failure import Failure
from indexer.crawl.fetching.request import Limits

MOST_MEMBERS = 1_000
"""Parts of a gzip file; each is a file of its own, and may be empty."""
_STEP = 64 * 1024
_PIECE = 1024
_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b"


class Plain:
    """A body that is not packed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._body = BytesIO()

    @property
    def size(self) -> int:
        """Bytes taken so far."""
        return self._body.tell()

    def pieces(self, data: bytes) -> Iterable[bytes]:
        """Return what came next in the pieces to take it in."""
        return (data,)

    def take(self, data: bytes) -> None:
        """Take what came next.

        Raises:
            Failure: TOO_LARGE.
        """
        if self.size + len(data) > self._limits.body_bytes:
            raise too_large(self._limits)
        self._body.write(data)

    def finish(self) -> bytes:
        """Return the whole."""
        return self._body.getvalue()


class Gzip:
    """A body in gzip: one or more members, and after them anything, which is passed over."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._body = BytesIO()
        self._packed = 0
        self._members = 0
        self._member: zlib._Decompress | None = None
        self._rest = b""
        self._over = False

    @property
    def size(self) -> int:
        """Bytes unpacked so far."""
        return self._body.tell()

    def pieces(self, data: bytes) -> Iterable[bytes]:
        """Return what came next in pieces so small that none unpacks to much."""
        return (data[place : place + _PIECE] for place in range(0, len(data), _PIECE))

    def take(self, data: bytes) -> None:
        """Take what came next, and unpack it as far as allowed.

        Raises:
            Failure: TOO_LARGE, for what came; BOMB, for what it unpacks to; BROKEN.
        """
        self._packed += len(data)
        if self._packed > self._limits.body_bytes:
            raise too_large(self._limits)
        rest = self._rest + data
        self._rest = b""
        while rest and not self._over:
            if self._member is None and not self._begins(rest):
                return
            rest = self._unpack(rest)

    def finish(self) -> bytes:
        """Return the whole, unpacked.

        Raises:
            Failure: BROKEN, for a member that was cut short.
        """
        if self._member is not None or (self._rest and not self._members):
            raise Failure(Outcome.BROKEN, "the packed body is cut short")
        return self._body.getvalue()

    def _begins(self, rest: bytes) -> bool:
        """Begin a member, if there is one; keep a byte that may be half of its mark."""
        if rest == _MAGIC[:1]:
            self._rest = rest
            return False
        if not rest.startswith(_MAGIC):
            if not self._members:
                raise Failure(Outcome.BROKEN, "the body is said to be gzip, and is not")
            self._over = True
            return False
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise Failure(Outcome.BOMB, f"the body is packed in more than {MOST_MEMBERS} members")
        self._member = zlib.decompressobj(_GZIP)
        return True

    def _unpack(self, packed: bytes) -> bytes:
        """Unpack one step; return what is still packed."""
        assert self._member is not None
        try:
            self._body.write(self._member.decompress(packed, _STEP))
        except zlib.error:
            raise Failure(Outcome.BROKEN, "the packed body is damaged") from None
        self._check()
        if self._member.eof:
            rest, self._member = self._member.unused_data, None
            return rest
        return self._member.unconsumed_tail

    def _check(self) -> None:
        size, limits = self.size, self._limits
        if size > limits.unpacked_bytes:
            raise Failure(Outcome.BOMB, f"the body unpacks to more than {limits.unpacked_bytes} bytes")
        if size > limits.free_bytes + limits.ratio * self._packed:
            raise Failure(Outcome.BOMB, f"the body unpacks to more than {limits.ratio:g} times its size")


def too_large(limits: Limits) -> Failure:
    """Say that a body is larger than allowed."""
    return Failure(Outcome.TOO_LARGE, f"the body is larger than {limits.body_bytes} bytes")
