"""Bytes to text: the order of belief, and the traps."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.reading.charsets import codec_for, decode

TEXT = "Grüße aus Łódź"
HTML = "text/html"
RUSSIAN = "<p>Сегодня печём ржаной хлеб на закваске, медленно и без дрожжей, как это делали раньше.</p>"
JAPANESE = "<p>今日はゆっくりとパンを焼きます。発酵に一晩かけるのが好きです。</p>"


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        (codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=iso-8859-2", "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "text/html; charset=utf-8", "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), HTML, "utf-16-be"),
        (TEXT.encode("iso-8859-2"), 'text/html; charset="ISO-8859-2"', "iso8859-2"),
        (TEXT.encode("utf-16-le"), "text/html; charset=utf-16", "utf-16-le"),
        (b'<meta charset="iso-8859-2">' + TEXT.encode("iso-8859-2"), HTML, "iso8859-2"),
        (b"<?xml version='1.0' encoding='iso-8859-2'?>" + TEXT.encode("iso-8859-2"), HTML, "iso8859-2"),
        (b'<meta http-equiv=x content="text/html; charset=cp1250">' + TEXT.encode("cp1250"), HTML, "cp1250"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=cp1250>" + TEXT.encode("cp1250"), HTML, "cp1250"),
        (b"<meta charset=iso-8859-2>" + TEXT.encode("cp1250"), "text/html; charset=windows-1250", "cp1250"),
        (TEXT.encode(), HTML, "utf-8"),
    ],
)  # fmt: skip
def test_the_order_of_belief(body: bytes, content_type: str, charset: str) -> None:
    decoded = decode(body, content_type)
    assert decoded.charset == charset
    assert decoded.text.endswith(TEXT)
    assert decoded.problems == ()


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("x-user-defined", "cp1252"),
        ("x-sjis", "cp932"),
        ("Shift_JIS", "cp932"),
        ("gb2312", "gb18030"),
        ("big5", "big5hkscs"),
        ("ks_c_5601-1987", "cp949"),
        ("iso-8859-8-i", "iso8859-8"),
        ("x-cp1251", "cp1251"),
        ("windows-874", "cp874"),
    ],
)
def test_labels_mean_what_the_web_means(label: str, codec: str) -> None:
    assert codec_for(label) == codec


REFUSED = (
    *("utf-7", "utf7", "unicode-1-1-utf-7", "utf-32", "cp037", "cp500", "hz", "hz-gb-2312", "iso-2022-kr"),
    *(
        "rot13",
        "base64",
        "hex",
        "zlib",
        "bz2",
        "uu",
        "unicode_escape",
        "raw_unicode_escape",
        "punycode",
        "idna",
    ),
    *("undefined", "mbcs", "oem", "", "none", "utf-8; drop", "../etc", "a\0b", "x" * 60),
)


@pytest.mark.parametrize("label", REFUSED)
def test_labels_that_are_no_charset_of_the_web_are_refused(label: str) -> None:
    assert codec_for(label) is None


def test_utf_7_stays_the_ascii_that_everybody_sees() -> None:
    decoded = decode(b"<p>+ADw-script+AD4-</p>", "text/html; charset=utf-7")
    assert decoded.text == "<p>+ADw-script+AD4-</p>"
    assert decoded.problems == ("the header states the charset 'utf-7', which is not to be read",)


def test_a_refused_header_leaves_the_page_its_say() -> None:
    decoded = decode(b"<meta charset=iso-8859-2>" + TEXT.encode("iso-8859-2"), "text/html; charset=rot13")
    assert decoded.charset == "iso8859-2"


def test_utf_8_is_believed_before_a_header_of_one_byte_a_sign() -> None:
    decoded = decode(TEXT.encode(), "text/html; charset=iso-8859-1")
    assert (decoded.text, decoded.charset) == (TEXT, "utf-8")
    assert decoded.problems == ("states the charset cp1252, but is utf-8",)


def test_a_wrong_header_gives_way_to_what_the_page_says_and_fits() -> None:
    body = b"<meta charset=windows-1250>" + TEXT.encode("cp1250")
    decoded = decode(body, "text/html; charset=utf-8")
    assert decoded.text.endswith(TEXT)
    assert decoded.problems == ("states the charset utf-8, but is cp1250",)


def test_a_meta_element_that_says_utf_16_was_read_as_ascii() -> None:
    assert decode(b"<meta charset=utf-16>" + TEXT.encode(), HTML).text.endswith(TEXT)


def test_bytes_that_fit_nothing_are_replaced() -> None:
    decoded = decode(b"<meta charset=utf-8>a\xffb\xc3", HTML)
    assert decoded.text == "<meta charset=utf-8>a�b�"
    assert decoded.problems == ("2 signs are not utf-8",)


def test_a_page_that_was_cut_within_a_sign_is_no_wrong_one() -> None:
    assert decode("schön".encode()[:-2], HTML).problems == ()


def test_nul_is_replaced() -> None:
    assert decode(b"a\0b", HTML).text == "a�b"


@pytest.mark.parametrize(
    ("text", "codec"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp")]
)
def test_what_states_nothing_is_guessed(text: str, codec: str) -> None:
    assert decode(b"<html><body>" + text.encode(codec) * 5, HTML).text == "<html><body>" + text * 5


LABELS = st.one_of(st.sampled_from([*REFUSED, "utf-8", "utf-16", "gbk", "iso-2022-jp", "euc-jp"]), st.text())


@given(st.binary(max_size=400), LABELS, LABELS)
def test_nothing_raises(body: bytes, header: str, meta: str) -> None:
    page = f"<meta charset='{meta}'>".encode("utf-8", "surrogatepass") + body
    text = decode(page, f"text/html; charset={header}").text
    assert "\0" not in text
    text.encode()
