"""TLS in front of a node: who knows the authority and proves to be somebody comes in, others do not."""

import ssl
from urllib.error import URLError

import pytest
from opensearchpy import AuthenticationException, OpenSearch
from opensearchpy import SSLError as ClientSSLError

from tests.opensearch_node.asking import ask
from tests.opensearch_node.certificates import Certificate
from tests.opensearch_node.fixtures import MakeProxy
from tests.opensearch_node.node import Node
from tests.opensearch_node.tls import TlsProxy, basic

pytestmark = pytest.mark.opensearch


def presenting(proxy: TlsProxy, own: Certificate) -> ssl.SSLContext:
    """Return a context that trusts the proxy and shows a certificate."""
    context = proxy.trusting()
    context.load_cert_chain(own.certificate, own.key)
    return context


def test_the_right_authority_leads_to_the_node(tls_proxy: TlsProxy, opensearch_node: Node) -> None:
    answer = ask(tls_proxy.url, context=tls_proxy.trusting()).demand()
    assert answer == opensearch_node.ask("/").demand()
    localhost = tls_proxy.url.replace("127.0.0.1", "localhost")
    assert ask(localhost, context=tls_proxy.trusting()).demand() == answer


def test_a_wrong_authority_is_refused(tls_proxy: TlsProxy) -> None:
    strange = ssl.create_default_context(cafile=str(tls_proxy.stranger))
    for context in (strange, ssl.create_default_context()):
        with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
            ask(tls_proxy.url, context=context)


def test_a_wrong_name_is_refused(tls_proxy: TlsProxy) -> None:
    with pytest.raises(URLError, match="IP address mismatch"):
        ask(tls_proxy.misnamed_url, context=tls_proxy.trusting())


def test_passwords(tls_proxy: TlsProxy) -> None:
    right = basic(tls_proxy.user, tls_proxy.password)
    wrong = [{}, basic(tls_proxy.user, "wrong"), basic("other", tls_proxy.password)]
    assert status(tls_proxy, tls_proxy.password_url, right) == 200
    assert [status(tls_proxy, tls_proxy.password_url, one) for one in wrong] == [401] * 3


def test_tokens(tls_proxy: TlsProxy) -> None:
    right = {"Authorization": f"Bearer {tls_proxy.token}"}
    wrong = [{}, {"Authorization": f"Bearer {tls_proxy.token}x"}, basic(tls_proxy.user, tls_proxy.password)]
    assert status(tls_proxy, tls_proxy.token_url, right) == 200
    assert [status(tls_proxy, tls_proxy.token_url, one) for one in wrong] == [401] * 3


def test_clients_certificates(tls_proxy: TlsProxy) -> None:
    contexts = [
        presenting(tls_proxy, tls_proxy.client),
        presenting(tls_proxy, tls_proxy.foreign_client),
        tls_proxy.trusting(),
    ]
    found = [ask(tls_proxy.certificate_url, context=context).status for context in contexts]
    assert found == [200, 400, 400]


def test_the_client_library_comes_in_the_same_ways(tls_proxy: TlsProxy) -> None:
    trust, header = str(tls_proxy.authority), basic(tls_proxy.user, tls_proxy.password)
    with OpenSearch(tls_proxy.password_url, ca_certs=trust, headers=header) as client:
        assert client.info()["version"]["number"] == "3.6.0"
    wrong = (tls_proxy.user, "wrong")
    with (
        OpenSearch(tls_proxy.password_url, ca_certs=trust, http_auth=wrong) as client,
        pytest.raises(AuthenticationException),
    ):
        client.info()
    strange = str(tls_proxy.stranger)
    with OpenSearch(tls_proxy.url, ca_certs=strange) as client, pytest.raises(ClientSSLError):
        client.info()


def test_the_proxy_has_answers_of_its_own(make_proxy: MakeProxy, opensearch_node: Node) -> None:
    narrow = make_proxy(opensearch_node.url, body_limit="1k")
    large = {"query": {"query_string": {"query": "x" * 2000}}}
    assert ask(f"{narrow.url}/_search", method="POST", body=large, context=narrow.trusting()).status == 413
    dead_end = make_proxy("http://127.0.0.1:1")
    answer = ask(dead_end.url, context=dead_end.trusting())
    assert (answer.status, "Bad Gateway" in answer.body) == (502, True)


def status(proxy: TlsProxy, address: str, headers: dict[str, str]) -> int:
    """Return the status with which an address answers to some headers."""
    return ask(address, headers=headers, context=proxy.trusting()).status
