"""TLS: certificate and name are checked by the name that was asked for, whatever address it leads to."""

import time

import pytest

from indexer.crawl.document import Outcome
from tests.hostile.asking import QUICK, ROOM, fetch, fetcher, limits_until
from tests.hostile.behaviours import flood, page, raw, reset_after, silence, when_greeted
from tests.hostile.server import Behaviour, Server
from tests.hostile.tls import Tls, make_tls


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return make_tls(tmp_path_factory.mktemp("tls") / "authorities")


def test_a_right_certificate_is_trusted_by_name_and_by_address(tls: Tls) -> None:
    with Server(tls=tls.serving("site.example", "*.sites.example", "127.0.0.1")) as server:
        server.on("/", page(b"safe"))
        using = fetcher(server.port, tls=tls.trusting())
        for host in ("site.example", "a.sites.example", "127.0.0.1"):
            assert fetch(using, server.url(host=host)).outcome is Outcome.FETCHED
    assert [one.host for one in server.seen] == ["site.example", "a.sites.example", "127.0.0.1"]


@pytest.mark.parametrize(
    ("host", "names", "expired", "stranger", "why"),
    [
        ("site.example", ("other.example",), False, False, "Hostname mismatch"),
        ("a.b.sites.example", ("*.sites.example",), False, False, "Hostname mismatch"),
        ("127.0.0.1", ("site.example",), False, False, "IP address mismatch"),
        ("site.example", ("site.example",), True, False, "certificate has expired"),
        ("site.example", ("site.example",), False, True, "certificate"),
    ],
)
def test_a_wrong_certificate_ends_the_fetch_before_anything_is_sent(
    tls: Tls, host: str, names: tuple[str, ...], expired: bool, stranger: bool, why: str
) -> None:
    with Server(tls=tls.serving(*names, expired=expired, stranger=stranger)) as server:
        end = fetch(fetcher(server.port, tls=tls.trusting()), server.url(host=host))
    assert end.outcome is Outcome.TLS
    assert why in end.detail
    assert server.seen == []


def test_the_public_is_trusted_by_default_and_nobody_else(tls: Tls) -> None:
    with Server(tls=tls.serving("site.example")) as server:
        assert fetch(fetcher(server.port), server.url(host="site.example")).outcome is Outcome.TLS


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (raw(b""), Outcome.TLS),
        (raw(b"HTTP/1.1 400 Bad Request\r\n\r\nthis is the plain port"), Outcome.TLS),
        (raw(bytes(range(256)) * 10), Outcome.TLS),
        (when_greeted(reset_after()), Outcome.TLS),
        (when_greeted(reset_after(b"\x16\x03\x03")), Outcome.TLS),
        (silence(), Outcome.TIMED_OUT),
        (silence(b"\x16\x03\x03\x40\x00"), Outcome.TIMED_OUT),
        (flood(b"", b"\x16\x03\x03\x00\x04\x00\x00\x00\x00" * 100), Outcome.TIMED_OUT),
    ],
    ids=["closes", "plain", "noise", "resets", "resets-later", "silent", "silent-later", "endless-greeting"],
)
def test_who_does_not_greet_over_tls_is_left(tls: Tls, behaviour: Behaviour, outcome: Outcome) -> None:
    began = time.monotonic()
    with Server(on_connect=behaviour) as server:
        url = server.url(host="site.example").replace("http:", "https:")
        end = fetch(fetcher(server.port, tls=tls.trusting(), limits=limits_until(outcome)), url)
    assert end.outcome is outcome, end
    assert time.monotonic() - began < QUICK.seconds + ROOM


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (raw(b""), Outcome.BROKEN),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome"), Outcome.BROKEN),
        (reset_after(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome"), Outcome.BROKEN),
        (silence(b"HTTP/1.1 200 OK\r\n"), Outcome.TIMED_OUT),
        (flood(b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 65536), Outcome.TOO_LARGE),
    ],
    ids=["closes", "breaks-off", "resets", "silent", "endless"],
)
def test_who_breaks_off_over_tls_is_left(tls: Tls, behaviour: Behaviour, outcome: Outcome) -> None:
    with Server(tls=tls.serving("site.example")) as server:
        server.on("/", behaviour)
        using = fetcher(server.port, tls=tls.trusting(), limits=limits_until(outcome))
        end = fetch(using, server.url(host="site.example"))
    assert end.outcome is outcome, end
