"""Lines of a file as bytes: unpacked, counted, and bounded in length, whatever the file holds."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from discovery.errors import InvalidInput, Problem

MAX_LINE = 8 * 1024 * 1024
"""Longer lines are refused, in bytes."""
STDIN = "-"

_ZSTD, _GZIP, _BOM = b"\x28\xb5\x2f\xfd", b"\x1f\x8b", b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CHUNK = 1024


@dataclass(frozen=True, slots=True)
class ByteLine:
    """A line with its end, numbered from 1; `problem` says why it could not be read."""

    number: int
    content: bytes
    problem: str | None = None


@contextmanager
def open_bytes(path: str) -> Iterator[io.BufferedReader]:
    """Open a file, or the standard input for `-`; zstd and gzip are recognised by content and unpacked.

    Raises:
        InvalidInput: there is no such file, it cannot be read, or it is UTF-16.
    """
    with ExitStack() as opened:
        stream = _unpacked(_standard_input() if path == STDIN else opened.enter_context(_open(path)))
        if _start(stream)[:2] in _UTF_16:
            message = f"{path} is UTF-16; save it as UTF-8"
            raise InvalidInput([Problem(field="file", message=message, value=path)])
        yield stream


def first_byte(stream: io.BufferedReader) -> bytes:
    """Look at the first byte that is not white space, without consuming it; empty when none is near."""
    return _start(stream).removeprefix(_BOM).lstrip()[:1]


def byte_lines(stream: io.BufferedReader) -> Iterator[ByteLine]:
    """Yield the lines of a stream. A line that is too long, or where unpacking fails, is yielded as such."""
    import zstandard

    number = 0
    while True:
        number += 1
        try:
            content = stream.readline(MAX_LINE + 1)
            if len(content) > MAX_LINE:
                _skip_rest(stream, content)
                yield ByteLine(number, b"", f"is longer than {MAX_LINE // 1024**2} MiB")
                continue
        except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
            yield ByteLine(
                number, b"", f"the file is damaged or cut off here, nothing after is read: {error}"
            )
            return
        if not content:
            return
        yield ByteLine(number, content.removeprefix(_BOM) if number == 1 else content)


def _skip_rest(stream: io.BufferedReader, content: bytes) -> None:
    while content and not content.endswith(b"\n"):
        content = stream.readline(MAX_LINE)


def _standard_input() -> io.BufferedReader:
    stream = sys.stdin.buffer
    assert isinstance(stream, io.BufferedReader)
    return stream


def _open(path: str) -> io.BufferedReader:
    try:
        return Path(path).open("rb")
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise InvalidInput([Problem(field="file", message=message, value=path)]) from error


def _start(stream: io.BufferedReader) -> bytes:
    import zstandard

    try:
        return stream.peek(_CHUNK)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError):
        return b""  # reported with its line number by `byte_lines`


def _unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    start = stream.peek(4)
    if start.startswith(_ZSTD):
        return io.BufferedReader(_ZstdReader(stream), 1 << 17)
    if start.startswith(_GZIP):
        return io.BufferedReader(gzip.GzipFile(fileobj=stream))
    return stream


class _ZstdReader(io.RawIOBase):
    """Unpacks frame after frame, and unlike the library's own reader notices that a frame is cut off.

    It reads a kilobyte at a time, so that a bomb makes at most 32 MiB at once.
    """

    def __init__(self, packed: io.BufferedReader) -> None:
        import zstandard

        self._packed = packed
        self._library = zstandard.ZstdDecompressor()
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            chunk = self._packed.read(_CHUNK)
            if not chunk:
                if self._frame is not None:
                    raise EOFError("the compressed data ends in the middle")
                return 0
            self._ready = memoryview(self._unpack(chunk))
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _unpack(self, chunk: bytes) -> bytes:
        made = b""
        while chunk:
            if self._frame is None:
                self._frame = self._library.decompressobj()
            made += self._frame.decompress(chunk)
            chunk = b""
            if self._frame.eof:
                chunk = self._frame.unused_data
                self._frame = None
        return made
