"""The command line and the server over TLS, with every kind of credentials; none of them is ever shown."""

import base64

import pytest

from indexer.opensearch.access import CA, CERT, KEY, PASSWORD, TOKEN, USER
from tests.opensearch.conftest import MakeSite
from tests.opensearch.site import Site
from tests.opensearch_node.tls import TlsProxy

pytestmark = pytest.mark.opensearch

SECRET = "an-invented-secret"


def kinds(proxy: TlsProxy) -> dict[str, tuple[str, dict[str, str]]]:
    """Return an address and what opens it, for each kind of credentials."""
    client = {CERT: str(proxy.client.certificate), KEY: str(proxy.client.key)}
    return {
        "password": (proxy.password_url, {USER: proxy.user, PASSWORD: proxy.password}),
        "token": (proxy.token_url, {TOKEN: proxy.token}),
        "certificate": (proxy.certificate_url, client),
    }


@pytest.mark.parametrize("kind", ["password", "token", "certificate"])
def test_who_may_come_in_indexes_and_searches(tls_proxy: TlsProxy, make_site: MakeSite, kind: str) -> None:
    url, right = kinds(tls_proxy)[kind]
    site = make_site(url, **{CA: str(tls_proxy.authority)}, **right)
    site.done("index")
    assert "Invented Cakes" in str(site.found())
    assert "nothing changed" not in site.done("index", "--update")
    if kind == "password":
        with site.served() as server:
            assert server.search().status == 200
        assert_no_secret(server.log.read_text(encoding="utf-8"), tls_proxy)


@pytest.mark.parametrize(
    ("kind", "wrong", "named"),
    [
        ("password", {USER: "scout", PASSWORD: SECRET}, PASSWORD),
        ("password", {}, PASSWORD),
        ("token", {TOKEN: SECRET}, TOKEN),
        ("token", {}, "NICHESCOUT_OPENSEARCH_"),
        ("certificate", {}, CERT),
    ],
)
def test_who_may_not_is_told_what_to_set(
    tls_proxy: TlsProxy, make_site: MakeSite, kind: str, wrong: dict[str, str], named: str
) -> None:
    url, _ = kinds(tls_proxy)[kind]
    site = make_site(url, **{CA: str(tls_proxy.authority)}, **wrong)
    for command in (("index",), ("search", "cake")):
        said = site.refused(*command)
        assert named in said
        assert_no_secret(said, tls_proxy)


def test_an_authority_that_is_not_trusted(tls_proxy: TlsProxy, make_site: MakeSite) -> None:
    for trust in ({CA: str(tls_proxy.stranger)}, {}):
        site = make_site(tls_proxy.password_url, **trust, **kinds(tls_proxy)["password"][1])
        said = site.refused("index")
        assert "do not trust each other" in said and CA in said
        assert_no_secret(said, tls_proxy)


def test_nothing_secret_in_what_a_process_writes(tls_proxy: TlsProxy, make_site: MakeSite) -> None:
    """In processes of their own, where the logs of every library would be seen as well."""
    trust = {CA: str(tls_proxy.authority), "PYTHONWARNINGS": "default"}
    for kind, wrong in (
        ("password", {USER: "scout", PASSWORD: SECRET}),
        ("token", {TOKEN: SECRET}),
    ):
        site = make_site(kinds(tls_proxy)[kind][0], **trust, **wrong)
        assert_secretive(site, tls_proxy)
    in_address = tls_proxy.password_url.replace("https://", f"https://scout:{SECRET}@")
    assert_secretive(make_site(in_address), tls_proxy)


def assert_secretive(site: Site, proxy: TlsProxy) -> None:
    """Assert that commands and the server are refused without a word about what is secret."""
    for command in (("search", "cake"), ("serve", "--port", "0")):
        result = site.run(*command)
        assert result.returncode == 2, result
        assert "Error: " in result.stderr and "Traceback" not in result.stderr
        assert_no_secret(result.stdout + result.stderr, proxy)


def assert_no_secret(said: str, proxy: TlsProxy) -> None:
    """Assert that a text has no secret, as it is or packed."""
    for user, secret in ((proxy.user, proxy.password), ("scout", SECRET), ("", proxy.token)):
        packed = base64.b64encode(f"{user}:{secret}".encode()).decode()
        assert secret not in said and packed not in said, said
