"""Addresses and credentials: what is wrong is said with its way out, and secrets are never shown."""

import logging
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.errors import InvalidInput
from indexer.opensearch.access import (
    CA,
    CERT,
    KEY,
    PASSWORD,
    TOKEN,
    USER,
    Credentials,
    addresses,
    credentials,
)

NOBODY = Credentials()
ALICE = Credentials(user="alice", password="an invented password")
SECRETS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=6)


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return an invented certificate and its key."""
    folder = tmp_path_factory.mktemp("pem")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2"]
    subprocess.run([*command, "-out", str(certificate), "-keyout", str(key)], check=True, capture_output=True)
    return certificate, key


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://localhost", "http://localhost:9200"),
        ("https://search.example", "https://search.example:443"),
        (" https://search.example:9200/ ", "https://search.example:9200"),
        ("https://search.example/engines/one/", "https://search.example:443/engines/one"),
        ("http://[::1]:9201", "http://[::1]:9201"),
        ("HTTPS://Search.Example", "https://search.example:443"),
    ],
)
def test_addresses_are_read(url: str, shown: str) -> None:
    assert [str(one) for one in addresses([url], NOBODY)] == [shown]


def test_the_same_address_twice_is_one_node() -> None:
    found = addresses(["http://a:9200", "http://b", "http://a"], NOBODY)
    assert [one.host for one in found] == ["a", "b"]


@pytest.mark.parametrize(
    "url",
    ["", "localhost:9200", "ftp://a", "https://", "https://a:b", "https://a:70000", "https://a:0", "https://a?x=1",
     "https://a#x", "https://a b", "https://[::1", "https://münchen.example", "http://a\n.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput, match=r"opensearch address 1.*https://search\.example:9200"):
        addresses([url], NOBODY)


def test_no_address_is_refused() -> None:
    with pytest.raises(InvalidInput, match="has no address"):
        addresses([], NOBODY)


@given(SECRETS)
def test_a_url_with_a_password_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(InvalidInput, match=f"{USER} and {PASSWORD}") as caught:
        addresses([f"https://alice:{secret}@search.example"], NOBODY)
    assert secret not in str(caught.value)
    assert [problem.value for problem in caught.value.problems] == [None]


@pytest.mark.parametrize("url", ["https://alice:a-secret", "https://alice:a-secret:9200", "alice:a-secret"])
def test_a_url_that_was_cut_off_is_not_repeated(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        addresses([url], NOBODY)
    assert "a-secret" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"])
def test_credentials_may_travel_in_the_clear_on_this_machine(host: str) -> None:
    assert addresses([f"http://{host}:9200"], ALICE)[0].loopback


@pytest.mark.parametrize(
    "host", ["search.example", "localhost.example", "10.0.0.1", "0.0.0.0", "[::]", "127.0.0.1.example"]
)
@pytest.mark.parametrize("who", [ALICE, Credentials(token="invented-token")])
def test_credentials_never_travel_in_the_clear_elsewhere(host: str, who: Credentials) -> None:
    with pytest.raises(InvalidInput, match="in the clear; write https://"):
        addresses(["https://a", f"http://{host}:9200"], who)
    assert addresses([f"http://{host}:9200"], NOBODY)


def test_a_certificate_is_not_for_http(pem: tuple[Path, Path]) -> None:
    with pytest.raises(InvalidInput, match="only used over https"):
        addresses(["http://localhost"], Credentials(certificate=pem[0], key=pem[1]))


def test_nothing_set_is_nobody() -> None:
    assert credentials({}) == NOBODY
    assert credentials({USER: "", PASSWORD: "", TOKEN: "", CA: "", "HOME": "x"}) == NOBODY
    assert NOBODY.authorization is None


def test_each_kind_is_read(pem: tuple[Path, Path]) -> None:
    certificate, key = map(str, pem)
    assert credentials({USER: "alice", PASSWORD: "zürich 🌱"}).authorization == (
        "Basic YWxpY2U6esO8cmljaCDwn4yx"  # UTF-8, by `printf | base64`
    )
    assert credentials({TOKEN: "a.b-c"}).authorization == "Bearer a.b-c"
    found = credentials({CERT: certificate, KEY: key, CA: certificate})
    assert (found.certificate, found.key, found.authority) == (pem[0], pem[1], pem[0])
    assert found.authorization is None and not found.anonymous


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({USER: "alice"}, f"{PASSWORD}: is not set while {USER} is"),
        ({PASSWORD: "secret-1"}, f"{USER}: is not set while {PASSWORD} is"),
        ({TOKEN: "secret-1", USER: "alice", PASSWORD: "secret-2"}, f"together with {TOKEN}; keep one"),
        ({TOKEN: "secret-1", PASSWORD: "secret-2"}, f"together with {TOKEN}; keep one"),
        ({USER: "al:ice", PASSWORD: "secret-1"}, "has a colon"),
        ({USER: "alice", PASSWORD: "secret-1\n"}, f"{PASSWORD}: has a control character"),
        ({USER: "alice", PASSWORD: "secret-1\udcff"}, f"{PASSWORD}: .* not Unicode"),
        ({TOKEN: "Bearer secret-1"}, "without 'Bearer'"),
        ({TOKEN: "secret-1\r\nX-Other: 1"}, f"{TOKEN}: has a space, a control"),
        ({TOKEN: "secret-ü"}, "non-ASCII"),
        ({CERT: "cert.pem"}, r"NICHESCOUT_OPENSEARCH_CERT: names cert\.pem, which is not a file"),
        ({CA: "no/such/ca.pem"}, r"NICHESCOUT_OPENSEARCH_CA: names no/such/ca\.pem"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_without_its_value(environment: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidInput, match=message) as caught:
        credentials(environment)
    assert "secret-" not in str(caught.value)
    assert "secret-" not in repr(caught.value.problems)


def test_certificate_files_are_tried(pem: tuple[Path, Path], tmp_path: Path) -> None:
    certificate, key = map(str, pem)
    broken = tmp_path / "broken.pem"
    broken.write_text("-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n")
    encrypted = tmp_path / "encrypted.pem"
    command = ["openssl", "rsa", "-aes128", "-passout", "pass:invented", "-in", key, "-out", str(encrypted)]
    subprocess.run(command, check=True, capture_output=True)
    with pytest.raises(InvalidInput, match=f"{KEY}: is not set"):
        credentials({CERT: certificate})
    with pytest.raises(InvalidInput, match=f"{CA}: .*holds no usable CA"):
        credentials({CA: str(broken)})
    with pytest.raises(InvalidInput, match=f"{CERT}: .*cannot be used"):
        credentials({CERT: key, KEY: certificate})
    with pytest.raises(InvalidInput, match="not encrypted"):
        credentials({CERT: certificate, KEY: str(encrypted)})


@given(SECRETS)
def test_secrets_are_not_in_what_is_printed(secret: str) -> None:
    user = Credentials(user="a", password=secret)
    assert secret not in f"{user} {user!r} {[user]} {logging.Formatter().format(_record(user))}"
    assert user != Credentials(user="a", password=secret + "x")


@given(SECRETS, SECRETS)
def test_secrets_are_hidden_in_what_others_say(secret: str, around: str) -> None:
    user = Credentials(user="a", password=secret)
    header = str(user.authorization)
    assert secret not in user.redacted(f"{around}{secret}").removeprefix(around).replace("[hidden]", "")
    assert header.removeprefix("Basic ") not in user.redacted(f"{around} {header}")


def _record(argument: object) -> logging.LogRecord:
    return logging.LogRecord("x", logging.INFO, "x", 1, "%s %r", (argument, argument), None)
