"""Addresses: one canonical form, nothing but the web, numbers as resolvers read them."""

import socket
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from indexer.crawl.document import Outcome
from indexer.crawl.fetching.addresses import LONGEST, Address, canonical, ipv4, parse
from indexer.crawl.fetching.failure import Failure


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("http://site.example", "http://site.example/"),
        ("HTTP://Site.EXAMPLE:80/Path", "http://site.example/Path"),
        ("https://site.example:443/", "https://site.example/"),
        ("https://site.example:80/", "https://site.example:80/"),
        ("http://site.example:/", "http://site.example/"),
        ("http://site.example./a", "http://site.example/a"),
        (" \n http://site.example/a \t", "http://site.example/a"),
        ("http://site.example/a/./b/../c", "http://site.example/a/c"),
        ("http://site.example/a/%2e%2E/%2e/b", "http://site.example/b"),
        ("http://site.example/../../a", "http://site.example/a"),
        ("http://site.example/a/..", "http://site.example/"),
        ("http://site.example/a/.", "http://site.example/a/"),
        ("http://site.example//a//", "http://site.example//a//"),
        ("http://site.example/%7Euser/%41%2f%3f", "http://site.example/~user/A%2F%3F"),
        ("http://site.example/ü b", "http://site.example/%C3%BC%20b"),
        ("http://site.example/%zz%", "http://site.example/%zz%"),
        ('http://site.example/<">`{}|\\^', "http://site.example/%3C%22%3E%60%7B%7D%7C%5C%5E"),
        ("http://site.example?b=2&a=1#part?", "http://site.example/?b=2&a=1"),
        ("http://site.example/?", "http://site.example/?"),
        ("http://site.example/?q=ü'%27", "http://site.example/?q=%C3%BC'%27"),
        ("http://under_score.site.example/", "http://under_score.site.example/"),
        ("http://straße.example/", "http://xn--strae-oqa.example/"),
        ("http://XN--Strae-OQA.example/", "http://xn--strae-oqa.example/"),
        ("http://ＳＩＴＥ。example/", "http://site.example/"),
        ("http://日本.example/", "http://xn--wgv71a.example/"),
        ("http://127.1/", "http://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0177.0.0.01./", "http://127.0.0.1/"),
        ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"),
        ("http://[::FFFF:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
        ("http://[2606:4700:0::1111]:443/", "http://[2606:4700::1111]:443/"),
    ],
)
def test_every_way_of_writing_has_one_form(written: str, expected: str) -> None:
    assert canonical(written) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "http://"),
        ("site.example", "http://"),
        ("//site.example/", "http://"),
        ("ftp://site.example/", "http://"),
        ("file:///etc/passwd", "http://"),
        ("javascript:alert(1)", "http://"),
        ("gopher://site.example/", "http://"),
        ("http:site.example", "no host"),
        ("http:/site.example", "no host"),
        ("http:///path", "no host"),
        ("http://?q", "no host"),
        ("http://user@site.example/", "user"),
        ("http://user:word@site.example/", "user"),
        ("http://good.example\\@evil.example/", "user"),
        ("http://@site.example/", "user"),
        ("http://good.example\\evil.example/", "not a name"),
        ("http://site.example:8080/", "port 8080 is not open; 80, 443 are"),
        ("http://site.example:22/", "port 22"),
        ("http://site.example:0/", "port 0"),
        ("http://site.example:99999/", "port 99999"),
        ("http://site.example:800000/", "host or its port"),
        ("http://site.example:+80/", "host or its port"),
        ("http://site.example:٨٠/", "host or its port"),
        ("http://site.example:80:80/", "host or its port"),
        ("http://::1/", "host or its port"),
        ("http://[::1/", "host or its port"),
        ("http://::1]/", "host or its port"),
        ("http://[::1]x/", "host or its port"),
        ("http://[127.0.0.1]/", "no IPv6"),
        ("http://[v1.fe80]/", "no IPv6"),
        ("http://[]/", "no IPv6"),
        ("http://site..example/", "not a name"),
        ("http://./", "not a name"),
        ("http://.site.example/", "not a name"),
        ("http://site.example../", "not a name"),
        ("http://si te.example/", "not a name"),
        ("http://%31%32%37.0.0.1/", "not a name"),
        ("http://site,example/", "not a name"),
        (f"http://{'a' * 64}.example/", "not a name"),
        (f"http://{'a.' * 127}example/", "not a name"),
        (f"http://{'ü' * 300}.example/", "too long"),
        ("http://xn\u2014.\u2100.example/", "registered"),
        ("http://1.2.3.256/", "neither a name nor"),
        ("http://1.2.3.4.5/", "neither a name nor"),
        ("http://08.0.0.1/", "neither a name nor"),
        ("http://site.example.0x1/", "neither a name nor"),
        ("http://4294967296/", "neither a name nor"),
        ("http://site.example/\r\nHost: evil.example", "control"),
        ("http://site.exam\tple/", "control"),
        ("http://site.example/\x00", "control"),
        ("http://site.example/\x85", "control"),
        ("http://site.example/\ud800", "control"),
        ("http://site.example/" + "a" * LONGEST, "longer"),
    ],
)
def test_what_is_not_fetched_is_refused_with_the_reason(written: str, why: str) -> None:
    with pytest.raises(Failure) as failure:
        parse(written)
    assert failure.value.outcome is Outcome.BAD_ADDRESS
    assert why in failure.value.detail


@pytest.mark.parametrize("written", ["http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[::1%1]/"])
def test_a_zone_is_of_this_machine(written: str) -> None:
    with pytest.raises(Failure) as failure:
        parse(written)
    assert failure.value.outcome is Outcome.PRIVATE_ADDRESS


