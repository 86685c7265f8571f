"""The client against real nodes: one, three of which some are lost, and a TLS proxy that asks who comes."""

from time import monotonic
from typing import Any

import pytest

from discovery.errors import EngineRefused, EngineUnavailable
from indexer.opensearch.access import CA, CERT, KEY, PASSWORD, TOKEN, USER
from indexer.opensearch.connection import (
    BadRequest,
    Connection,
    Credentials,
    NotFound,
    addresses,
    credentials,
    quoted,
)
from tests.opensearch_node.cluster import Cluster
from tests.opensearch_node.fixtures import MakeProxy
from tests.opensearch_node.node import Node
from tests.opensearch_node.ports import free_port
from tests.opensearch_node.tls import TlsProxy

pytestmark = pytest.mark.opensearch


def connect(*urls: str, who: Credentials | None = None) -> Connection:
    return Connection(addresses(urls, who or Credentials()), who)


def test_requests_and_what_is_wrong_with_them(opensearch_node: Node) -> None:
    with connect(opensearch_node.url) as connection:
        connection.request("PUT", "/reached", body={"mappings": {"dynamic": "strict"}}, deadline=30)
        try:
            assert connection.request("HEAD", "/reached", deadline=10) is None
            path = f"/reached/_doc/{quoted('a/b ü?')}"
            connection.request("PUT", path, body={}, params={"refresh": True}, deadline=10)
            assert connection.request("GET", path, deadline=10)["_id"] == "a/b ü?"
            searches: list[dict[str, Any]] = [{"index": "reached"}, {}, {"index": "missing"}, {}]
            found = connection.request("POST", "/_msearch", body=searches, deadline=10)["responses"]
            assert [one["status"] for one in found] == [200, 404]
            with pytest.raises(BadRequest, match="400 resource_already_exists_exception") as caught:
                connection.request("PUT", "/reached", deadline=10)
            assert caught.value.status == 400
            with pytest.raises(BadRequest, match="strict_dynamic_mapping_exception"):
                connection.request("PUT", path, body={"likes": 1}, deadline=10)
            with pytest.raises(NotFound):
                connection.request("GET", f"/reached/_doc/{quoted('..')}", deadline=10)
        finally:
            connection.request("DELETE", "/reached", deadline=30)
        for method, path in (("GET", "/reached/_search"), ("HEAD", "/reached"), ("DELETE", "/reached")):
            with pytest.raises(NotFound):
                connection.request(method, path, deadline=10)


def test_a_wait_that_is_not_fulfilled(opensearch_node: Node) -> None:
    wait = {"wait_for_nodes": 2, "timeout": "1s"}
    with connect(opensearch_node.url) as connection, pytest.raises(EngineUnavailable, match="answers 408"):
        connection.request("GET", "/_cluster/health", params=wait, deadline=30)


def test_lost_nodes_are_passed_over(three_nodes: Cluster) -> None:
    first, second, _ = three_nodes.nodes
    with connect(*three_nodes.urls) as connection:
        connection.request("PUT", "/kept", body={"settings": {"number_of_replicas": 2}}, deadline=30)
        connection.request(
            "GET", "/_cluster/health/kept", params={"wait_for_status": "green", "timeout": "60s"}, deadline=90
        )
        first.kill()
        for _ in range(12):
            assert connection.request("GET", "/kept/_count", deadline=30)["count"] == 0
        first.launch()
        first.wait("green", 3)
        second.hold()
        try:
            began = monotonic()
            for _ in range(12):
                connection.request("GET", "/", deadline=6)
            assert monotonic() - began < 12  # one of them waited for its share of the six seconds
        finally:
            second.go_on()


@pytest.mark.parametrize("kind", ["password", "token", "certificate"])
def test_who_asks_is_proven_over_tls(tls_proxy: TlsProxy, kind: str) -> None:
    certificate, foreign = tls_proxy.client, tls_proxy.foreign_client
    url = {
        "password": tls_proxy.password_url,
        "token": tls_proxy.token_url,
        "certificate": tls_proxy.certificate_url,
    }[kind]
    right = {
        "password": {USER: tls_proxy.user, PASSWORD: tls_proxy.password},
        "token": {TOKEN: tls_proxy.token},
        "certificate": {CERT: str(certificate.certificate), KEY: str(certificate.key)},
    }[kind]
    wrong = {
        "password": {USER: tls_proxy.user, PASSWORD: "an invented ü"},
        "token": {TOKEN: "an-invented-token"},
        "certificate": {CERT: str(foreign.certificate), KEY: str(foreign.key)},
    }[kind]
    trust = {CA: str(tls_proxy.authority)}
    with connect(url, who=credentials(trust | right)) as connection:
        assert connection.request("GET", "/", deadline=10)["version"]["number"] == "3.6.0"
    for one in (wrong, {}):
        who = credentials(trust | one)
        with connect(url, who=who) as connection, pytest.raises(EngineRefused) as caught:
            connection.request("GET", "/", deadline=10)
        assert "invented" not in str(caught.value)
        assert (CERT if kind == "certificate" else who.variables) in str(caught.value)


def test_certificates_are_always_verified(tls_proxy: TlsProxy) -> None:
    ours = Credentials(authority=tls_proxy.authority)
    with connect(tls_proxy.url, who=ours) as connection:
        connection.request("GET", "/", deadline=10)
    for url, who in (
        (tls_proxy.url, Credentials()),
        (tls_proxy.url, Credentials(authority=tls_proxy.stranger)),
        (tls_proxy.misnamed_url, ours),
    ):
        with (
            connect(url, who=who) as connection,
            pytest.raises(EngineRefused, match="do not trust"),
        ):
            connection.request("GET", "/", deadline=10)


def test_http_to_a_tls_port_and_tls_to_an_http_port(tls_proxy: TlsProxy, opensearch_node: Node) -> None:
    crossed = {
        tls_proxy.url.replace("https", "http"): "check https",
        opensearch_node.url.replace("http", "https"): "that it speaks TLS",
    }
    for url, message in crossed.items():
        with connect(url) as connection, pytest.raises(EngineRefused, match=message):
            connection.request("GET", "/", deadline=10)


def test_a_proxy_whose_node_is_gone(make_proxy: MakeProxy) -> None:
    proxy = make_proxy(f"http://127.0.0.1:{free_port()}")
    who = Credentials(authority=proxy.authority)
    with connect(proxy.url, who=who) as connection, pytest.raises(EngineUnavailable, match="answers 502"):
        connection.request("GET", "/", deadline=1)
