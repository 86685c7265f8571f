"""Bytes of a page to text: byte order mark, HTTP header, meta element, then what the bytes look like."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.crawl.reading.media_type import charset_label

_PRESCAN = 4096
"""Bytes at the beginning in which a page may name its charset."""
_SAMPLE = 6_000
"""Bytes that a charset is guessed from: pieces of text that are not ASCII."""
_PIECES = 400_000
"""Bytes that such pieces are looked for in."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(
    rb"<meta\s[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:()+-]{1,40})"
    rb"|<\?xml\s[^>]{0,100}?encoding\s*=\s*[\"']([\w.:()+-]{1,40})",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:()+-]{0,39}")

_CODECS = {
    "utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be", "ascii": "cp1252", "iso8859-1": "cp1252", "cp1252": "cp1252",
    "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "gb18030": "gb18030", "big5": "big5hkscs", "big5hkscs": "big5hkscs", "cp950": "big5hkscs",
    "shift_jis": "cp932", "cp932": "cp932", "euc_jp": "euc_jp", "iso2022_jp": "iso2022_jp",
    "euc_kr": "cp949", "cp949": "cp949", "koi8-r": "koi8-r", "koi8-u": "koi8-u", "mac-roman": "mac-roman",
    "mac-cyrillic": "mac-cyrillic", "cp866": "cp866", "cp874": "cp874",
} | {f"cp125{page}": f"cp125{page}" for page in (0, 1, 3, 4, 5, 6, 7, 8)} | {
    f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)
}  # fmt: skip
"""By the name of Python's codec: what the web means by it. All others are refused: UTF-7, UTF-32, EBCDIC and
codecs that are no charset (`rot13`, `unicode_escape`) would let a page say what none of its readers sees."""
_UNKNOWN_TO_PYTHON = {
    "x-user-defined": "cp1252", "x-cp1252": "cp1252", "x-ansi": "cp1252", "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8", "csiso88598i": "iso8859-8", "logical": "iso8859-8", "visual": "iso8859-8",
    "windows-874": "cp874", "dos-874": "cp874", "windows-949": "cp949", "windows-31j": "cp932",
    "x-sjis": "cp932", "x-gbk": "gb18030", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "x-euc-jp": "euc_jp", "ks_c_5601-1989": "cp949", "koi": "koi8-r", "koi8": "koi8-r", "koi8-ru": "koi8-u",
    "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "x-mac-ukrainian": "mac-cyrillic",
    "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8", "unicode20utf8": "utf-8",
    "x-unicode20utf8": "utf-8", "utf8mb4": "utf-8", "unicode": "utf-16-le", "ucs-2": "utf-16-le",
    "csunicode": "utf-16-le", "iso-10646-ucs-2": "utf-16-le", "unicodefeff": "utf-16-le",
    "unicodefffe": "utf-16-be",
} | {f"x-cp125{page}": f"cp125{page}" for page in (0, 1, 3, 4, 5, 6, 7, 8)}  # fmt: skip
_SEVERAL_BYTES = frozenset(
    {"utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949"}
)
_GUESSED = (
    "utf-8", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp874", "cp932", "euc_jp", "gb18030", "big5hkscs", "cp949", "koi8_r", "iso8859_2", "cp866",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page's text, the charset that it was read by, and what was wrong with what it states."""

    text: str
    charset: str
    problems: tuple[str, ...] = ()


def decode(body: bytes, content_type: str) -> Decoded:
    """Read bytes as text. Never raises; bytes that fit no character become U+FFFD, and so does NUL.

    A stated charset that the web does not know is passed over. UTF-8 is believed before a stated charset of
    one byte a character, for text of such a charset is hardly ever UTF-8 by chance, while headers often lie.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _read(body[len(mark) :], charset, [])
    problems: list[str] = []
    stated = list(_stated(body, content_type, problems))
    tried = [*(one for one in stated[:1] if one in _SEVERAL_BYTES), "utf-8", *stated]
    for charset in dict.fromkeys(tried):
        text = _exactly(body, charset)
        if text is not None:
            if stated and charset != stated[0] and not body.isascii():
                problems.append(f"states the charset {stated[0]}, but is {charset}")
            return Decoded(text=text.replace("\0", "�"), charset=charset, problems=tuple(problems))
    return _read(body, stated[0] if stated else _guessed(body), problems)


def codec_for(label: str) -> str | None:
    """Return the codec that the web means by a label, or `None` for a label that is not to be believed."""
    if not _LABEL.fullmatch(label):
        return None
    folded = label.lower()
    if folded in _UNKNOWN_TO_PYTHON:
        return _UNKNOWN_TO_PYTHON[folded]
    try:
        return _CODECS.get(codecs.lookup(folded).name)
    except LookupError:
        return None


def _stated(body: bytes, content_type: str, problems: list[str]) -> Iterator[str]:
    """Yield the codecs that header and page state, in the order in which they are believed."""
    header = charset_label(content_type)
    begin = _META.search(_COMMENT.sub(b"", body[:_PRESCAN]))
    meta = next((one for one in begin.groups() if one), b"").decode("ascii", "replace") if begin else None
    for label, where in ((header, "header"), (meta, "page")):
        if not label:
            continue
        codec = codec_for(label)
        if codec is None:
            problems.append(f"the {where} states the charset {label[:40]!r}, which is not to be read")
        else:
            # A page whose meta element can be read as ASCII is not UTF-16.
            yield "utf-8" if where == "page" and codec.startswith("utf-16") else codec


def _read(body: bytes, charset: str, problems: list[str]) -> Decoded:
    text = body.decode(charset, "replace")
    if _exactly(body, charset) is None:
        problems.append(f"{text.count('�')} signs are not {charset}")
    return Decoded(text=text.replace("\0", "�"), charset=charset, problems=tuple(problems))


def _exactly(body: bytes, charset: str) -> str | None:
    """Read bytes of which all are text of a charset; a character that was cut off at the end is no fault."""
    try:
        return codecs.getincrementaldecoder(charset)().decode(body, False)
    except UnicodeError:
        return None


def _guessed(body: bytes) -> str:
    """Return what charset-normalizer takes the text for; the web's default when it is at a loss."""
    from charset_normalizer import from_bytes

    sample, taken = [], 0
    for piece in re.split(rb"[<>]", body[:_PIECES]):
        if not piece.isascii():
            sample.append(piece[: _SAMPLE - taken])
            taken += len(sample[-1])
            if taken >= _SAMPLE:
                break
    best = from_bytes(b"\n".join(sample), steps=3, chunk_size=512, cp_isolation=list(_GUESSED)).best()
    return (best and codec_for(best.encoding)) or "cp1252"