def test_ports_are_opened_one_by_one() -> None:
    assert parse("http://site.example:8080/", ports={8080}).port == 8080
    with pytest.raises(Failure):
        parse("http://site.example/", ports={8080})
    with pytest.raises(Failure, match="port 0 is not open; others are"):
        parse("http://site.example:0/", ports=range(1, 65_536))


numbers = st.one_of(
    st.integers(0, 2**33).map(str), st.integers(0, 2**33).map(hex), st.integers(0, 300).map("0{:o}".format)
)
short_numbers = st.one_of(
    st.integers(0, 300).map(str), st.integers(0, 300).map(hex), st.integers(0, 300).map("0{:o}".format)
)


@given(
    st.one_of(
        st.lists(numbers, min_size=1, max_size=2).map(".".join),
        st.lists(short_numbers, min_size=1, max_size=5).map(".".join),
        st.text("0123456789abcdefxX.", min_size=1, max_size=12),
    )
)
@example("0x")
@example("0x.0x")
@example("1.")
@example("00000000000000000000127.1")
def test_numbers_are_read_as_the_resolver_reads_them(host: str) -> None:
    try:
        expected = socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        expected = None
    read = ipv4(host)
    assert read is None or str(read) == expected
    if expected and max(map(len, host.split("."))) <= 16 and read is None:
        raise AssertionError(f"{host} is {expected} to the resolver")


hosts = st.lists(st.text("abcxyz0189-_ÄßéЖ日", min_size=1, max_size=8), min_size=1, max_size=4).map(".".join)
paths = st.text("/.%2eE~aZ \\ü?#&=:;@!'()*+,[]{}", max_size=30)


@given(st.sampled_from(["http", "HTTPS"]), hosts, st.sampled_from(["", ":", ":80", ":443"]), paths)
def test_the_form_is_stable_and_read_alike_by_others(scheme: str, host: str, port: str, path: str) -> None:
    try:
        once = canonical(f"{scheme}://{host}{port}/{path}")
    except Failure:
        assume(False)
    assert canonical(once) == once
    assert once.isascii() and not set(once) & set(' <>"{}|\\^`')
    parts = urlsplit(once)
    address = parse(once)
    assert (parts.scheme, parts.hostname) == (address.scheme, address.host)
    assert (parts.port or {"http": 80, "https": 443}[parts.scheme]) == address.port
    assert not {".", ".."} & set(address.path.split("/"))


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for written in (text, f"http://{text}", f"http://site.example/{text}", f"http://[{text}]/"):
        try:
            assert canonical(canonical(written)) == canonical(written)
        except Failure as failure:
            assert failure.outcome in {Outcome.BAD_ADDRESS, Outcome.PRIVATE_ADDRESS}


BASE = parse("http://a.example/b/c/d;p?q")


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("g", "http://a.example/b/c/g"),
        ("./g", "http://a.example/b/c/g"),
        ("g/", "http://a.example/b/c/g/"),
        ("/g", "http://a.example/g"),
        ("//g.example", "http://g.example/"),
        ("?y", "http://a.example/b/c/d;p?y"),
        ("g?y", "http://a.example/b/c/g?y"),
        ("#s", "http://a.example/b/c/d;p?q"),
        ("g#s", "http://a.example/b/c/g"),
        ("g?y#s", "http://a.example/b/c/g?y"),
        (";x", "http://a.example/b/c/;x"),
        ("", "http://a.example/b/c/d;p?q"),
        (".", "http://a.example/b/c/"),
        ("..", "http://a.example/b/"),
        ("../g", "http://a.example/b/g"),
        ("../..", "http://a.example/"),
        ("../../../../g", "http://a.example/g"),
        ("/./g/../h", "http://a.example/h"),
        ("g;x=1/../y", "http://a.example/b/c/y"),
        ("g?y/../x", "http://a.example/b/c/g?y/../x"),
        ("https://b.example/x", "https://b.example/x"),
        ("\\\\evil.example\\x", "http://a.example/b/c/%5C%5Cevil.example%5Cx"),
        ("/\\evil.example", "http://a.example/%5Cevil.example"),
    ],
)
def test_references_are_joined_as_the_standard_says(reference: str, expected: str) -> None:
    assert str(BASE.join(reference)) == expected


@given(st.text("abc./?#=", max_size=20))
def test_references_are_joined_as_others_join_them(reference: str) -> None:
    assume(not reference.startswith("//"))
    assert str(BASE.join(reference)) == canonical(urljoin(str(BASE), reference)) or _empty_part(reference)


def _empty_part(reference: str) -> bool:
    """`urllib` loses an empty query, which the standard keeps, and empty segments of paths; also `;`."""
    return "?" in reference or "//" in reference


@pytest.mark.parametrize(
    "reference", ["http:g", "mailto:a@b.example", "//", "///x", "http://[", "a\nb", "//u@h/"]
)
def test_references_to_nowhere_are_refused(reference: str) -> None:
    with pytest.raises(Failure) as failure:
        BASE.join(reference)
    assert failure.value.outcome is Outcome.BAD_ADDRESS


def test_an_address_says_who_is_asked_and_for_what() -> None:
    address = parse("https://[2606:4700::1111]:80/a?b")
    assert (address.authority, address.target) == ("[2606:4700::1111]:80", "/a?b")
    assert address.origin == ("https", "2606:4700::1111", 80)
    assert isinstance(address, Address) and address.literal is not None
    assert parse("http://site.example/").literal is None
